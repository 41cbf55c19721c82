//! Why training cannot start.

use super::{JobKind, State, Supply};
use crate::web::Phase;

/// Why training cannot start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrainBlock {
    /// The engine is not ready.
    Loading,
    /// Another tab holds the project.
    OpenElsewhere,
    /// Photos are still being read.
    Reading,
    /// A training runs.
    Training,
    /// Fewer than two classes have photos.
    TooFewClasses,
    /// A class has too few photos.
    TooFewPhotos {
        /// Its name.
        class: String,
        /// How many more it needs.
        missing: usize,
    },
}

impl State {
    /// Why training cannot start; none when it can.
    pub fn train_block(&self) -> Option<TrainBlock> {
        if self.open_elsewhere {
            return Some(TrainBlock::OpenElsewhere);
        }
        if self.jobs.has(JobKind::Train) {
            return Some(TrainBlock::Training);
        }
        if !self.opened || !self.engine.as_ref().is_some_and(|engine| engine.phase == Phase::Ready) {
            return Some(TrainBlock::Loading);
        }
        if self.jobs.has(JobKind::Read) {
            return Some(TrainBlock::Reading);
        }
        match self.photos.supply() {
            Supply::Enough => None,
            Supply::TooFewClasses => Some(TrainBlock::TooFewClasses),
            Supply::TooFewPhotos { class, missing } => Some(TrainBlock::TooFewPhotos { class, missing }),
        }
    }
}
