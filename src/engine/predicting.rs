//! Classifies photos that are not part of the project. One batch a step.

use super::{Engine, PhotoSource, Step};
use crate::{
    dataset::FolderEntry,
    features::Extractor,
    image::{self, Pixels},
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
    batch: Vec<(Incoming, Pixels)>,
    progress: Progress,
    cancelled: bool,
}

impl Predicting {
    pub(super) fn new(run: RunId, files: Vec<Incoming>) -> Self {
        let total = u32::try_from(files.len()).unwrap_or(u32::MAX);
        Self {
            run,
            files: files.into(),
            batch: Vec::new(),
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
    pub(super) async fn step_predicting(&mut self, job: &mut Predicting) -> Step {
        if job.cancelled {
            return Step::End(Outcome::Cancelled);
        }
        if self.session.as_ref().is_none_or(|session| session.head.is_none()) {
            self.emit(Event::Failed { run: Some(job.run), failure: Failure::NoHead });
            return Step::End(Outcome::Failed);
        }
        if job.batch.len() >= self.batch() || (job.files.is_empty() && !job.batch.is_empty()) {
            return match self.answer_batch(job).await {
                Ok(()) => Step::More,
                Err(failure) => {
                    self.emit(Event::Failed { run: Some(job.run), failure });
                    Step::End(Outcome::Failed)
                }
            };
        }
        let Some(incoming) = job.files.pop_front() else { return Step::End(Outcome::Done) };
        let pixels = self.pixels_of(&incoming).await;
        self.source.forget(incoming.file);
        match pixels {
            Ok(pixels) => job.batch.push((incoming, pixels)),
            Err(failure) => {
                job.progress.done += 1;
                job.progress.failed += 1;
                self.emit(Event::LeftOut { run: job.run, path: incoming.path, failure });
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
            }
        }
        Step::More
    }

    /// The same way as a photo of the project takes: through the stored copy's pixels.
    async fn pixels_of(&self, incoming: &Incoming) -> Result<Pixels, Failure> {
        image::check_file_size(self.source.size_bytes(incoming.file).await?)?;
        let bytes = self.source.bytes(incoming.file).await?;
        let copy = image::store_copy(&image::read(&bytes)?)?;
        image::prepare(&copy.jpeg)
    }

    async fn answer_batch(&mut self, job: &mut Predicting) -> Result<(), Failure> {
        let (incoming, pixels): (Vec<_>, Vec<_>) = job.batch.drain(..).unzip();
        let rows = self.backbone.extract(&pixels).await?;
        let active = self.session()?.head.as_ref().ok_or(Failure::NoHead)?;
        let rankings: Vec<_> = rows.iter().map(|pools| predict::rank(&active.head, pools, RANKED)).collect();
        for (incoming, ranking) in incoming.into_iter().zip(rankings) {
            let name = FolderEntry::parse(&incoming.path).name.to_owned();
            job.progress.done += 1;
            self.emit(Event::Predicted { run: job.run, file: incoming.file, name, ranking });
        }
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        Ok(())
    }
}
