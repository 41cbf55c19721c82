//! What was asked of the network since the page was ready, and how that is known.

use crate::ui::{
    i18n::{t, t_string, use_i18n},
    live::{Views, live, part},
    page::Page,
    words::whole,
};
use leptos::prelude::*;

/// So many addresses are listed.
const MOST_LISTED: usize = 12;

/// The count with its explanation.
#[component]
pub(super) fn Meter() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let requests = page.memo(|state| state.requests.clone());
    let counting = page.memo(|state| state.opened);
    let ruled = page.memo(|state| !state.offline.unruled);
    let origin = window().location().origin().unwrap_or_default();
    let rule = move || ruled.get().then(|| t_string!(i18n, privacy.rule, origin = origin.clone()).to_string());
    let count = move || match counting.get() {
        true => view! {
            <span class="figure num">{whole(requests.with(|requests| requests.since()))}</span>
            <span>{t!(i18n, privacy.requests)}</span>
        }
        .into_any(),
        false => view! { <span>{t!(i18n, privacy.counting_soon)}</span> }.into_any(),
    };
    let before =
        move || t_string!(i18n, privacy.before, n = whole(requests.with(|requests| requests.loading()))).to_string();
    view! {
        <div class="stack">
            <p class="sent" role="status">{part(count)}</p>
            {part(move || requests.with(|requests| (requests.since() > 0).then(|| view! { <Where/> })))}
            <p class="small muted">{t!(i18n, privacy.source)}" "{t!(i18n, privacy.unseen)}</p>
            <p class="small muted">{live(rule)}" "{live(before)}</p>
        </div>
    }
}

/// Where requests went.
#[component]
fn Where() -> impl IntoView {
    let i18n = use_i18n();
    let requests = Page::get().with(|state| state.requests.clone());
    let listed = requests.listed().iter().take(MOST_LISTED);
    let more = requests.since() - listed.len();
    view! {
        <div class="stack">
            <h3>{t!(i18n, privacy.went)}</h3>
            <ul class="addresses">
                {listed.map(|address| view! { <li class="mono small">{address.clone()}</li> }).views()}
                {(more > 0).then(|| view! { <li>{t_string!(i18n, privacy.more, n = whole(more)).to_string()}</li> })}
            </ul>
        </div>
    }
}
