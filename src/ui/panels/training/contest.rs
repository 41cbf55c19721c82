//! The heads against each other: which one answers, and whether the difference means anything.

use crate::{
    dataset::HeadId,
    protocol::HeadOrigin,
    ui::{
        components::When,
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, each, live, part},
        page::Page,
        panels::head_name::head_name,
        state::{Rival, Verdict},
        words::fixed,
    },
};
use leptos::prelude::*;

/// The choice; there while there is one.
#[component]
pub(super) fn Contest() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let rivals = page.memo(|state| state.rivals());
    let chosen = page.memo(|state| state.heads.active.filter(|_| state.heads.chosen));
    let ids = move || rivals.with(|rivals| rivals.iter().map(|rival| rival.id).collect());
    let rival_choice = move |id: HeadId| {
        let now = move || rivals.with(|rivals| rivals.iter().find(|rival| rival.id == id).cloned());
        view! {
            <Choice value=now().map(|rival| rival.id) chosen active=live(move || now().is_some_and(|rival| rival.active))>
                <b class="num">{live(move || accuracy(i18n, now()))}</b>
                {live(move || now().map(|rival| head_name(i18n, &rival.name)))}
            </Choice>
        }
    };
    view! {
        <When is=live(move || rivals.with(|rivals| rivals.len() > 1))>
            <fieldset class="seg heads" class:many=live(move || rivals.with(|rivals| rivals.len() > 2)) data-testid="head-choice">
                <legend class="vh">{t!(i18n, heads.in_use)}</legend>
                {each(ids, rival_choice)}
                <Choice value=None chosen active=Signal::stored(false)>
                    <b>{t!(i18n, heads.automatic)}</b>
                    {t!(i18n, heads.the_better)}
                </Choice>
            </fieldset>
            <InUse/>
        </When>
    }
}

#[component]
fn Choice(
    value: Option<HeadId>,
    chosen: Memo<Option<HeadId>>,
    active: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let page = Page::get();
    view! {
        <label class:is-active=active>
            <input
                type="radio"
                name="head"
                value=value.map_or_else(|| "auto".to_owned(), |id| id.0.to_string())
                prop:checked=live(move || chosen.get() == value)
                on:change=move |_| page.use_head(value)
            />
            <span>{children()}</span>
        </label>
    }
}

/// Which head is in use, and what their scores say of each other.
#[component]
fn InUse() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let active = page.memo(|state| state.head.as_ref().map(|head| head.origin));
    let verdict = page.memo(|state| state.verdict());
    let which = move |origin| match origin {
        HeadOrigin::Instant => t_string!(i18n, heads.use_instant),
        HeadOrigin::Trained => t_string!(i18n, heads.use_trained),
        HeadOrigin::Opened => t_string!(i18n, heads.use_opened),
    };
    let same = page.memo(|state| state.on_the_same_photos());
    let same_photos = move |(instant, trained): (f64, f64)| {
        let percent = |share: f64| t_string!(i18n, app.percent, value = fixed(share * 100.0, 0)).to_string();
        t_string!(i18n, heads.same_photos, instant = percent(instant), trained = percent(trained)).to_string()
    };
    let difference = move |verdict| match verdict {
        Verdict::Chance => t_string!(i18n, heads.chance),
        Verdict::Better => t_string!(i18n, heads.better),
        Verdict::Worse => t_string!(i18n, heads.worse),
        Verdict::Unscored => t_string!(i18n, heads.unscored),
    };
    view! {
        <p class="small muted" role="status">
            {part(move || active.get().map(which))}
            " "
            {part(move || same.get().map(same_photos))}
            " "
            {part(move || verdict.get().map(difference))}
        </p>
    }
}

fn accuracy(i18n: Words, rival: Option<Rival>) -> String {
    match rival.and_then(|rival| rival.accuracy) {
        Some(accuracy) => t_string!(i18n, app.percent, value = fixed(accuracy * 100.0, 1)).to_string(),
        None => t_string!(i18n, heads.no_score).to_string(),
    }
}
