//! Which classes are taken for which.

mod table;

use super::behind::{Behind, PhotosBehind, open_or_close};
use crate::{
    dataset::ClassId,
    metrics::Confusion,
    ui::{
        browser::focus_soon,
        components::{Cell, Mark, Matrix, Place, Square, Tone, When, cell_id},
        i18n::{Words, t, t_string, use_i18n},
        live::{live, memo},
        page::Page,
        panels::classes,
        state::State,
        words::whole,
    },
};
use leptos::prelude::*;
use table::MistakeTable;

/// The heading of the photos behind a cell.
const OPENED: &str = "mix-ups-opened";

/// Classes and counts, with the names and keys that stand for the classes.
#[derive(Debug, Clone, PartialEq, Default)]
struct MixUps {
    classes: Vec<(ClassId, Mark, String)>,
    confusion: Confusion,
    /// Classes that are not shown, because there are too many.
    left_out: usize,
}

impl MixUps {
    fn of(state: &State) -> Self {
        let (ids, confusion) = state.mix_ups();
        let class = |id| (id, classes::mark(state, id), classes::name(state, id));
        let left_out =
            if ids.len() < crate::ui::state::MOST_CLASSES { 0 } else { state.photos.classes().len() - ids.len() };
        Self { classes: ids.into_iter().map(class).collect(), confusion, left_out }
    }

    fn name(&self, at: usize) -> String {
        self.classes.get(at).map(|(_, _, name)| name.clone()).unwrap_or_default()
    }

    fn square(&self, i18n: Words) -> Square {
        let size = self.classes.len();
        let worst = self.confusion.mistakes().first().map(|worst| (worst.class, worst.answer));
        let cell = |at: usize| {
            let (class, answer) = (at / size, at % size);
            let count = self.confusion.at(class, answer);
            let tone = match (count, class == answer) {
                (0, _) => Tone::Zero,
                (_, true) => Tone::Hit(strength(self.confusion.share(class, answer))),
                _ if worst == Some((class, answer)) => Tone::Worst,
                _ => Tone::Miss,
            };
            Cell { count: whole(count), label: counted(i18n, count, self.name(class), self.name(answer)), tone }
        };
        let heads = self.classes.iter().map(|(_, mark, name)| (mark.clone(), name.clone())).collect();
        Square { heads, cells: (0..size * size).map(cell).collect() }
    }

    /// What the matrix finds, in a sentence.
    fn finding(&self, i18n: Words) -> String {
        let Some(worst) = self.confusion.mistakes().first().copied() else {
            return t_string!(i18n, mix_ups.none).to_string();
        };
        let (name, other) = (self.name(worst.class), self.name(worst.answer));
        let of = whole(self.confusion.of_class(worst.class));
        t_string!(
            i18n,
            mix_ups.most,
            count = worst.photos,
            n = whole(worst.photos),
            of = of,
            name = name,
            other = other
        )
        .to_string()
    }
}

/// Half-way between chance and perfect a tint more says something.
fn strength(share: f64) -> u8 {
    match share {
        _ if share >= 0.9 => 2,
        _ if share >= 0.85 => 1,
        _ => 0,
    }
}

/// "5 Oak photos, answered Birch".
pub(super) fn counted(i18n: Words, count: u32, name: String, answer: String) -> String {
    t_string!(i18n, mix_ups.cell, count = count, n = whole(count), name = name, answer = answer).to_string()
}

/// The section; only where photos were judged.
#[component]
pub(super) fn MixUpsSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let mix_ups = page.examined(MixUps::of);
    let instant = page.memo(State::is_instant);
    let open = RwSignal::new(None);
    let square = memo(move || mix_ups.with(|mix_ups| mix_ups.square(i18n)));
    let finding = live(move || mix_ups.with(|mix_ups| mix_ups.finding(i18n)));
    let place_of = move |behind: Behind| match behind {
        Behind::Cell { class, answer } => mix_ups.with(|mix_ups| {
            let place = |id| mix_ups.classes.iter().position(|(other, ..)| *other == id);
            let place = (place(class)?, place(answer)?);
            (mix_ups.confusion.at(place.0, place.1) > 0).then_some(place)
        }),
        _ => None,
    };
    let press = move |(row, column): Place| {
        let ids = mix_ups.with_untracked(|mix_ups| {
            let id = |at: usize| mix_ups.classes.get(at).map(|(id, ..)| *id);
            Some(Behind::Cell { class: id(row)?, answer: id(column)? })
        });
        open_or_close(open, ids, OPENED);
    };
    let closed = move |behind| focus_soon(place_of(behind).map_or_else(|| "mix-ups-heading".to_owned(), cell_id));
    let many = memo(move || mix_ups.with(|mix_ups| mix_ups.left_out));
    view! {
        <When is=live(move || mix_ups.with(|mix_ups| mix_ups.classes.len() > 1))>
            <section class="section" id="mix-ups" aria-labelledby="mix-ups-heading">
                <div class="section-head">
                    <h3 id="mix-ups-heading" tabindex="-1">{t!(i18n, mix_ups.title)}</h3>
                    <span class="small faint">{t!(i18n, mix_ups.press)}</span>
                </div>
                <div class="matrix-box" tabindex="0" role="group" aria-label=t_string!(i18n, mix_ups.title)>
                    <Matrix
                        square
                        caption=live(move || t_string!(i18n, mix_ups.caption, finding = finding.get()).to_string())
                        corner=t_string!(i18n, mix_ups.corner)
                        open=live(move || open.get().and_then(place_of))
                        on_press=Callback::new(press)
                    />
                </div>
                <PhotosBehind open heading=OPENED on_close=Callback::new(closed)/>
                <p class="small muted more-line">{finding}</p>
                <p class="small muted" hidden=instant>{t!(i18n, mix_ups.of_instant)}</p>
                <p class="small muted" hidden=live(move || many.get() == 0)>
                    {live(move || t_string!(i18n, mix_ups.left_out, n = whole(many.get())).to_string())}
                </p>
                <MistakeTable mix_ups/>
            </section>
        </When>
    }
}
