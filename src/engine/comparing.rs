//! Lets two heads answer the same photos: those that were asked about, and those of the test set. What the network saw in them is
//! in memory, so some dozens are answered in a step.

use super::{
    Engine, PhotoSource, Step, no_project,
    session::{Session, hash_of},
};
use crate::{
    dataset::{HeadId, PhotoId},
    head::Head,
    predict,
    protocol::{Compared, ComparedPhoto, Event, Failure, FileRef, HeadAnswer, Outcome, Progress, RunId},
    store::Store,
};
use half::f16;
use std::collections::VecDeque;

/// Photos of one step: two heads of 20 classes take 50 ms in a browser.
const AT_ONCE: usize = 64;
/// Photos that were asked about are remembered in half precision, up to so many: they take 13 MB.
const MOST_ASKED: usize = 1000;

/// What the network saw in the photos that were asked about last, oldest first.
#[derive(Default)]
pub(super) struct AskedPhotos(VecDeque<AskedPhoto>);

struct AskedPhoto {
    file: FileRef,
    /// The name of its folder.
    folder: Option<String>,
    /// `[6560]`
    pools: Vec<f16>,
}

/// The class that a photo is known to show, and its pools.
type Seen = (Option<String>, Vec<f32>);

impl AskedPhotos {
    pub(super) fn remember(&mut self, file: FileRef, folder: Option<String>, pools: &[f32]) {
        if self.0.len() == MOST_ASKED {
            self.0.pop_front();
        }
        self.0.push_back(AskedPhoto { file, folder, pools: pools.iter().copied().map(f16::from_f32).collect() });
    }

    fn seen(&self, file: FileRef) -> Option<Seen> {
        let asked = self.0.iter().rev().find(|asked| asked.file == file)?;
        Some((asked.folder.clone(), asked.pools.iter().copied().map(f16::to_f32).collect()))
    }
}

/// A comparison.
pub(super) struct Comparing {
    pub(super) run: RunId,
    heads: [HeadId; 2],
    files: Vec<FileRef>,
    /// What is still to be answered; none before the first step.
    left: Option<VecDeque<ComparedPhoto>>,
    answered: Vec<Compared>,
    progress: Progress,
    cancelled: bool,
}

impl Comparing {
    pub(super) fn new(run: RunId, heads: [HeadId; 2], files: Vec<FileRef>) -> Self {
        let progress = Progress::default();
        Self { run, heads, files, left: None, answered: Vec::new(), progress, cancelled: false }
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl Session {
    /// The class of a photo of the test set, and what the network saw in it.
    fn test_photo(&self, id: PhotoId) -> Option<Seen> {
        let photo = self.photos.get(&id)?;
        let class = self.project.class(photo.tests()?).map(|class| class.name.clone());
        Some((class, self.features.pools(hash_of(photo)?)?))
    }
}

/// A head's answer; none from a head without classes.
fn answer(head: &Head, pools: &[f32]) -> Option<HeadAnswer> {
    let best = predict::rank(head, pools, 1).pop()?;
    Some(HeadAnswer { class: best.name, probability: best.probability, unknown: predict::is_unknown(head, pools) })
}

fn knows(head: &Head, class: &str) -> bool {
    head.classes.iter().any(|known| known.name == class)
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Some photos more.
    ///
    /// # Errors
    /// [`Failure::NoHead`] where one of the two is gone.
    pub(super) fn step_comparing(&mut self, job: &mut Comparing) -> Result<Step, Failure> {
        if job.cancelled {
            return Ok(Step::End(Outcome::Cancelled));
        }
        let session = self.session.as_ref().ok_or_else(no_project)?;
        let heads = job.heads.map(|head| session.shelf.get(head).map(|kept| &kept.head));
        let [Some(one), Some(other)] = heads else { return Err(Failure::NoHead) };
        let left = job.left.get_or_insert_with(|| {
            let test = session.photos.values().filter(|photo| photo.tests().is_some());
            let asked = job.files.iter().map(|file| ComparedPhoto::Asked(*file));
            asked.chain(test.map(|photo| ComparedPhoto::Test(photo.id))).collect()
        });
        job.progress.total = u32::try_from(job.answered.len() + left.len()).unwrap_or(u32::MAX);
        for photo in left.drain(..AT_ONCE.min(left.len())) {
            let seen = match photo {
                ComparedPhoto::Asked(file) => session.asked.seen(file),
                ComparedPhoto::Test(id) => session.test_photo(id),
            };
            let Some((label, pools)) = seen else { continue };
            let label = label.filter(|label| [one, other].iter().any(|head| knows(head, label)));
            let answers = [answer(one, &pools), answer(other, &pools)];
            if let [Some(one), Some(other)] = answers {
                job.answered.push(Compared { photo, label, answers: [one, other] });
            }
        }
        job.progress.done = job.progress.total - u32::try_from(left.len()).unwrap_or(u32::MAX);
        let through = left.is_empty();
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        if !through {
            return Ok(Step::More);
        }
        self.emit(Event::Compared { run: job.run, heads: job.heads, photos: std::mem::take(&mut job.answered) });
        Ok(Step::End(Outcome::Done))
    }
}
