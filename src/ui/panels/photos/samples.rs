//! Says that sample pictures are among the photos, and takes them away.

use crate::{
    protocol::InstantState,
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::live,
        page::Page,
        state::JobKind,
        words::whole,
    },
};
use leptos::prelude::*;

/// The line; not there without samples.
#[component]
pub(super) fn SampleLine() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let known = page.memo(|state| state.instant == InstantState::Ready && !state.jobs.has(JobKind::Read));
    Effect::new(move |_: Option<()>| {
        if known.get() {
            page.ask_about_samples();
        }
    });
    let count = page.memo(|state| state.photos.samples());
    let say = move || {
        let plural = u32::try_from(count.get()).unwrap_or(u32::MAX);
        t_string!(i18n, photos.samples, count = plural, n = whole(count.get())).to_string()
    };
    view! {
        <When is=live(move || count.get() > 0)>
            <p class="row small muted samples">
                <span>{live(say)}</span>
                <button class="btn link small" data-testid="remove-samples" on:click=move |_| page.remove_samples()>{t!(i18n, photos.remove_samples)}</button>
            </p>
        </When>
    }
}
