//! Tests whether the classes are told by their background, a photo or a slice of a fit at a time.

use super::{
    Engine, PhotoSource, Step,
    instant::spread,
    session::{Session, hash_of},
};
use crate::{
    dataset::PhotoId,
    features::Extractor,
    head::{
        Transform,
        border::{Outsider, PARTS, parts},
        instant::{Feature, InstantError, Labels, Reduction},
    },
    image::{Hidden, hide},
    metrics::{border_verdict, burst_score},
    protocol::{BorderTest, Event, Failure, Outcome, Progress, RunId, Share},
    store::Store,
};
use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

/// How long a slice of a fit takes at most.
const STEP: Duration = Duration::from_millis(80);
/// Classes of fewer photos are left out: what is left without a part of them teaches nothing.
const FEWEST_PHOTOS: usize = 5;
/// Most photos that teach: five fits of so many take as long as half of the photos that are judged.
const MOST_TAUGHT: usize = 800;
/// Most photos that are judged. Each takes two passes through the network.
const MOST_JUDGED: usize = 150;

/// A test.
pub(super) struct Border {
    pub(super) run: RunId,
    testing: Option<Box<Testing>>,
    progress: Progress,
    cancelled: bool,
}

/// A photo that teaches.
struct Taught {
    photo: PhotoId,
    /// Its row among the instant head's photos.
    row: usize,
    label: usize,
    burst: u32,
    part: usize,
}

/// A photo that was judged.
struct Answered {
    label: usize,
    burst: u32,
    /// By the whole photo, with the border hidden, with the centre hidden.
    answers: [usize; 3],
}

struct Testing {
    /// The session's revision that it knows.
    revision: u64,
    feature: Feature,
    taught: Vec<Taught>,
    classes: usize,
    part: usize,
    /// The fit to the photos of the other parts.
    reduction: Option<Reduction>,
    outsider: Option<Outsider>,
    /// Photos that are still to be judged, as places in `taught`; those of one part follow each other.
    left: VecDeque<usize>,
    answered: Vec<Answered>,
}

impl Border {
    pub(super) fn new(run: RunId) -> Self {
        Self { run, testing: None, progress: Progress::default(), cancelled: false }
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// A slice of a fit, or some photos judged.
    ///
    /// # Errors
    /// [`Failure::TooFewClasses`] where there are not two classes of enough photos; when the store or the device fails.
    pub(super) async fn step_border(&mut self, job: &mut Border) -> Result<Step, Failure> {
        if job.cancelled {
            return Ok(Step::End(Outcome::Cancelled));
        }
        let batch = (self.batch() / 2).max(1);
        let clock = self.clock;
        let session = self.session()?;
        let revision = session.revision;
        let Some(testing) = job.testing.as_mut().filter(|testing| testing.revision == revision) else {
            // The first step; or a person has changed something meanwhile, and it begins again.
            let testing = Testing::begin(session)?;
            let total = u32::try_from(testing.left.len()).expect("at most some hundreds");
            job.progress = Progress { total, ..Progress::default() };
            job.testing = Some(Box::new(testing));
            self.emit(Event::Progressed { run: job.run, progress: job.progress });
            return Ok(Step::More);
        };
        let Some(&next) = testing.left.front() else {
            self.emit(Event::BorderTested { run: job.run, found: testing.found() });
            return Ok(Step::End(Outcome::Done));
        };
        if testing.taught[next].part != testing.part || testing.outsider.is_none() {
            testing.fit(session, next, clock)?;
            return Ok(Step::More);
        }
        let part = testing.part;
        let mut judged = Vec::new();
        while judged.len() < batch && testing.left.front().is_some_and(|&next| testing.taught[next].part == part) {
            judged.extend(testing.left.pop_front());
        }
        self.judge(job, &judged).await?;
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        Ok(Step::More)
    }

    /// Hides one half of some photos, then the other, and has them judged.
    async fn judge(&mut self, job: &mut Border, judged: &[usize]) -> Result<(), Failure> {
        let Some(testing) = &mut job.testing else { return Ok(()) };
        let (mut whole, mut pictures) = (Vec::new(), Vec::new());
        for &at in judged {
            job.progress.done += 1;
            let id = testing.taught[at].photo;
            let picture = self.stored_pixels(id).await?;
            let session = self.session()?;
            let pools = session.photos.get(&id).and_then(hash_of).and_then(|hash| session.features.pools(hash));
            let (Some(pools), Some(picture)) = (pools, picture) else {
                job.progress.failed += 1;
                continue;
            };
            pictures.extend([Hidden::Border, Hidden::Centre].map(|hidden| hide(&picture, hidden)));
            whole.push((at, pools));
        }
        let hidden = self.backbone.extract(&pictures).await?;
        let Some(outsider) = &testing.outsider else { return Ok(()) };
        for ((at, whole), hidden) in whole.iter().zip(hidden.chunks_exact(2)) {
            let Taught { label, burst, .. } = testing.taught[*at];
            let answers = [whole, &hidden[0], &hidden[1]].map(|pools| outsider.answer(pools));
            testing.answered.push(Answered { label, burst, answers });
        }
        Ok(())
    }
}

impl Testing {
    /// Chooses the photos that teach and those that are judged.
    ///
    /// # Errors
    /// [`Failure::TooFewClasses`] where there are not two classes of enough photos.
    fn begin(session: &Session) -> Result<Self, Failure> {
        let instant = session.shelf.instant.as_ref().ok_or(Failure::TooFewClasses)?;
        let feature = if instant.head.transform == Transform::narrow() { Feature::Narrow } else { Feature::Wide };
        let mut classes = BTreeMap::<_, Vec<(usize, PhotoId)>>::new();
        for (row, id) in session.instant.members().iter().enumerate() {
            if let Some(class) = session.photos.get(id).and_then(|photo| photo.class) {
                classes.entry(class).or_default().push((row, *id));
            }
        }
        classes.retain(|_, photos| photos.len() >= FEWEST_PHOTOS);
        if classes.len() < 2 {
            return Err(Failure::TooFewClasses);
        }
        let count = classes.len();
        let mut taught = Vec::new();
        for (label, photos) in spread(classes.into_values().collect(), MOST_TAUGHT).into_iter().enumerate() {
            let taught_photo = |(row, photo): (usize, PhotoId)| {
                let burst = session.instant.burst(photo);
                Taught { photo, row, label, burst, part: 0 }
            };
            taught.extend(photos.into_iter().map(taught_photo));
        }
        let (labels, bursts): (Vec<usize>, Vec<u32>) = taught.iter().map(|photo| (photo.label, photo.burst)).unzip();
        for (photo, part) in taught.iter_mut().zip(parts(&labels, &bursts)) {
            photo.part = part;
        }
        let of_class = |label| (0..taught.len()).filter(|&at| labels[at] == label).collect::<Vec<usize>>();
        let of_classes: Vec<Vec<usize>> = (0..count).map(of_class).collect();
        let mut judged = spread(of_classes, MOST_JUDGED).concat();
        judged.sort_by_key(|&at| taught[at].part);
        Ok(Self {
            revision: session.revision,
            feature,
            taught,
            classes: count,
            part: PARTS,
            reduction: None,
            outsider: None,
            left: judged.into(),
            answered: Vec::new(),
        })
    }

    /// One slice of the fit that judges the part of the photo `next`.
    ///
    /// # Errors
    /// Those of the fit.
    fn fit(&mut self, session: &Session, next: usize, clock: fn() -> f64) -> Result<(), InstantError> {
        let part = self.taught[next].part;
        if part != self.part {
            (self.part, self.outsider, self.reduction) = (part, None, None);
        }
        let gram = session.instant.gram(self.feature);
        let others = || self.taught.iter().filter(|photo| photo.part != part);
        let rows: Vec<usize> = others().map(|photo| photo.row).collect();
        if self.reduction.is_none() {
            self.reduction = Some(Reduction::subset(gram, &rows)?);
        }
        if self.reduction.as_mut().is_some_and(|reduction| reduction.step(STEP, clock)) {
            let labels = Labels::new(others().map(|photo| photo.label).collect())?;
            let decomposition = self.reduction.take().and_then(Reduction::finish).ok_or(InstantError::Shape)?;
            self.outsider = Some(Outsider::fit(self.feature, gram, &rows, &decomposition, &labels)?);
        }
        Ok(())
    }

    fn found(&self) -> BorderTest {
        let labels: Vec<usize> = self.answered.iter().map(|photo| photo.label).collect();
        let bursts: Vec<u32> = self.answered.iter().map(|photo| photo.burst).collect();
        let score = |way: usize| {
            let answers: Vec<usize> = self.answered.iter().map(|photo| photo.answers[way]).collect();
            burst_score(&labels, &answers, &bursts, self.classes)
        };
        let share = |way| {
            let score = score(way);
            Share { accuracy: score.accuracy, interval: score.interval }
        };
        let [whole, border_hidden, centre_hidden] = [0, 1, 2].map(share);
        let guessing = score(0).baseline;
        BorderTest {
            photos: u32::try_from(labels.len()).expect("at most some hundreds"),
            guessing,
            whole,
            border_hidden,
            centre_hidden,
            verdict: border_verdict(whole, border_hidden, centre_hidden, guessing),
        }
    }
}
