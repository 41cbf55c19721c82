//! Icons: drawn once, used by name.

use leptos::prelude::*;

/// An icon of the [`Sprite`]; decoration, so a word or a label stands beside it.
#[component]
pub(in crate::ui) fn Icon(
    /// Its name, without `i-`.
    name: &'static str,
    /// `s` for small, `l` for large.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon {size}") aria-hidden="true">
            <use href=format!("#i-{name}")/>
        </svg>
    }
}

/// All icons, once a page.
#[component]
pub(in crate::ui) fn Sprite() -> impl IntoView {
    view! {
        <svg class="vh" aria-hidden="true">
            <symbol id="i-alert" viewBox="0 0 24 24"><path d="M12 4 3.5 19h17z"/><path d="M12 10v4M12 16.6v.01"/></symbol>
            <symbol id="i-ban" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8"/><path d="m6.5 6.5 11 11"/></symbol>
            <symbol id="i-bolt" viewBox="0 0 24 24"><path d="M13 3.5 5.5 13.5H11l-1 7 7.5-10H12z"/></symbol>
            <symbol id="i-camera" viewBox="0 0 24 24"><path d="M4 8.5a2 2 0 0 1 2-2h2l1.5-2h5l1.5 2h2a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><circle cx="12" cy="12.5" r="3.5"/></symbol>
            <symbol id="i-chart" viewBox="0 0 24 24"><path d="M4.5 19.5h15M7.5 16v-4M12 16V6M16.5 16V9.5"/></symbol>
            <symbol id="i-check" viewBox="0 0 24 24"><path d="m5 12.5 4.5 4.5L19 7.5"/></symbol>
            <symbol id="i-down" viewBox="0 0 24 24"><path d="m7 10 5 5 5-5"/></symbol>
            <symbol id="i-download" viewBox="0 0 24 24"><path d="M12 4v11M7.5 11 12 15.5 16.5 11M5 19.5h14"/></symbol>
            <symbol id="i-eye" viewBox="0 0 24 24"><path d="M2.5 12C5 7.7 8.3 5.5 12 5.5s7 2.2 9.5 6.5c-2.5 4.3-5.8 6.5-9.5 6.5S5 16.3 2.5 12z"/><circle cx="12" cy="12" r="3"/></symbol>
            <symbol id="i-flip" viewBox="0 0 24 24"><path d="M19 10a7.2 7.2 0 0 0-13-2.5M5 14a7.2 7.2 0 0 0 13 2.5M6 3.5v4h4M18 20.5v-4h-4"/></symbol>
            <symbol id="i-folder" viewBox="0 0 24 24"><path d="M3.5 7.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2v7.5a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z"/></symbol>
            <symbol id="i-help" viewBox="0 0 24 24"><rect x="3" y="6.5" width="18" height="11.5" rx="2.5"/><path d="M7 10.5h.01M11 10.5h.01M15 10.5h.01M8 14.5h8"/></symbol>
            <symbol id="i-image" viewBox="0 0 24 24"><rect x="3.5" y="4.5" width="17" height="15" rx="2.5"/><circle cx="9" cy="10" r="1.6"/><path d="m4 17 5-4 3.5 2.5L16 12l4.5 4"/></symbol>
            <symbol id="i-info" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.01"/></symbol>
            <symbol id="i-layers" viewBox="0 0 24 24"><path d="m12 4 8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4"/></symbol>
            <symbol id="i-more" viewBox="0 0 24 24"><path d="M6 12v.01M12 12v.01M18 12v.01" stroke-width="2.6"/></symbol>
            <symbol id="i-plus" viewBox="0 0 24 24"><path d="M12 5v14M5 12h14"/></symbol>
            <symbol id="i-redo" viewBox="0 0 24 24"><path d="M15 5.5 19 9.5l-4 4M19 9.5H9.5a5 5 0 0 0 0 10H13"/></symbol>
            <symbol id="i-shield" viewBox="0 0 24 24"><path d="M12 3.5 5 6v5.5c0 4.4 3 7.6 7 9 4-1.4 7-4.6 7-9V6z"/><path d="m9 12 2.2 2.2L15.2 10"/></symbol>
            <symbol id="i-table" viewBox="0 0 24 24"><rect x="4" y="5" width="16" height="14" rx="2"/><path d="M4 10h16M10 10v9"/></symbol>
            <symbol id="i-theme" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8"/><path d="M12 4v16a8 8 0 0 0 0-16z" fill="currentColor"/></symbol>
            <symbol id="i-trash" viewBox="0 0 24 24"><path d="M5 7.5h14M10 7V5h4v2M7 7.5l.8 11.5h8.4L17 7.5M10.5 11v5M13.5 11v5"/></symbol>
            <symbol id="i-undo" viewBox="0 0 24 24"><path d="M9 5.5 5 9.5l4 4M5 9.5h9.5a5 5 0 0 1 0 10H11"/></symbol>
            <symbol id="i-up" viewBox="0 0 24 24"><path d="m7 14 5-5 5 5"/></symbol>
            <symbol id="i-x" viewBox="0 0 24 24"><path d="m6 6 12 12M18 6 6 18"/></symbol>
        </svg>
    }
}
