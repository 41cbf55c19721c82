//! What the network's knowledge is worth: the same head, on a part of the photos, on the same network with random weights.

use super::{STEP, curve::curve, labels};
use crate::{
    backbone::Backbone,
    dataset::ClassId,
    engine::{Engine, PhotoSource, Step, instant::spread},
    head::{
        Transform,
        instant::{Gram, Lesson, Lessons},
    },
    image::Pixels,
    protocol::{Event, Failure, Judged, LearningCurve, Outcome, Progress, RunId},
    store::Store,
};
use std::collections::{BTreeMap, VecDeque};

/// Photos that go through the random network, spread over the classes: a few seconds' work.
const MOST_PHOTOS: usize = 200;
/// The seed of the random weights.
const SEED: u64 = 1;

/// The measurement: first the photos, one by one, then the heads.
pub(in crate::engine) struct HeadStart {
    pub(in crate::engine) run: RunId,
    phase: Phase,
    progress: Progress,
    cancelled: bool,
}

enum Phase {
    Waiting,
    Reading(Box<Sample>, VecDeque<Judged>),
    Learning(Box<Sample>, Box<Lessons>),
}

/// Photos as the random network sees them.
struct Sample {
    network: Backbone,
    narrow: Gram,
    wide: Gram,
    /// What the ready-made network's head says of them; the order is that of the rows.
    judged: Vec<Judged>,
}

impl HeadStart {
    pub(in crate::engine) fn new(run: RunId) -> Self {
        Self { run, phase: Phase::Waiting, progress: Progress::default(), cancelled: false }
    }

    pub(in crate::engine) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// One photo read, or a slice of the heads fitted.
    ///
    /// # Errors
    /// [`Failure::NoHead`] where there is nothing to compare with; when the store or a fit fails.
    pub(in crate::engine) async fn step_head_start(&mut self, job: &mut HeadStart) -> Result<Step, Failure> {
        if job.cancelled {
            return Ok(Step::End(Outcome::Cancelled));
        }
        job.phase = match std::mem::replace(&mut job.phase, Phase::Waiting) {
            Phase::Waiting => {
                let photos = self.some_judged()?;
                job.progress.total = u32::try_from(photos.len()).expect("a sample is small");
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
                Phase::Reading(Box::new(Sample::new(Backbone::random(self.backbone.spec(), SEED))), photos)
            }
            Phase::Reading(mut sample, mut left) => match left.pop_front() {
                Some(judged) => {
                    let pixels = self.stored_pixels(judged.photo).await?;
                    let is_read = pixels.is_some();
                    if let Some(pixels) = pixels {
                        sample.see(pixels, judged).await?;
                    }
                    job.progress.done += 1;
                    job.progress.failed += u32::from(!is_read);
                    self.emit(Event::Progressed { run: job.run, progress: job.progress });
                    Phase::Reading(sample, left)
                }
                None => match sample.lessons() {
                    Some(lessons) => Phase::Learning(sample, Box::new(lessons)),
                    None => return Ok(self.end_head_start(&sample, Vec::new())),
                },
            },
            Phase::Learning(sample, mut lessons) => {
                if lessons.step([&sample.narrow, &sample.wide], STEP, self.clock)? {
                    return Ok(self.end_head_start(&sample, lessons.finish()));
                }
                Phase::Learning(sample, lessons)
            }
        };
        Ok(Step::More)
    }

    fn end_head_start(&self, sample: &Sample, lessons: Vec<Lesson>) -> Step {
        self.emit(Event::HeadStart { curve: sample.curve(lessons) });
        Step::End(Outcome::Done)
    }

    /// Photos that the instant head has judged, as many of each class as there is room for.
    fn some_judged(&mut self) -> Result<VecDeque<Judged>, Failure> {
        let session = self.session()?;
        let mut classes = BTreeMap::<ClassId, Vec<Judged>>::new();
        for judged in session.instant.judgements() {
            classes.entry(judged.class).or_default().push(judged);
        }
        // Without a head there is nothing to compare with.
        if session.shelf.instant.is_none() || classes.len() < 2 {
            return Err(Failure::NoHead);
        }
        Ok(spread(classes.into_values().collect(), MOST_PHOTOS).into_iter().flatten().collect())
    }
}

impl Sample {
    fn new(network: Backbone) -> Self {
        let gram = |transform: Transform| Gram::new(transform.dim());
        Self { network, narrow: gram(Transform::narrow()), wide: gram(Transform::wide()), judged: Vec::new() }
    }

    /// Adds a photo.
    async fn see(&mut self, pixels: Pixels, judged: Judged) -> Result<(), Failure> {
        for pools in self.network.pools(&[pixels]).await? {
            self.narrow.push(&Transform::narrow().apply(&pools))?;
            self.wide.push(&Transform::wide().apply(&pools))?;
            self.judged.push(judged);
        }
        Ok(())
    }

    fn bursts(&self) -> Vec<u32> {
        self.judged.iter().map(|judged| judged.burst).collect()
    }

    fn lessons(&self) -> Option<Lessons> {
        Lessons::new(&labels(&self.judged).1, &self.bursts())
    }

    /// The curve. Unlike that of all photos it ends with the largest parts: the score of each photo without its burst takes from
    /// the photo's class alone, which a head that knows little answers by leaning away from it.
    fn curve(&self, lessons: Vec<Lesson>) -> LearningCurve {
        curve(lessons, None, &labels(&self.judged).0, &self.judged)
    }
}
