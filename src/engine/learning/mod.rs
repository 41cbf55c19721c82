//! The learning curve: heads fitted to parts of the photos, in steps, while there is nothing else to do.

mod curve;
mod head_start;

use super::{Engine, PhotoSource};
use crate::{
    dataset::ClassId,
    head::instant::{Feature, Lessons},
    protocol::{Event, Failure, Judged},
    store::Store,
};
use curve::{all_photos, curve};
use std::time::Duration;

pub(super) use head_start::HeadStart;

/// How long a step takes at most, but for the end of a fit.
const STEP: Duration = Duration::from_millis(60);

/// How far the curve of the photos is.
#[derive(Default)]
pub(super) struct Learning {
    /// The revision of the photos that it is, or was, measured on.
    revision: u64,
    under_way: Option<Box<UnderWay>>,
}

struct UnderWay {
    lessons: Lessons,
    classes: Vec<ClassId>,
    judged: Vec<Judged>,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Whether the curve is not that of the photos, and nothing else is to be done.
    pub(super) fn learning_is_due(&self) -> bool {
        let Some(session) = &self.session else { return false };
        let settled = self.background.is_empty() && session.instant.rests() && !self.instant_is_due();
        let other = session.learning.revision != session.instant.revision();
        settled && (other || session.learning.under_way.is_some())
    }

    /// One step towards it.
    pub(super) fn step_learning(&mut self) {
        let Some(session) = &mut self.session else { return };
        let mut learning = std::mem::take(&mut session.learning);
        let result = self.advance_learning(&mut learning);
        if let Some(session) = &mut self.session {
            session.learning = learning;
        }
        if let Err(failure) = result {
            self.emit(Event::Failed { run: None, failure });
        }
    }

    fn advance_learning(&mut self, learning: &mut Learning) -> Result<(), Failure> {
        let clock = self.clock;
        let session = self.session()?;
        if learning.revision != session.instant.revision() {
            learning.revision = session.instant.revision();
            // Without a head there is nothing that could grow.
            let judged = if session.shelf.instant.is_some() { session.instant.judgements() } else { Vec::new() };
            learning.under_way = begin(judged).map(Box::new);
            if learning.under_way.is_none() {
                self.emit(Event::Learning { curve: None });
            }
            return Ok(());
        }
        let Some(mut job) = learning.under_way.take() else { return Ok(()) };
        if !job.lessons.step(
            [Feature::Narrow, Feature::Wide].map(|feature| session.instant.gram(feature)),
            STEP,
            clock,
        )? {
            learning.under_way = Some(job);
            return Ok(());
        }
        let UnderWay { lessons, classes, judged } = *job;
        let last = all_photos(&judged, classes.len());
        let curve = curve(lessons.finish(), Some(last), &classes, &judged);
        self.emit(Event::Learning { curve: Some(curve) });
        Ok(())
    }
}

fn begin(judged: Vec<Judged>) -> Option<UnderWay> {
    let (classes, labels) = labels(&judged);
    let bursts: Vec<u32> = judged.iter().map(|judged| judged.burst).collect();
    Some(UnderWay { lessons: Lessons::new(&labels, &bursts)?, classes, judged })
}

/// The classes of photos, and the index of each photo's.
fn labels(judged: &[Judged]) -> (Vec<ClassId>, Vec<usize>) {
    let mut classes: Vec<ClassId> = judged.iter().map(|judged| judged.class).collect();
    classes.sort_unstable();
    classes.dedup();
    let labels = judged.iter().filter_map(|judged| classes.binary_search(&judged.class).ok()).collect();
    (classes, labels)
}
