//! What the network's knowledge is worth: asked for, measured with progress and a way out, told.

use super::chart::photos;
use crate::ui::{
    components::When,
    i18n::{Words, t, t_string, use_i18n},
    live::{Memo, live},
    page::Page,
    panels::task::Task,
    state::{HeadStart, JobKind, Learning},
    words::{fixed, percent},
};
use leptos::prelude::*;

/// The part below the chart.
#[component]
pub(super) fn HeadStartPart(learning: Memo<Learning>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let running = page.memo(|state| state.jobs.has(JobKind::HeadStart));
    let measured = live(move || learning.with(Learning::head_start));
    let tried = live(move || learning.with(|learning| learning.random.is_some()));
    let say = move || match measured.get() {
        Some(head_start) => say(i18n, head_start),
        None if tried.get() => t_string!(i18n, learning.start_none).to_owned(),
        None => t_string!(i18n, learning.start_say).to_owned(),
    };
    let button = move || match measured.get() {
        Some(_) => t_string!(i18n, learning.start_again),
        None => t_string!(i18n, learning.start_measure),
    };
    view! {
        <div class="head-start" data-testid="head-start" data-points=live(move || measured.get().map(|found| (found.ready - found.random) * 100.0))>
            <h4>{t!(i18n, learning.start_title)}</h4>
            <p class="small muted" role="status">{live(say)}</p>
            <When is=live(move || !running.get())>
                <button class="btn quiet small" data-testid="measure-head-start" on:click=move |_| page.measure_head_start()>
                    {live(button)}
                </button>
            </When>
            <When is=running><Task kind=JobKind::HeadStart say=t_string!(i18n, learning.start_running)/></When>
        </div>
    }
}

fn say(i18n: Words, found: HeadStart) -> String {
    t_string!(
        i18n,
        learning.start_found,
        n = photos(found.photos),
        ready = percent(i18n, found.ready),
        random = percent(i18n, found.random),
        points = fixed((found.ready - found.random) * 100.0, 0)
    )
    .to_string()
}
