//! Taking back what was done, and making it again.

use crate::{
    dataset::Deed,
    ui::{
        components::Icon,
        i18n::{Words, t_string, use_i18n},
        live::live,
        page::Page,
        words::{photos, whole},
    },
};
use leptos::prelude::*;

/// The buttons for both. They are always in the document, as scripts stand on them.
#[component]
pub(super) fn UndoRedo(
    /// Whether there is nothing yet that could be taken back.
    hidden: Signal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let undo = page.memo(|state| state.history.undo.as_ref().map(|deed| said(use_i18n(), deed)));
    let redo = page.memo(|state| state.history.redo.as_ref().map(|deed| said(use_i18n(), deed)));
    let undo_label = move || {
        undo.get().map_or_else(
            || t_string!(i18n, history.nothing_to_undo).to_owned(),
            |what| t_string!(i18n, history.undo, what = what),
        )
    };
    let redo_label = move || {
        redo.get().map_or_else(
            || t_string!(i18n, history.nothing_to_redo).to_owned(),
            |what| t_string!(i18n, history.redo, what = what),
        )
    };
    view! {
        <span class="history" hidden=hidden>
            <Turn name="undo" label=live(undo_label) off=live(move || undo.with(Option::is_none)) on_press=Callback::new(move |()| page.undo())/>
            <Turn name="redo" label=live(redo_label) off=live(move || redo.with(Option::is_none)) on_press=Callback::new(move |()| page.redo())/>
        </span>
    }
}

/// One of the two.
#[component]
fn Turn(
    /// Of its icon, and for scripts.
    name: &'static str,
    /// What it would do.
    #[prop(into)]
    label: Signal<String>,
    /// Whether there is nothing to do.
    #[prop(into)]
    off: Signal<bool>,
    /// Pressed.
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            class="btn plain icon-only small"
            data-testid=name
            aria-label=label
            title=label
            aria-disabled=live(move || off.get().to_string())
            on:click=move |_| on_press.run(())
        >
            <Icon name=name/>
        </button>
    }
}

/// What was done, in words.
pub(super) fn said(i18n: Words, deed: &Deed) -> String {
    match deed {
        Deed::Added { photos } => t_string!(i18n, history.added, count = *photos, n = whole(*photos)).to_string(),
        Deed::Removed { classes, .. } if classes.len() == 1 => {
            t_string!(i18n, photos.class_removed, name = classes[0].clone()).to_string()
        }
        Deed::Removed { photos, classes } if classes.is_empty() => {
            t_string!(i18n, photos.removed, count = *photos, n = whole(*photos)).to_string()
        }
        Deed::Removed { classes, .. } => {
            let count = u32::try_from(classes.len()).unwrap_or(u32::MAX);
            t_string!(i18n, history.classes_removed, count = count, n = whole(count)).to_string()
        }
        Deed::Moved { photos, to: Some(name) } => {
            t_string!(i18n, photos.moved, count = *photos, n = whole(*photos), name = name.clone()).to_string()
        }
        Deed::Moved { photos, to: None } => {
            t_string!(i18n, history.unsorted, count = *photos, n = whole(*photos)).to_string()
        }
        Deed::Excluded { photos, on: true } => {
            t_string!(i18n, photos.excluded, count = *photos, n = whole(*photos)).to_string()
        }
        Deed::Excluded { photos, on: false } => {
            t_string!(i18n, photos.included, count = *photos, n = whole(*photos)).to_string()
        }
        Deed::Tagged { photos: count, tag, on } => {
            let (tag, photos) = (tag.clone(), photos(i18n, *count as usize));
            if *on {
                t_string!(i18n, bias.tagged, tag = tag, photos = photos).to_string()
            } else {
                t_string!(i18n, bias.untagged, tag = tag, photos = photos).to_string()
            }
        }
        Deed::Scenes { one: true, .. } => t_string!(i18n, bursts.joined).to_string(),
        Deed::Scenes { one: false, .. } => t_string!(i18n, bursts.parted).to_string(),
        Deed::ClassAdded { name } => t_string!(i18n, history.class_added, name = name.clone()).to_string(),
        Deed::ClassRenamed { from, to } => {
            t_string!(i18n, history.renamed, from = from.clone(), to = to.clone()).to_string()
        }
        Deed::Merged { from, into } => {
            t_string!(i18n, history.merged, from = from.clone(), into = into.clone()).to_string()
        }
        Deed::ClassShifted { name } => t_string!(i18n, history.shifted, name = name.clone()).to_string(),
        Deed::HeadRemoved => t_string!(i18n, history.head_removed).to_string(),
        Deed::ProjectRenamed { name } if name.is_empty() => t_string!(i18n, history.name_removed).to_string(),
        Deed::ProjectRenamed { name } => t_string!(i18n, history.named, name = name.clone()).to_string(),
    }
}
