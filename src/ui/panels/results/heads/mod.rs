//! The heads that the project has: which one answers, and two of them beside each other.

mod compare;
mod side_by_side;

use crate::{
    dataset::HeadId,
    ui::{
        browser::focus_soon,
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::{each, live, memo, part},
        page::Page,
        panels::{head_name::head_name, results::measured::in_short},
        state::{HeadName, State},
        words::whole,
    },
};
use compare::Compare;
use leptos::prelude::*;

const HEADING: &str = "heads-heading";

/// The section; there while there are several.
#[component]
pub(super) fn HeadsSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let ids = page.memo(|state| state.heads.all.iter().map(|head| head.id).collect::<Vec<_>>());
    view! {
        <When is=live(move || ids.with(|ids| ids.len() > 1))>
            <section class="section" id="heads" data-testid="heads" aria-labelledby=HEADING>
                <div class="section-head"><h3 id=HEADING tabindex="-1">{t!(i18n, heads.title)}</h3></div>
                <div class="stack">
                    <p class="small muted">{t!(i18n, heads.say)}</p>
                    <ul class="head-list">{each(move || ids.get(), |id| view! { <Line id/> })}</ul>
                    <Compare/>
                </div>
            </section>
        </When>
    }
}

/// One head: its name, its score and how many classes it tells apart; what can be done with it.
#[component]
fn Line(id: HeadId) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let rival = page.memo(move |state| state.rivals().into_iter().find(|rival| rival.id == id));
    let name =
        memo(move || rival.with(|rival| rival.as_ref().map(|rival| head_name(i18n, &rival.name))).unwrap_or_default());
    let is_active = memo(move || rival.with(|rival| rival.as_ref().is_some_and(|rival| rival.active)));
    let can_go = rival.with_untracked(|rival| rival.as_ref().is_some_and(|rival| rival.name != HeadName::Instant));
    let held = page.memo(State::is_held);
    let about = page.memo(move |state| {
        let head = state.heads.all.iter().find(|head| head.id == id)?;
        Some((head.score.clone(), u32::try_from(head.classes.len()).unwrap_or(u32::MAX)))
    });
    let say = move || {
        let (score, classes) = about.get()?;
        let score = score.map_or_else(|| t_string!(i18n, heads.no_score).to_owned(), |score| in_short(i18n, &score));
        let classes = t_string!(i18n, heads.classes, count = classes, n = whole(classes)).to_string();
        Some(format!("{score} · {classes}"))
    };
    let remove = move |_| {
        page.remove_head(id);
        focus_soon(HEADING);
    };
    let removing = live(move || t_string!(i18n, heads.remove, name = name.get()).to_string());
    let answering = live(move || t_string!(i18n, heads.let_answer, name = name.get()).to_string());
    view! {
        <li data-testid="head" data-active=live(move || is_active.get().to_string())>
            <span class="about">
                <b><bdi>{name.signal()}</bdi></b>
                <span class="small muted num">{live(say)}</span>
            </span>
            {part(move || if is_active.get() {
                view! { <span class="chip good">{t!(i18n, heads.active)}</span> }.into_any()
            } else {
                view! { <button class="btn quiet small" data-testid="use-head" aria-label=answering disabled=held on:click=move |_| page.use_head(Some(id))>{t!(i18n, heads.let_it)}</button> }.into_any()
            })}
            {can_go.then(|| view! {
                <button class="btn plain icon-only small" data-testid="remove-head" aria-label=removing disabled=held on:click=remove><Icon name="trash"/></button>
            })}
        </li>
    }
}
