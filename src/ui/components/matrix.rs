//! A square of numbers that open: rows are what a photo is, columns what was answered.

use super::{ClassKey, Mark};
use crate::ui::{
    browser::element,
    live::{Memo, each, live, memo, part},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Tone {
    /// Nothing, as it should be.
    Zero,
    /// Right answers; the larger their share of the row, the stronger, 0 to 2.
    Hit(u8),
    /// Mistakes.
    Miss,
    /// The mistake that stands out.
    Worst,
}

/// One number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Cell {
    /// The number.
    pub(in crate::ui) count: String,
    /// What it counts, with the number.
    pub(in crate::ui) label: String,
    /// How it looks.
    pub(in crate::ui) tone: Tone,
}

/// The square.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::ui) struct Square {
    /// Key and name of each class, for rows and columns.
    pub(in crate::ui) heads: Vec<(Mark, String)>,
    /// Row by row.
    pub(in crate::ui) cells: Vec<Cell>,
}

impl Square {
    fn at(&self, (row, column): Place) -> usize {
        row * self.heads.len() + column
    }

    fn place(&self, at: usize) -> Place {
        (at / self.heads.len(), at % self.heads.len())
    }

    fn cell(&self, place: Place) -> Option<&Cell> {
        self.cells.get(self.at(place))
    }

    fn opens(&self, place: Place) -> bool {
        self.cell(place).is_some_and(|cell| cell.tone != Tone::Zero)
    }

    /// The first place in that direction that opens.
    fn next(&self, from: Place, (down, right): (isize, isize)) -> Option<Place> {
        let size = self.heads.len();
        let step = |(row, column): &Place| {
            let place = (row.checked_add_signed(down)?, column.checked_add_signed(right)?);
            (place.0 < size && place.1 < size).then_some(place)
        };
        std::iter::successors(step(&from), step).find(|place| self.opens(*place))
    }
}

/// A row and a column.
pub(in crate::ui) type Place = (usize, usize);

/// The id of a cell's button, to give the focus back to it.
pub(in crate::ui) fn cell_id((row, column): Place) -> String {
    format!("cell-{row}-{column}")
}

/// The square as a table of buttons. Arrow keys go from number to number; Tab stops at one of them.
#[component]
pub(in crate::ui) fn Matrix(
    /// What stands in it.
    square: Memo<Square>,
    /// What it finds, for a screen reader.
    #[prop(into)]
    caption: Signal<String>,
    /// What stands in the corner.
    corner: &'static str,
    /// The cell that is open.
    #[prop(into)]
    open: Signal<Option<Place>>,
    /// A cell was pressed.
    on_press: Callback<Place>,
) -> impl IntoView {
    let size = memo(move || square.with(|square| square.heads.len() as u64));
    let last = RwSignal::new(0);
    let stop = memo(move || {
        square.with(|square| {
            let opens = |at: &usize| square.cells.get(*at).is_some_and(|cell| cell.tone != Tone::Zero);
            Some(last.get()).filter(opens).or_else(|| (0..square.cells.len()).find(opens)).map(|at| square.place(at))
        })
    });
    let key = move |event: ev::KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowUp" => (-1, 0),
            "ArrowDown" => (1, 0),
            "ArrowLeft" => (0, -1),
            "ArrowRight" => (0, 1),
            _ => return,
        };
        event.prevent_default();
        let next = square.with_untracked(|square| square.next(place_of(&event)?, direction));
        if let Some(button) = next.and_then(|place| element(&cell_id(place))) {
            let _ = button.focus(); // it is on the page and takes the focus
        }
    };
    let places = move || (0..size.get()).collect();
    let head = move |at: u64| square.with(|square| square.heads.get(index(at)).cloned());
    let row = move |row: u64| {
        let number = move |column: u64| {
            view! { <td><Number square place=(index(row), index(column)) open stop last on_press/></td> }
        };
        view! {
            <tr>
                <th scope="row" class="rowh">{part(move || head(row).map(row_head))}</th>
                {each(places, number)}
            </tr>
        }
    };
    view! {
        <table class="confusion" on:keydown=key>
            <caption class="vh">{caption}</caption>
            <thead>
                <tr>
                    <td class="rowh axis-note">{corner}</td>
                    {each(places, move |column| view! { <th scope="col">{part(move || head(column).map(column_head))}</th> })}
                </tr>
            </thead>
            <tbody>
                {each(places, row)}
            </tbody>
        </table>
    }
}

/// A key as the place in a list that it was made from.
fn index(key: u64) -> usize {
    usize::try_from(key).unwrap_or(usize::MAX)
}

fn column_head((mark, name): (Mark, String)) -> impl IntoView {
    view! { <ClassKey mark=Signal::stored(mark)/><span class="vh">{name}</span> }
}

fn row_head((mark, name): (Mark, String)) -> impl IntoView {
    let title = name.clone();
    view! { <span class="named" title=title><ClassKey mark=Signal::stored(mark)/><span>{name}</span></span> }
}

#[component]
fn Number(
    square: Memo<Square>,
    place: Place,
    open: Signal<Option<Place>>,
    stop: Memo<Option<Place>>,
    last: RwSignal<usize>,
    on_press: Callback<Place>,
) -> impl IntoView {
    let cell = memo(move || square.with(|square| square.cell(place).cloned()));
    let button = move |cell: Cell| {
        let class = match cell.tone {
            Tone::Zero => "cell zero",
            Tone::Hit(0) => "cell hit",
            Tone::Hit(1) => "cell hit h3",
            Tone::Hit(_) => "cell hit h4",
            Tone::Miss => "cell miss",
            Tone::Worst => "cell miss m2",
        };
        view! {
            <button
                class=class
                id=cell_id(place)
                aria-label=cell.label
                aria-expanded=live(move || (open.get() == Some(place)).to_string())
                tabindex=live(move || if stop.get() == Some(place) { "0" } else { "-1" })
                disabled=cell.tone == Tone::Zero
                on:focus=move |_| last.set(square.with_untracked(|square| square.at(place)))
                on:click=move |_| on_press.run(place)
            >
                {cell.count}
            </button>
        }
    };
    part(move || cell.get().map(button))
}

/// The place of the button that a key was pressed on.
fn place_of(event: &ev::KeyboardEvent) -> Option<Place> {
    let id = event.target()?.dyn_into::<web_sys::Element>().ok()?.id();
    let (row, column) = id.strip_prefix("cell-")?.split_once('-')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}
