//! What the head answered.

use crate::protocol::{FileRef, Ranked};

/// How sure an answer is, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// 95 % and up.
    Very,
    /// 80 to 94 %.
    Quite,
    /// Below 80 %.
    Not,
}

/// The word for a probability. It goes with the whole percent that is shown, so that "95 %" is always "very sure".
pub fn sure(probability: f32) -> Sure {
    match (probability * 100.0).round() {
        percent if percent >= 95.0 => Sure::Very,
        percent if percent >= 80.0 => Sure::Quite,
        _ => Sure::Not,
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Prediction {
    /// Which file.
    pub file: FileRef,
    /// Its base name.
    pub name: String,
    /// The class that its folder names, where it names one.
    pub label: Option<String>,
    /// An address of its picture on this device.
    pub picture: Option<String>,
    /// The best classes, most probable first.
    pub ranking: Vec<Ranked>,
    /// Whether the photo is like none of the classes.
    pub unknown: bool,
}

/// All answers, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Predictions {
    answers: Vec<Prediction>,
    /// Pictures that are no longer needed, for the page to let go of.
    unused: Vec<String>,
}

impl Predictions {
    /// The answers.
    pub fn answers(&self) -> &[Prediction] {
        &self.answers
    }

    /// Takes all answers off the page.
    pub fn clear(&mut self) {
        let pictures = self.answers.drain(..).filter_map(|answer| answer.picture);
        self.unused.extend(pictures);
    }

    /// Pictures that are no longer needed.
    pub fn take_unused(&mut self) -> Vec<String> {
        std::mem::take(&mut self.unused)
    }

    /// Shows an answer's picture, an address on this device. An answer that was dropped leaves it unused.
    pub fn picture(&mut self, file: FileRef, picture: String) {
        match self.answers.iter_mut().rev().find(|answer| answer.file == file) {
            Some(answer) => answer.picture = Some(picture),
            None => self.unused.push(picture),
        }
    }

    pub(super) fn answer(&mut self, answer: Prediction) {
        self.answers.push(answer);
    }
}
