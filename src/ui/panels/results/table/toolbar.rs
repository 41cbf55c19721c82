//! What is above the table: search, which answers, and whether those of one class stand together.

use super::Looking;
use crate::ui::{
    browser::input_of,
    i18n::{Words, t, t_string, use_i18n},
    live::{Views, live, part},
    page::Page,
    state::Only,
};
use leptos::{ev, prelude::*};

/// The line.
#[component]
pub(super) fn Toolbar(looking: Looking) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let table = looking.table;
    let classes = page.memo(|state| {
        let said = state.predictions.answers().iter().filter_map(|answer| answer.said().map(str::to_owned));
        said.collect::<std::collections::BTreeSet<_>>()
    });
    let typed = move |event: ev::Event| {
        let text = input_of(&event).map(|input| input.value()).unwrap_or_default();
        looking.change(|table| table.search = text);
    };
    let picked = move |event: ev::Event| {
        let class = Some(event_target_value(&event)).filter(|class| !class.is_empty());
        looking.change(|table| table.class = class);
    };
    let only = move |event: ev::Event| {
        let word = event_target_value(&event);
        let only = Only::WORDS.into_iter().find(|(known, _)| *known == word).map(|(_, only)| only);
        looking.change(|table| table.only = only.unwrap_or_default());
    };
    let options = move || {
        let now = table.with(|table| table.class.clone());
        let option = |class: String| view! { <option value=class.clone() selected=now.as_ref() == Some(&class)>{class.clone()}</option> };
        classes.get().into_iter().map(option).views()
    };
    let onlys = move || {
        let now = table.with(|table| table.only);
        Only::WORDS
            .into_iter()
            .map(|(word, only)| view! { <option value=word selected=only == now>{say(i18n, only)}</option> })
            .views()
    };
    view! {
        <div class="row tools">
            <input
                class="pick search"
                type="search"
                data-testid="answer-search"
                aria-label=t_string!(i18n, answers.search)
                placeholder=t_string!(i18n, answers.search)
                prop:value=live(move || table.with(|table| table.search.clone()))
                on:input=typed
            />
            <select class="pick" data-testid="answer-class" aria-label=t_string!(i18n, answers.class) on:change=picked>
                <option value="">{t_string!(i18n, answers.any_class)}</option>
                {part(options)}
            </select>
            <select class="pick" data-testid="answer-only" aria-label=t_string!(i18n, answers.which) on:change=only>{part(onlys)}</select>
            <label class="switch">
                <input type="checkbox" data-testid="answer-groups" prop:checked=live(move || table.with(|table| table.grouped)) on:change=move |event| looking.change(|table| table.grouped = event_target_checked(&event))/>
                {t!(i18n, answers.grouped)}
            </label>
        </div>
    }
}

fn say(i18n: Words, only: Only) -> &'static str {
    match only {
        Only::All => t_string!(i18n, answers.all),
        Only::NotSure => t_string!(i18n, answers.not_sure),
        Only::Unknown => t_string!(i18n, answers.unknown),
        Only::Disagree => t_string!(i18n, answers.disagree),
    }
}
