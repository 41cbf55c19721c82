//! Answers requests by running the stages, one bounded step at a time, and emits events. No browser types: the bridge in
//! `web` feeds it in a worker, the tests feed it natively.

mod border;
mod coming;
pub mod device;
mod edits;
mod explaining;
mod heads;
mod import;
mod instant;
mod learning;
mod marks;
mod predicting;
pub mod reading;
mod session;
mod shelf;
mod tags;
mod test_set;
mod training;

use crate::{
    backbone::{Backbone, known_answer},
    image,
    protocol::{DeviceKind, Event, Failure, FileRef, InstantState, Outcome, Request, RunId},
    store::Store,
};
use border::Border;
use import::Import;
use learning::HeadStart;
use predicting::Predicting;
use reading::{Reading, read_photo};
use session::Session;
use std::{collections::VecDeque, rc::Rc};
use training::Training;

/// Hands over the files that requests name: browser handles in a worker, a folder natively.
#[allow(async_fn_in_trait, reason = "one thread: nothing here needs Send")]
pub trait PhotoSource {
    /// A file's size. Asked here and not on the page: a browser looks on the disk for it, a third of a millisecond a file.
    ///
    /// # Errors
    /// [`Failure::UnreadableFile`] when there is no such file.
    async fn size_bytes(&self, file: FileRef) -> Result<u64, Failure>;

    /// A file's bytes.
    ///
    /// # Errors
    /// [`Failure::UnreadableFile`] when it is gone or may not be read.
    async fn bytes(&self, file: FileRef) -> Result<Vec<u8>, Failure>;

    /// The file will not be asked for again.
    fn forget(&self, file: FileRef);

    /// Photos that are read at once beside the engine; 0 where it reads them itself.
    fn readers(&self) -> usize {
        0
    }

    /// Begins to read the photo that is in the bytes of a file.
    ///
    /// # Errors
    /// Those of [`read_photo`].
    fn read(&self, bytes: Vec<u8>) -> Reading {
        Box::pin(async move { read_photo(&bytes) })
    }
}

/// Where events go; bytes travel beside the event that announces them.
pub type Emit = Rc<dyn Fn(Event, Option<Vec<u8>>)>;

/// The engine: one project, one backbone on one device.
///
/// Two queues: what a person waits for is served between the steps of long jobs. Within a queue, order is kept.
pub struct Engine<S, P> {
    store: S,
    source: P,
    backbone: Backbone,
    device: DeviceKind,
    /// Milliseconds since 1970.
    clock: fn() -> f64,
    emit: Emit,
    session: Option<Session>,
    interactive: VecDeque<Interactive>,
    background: VecDeque<Background>,
}

/// What a person waits for.
enum Interactive {
    Request(Request),
    Predicting(Predicting),
}

/// What runs on between.
enum Background {
    Import(Import),
    Training(Training),
    Border(Border),
    HeadStart(HeadStart),
}

impl Background {
    fn run(&self) -> RunId {
        match self {
            Self::Import(import) => import.run,
            Self::Training(training) => training.run,
            Self::Border(border) => border.run,
            Self::HeadStart(measuring) => measuring.run,
        }
    }

    fn cancel(&mut self) {
        match self {
            Self::Import(import) => import.cancel(),
            Self::Training(training) => training.cancel(),
            Self::Border(border) => border.cancel(),
            Self::HeadStart(measuring) => measuring.cancel(),
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// An engine without a project; [`Request::Open`] opens it. `clock` tells milliseconds since 1970.
    pub fn new(store: S, source: P, backbone: Backbone, device: DeviceKind, clock: fn() -> f64, emit: Emit) -> Self {
        Self {
            store,
            source,
            backbone,
            device,
            clock,
            emit,
            session: None,
            interactive: VecDeque::new(),
            background: VecDeque::new(),
        }
    }

    /// Takes a request in. It is served by later calls of [`Self::step`], but a cancellation counts at once.
    pub fn push(&mut self, request: Request) {
        match request {
            Request::Cancel { run } => self.cancel(run),
            Request::Import { run, files, into } => {
                self.background.push_back(Background::Import(Import::new(run, files, into)));
            }
            Request::Train { run } => self.background.push_back(Background::Training(Training::new(run))),
            Request::TestBorder { run } => self.background.push_back(Background::Border(Border::new(run))),
            Request::MeasureHeadStart { run } => {
                self.background.push_back(Background::HeadStart(HeadStart::new(run)));
            }
            Request::Predict { run, files } => {
                self.interactive.push_back(Interactive::Predicting(Predicting::new(run, files)));
            }
            other => self.interactive.push_back(Interactive::Request(other)),
        }
    }

    /// Whether a step would do anything.
    pub fn has_work(&self) -> bool {
        !self.interactive.is_empty()
            || !self.background.is_empty()
            || self.instant_is_due()
            || self.test_set_is_due()
            || self.tags_are_due()
            || self.learning_is_due()
    }

    /// Does one bounded piece of work: one photo, one batch, one slice of training. On the CPU that is under 250 ms.
    pub async fn step(&mut self) {
        match self.interactive.front() {
            // Without a head an answer can wait for the training that stands in the queue.
            Some(Interactive::Predicting(_)) if self.head_is_coming() => self.step_beside().await,
            Some(_) => self.step_interactive().await,
            None => self.step_beside().await,
        }
    }

    async fn step_interactive(&mut self) {
        match self.interactive.pop_front() {
            Some(Interactive::Request(request)) => self.answer(request).await,
            Some(Interactive::Predicting(mut job)) => match self.step_predicting(&mut job).await {
                Step::More => self.interactive.push_front(Interactive::Predicting(job)),
                Step::End(outcome) => {
                    job.forget_files(&self.source);
                    self.finish(job.run, outcome);
                }
            },
            None => {}
        }
    }

    /// What nobody waits for.
    async fn step_beside(&mut self) {
        if self.instant_is_due() {
            self.step_instant().await;
        } else if self.test_set_is_due() {
            self.step_test_set();
        } else if self.tags_are_due() {
            self.step_tags();
        } else if self.background.is_empty() {
            self.step_learning();
        } else {
            self.step_background().await;
        }
    }

    async fn step_background(&mut self) {
        let Some(mut job) = self.background.pop_front() else { return };
        let step = match &mut job {
            Background::Import(import) => self.step_import(import).await,
            Background::Training(training) => self.step_training(training).await,
            Background::Border(border) => self.step_border(border).await,
            Background::HeadStart(measuring) => self.step_head_start(measuring).await,
        };
        match step {
            Step::More => self.background.push_front(job),
            Step::End(outcome) => {
                if let Background::Import(import) = &job {
                    import.forget_files(&self.source);
                    // The head that was fitted on the way does not know the last photos.
                    if self.instant_is_due() {
                        self.emit(Event::Instant { state: InstantState::Fitting });
                    }
                }
                self.finish(job.run(), outcome);
            }
        }
    }

    /// Serves a request that is done in one piece.
    async fn answer(&mut self, request: Request) {
        let result = match request {
            Request::Open { run } => self.open(run).await,
            Request::Measure => self.measure().await,
            Request::Release => self.release().await,
            Request::UseHead { head } => self.use_head(head).await,
            Request::SetFalseUnknown { percent } => self.set_false_unknown(percent).await,
            Request::ExportHead => self.export_head().await,
            Request::OpenHead { run, file } => {
                let result = self.open_head(&file).await;
                self.source.forget(file.file);
                self.finish_with(run, result);
                Ok(())
            }
            Request::Explain { run, file, class } => {
                let result = self.explain(run, &file, &class).await;
                self.source.forget(file.file);
                self.finish_with(run, result);
                Ok(())
            }
            Request::Import { .. }
            | Request::Train { .. }
            | Request::TestBorder { .. }
            | Request::MeasureHeadStart { .. }
            | Request::Predict { .. }
            | Request::Cancel { .. } => Ok(()),
            edit => self.edit(edit).await,
        };
        if let Err(failure) = result {
            self.emit(Event::Failed { run: None, failure });
        }
    }

    fn cancel(&mut self, run: RunId) {
        for job in &mut self.background {
            if job.run() == run {
                job.cancel();
            }
        }
        for job in &mut self.interactive {
            if let Interactive::Predicting(job) = job
                && job.run == run
            {
                job.cancel();
            }
        }
    }

    fn head_is_coming(&self) -> bool {
        let has_head = self.session.as_ref().is_some_and(|session| session.active().is_some());
        !has_head && (self.instant_is_due() || self.background.iter().any(|job| matches!(job, Background::Training(_))))
    }

    /// Runs the known-answer test twice; the second run is the one that is timed, when everything is warm.
    async fn measure(&self) -> Result<(), Failure> {
        let correct = known_answer::check(&self.backbone).await?;
        let start = (self.clock)();
        known_answer::check(&self.backbone).await?;
        self.emit(Event::Measured { photo_ms: (self.clock)() - start, correct });
        Ok(())
    }

    /// Photos in one step: enough to fill a device, few enough to keep a step short.
    fn batch(&self) -> usize {
        match self.device {
            DeviceKind::Cpu => 2,
            DeviceKind::WebGpu => 8,
        }
    }

    /// Photos that are on their way at once: every reader has one at hand and the next one waiting.
    fn ahead(&self) -> usize {
        (2 * self.source.readers()).max(1)
    }

    /// The bytes of a file; one that is too large is refused before they are asked for.
    async fn bytes_of(&self, file: FileRef) -> Result<Vec<u8>, Failure> {
        image::check_file_size(self.source.size_bytes(file).await?)?;
        self.source.bytes(file).await
    }

    fn now_ms(&self) -> u64 {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 fit")]
        let now = (self.clock)() as u64;
        now
    }

    fn emit(&self, event: Event) {
        (self.emit)(event, None);
    }

    fn finish(&self, run: RunId, outcome: Outcome) {
        self.emit(Event::Finished { run, outcome });
    }

    /// Ends a job that was done in one piece.
    fn finish_with(&self, run: RunId, result: Result<(), Failure>) {
        let outcome = match result {
            Ok(()) => Outcome::Done,
            Err(failure) => {
                self.emit(Event::Failed { run: Some(run), failure });
                Outcome::Failed
            }
        };
        self.finish(run, outcome);
    }

    /// The open project.
    ///
    /// # Errors
    /// Before [`Request::Open`] was served, or after it failed.
    fn session(&mut self) -> Result<&mut Session, Failure> {
        self.session.as_mut().ok_or_else(no_project)
    }
}

fn no_project() -> Failure {
    Failure::StorageFailed { detail: "no project is open".to_owned() }
}

/// How far a job came with one step.
enum Step {
    More,
    End(Outcome),
}
