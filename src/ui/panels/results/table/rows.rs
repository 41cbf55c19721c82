//! The rows, with what sorts them at their head.

use super::Looking;
use crate::ui::{
    components::{ClassKey, KeySize, Mark},
    i18n::{t, t_string, use_i18n},
    live::{Memo, each, live, memo, part},
    page::Page,
    panels::{class_pick::ClassPick, results::prediction::marks},
    state::{Column, Prediction},
    words::{percent, whole},
};
use leptos::prelude::*;

/// The table.
#[component]
pub(super) fn Rows(looking: Looking) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let shown = move || looking.rows.with(|rows| rows.iter().take(looking.limit.get()).copied().collect::<Vec<_>>());
    let has_labels = page.memo(|state| state.predictions.answers().iter().any(|answer| answer.label.is_some()));
    let marks = page.memo(marks);
    let answer = move |file| {
        page.with_untracked(|state| state.predictions.answers().iter().find(|answer| answer.file == file).cloned())
    };
    let all = live(move || {
        looking.rows.with(|rows| !rows.is_empty() && rows.len() == looking.chosen.with(|chosen| chosen.len()))
    });
    let choose_all = move |event| {
        let all = event_target_checked(&event);
        looking.chosen.set(if all {
            looking.rows.with_untracked(|rows| rows.iter().copied().collect())
        } else {
            Default::default()
        });
    };
    view! {
        <div class="scroll">
            <table class="table">
                <caption class="vh">{t!(i18n, answers.caption)}</caption>
                <thead>
                    <tr>
                        <th><label class="tick"><input type="checkbox" data-testid="choose-all-answers" aria-label=t_string!(i18n, answers.choose_all) prop:checked=all on:change=choose_all/></label></th>
                        <th><span class="vh">{t!(i18n, answers.picture)}</span></th>
                        <Sorter looking column=Column::Name word=t_string!(i18n, answers.file)/>
                        <Sorter looking column=Column::Answer word=t_string!(i18n, answers.answer)/>
                        <Sorter looking column=Column::Probability word=t_string!(i18n, answers.probability)/>
                        <th hidden=live(move || !has_labels.get())>{t!(i18n, answers.folder)}</th>
                        <th>{t!(i18n, answers.put)}</th>
                    </tr>
                </thead>
                <tbody>{each(shown, move |file| answer(file).map(|answer| view! { <Row looking answer marks has_labels/> }))}</tbody>
            </table>
        </div>
    }
}

/// The head of a column that sorts.
#[component]
fn Sorter(looking: Looking, column: Column, word: &'static str) -> impl IntoView {
    let order = live(move || {
        looking.table.with(|table| table.order.filter(|(by, _)| *by == column).map(|(_, from_end)| from_end))
    });
    let sort = move || match order.get() {
        None => "none",
        Some(false) => "ascending",
        Some(true) => "descending",
    };
    let arrow = move || match order.get() {
        None => "",
        Some(false) => " ↑",
        Some(true) => " ↓",
    };
    view! {
        <th aria-sort=live(sort)>
            <button class="btn link small" data-testid="sort" data-column=format!("{column:?}") on:click=move |_| looking.change(|table| table.sort_by(column))>
                {word}<span aria-hidden="true">{live(arrow)}</span>
            </button>
        </th>
    }
}

#[component]
fn Row(looking: Looking, answer: Prediction, marks: Memo<Vec<Mark>>, has_labels: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let file = answer.file;
    let best = answer.ranking.first().cloned();
    let probability = best.as_ref().map(|best| percent(i18n, f64::from(best.probability)));
    let index = best.as_ref().and_then(|best| usize::try_from(best.index).ok()).unwrap_or(usize::MAX);
    let said = answer.said().map(str::to_owned);
    let label = said.clone();
    let name = answer.name.clone();
    let is_chosen = memo(move || looking.chosen.with(|chosen| chosen.contains(&file)));
    let choose = move |event| {
        let on = event_target_checked(&event);
        looking.chosen.update(|chosen| {
            if on {
                chosen.insert(file)
            } else {
                chosen.remove(&file)
            };
        });
    };
    let put = Callback::new(move |class| page.add_answered(&[file], class));
    // The heading of a group stands above its first row.
    let heads = memo(move || looking.groups.with(|groups| groups.get(&file).cloned()));
    let group = move || {
        heads.get().map(|(said, count)| {
            let title = said.unwrap_or_else(|| t_string!(i18n, results.unknown).to_owned());
            view! { <span class="group"><bdi>{title}</bdi>" "<span class="num muted">{whole(count)}</span></span> }
        })
    };
    let agrees = answer.agrees();
    view! {
        <tr data-testid="answer-row" data-file=answer.name.clone() data-label=label data-agrees=agrees.map(|agrees| agrees.to_string())>
            <td>
                {part(group)}
                <label class="tick"><input type="checkbox" aria-label=t_string!(i18n, answers.choose, file = answer.name.clone()).to_string() prop:checked=is_chosen.signal() on:change=choose/></label>
            </td>
            <td>{answer.picture.map(|src| view! { <img class="mini" src=src alt="" loading="lazy" decoding="async"/> })}</td>
            <td class="cut"><bdi>{name}</bdi></td>
            <td>
                {match said {
                    Some(said) => view! { <ClassKey mark=live(move || marks.with(|marks| marks.get(index).cloned()).unwrap_or_else(|| Mark::new(None, "", 0))) size=KeySize::Small/>" "<bdi>{said}</bdi> }.into_any(),
                    None => view! { <span class="key unknown s" aria-hidden="true">"?"</span>" "{t!(i18n, results.unknown)} }.into_any(),
                }}
            </td>
            <td class="num">{probability}</td>
            <td hidden=live(move || !has_labels.get()) class:bad=agrees == Some(false)><bdi>{answer.label}</bdi></td>
            <td><ClassPick label=t_string!(i18n, answers.put_into) say=t_string!(i18n, answers.put_into) on_pick=put/></td>
        </tr>
    }
}
