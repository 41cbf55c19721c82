//! Classifies photos that are not part of the project. One batch a step.

use super::{
    Engine, PhotoSource, Step,
    reading::{Pixels, ReadPhoto, Reading, Seen},
};
use crate::{
    dataset::{self, FolderEntry, Folders},
    features::Extractor,
    predict,
    protocol::{Event, Failure, Incoming, Outcome, Progress, RunId},
    store::Store,
};
use std::collections::VecDeque;

/// Classes told of each photo.
const RANKED: usize = 5;

/// Photos that wait for an answer.
pub(super) struct Predicting {
    pub(super) run: RunId,
    files: VecDeque<Incoming>,
    /// Files that are being read, in order.
    reading: VecDeque<(Incoming, Reading)>,
    /// Photos that the backbone has still to look at.
    batch: Vec<(Incoming, Pixels)>,
    /// How their folders are read, from the first file on.
    folders: Option<Folders>,
    progress: Progress,
    cancelled: bool,
}

impl Predicting {
    pub(super) fn new(run: RunId, files: Vec<Incoming>) -> Self {
        let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
        Self {
            run,
            files: files.into(),
            reading: VecDeque::new(),
            batch: Vec::new(),
            folders: None,
            progress: Progress { total, ..Progress::default() },
            cancelled: false,
        }
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
    }

    pub(super) fn forget_files(&self, source: &impl PhotoSource) {
        for incoming in &self.files {
            source.forget(incoming.file);
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// One photo decoded, or one batch answered.
    ///
    /// # Errors
    /// [`Failure::NoHead`] where there is none; when the device fails.
    pub(super) async fn step_predicting(&mut self, job: &mut Predicting) -> Result<Step, Failure> {
        if job.cancelled {
            return Ok(Step::End(Outcome::Cancelled));
        }
        if self.session.as_ref().is_none_or(|session| session.active().is_none()) {
            return Err(Failure::NoHead);
        }
        let nothing_more = job.files.is_empty() && job.reading.is_empty();
        if job.batch.len() >= self.batch() || (nothing_more && !job.batch.is_empty()) {
            let (incoming, pixels): (Vec<Incoming>, Vec<Pixels>) = job.batch.drain(..).unzip();
            for (incoming, pools) in incoming.into_iter().zip(self.backbone.extract(&pixels).await?) {
                self.answer_file(incoming, &pools, job)?;
            }
            return Ok(Step::More);
        }
        let Some((incoming, read)) = self.read_asked(job).await else { return Ok(Step::End(Outcome::Done)) };
        match read.map(|read| read.seen) {
            Ok(Seen::Pools(pools)) => self.answer_file(incoming, &pools, job)?,
            Ok(Seen::Pixels(pixels)) => job.batch.push((incoming, pixels)),
            Err(failure) => {
                job.progress.done += 1;
                job.progress.failed += 1;
                self.emit(Event::LeftOut { run: job.run, path: incoming.path, failure });
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
            }
        }
        Ok(Step::More)
    }

    /// Begins to read some more files, and hands over the photo that was begun first.
    async fn read_asked(&mut self, job: &mut Predicting) -> Option<(Incoming, Result<ReadPhoto, Failure>)> {
        while job.reading.len() < self.ahead()
            && let Some(incoming) = job.files.pop_front()
        {
            let bytes = self.bytes_of(incoming.file).await;
            self.source.forget(incoming.file);
            match bytes {
                Ok(bytes) => job.reading.push_back((incoming, self.source.read(bytes))),
                Err(failure) => return Some((incoming, Err(failure))),
            }
        }
        let (incoming, reading) = job.reading.pop_front()?;
        Some((incoming, reading.await))
    }

    /// The active head's answer for a file.
    fn answer_file(&mut self, incoming: Incoming, pools: &[f32], job: &mut Predicting) -> Result<(), Failure> {
        let session = self.session()?;
        let head = &session.active().ok_or(Failure::NoHead)?.head;
        let classes = || head.classes.iter().map(|class| class.name.as_str());
        let folders = job.folders.get_or_insert_with(|| {
            let paths = job.files.iter().chain([&incoming]).map(|incoming| incoming.path.as_str());
            Folders::read(paths, classes())
        });
        let folder = folders.of(&incoming.path).0.map(dataset::name);
        let label = folder.clone().filter(|folder| classes().any(|class| class == folder));
        let (ranking, unknown) = (predict::rank(head, pools, RANKED), predict::is_unknown(head, pools));
        session.asked.remember(incoming.file, folder, pools);
        let name = dataset::plain(FolderEntry::parse(&incoming.path).name);
        job.progress.done += 1;
        self.emit(Event::Predicted { run: job.run, file: incoming.file, name, label, ranking, unknown });
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        Ok(())
    }
}
