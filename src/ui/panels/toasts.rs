//! What was done and can be taken back, for eight seconds.

use super::history::said;
use crate::ui::{
    i18n::{Words, t_string, use_i18n},
    live::each,
    page::Page,
    state::{Settled, Toast, Told},
    words::whole,
};
use gloo::timers::callback::Interval;
use leptos::prelude::*;

/// How long a toast stays; the time stands still under the pointer and the focus.
const SHOWN_MS: u32 = 8_000;
const TICK_MS: u32 = 250;

/// All toasts.
#[component]
pub(in crate::ui) fn Toasts() -> impl IntoView {
    let page = Page::get();
    let ids = move || page.with(|state| state.notices.toasts().iter().map(|toast| toast.id).collect());
    let toast =
        move |id| page.with_untracked(|state| state.notices.toasts().iter().find(|toast| toast.id == id).cloned());
    view! {
        <div class="toasts" role="status">
            {each(ids, move |id| toast(id).map(|toast| view! { <ToastView toast/> }))}
        </div>
    }
}

#[component]
fn ToastView(toast: Toast) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let id = toast.id;
    let turn = if let Told::Undone(_) = toast.told { t_string!(i18n, app.redo) } else { t_string!(i18n, app.undo) };
    let held = RwSignal::new(false);
    let left_ms = StoredValue::new(SHOWN_MS);
    let timer = Interval::new(TICK_MS, move || {
        if held.try_get_untracked() != Some(false) {
            return;
        }
        left_ms.update_value(|left| *left = left.saturating_sub(TICK_MS));
        if left_ms.get_value() == 0 {
            page.update(|state| drop(state.notices.take_toast(id)));
        }
    });
    // Kept as long as the toast is on the page.
    let _timer = StoredValue::new_local(timer);
    view! {
        <div
            class="toast"
            on:pointerenter=move |_| held.set(true)
            on:pointerleave=move |_| held.set(false)
            on:focusin=move |_| held.set(true)
            on:focusout=move |_| held.set(false)
        >
            {say(i18n, &toast.told)}
            <button class="btn small" on:click=move |_| page.turn_round(id)>{turn}</button>
        </div>
    }
}

fn say(i18n: Words, told: &Told) -> String {
    match told {
        Told::Done(deed) => said(i18n, deed),
        Told::ProjectDeleted { name, .. } => t_string!(i18n, projects.gone, name = name.clone()).to_string(),
        Told::Undone(deed) => t_string!(i18n, history.taken_back, what = said(i18n, deed)).to_string(),
        Told::Kept { settled } if settled.iter().all(|settled| matches!(settled, Settled::Few(_))) => {
            t_string!(i18n, doctor.left_as_is).to_string()
        }
        Told::Kept { settled } => {
            let count = u32::try_from(settled.len()).unwrap_or(u32::MAX);
            t_string!(i18n, photos.kept, count = count, n = whole(count)).to_string()
        }
    }
}
