//! Done things that can be taken back, for eight seconds.

use crate::ui::{
    i18n::{Words, t, t_string, use_i18n},
    live::each,
    page::Page,
    state::{Deed, Settled, Toast},
    words::{photos, whole},
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
            {say(i18n, page, &toast.deed)}
            <button class="btn small" on:click=move |_| page.undo(id)>{t!(i18n, app.undo)}</button>
        </div>
    }
}

fn say(i18n: Words, page: Page, deed: &Deed) -> String {
    match deed {
        Deed::PhotosRemoved { photos } => {
            let count = u32::try_from(photos.len()).unwrap_or(u32::MAX);
            t_string!(i18n, photos.removed, count = count, n = whole(count)).to_string()
        }
        Deed::PhotosMoved { from, to } => {
            let count = u32::try_from(from.len()).unwrap_or(u32::MAX);
            let name = page.with_untracked(|state| state.photos.class(*to).map(|class| class.name.clone()));
            t_string!(i18n, photos.moved, count = count, n = whole(count), name = name.unwrap_or_default()).to_string()
        }
        Deed::Excluded { photos, on } => {
            let count = u32::try_from(photos.len()).unwrap_or(u32::MAX);
            if *on {
                t_string!(i18n, photos.excluded, count = count, n = whole(count)).to_string()
            } else {
                t_string!(i18n, photos.included, count = count, n = whole(count)).to_string()
            }
        }
        Deed::Kept { settled } if settled.iter().all(|settled| matches!(settled, Settled::Few(_))) => {
            t_string!(i18n, doctor.left_as_is).to_string()
        }
        Deed::Kept { settled } => {
            let count = u32::try_from(settled.len()).unwrap_or(u32::MAX);
            t_string!(i18n, photos.kept, count = count, n = whole(count)).to_string()
        }
        Deed::SamplesRemoved { .. } => t_string!(i18n, photos.samples_removed).to_string(),
        Deed::Tagged { tag, on, before } => {
            let (tag, photos) = (tag.clone(), photos(i18n, before.len()));
            if *on {
                t_string!(i18n, bias.tagged, tag = tag, photos = photos).to_string()
            } else {
                t_string!(i18n, bias.untagged, tag = tag, photos = photos).to_string()
            }
        }
        Deed::Scenes { one: true, .. } => t_string!(i18n, bursts.joined).to_string(),
        Deed::Scenes { one: false, .. } => t_string!(i18n, bursts.parted).to_string(),
        Deed::TestSetRemoved { .. } => t_string!(i18n, test_set.removed).to_string(),
        Deed::ClassRemoved { class, .. } => {
            t_string!(i18n, photos.class_removed, name = class.name.clone()).to_string()
        }
    }
}
