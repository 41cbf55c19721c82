//! What the head answered.

use crate::protocol::{FileRef, Ranked, RunId};
use std::collections::HashMap;

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
    /// An address of its picture on this device.
    pub picture: Option<String>,
    /// The best classes, most probable first.
    pub ranking: Vec<Ranked>,
}

/// All answers, in the order in which they came.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Predictions {
    answers: Vec<Prediction>,
    waiting: HashMap<FileRef, (RunId, String)>,
    /// Pictures that are no longer needed, for the page to let go of.
    unused: Vec<String>,
}

impl Predictions {
    /// The page asked for answers; `pictures` are addresses of the files' pictures.
    pub fn wait_for(&mut self, run: RunId, pictures: impl IntoIterator<Item = (FileRef, String)>) {
        self.waiting.extend(pictures.into_iter().map(|(file, picture)| (file, (run, picture))));
    }

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

    pub(super) fn answer(&mut self, file: FileRef, name: String, ranking: Vec<Ranked>) {
        let picture = self.waiting.remove(&file).map(|(_, picture)| picture);
        self.answers.push(Prediction { file, name, picture, ranking });
    }

    /// Files of a run that ended without an answer for them.
    pub(super) fn drop_waiting(&mut self, run: RunId) {
        let unused = &mut self.unused;
        self.waiting.retain(|_, (of_run, picture)| {
            let keep = *of_run != run;
            if !keep {
                unused.push(std::mem::take(picture));
            }
            keep
        });
    }
}
