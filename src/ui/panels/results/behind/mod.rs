//! The photos behind a number or a bar, opened in place: looked at, put right, kept, removed.

mod acts;
mod list;

use super::mix_ups::counted;
use crate::{
    dataset::{ClassId, PhotoId},
    metrics::STEPS,
    ui::{
        browser::focus_soon,
        components::{Icon, When},
        i18n::{Words, t_string, use_i18n},
        live::{Memo, live, memo, part},
        page::Page,
        panels::classes,
        state::{Network, Settled},
        words::{self, fixed, whole},
    },
};
use acts::Acts;
use leptos::{ev, prelude::*};
use list::{Shown, Tiles, shown};
use std::collections::BTreeSet;

/// What was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// Photos of a class that were answered with a class.
    Cell {
        /// What they are.
        class: ClassId,
        /// What was answered.
        answer: ClassId,
    },
    /// Photos of a class.
    Class(ClassId),
    /// Photos with a tag, by its place among the tags that were counted.
    Tag(usize),
    /// Photos whose answer had a probability in that step.
    Step(usize),
    /// Photos of the test set that were answered wrong.
    TestWrong,
    /// Photos of the test set nearly the same as ones that teach.
    TestCopies,
    /// Photos that heads of fewer photos answered wrong.
    Size {
        /// The network that they stood on.
        network: Network,
        /// The number of the point in its curve.
        at: usize,
    },
}

/// Opens what is behind something, or closes it where it is open already. `heading` is that of the list.
pub(super) fn open_or_close(open: RwSignal<Option<Behind>>, what: Option<Behind>, heading: &'static str) {
    open.update(|open| *open = what.filter(|what| *open != Some(*what)));
    if open.get_untracked().is_some() {
        focus_soon(heading);
    }
}

/// What the parts of an opened list share.
#[derive(Clone, Copy)]
struct Opened {
    what: Memo<Option<Behind>>,
    photos: Memo<Vec<Shown>>,
    chosen: RwSignal<BTreeSet<PhotoId>>,
    heading: &'static str,
}

/// The list; there while something is open.
#[component]
pub(super) fn PhotosBehind(
    /// What is open.
    open: RwSignal<Option<Behind>>,
    /// The id of its heading.
    heading: &'static str,
    /// Gets what was open, to give the focus back.
    on_close: Callback<Behind>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let what = memo(move || open.get());
    let photos = page.examined(move |state| what.get().map(|what| shown(state, what)).unwrap_or_default());
    let chosen = RwSignal::new(BTreeSet::new());
    Effect::new(move || {
        what.get();
        chosen.set(BTreeSet::new());
    });
    let opened = Opened { what, photos, chosen, heading };
    let close = move || {
        if let Some(what) = open.get_untracked() {
            open.set(None);
            on_close.run(what);
        }
    };
    let title = move || what.get().map(|what| title(i18n, page, what, photos.with(Vec::len)));
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    view! {
        <When is=live(move || what.get().is_some())>
            <section class="opened" aria-labelledby=heading on:keydown=key>
                <div class="section-head">
                    <h4 id=heading tabindex="-1">{part(title)}</h4>
                    <button
                        class="btn plain icon-only small push"
                        aria-label=t_string!(i18n, app.close)
                        on:click=move |_| close()
                    >
                        <Icon name="x"/>
                    </button>
                </div>
                <Tiles opened/>
                <Acts opened/>
            </section>
        </When>
    }
}

fn title(i18n: Words, page: Page, what: Behind, count: usize) -> String {
    let photos = words::photos(i18n, count);
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    let name = |id| page.with_untracked(|state| classes::name(state, id));
    match what {
        Behind::Cell { class, answer } => counted(i18n, count, name(class), name(answer)),
        Behind::TestCopies => t_string!(i18n, test_set.copies_opened, photos = photos).to_string(),
        Behind::TestWrong => t_string!(i18n, test_set.opened, photos = photos).to_string(),
        Behind::Class(class) => t_string!(i18n, results.opened, photos = photos, name = name(class)).to_string(),
        Behind::Tag(at) => {
            let tag = page.with_untracked(|state| state.by_tag.tags.get(at).map(|tag| tag.tag.clone()));
            t_string!(i18n, bias.opened, photos = photos, tag = tag.unwrap_or_default()).to_string()
        }
        Behind::Step(at) => {
            let (low, high) = step_ends(at);
            t_string!(i18n, confidence.opened, count = count, n = whole(count), low = low, high = high).to_string()
        }
        Behind::Size { network, at } => {
            let photos = page.with_untracked(|state| {
                state.learning.curve(network).and_then(|curve| curve.points.get(at)).map_or(0.0, |point| point.photos)
            });
            t_string!(i18n, learning.opened, count = count, n = whole(count), each = fixed(photos, 0)).to_string()
        }
    }
}

/// Both ends of a step, in percent.
pub(super) fn step_ends(at: usize) -> (String, String) {
    (whole(at * 100 / STEPS), whole((at + 1) * 100 / STEPS))
}

impl Opened {
    /// What an action is for: the chosen photos, or all that are not kept yet.
    fn targets(self) -> Vec<PhotoId> {
        let chosen = self.chosen.get();
        if !chosen.is_empty() {
            return chosen.into_iter().collect();
        }
        self.photos.with(|photos| photos.iter().filter(|shown| !shown.kept).map(|shown| shown.photo).collect())
    }

    /// Puts photos into a class; those that are in it are right there.
    fn place(self, page: Page, these: Vec<PhotoId>, to: ClassId) {
        let (right, wrong): (Vec<PhotoId>, Vec<PhotoId>) =
            page.with_untracked(|state| these.into_iter().partition(|id| state.photos.class_of(*id) == Some(to)));
        if wrong.is_empty() {
            self.keep(page, &right);
        } else {
            self.done_with(&wrong);
            page.move_photos(wrong, to);
        }
    }

    /// Photos are right where they are.
    fn keep(self, page: Page, these: &[PhotoId]) {
        self.chosen.set(BTreeSet::new());
        let right = |id: &PhotoId| {
            page.with_untracked(|state| state.photos.class_of(*id)).map(|class| Settled::Right(*id, class))
        };
        page.keep_photos(these.iter().filter_map(right).collect());
    }

    /// Photos are kept and nothing else.
    fn exclude(self, page: Page, these: Vec<PhotoId>) {
        self.done_with(&these);
        page.exclude_photos(these, true);
    }

    /// Moves photos to the trash.
    fn remove(self, page: Page, these: Vec<PhotoId>) {
        self.done_with(&these);
        page.remove_photos(these);
    }

    /// Nothing is chosen any more, and the focus goes to a photo that stays.
    fn done_with(self, gone: &[PhotoId]) {
        self.chosen.set(BTreeSet::new());
        let next = self.photos.with_untracked(|photos| {
            let at = photos.iter().position(|shown| gone.contains(&shown.photo)).unwrap_or(0);
            let stays = |shown: &&Shown| !gone.contains(&shown.photo);
            photos[at..].iter().find(stays).or_else(|| photos[..at].iter().rev().find(stays)).map(Shown::id)
        });
        focus_soon(next.unwrap_or_else(|| self.heading.to_owned()));
    }
}
