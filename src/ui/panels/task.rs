//! How far a long job is: count, time left, a way out.

use crate::ui::{
    components::Bar,
    i18n::{t, t_string, use_i18n},
    live::live,
    page::Page,
    state::JobKind,
    words::{time_left, whole},
};
use leptos::prelude::*;

/// All jobs of a kind together; `say` is what is going on. Goes into a box of the class `task`.
#[component]
pub(super) fn TaskLine(kind: JobKind, say: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let sum = page.memo(move |state| state.jobs.sum(kind));
    let left = page.memo(move |state| state.jobs.time_left(kind));
    let share = live(move || f64::from(sum.get().done) / f64::from(sum.get().total.max(1)));
    let of = move || {
        let sum = sum.get();
        t_string!(i18n, app.of, done = whole(sum.done), total = whole(sum.total)).to_string()
    };
    view! {
        <div class="line">
            <span class="strong">{say}</span>
            <span class="num muted">{live(of)}</span>
            <span class="muted">{live(move || left.get().map(|left| time_left(i18n, left)))}</span>
            <div class="row push">
                <button class="btn plain small" on:click=move |_| page.cancel(kind)>{t!(i18n, app.cancel)}</button>
            </div>
        </div>
        <div
            role="progressbar"
            aria-label=say
            aria-valuemin="0"
            aria-valuemax=live(move || sum.get().total)
            aria-valuenow=live(move || sum.get().done)
        >
            <Bar share class="tall" height=8/>
        </div>
    }
}

/// The same in its box.
#[component]
pub(super) fn Task(kind: JobKind, say: &'static str) -> impl IntoView {
    view! { <div class="task"><TaskLine kind say/></div> }
}
