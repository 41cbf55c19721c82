//! Which two heads are compared, and what came of it.

use super::side_by_side::SideBySide;
use crate::{
    dataset::HeadId,
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::{Views, live, memo, part},
        page::Page,
        panels::{head_name::head_name, task::Task},
        state::{JobKind, State},
        words::whole,
    },
};
use leptos::prelude::*;

/// The choice, the sentence, and the photos.
#[component]
pub(super) fn Compare() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let can = page.memo(State::can_compare);
    let running = page.memo(|state| state.jobs.has(JobKind::Compare));
    let ids = page.memo(|state| state.heads.all.iter().map(|head| head.id).collect::<Vec<_>>());
    let active = page.memo(|state| state.heads.active);
    let picked = [RwSignal::new(None), RwSignal::new(None)];
    // Without a choice: the head that answers, and the newest of the others.
    let usual = move |at: usize| {
        if at == 0 { active.get() } else { ids.get().into_iter().rev().find(|id| Some(*id) != active.get()) }
    };
    let chosen = move |at: usize| {
        let is_there = |id: &HeadId| ids.with(|ids| ids.contains(id));
        picked[at].get().filter(is_there).or_else(|| usual(at))
    };
    let two = memo(move || chosen(0).zip(chosen(1)).filter(|(one, other)| one != other));
    let press = move |_| {
        if let Some((one, other)) = two.get_untracked() {
            page.compare([one, other]);
        }
    };
    let pick = move |at: usize, label: &'static str| view! { <Pick label chosen=live(move || chosen(at)) on_pick=Callback::new(move |id| picked[at].set(Some(id)))/> };
    view! {
        <div class="versus">
            {pick(0, t_string!(i18n, heads.first))}
            {pick(1, t_string!(i18n, heads.second))}
            <button class="btn quiet small" data-testid="compare" disabled=live(move || !can.get() || running.get() || two.get().is_none()) on:click=press>
                {t!(i18n, heads.compare)}
            </button>
        </div>
        <p class="small muted" hidden=can>{t!(i18n, heads.needs_photos)}</p>
        <When is=running><Task kind=JobKind::Compare say=t_string!(i18n, heads.comparing)/></When>
        <Found/>
    }
}

#[component]
fn Pick(label: &'static str, chosen: Signal<Option<HeadId>>, on_pick: Callback<HeadId>) -> impl IntoView {
    let i18n = use_i18n();
    let rivals = Page::get().memo(State::rivals);
    let options = move || {
        let option = |rival: crate::ui::state::Rival| {
            let id = rival.id;
            view! { <option value=id.0.to_string() prop:selected=live(move || chosen.get() == Some(id))>{head_name(i18n, &rival.name)}</option> }
        };
        rivals.get().into_iter().map(option).views()
    };
    let change = move |event| {
        if let Ok(id) = event_target_value(&event).parse() {
            on_pick.run(HeadId(id));
        }
    };
    view! { <select class="pick" aria-label=label on:change=change>{part(options)}</select> }
}

/// In a sentence, and photo by photo.
#[component]
fn Found() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let compared = page.memo(|state| state.compared.clone());
    let names = page.memo(move |state| {
        let heads = state.compared.as_ref()?.heads;
        let rivals = state.rivals();
        let name = |head| rivals.iter().find(|rival| rival.id == head).map(|rival| head_name(i18n, &rival.name));
        Some(heads.map(|head| name(head).unwrap_or_default()))
    });
    let say = move || {
        let (compared, [first, second]) = compared.get().zip(names.get())?;
        let photos = u32::try_from(compared.photos.len()).unwrap_or(u32::MAX);
        let same =
            t_string!(i18n, heads.same, count = photos, same = whole(compared.same()), n = whole(photos)).to_string();
        let Some(rights) = compared.rights() else { return Some(same) };
        let [a, b] = rights.right.map(whole);
        let right = t_string!(
            i18n,
            heads.right,
            count = rights.of,
            n = whole(rights.of),
            first = first,
            second = second,
            a = a,
            b = b
        );
        let chance =
            if rights.chance { t_string!(i18n, heads.chance) } else { t_string!(i18n, heads.more_than_chance) };
        Some(format!("{same} {right} {chance}"))
    };
    view! {
        <p role="status" data-testid="compared" data-photos=live(move || compared.with(|compared| compared.as_ref().map(|compared| compared.photos.len())))>{live(say)}</p>
        {part(move || compared.get().zip(names.get()).map(|(compared, names)| view! { <SideBySide compared names/> }))}
    }
}
