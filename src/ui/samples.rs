//! Sample pictures for whoever has no photos at hand: drawn leaves of three trees, and some more to ask about.

use super::{
    i18n::{Words, t_string},
    page::Page,
    state::{NoticeKind, SAMPLE_PREFIX, State},
};
use crate::{
    protocol::Destination,
    web::files::{PickedFile, fetched},
};
use leptos::prelude::*;

/// Leaves of each tree.
const EACH: u32 = 10;
/// What is asked about afterwards; the key is like no leaf.
const NEW: [&str; 4] = ["oak", "birch", "maple", "key"];

/// The trees that are told apart.
const TREES: [&str; 3] = ["oak", "birch", "maple"];
/// The leaves of each that the empty page shows.
const SHOWN: [[u32; 3]; 3] = [[1, 7, 4], [5, 3, 1], [5, 3, 7]];

fn address(file: &str) -> String {
    format!("samples/{file}")
}

fn teaching(tree: &'static str) -> impl Iterator<Item = String> {
    (1..=EACH).map(move |number| format!("{tree}-{number:02}.webp"))
}

fn asked_about() -> impl Iterator<Item = String> {
    NEW.iter().map(|what| format!("new-{what}.webp"))
}

/// The addresses of a tree's leaves on the empty page, by the tree's place, relative to the page.
pub(super) fn drawings(tree: usize) -> [String; 3] {
    SHOWN[tree].map(|number| format!("drawings/{}-{number:02}.svg", TREES[tree]))
}

/// The addresses of all sample pictures and drawings, relative to the page.
pub(super) fn addresses() -> Vec<String> {
    let samples = TREES.into_iter().flat_map(teaching).chain(asked_about()).map(|file| address(&file));
    samples.chain((0..TREES.len()).flat_map(drawings)).collect()
}

/// The pictures that teach, by class, and those to ask about: their addresses, and their paths.
fn pictures(i18n: Words) -> Vec<(String, String)> {
    let names = [t_string!(i18n, empty.oak), t_string!(i18n, empty.birch), t_string!(i18n, empty.maple)];
    let teach = TREES.into_iter().zip(names).flat_map(|(tree, name)| {
        teaching(tree).map(move |file| (address(&file), format!("{name}/{SAMPLE_PREFIX}{file}")))
    });
    teach.chain(asked_about().map(|file| (address(&file), file))).collect()
}

impl Page {
    /// Adds the sample pictures; the new ones among them are asked about as soon as the instant head knows the others.
    pub(super) fn try_samples(self, i18n: Words) {
        let wanted = pictures(i18n);
        let count = wanted.len();
        self.take_in(Box::pin(fetched(wanted)), move |page, files| {
            if files.len() < count {
                return page.update(|state| state.notices.say(NoticeKind::NoSamples));
            }
            let (teach, ask): (Vec<PickedFile>, Vec<PickedFile>) =
                files.into_iter().partition(|file| file.path.contains('/'));
            page.to_ask.set_value(ask);
            page.add_files(teach, Destination::Folders);
        });
    }

    /// Asks about the new ones and shows what comes of it.
    pub(super) fn ask_about_samples(self) {
        let files = self.to_ask.try_update_value(std::mem::take).unwrap_or_default();
        if !files.is_empty() {
            self.update(|state| state.at_results = true);
            self.predict(files);
        }
    }

    /// Removes all sample pictures, and the classes that have no others.
    pub(super) fn remove_samples(self) {
        let (classes, photos) = self.with_untracked(State::samples);
        self.remove(photos, classes);
        self.clear_predictions();
        self.update(|state| state.at_results = false);
    }
}
