//! The table behind a chart.

use super::Icon;
use crate::ui::live::{Views, part};
use leptos::prelude::*;

/// What stands in a table: text in the first column, figures in the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::ui) struct Rows(pub(in crate::ui) Vec<Vec<String>>);

/// A table that is folded away. It is filled only while it is looked at: what it shows may change many times a second.
#[component]
pub(in crate::ui) fn DataTable(
    /// What opens it.
    title: &'static str,
    /// What it finds, for a screen reader.
    #[prop(into)]
    caption: Signal<String>,
    /// The heads of its columns.
    heads: Vec<&'static str>,
    /// Columns of words; the others are figures.
    #[prop(default = 1)]
    words: usize,
    /// Its rows.
    #[prop(into)]
    rows: Signal<Rows>,
    /// Sentences below it.
    #[prop(optional)]
    notes: Vec<Signal<Option<String>>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggled = move |event: leptos::ev::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    let class = move |at: usize| if at < words { "" } else { "num" };
    let head = move |(at, head): (usize, &'static str)| view! { <th scope="col" class=class(at)>{head}</th> };
    let cell = move |(at, cell): (usize, String)| {
        if at == 0 {
            view! { <th scope="row">{cell}</th> }.into_any()
        } else {
            view! { <td class=class(at)>{cell}</td> }.into_any()
        }
    };
    let row = move |row: Vec<String>| view! { <tr>{row.into_iter().enumerate().map(cell).views()}</tr> };
    let body = move || open.get().then(|| rows.get().0.into_iter().map(row).views());
    let note =
        |note: Signal<Option<String>>| part(move || note.get().map(|note| view! { <p class="small muted">{note}</p> }));
    view! {
        <details class="behind" on:toggle=toggled>
            <summary><Icon name="table"/>" "{title}</summary>
            <div class="scroll" tabindex="0" role="group" aria-label=title>
                <table class="table">
                    <caption class="vh">{caption}</caption>
                    <thead><tr>{heads.into_iter().enumerate().map(head).views()}</tr></thead>
                    <tbody>{part(body)}</tbody>
                </table>
            </div>
            {notes.into_iter().map(note).views()}
        </details>
    }
}
