//! The photos of an opened list, with their file names.

use super::{Behind, Opened};
use crate::{
    dataset::PhotoId,
    metrics::{falling, step_of},
    protocol::{Judged, Missed, TestJudged},
    ui::{
        components::{Icon, Thumb, When},
        i18n::{t_string, use_i18n},
        live::{each, live, memo},
        page::Page,
        panels::classes,
        state::{Settled, State},
        words::{percent, whole},
    },
};
use leptos::{ev, prelude::*};

/// Photos that are drawn at first, and more each time.
const FIRST: usize = 60;

/// One photo of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) photo: PhotoId,
    name: String,
    answer: String,
    probability: f32,
    /// Whether the person said that it is right where it is.
    pub(super) kept: bool,
}

impl Shown {
    /// The id of its tile.
    pub(super) fn id(&self) -> String {
        tile_id(self.photo)
    }
}

fn tile_id(photo: PhotoId) -> String {
    format!("behind-{}", photo.0)
}

/// The photos behind something, those most worth a look first: mistakes, the surest of them first, then right answers, the
/// least sure first.
pub(super) fn shown(state: &State, what: Behind) -> Vec<Shown> {
    let belongs = |judged: &&Judged| match what {
        Behind::Cell { class, answer } => judged.class == class && judged.answer == answer,
        Behind::Class(class) => judged.class == class,
        Behind::Tag(at) => {
            let tag = state.by_tag.tags.get(at).map(|tag| &tag.tag);
            tag.is_some_and(|tag| state.photos.tags(judged.photo).contains(tag))
        }
        Behind::Step(at) => step_of(f64::from(judged.probability)) == at,
        Behind::TestWrong | Behind::TestCopies | Behind::Size { .. } => false,
    };
    match what {
        Behind::TestWrong => return tests(state, state.test_judged().filter(|judged| !judged.right).collect()),
        Behind::TestCopies => return tests(state, state.test_copies()),
        Behind::Size { network, at } => return missed(state, &state.missed(network, at)),
        Behind::Cell { .. } | Behind::Class(_) | Behind::Tag(_) | Behind::Step(_) => {}
    }
    let photos: Vec<&Judged> = state.judged().filter(belongs).collect();
    let worth: Vec<f64> = photos
        .iter()
        .map(|judged| {
            let probability = f64::from(judged.probability);
            if judged.class == judged.answer { -probability } else { probability }
        })
        .collect();
    let shown = |judged: &Judged| Shown {
        photo: judged.photo,
        name: state.photos.name(judged.photo).unwrap_or_default().to_owned(),
        answer: classes::name(state, judged.answer),
        probability: judged.probability,
        kept: state.examined.is_settled(Settled::Right(judged.photo, judged.class)),
    };
    falling(&worth).into_iter().map(|at| shown(photos[at])).collect()
}

/// Photos of the test set, the surest answers first.
fn tests(state: &State, photos: Vec<&TestJudged>) -> Vec<Shown> {
    let shown = |judged: &&TestJudged| Shown {
        photo: judged.photo,
        name: state.photos.name(judged.photo).unwrap_or_default().to_owned(),
        answer: judged.answer.clone(),
        probability: judged.probability,
        kept: state.examined.is_settled(Settled::Right(judged.photo, judged.class)),
    };
    surest_first(photos.iter().map(shown).collect())
}

/// Photos that heads of fewer photos answered wrong, the surest first.
fn missed(state: &State, missed: &[Missed]) -> Vec<Shown> {
    let shown = |missed: &Missed| Shown {
        photo: missed.photo,
        name: state.photos.name(missed.photo).unwrap_or_default().to_owned(),
        answer: classes::name(state, missed.answer),
        probability: missed.probability,
        kept: state.examined.is_settled(Settled::Right(missed.photo, missed.class)),
    };
    surest_first(missed.iter().map(shown).collect())
}

fn surest_first(mut photos: Vec<Shown>) -> Vec<Shown> {
    photos.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    photos
}

/// The tiles. A number moves a photo, or all chosen ones, to the class of that number.
#[component]
pub(super) fn Tiles(opened: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let limit = RwSignal::new(FIRST);
    Effect::new(move || {
        opened.what.get();
        limit.set(FIRST);
    });
    let drawn = move || opened.photos.with(|photos| photos.iter().take(limit.get()).map(|shown| shown.photo).collect());
    let count = memo(move || opened.photos.with(Vec::len));
    view! {
        <ul class="tiles">
            {each(drawn, move |photo| view! { <Tile photo opened/> })}
        </ul>
        <When is=live(move || count.get() > limit.get())>
            <p class="more-line">
                <span class="num">
                    {live(move || t_string!(i18n, app.of, done = whole(limit.get()), total = whole(count.get())).to_string())}
                </span>
                <button class="btn link small" on:click=move |_| limit.update(|limit| *limit += FIRST)>
                    {t_string!(i18n, app.more)}
                </button>
            </p>
        </When>
    }
}

#[component]
fn Tile(photo: PhotoId, opened: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let shown = memo(move || opened.photos.with(|photos| photos.iter().find(|shown| shown.photo == photo).cloned()));
    let name = move || shown.with(|shown| shown.as_ref().map(|shown| shown.name.clone()).unwrap_or_default());
    let said = move || {
        shown.with(|shown| {
            let shown = shown.as_ref()?;
            let share = percent(i18n, f64::from(shown.probability));
            Some(t_string!(i18n, mix_ups.said, name = shown.answer.clone(), percent = share).to_string())
        })
    };
    let kept = memo(move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.kept)));
    let label = move || {
        let (file, said) = (name(), said().unwrap_or_default());
        if kept.get() {
            t_string!(i18n, mix_ups.tile_kept, file = file, said = said).to_string()
        } else {
            t_string!(i18n, mix_ups.tile, file = file, said = said).to_string()
        }
    };
    let press = move |_shift: bool| {
        opened.chosen.update(|chosen| {
            if !chosen.remove(&photo) {
                chosen.insert(photo);
            }
        });
    };
    // One of the chosen stands for all of them.
    let these = move || {
        let chosen = opened.chosen.get_untracked();
        if chosen.contains(&photo) { chosen.into_iter().collect() } else { vec![photo] }
    };
    let exclude = move |()| opened.exclude(page, these());
    let delete = move |()| opened.remove(page, these());
    let key = move |event: ev::KeyboardEvent| {
        if let Some(to) = classes::of_key(page, &event.key()) {
            opened.place(page, these(), to);
        }
    };
    view! {
        <li class="tile" on:keydown=key>
            <Thumb
                url=page.thumb(photo)
                id=tile_id(photo)
                label=live(label)
                chosen=live(move || opened.chosen.with(|chosen| chosen.contains(&photo)))
                excluded=false
                on_press=Callback::new(press)
                on_exclude=Callback::new(exclude)
                on_delete=Callback::new(delete)
            />
            <When is=kept><span class="tick"><Icon name="check" size="s"/></span></When>
            <span class="file" title=name()>{live(name)}</span>
        </li>
    }
}
