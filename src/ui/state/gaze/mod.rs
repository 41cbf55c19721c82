//! Where the head looks: in which answers that is shown, how strongly, and what is still to be asked.

mod picture;
mod spot;

pub use picture::bmp;
pub use spot::{Spot, spot};

use super::{Predictions, State};
use crate::{
    dataset::Class,
    protocol::{FileRef, Heat, RunId},
};
use std::collections::{HashMap, HashSet};

/// How much of the photo the heat-map covers at first, percent.
const STRENGTH: u8 = 55;

/// Whether an answer shows where the head looked.
#[derive(Debug, Clone, PartialEq)]
pub enum Looked {
    /// It does not.
    Hidden,
    /// It will.
    Waiting,
    /// It cannot: the file is gone, or the head does not know the class any more.
    Failed,
    /// It does.
    At(Heat),
}

/// The heat-maps of the answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Gaze {
    all: bool,
    /// Answers that the person turned on or off one by one.
    turned: HashSet<FileRef>,
    /// What was asked and answered; none where it could not be.
    maps: HashMap<FileRef, Option<Heat>>,
    /// One photo is asked about at a time, so that whatever else a person wants is not kept waiting.
    asked: Option<(RunId, FileRef)>,
    /// How much of the photo it covers, percent.
    pub strength: u8,
}

impl Default for Gaze {
    fn default() -> Self {
        let (turned, maps) = (HashSet::new(), HashMap::new());
        Self { all: false, turned, maps, asked: None, strength: STRENGTH }
    }
}

impl Gaze {
    /// Whether all answers show it.
    pub fn all(&self) -> bool {
        self.all
    }

    /// Shows it in all answers, or in none.
    pub fn turn_all(&mut self) {
        self.all = !self.all;
        self.turned.clear();
    }

    /// Shows it in one answer, or hides it there.
    pub fn turn(&mut self, file: FileRef) {
        if !self.turned.remove(&file) {
            self.turned.insert(file);
        }
    }

    /// Whether an answer shows it, or will.
    pub fn shows(&self, file: FileRef) -> bool {
        self.all != self.turned.contains(&file)
    }

    /// Whether any answer may show it.
    pub fn is_on(&self) -> bool {
        self.all || !self.turned.is_empty()
    }

    /// What an answer shows.
    pub fn of(&self, file: FileRef) -> Looked {
        match (self.shows(file), self.maps.get(&file)) {
            (false, _) => Looked::Hidden,
            (true, None) => Looked::Waiting,
            (true, Some(None)) => Looked::Failed,
            (true, Some(Some(heat))) => Looked::At(heat.clone()),
        }
    }

    /// The photo to ask about next; none while one is asked about.
    pub fn next(&self, predictions: &Predictions) -> Option<FileRef> {
        let mut files = predictions.answers().iter().map(|answer| answer.file);
        files.find(|file| self.asked.is_none() && self.shows(*file) && !self.maps.contains_key(file))
    }

    /// A photo is asked about.
    pub fn ask(&mut self, run: RunId, file: FileRef) {
        self.asked = Some((run, file));
    }

    /// A photo cannot be asked about.
    pub fn fail(&mut self, file: FileRef) {
        self.maps.insert(file, None);
    }

    /// The answers are gone.
    pub fn clear(&mut self) {
        self.turned.clear();
        self.maps.clear();
    }

    pub(super) fn explained(&mut self, run: RunId, heat: Heat) {
        if let Some((_, file)) = self.asked.filter(|(asked, _)| *asked == run) {
            self.maps.insert(file, Some(heat));
        }
    }

    pub(super) fn finished(&mut self, run: RunId) {
        if let Some((_, file)) = self.asked.take_if(|(asked, _)| *asked == run) {
            self.maps.entry(file).or_insert(None);
        }
    }
}

/// Photos that a class needs to be part of the test for background shortcuts.
const TESTED_FROM: usize = 5;

impl State {
    /// Whether the test for background shortcuts can be made: there is an instant head of two classes with enough photos.
    pub fn can_test_border(&self) -> bool {
        let enough = |class: &&Class| self.photos.teaching(class.id) >= TESTED_FROM;
        self.has_instant() && self.photos.classes().iter().filter(enough).count() >= 2
    }
}
