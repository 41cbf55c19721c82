//! Sample pictures for whoever has no photos at hand: drawn leaves of three trees, and some more to ask about.

use super::{
    i18n::{Words, t_string},
    page::Page,
    state::{Deed, NoticeKind, SAMPLE_PREFIX},
};
use crate::{
    protocol::{Destination, Request},
    web::files::{PickedFile, fetched},
};
use leptos::prelude::*;

/// Leaves of each tree.
const EACH: u32 = 10;
/// What is asked about afterwards; the key is like no leaf.
const NEW: [&str; 4] = ["oak", "birch", "maple", "key"];

/// The pictures that teach, by class, and those to ask about: their addresses below the page's own, and their paths.
fn pictures(i18n: Words) -> Vec<(String, String)> {
    let trees = [
        ("oak", t_string!(i18n, empty.oak)),
        ("birch", t_string!(i18n, empty.birch)),
        ("maple", t_string!(i18n, empty.maple)),
    ];
    let mut pictures = Vec::new();
    for (tree, name) in trees {
        for number in 1..=EACH {
            let file = format!("{tree}-{number:02}.webp");
            pictures.push((format!("samples/{file}"), format!("{name}/{SAMPLE_PREFIX}{file}")));
        }
    }
    for what in NEW {
        let file = format!("new-{what}.webp");
        pictures.push((format!("samples/{file}"), file));
    }
    pictures
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

    /// Removes all sample pictures, and the classes that have no others; a toast offers to bring them back.
    pub(super) fn remove_samples(self) {
        let (classes, photos) = self.with_untracked(|state| state.samples_for_undo());
        for (class, _, _) in &classes {
            self.send(Request::RemoveClass { class: class.id });
        }
        if !photos.is_empty() {
            self.send(Request::TrashPhotos { photos: photos.clone() });
        }
        self.clear_predictions();
        self.update(|state| {
            state.at_results = false;
            state.notices.done(Deed::SamplesRemoved { classes, photos });
        });
    }
}
