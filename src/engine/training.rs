//! Trains a head on the photos of the project, one slice a step.

use super::{
    Engine, PhotoSource, Step,
    heads::NewHead,
    import::Import,
    session::{Session, hash_of},
};
use crate::{
    dataset::{Photo, PhotoId},
    head::{
        Transform,
        train::{TrainConfig, TrainStep, Trainer},
    },
    protocol::{Event, Failure, HeadClass, HeadOrigin, Outcome, RunId},
    store::Store,
};

/// A training: first the photos that were never read, then the slices, then the head is kept.
pub(super) struct Training {
    pub(super) run: RunId,
    phase: Phase,
    cancelled: bool,
}

enum Phase {
    Waiting,
    Reading(Box<Import>),
    Fitting(Box<Fitting>),
}

struct Fitting {
    trainer: Trainer,
    /// The photos that it was given.
    photos: Vec<PhotoId>,
    classes: Vec<HeadClass>,
    started_ms: f64,
}

impl Training {
    pub(super) fn new(run: RunId) -> Self {
        Self { run, phase: Phase::Waiting, cancelled: false }
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
        match &mut self.phase {
            Phase::Waiting => {}
            Phase::Reading(import) => import.cancel(),
            Phase::Fitting(fitting) => fitting.trainer.stop(),
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// One step of what is to be read, one slice of the training, or its end.
    ///
    /// # Errors
    /// Where there is too little to train on; when the store or the device fails.
    pub(super) async fn step_training(&mut self, job: &mut Training) -> Result<Step, Failure> {
        match &mut job.phase {
            Phase::Waiting => {
                if job.cancelled {
                    return Ok(Step::End(Outcome::Cancelled));
                }
                let unread = self.session()?.unread();
                job.phase = Phase::Reading(Box::new(Import::resume(job.run, unread)));
                Ok(Step::More)
            }
            Phase::Reading(import) => match self.step_import(import).await? {
                Step::More => Ok(Step::More),
                Step::End(Outcome::Done) => {
                    job.phase = Phase::Fitting(Box::new(self.begin_fitting()?));
                    Ok(Step::More)
                }
                end => Ok(end),
            },
            Phase::Fitting(fitting) => match fitting.trainer.step().await? {
                TrainStep::More(slice) => {
                    self.emit(Event::TrainingStep {
                        run: job.run,
                        point: slice.point,
                        of_steps: slice.of_steps,
                        done_steps: slice.done_steps,
                    });
                    Ok(Step::More)
                }
                TrainStep::Done => {
                    let Phase::Fitting(fitting) = std::mem::replace(&mut job.phase, Phase::Waiting) else {
                        unreachable!("matched above")
                    };
                    self.keep_trained(*fitting, job.cancelled).await?;
                    Ok(Step::End(if job.cancelled { Outcome::Cancelled } else { Outcome::Done }))
                }
            },
        }
    }

    /// Gathers the wide features of every photo that has a class.
    fn begin_fitting(&mut self) -> Result<Fitting, Failure> {
        let started_ms = (self.clock)();
        let transform = Transform::wide();
        let session = self.session()?;
        let Examples { classes, photos, rows, labels, bursts } = Examples::gather(session, &transform);
        let trainer = Trainer::new(rows, labels, &bursts, &classes, TrainConfig::default(), self.backbone.device())?;
        Ok(Fitting { trainer, photos, classes, started_ms })
    }

    async fn keep_trained(&mut self, fitting: Fitting, cancelled: bool) -> Result<(), Failure> {
        // Stopped before there was a head: nothing to keep.
        let Some(trained) = fitting.trainer.finish() else { return Ok(()) };
        let spec = self.backbone.spec();
        let (curve, kept_step) = (trained.curve.clone(), trained.kept_step);
        let held_back = trained.held_back.iter().map(|&(at, _)| fitting.photos[at]);
        let instant_accuracy = self.session()?.instant.accuracy(held_back);
        let mut head = trained.into_head(spec, Transform::wide(), fitting.classes, self.device, self.now_ms());
        head.unknown = self.session.as_ref().and_then(|session| session.instant.unknown(head.classes.len()));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a duration in milliseconds")]
        let trained_ms = ((self.clock)() - fitting.started_ms) as u32;
        self.keep_head(NewHead {
            head,
            origin: HeadOrigin::Trained,
            curve,
            kept_step,
            trained_ms,
            cancelled,
            instant_accuracy,
            name: String::new(),
        })
        .await
    }
}

/// What a head is trained on.
struct Examples {
    /// The classes that have photos.
    classes: Vec<HeadClass>,
    /// The photos,
    photos: Vec<PhotoId>,
    /// each one's feature,
    rows: Vec<Vec<f32>>,
    /// the index of its class,
    labels: Vec<usize>,
    /// and the number of its burst.
    bursts: Vec<u32>,
}

impl Examples {
    fn gather(session: &Session, transform: &Transform) -> Self {
        let mut all =
            Self { classes: Vec::new(), photos: Vec::new(), rows: Vec::new(), labels: Vec::new(), bursts: Vec::new() };
        for class in &session.project.classes {
            let before = all.rows.len();
            let teaches = |photo: &&Photo| photo.teaches() == Some(class.id);
            for photo in session.photos.values().filter(teaches) {
                if let Some(pools) = hash_of(photo).and_then(|hash| session.features.pools(hash)) {
                    all.photos.push(photo.id);
                    all.rows.push(transform.apply(&pools));
                    all.labels.push(all.classes.len());
                    all.bursts.push(session.instant.burst(photo.id));
                }
            }
            if all.rows.len() > before {
                let count = u32::try_from(all.rows.len() - before).expect("fewer photos than u32");
                all.classes.push(HeadClass { name: class.name.clone(), count });
            }
        }
        all
    }
}
