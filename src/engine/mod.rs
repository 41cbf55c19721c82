//! Answers requests by running the stages, one bounded step at a time, and emits events. No browser types: the bridge in
//! `web` feeds it in a worker, the tests feed it natively.

mod border;
mod coming;
mod comparing;
pub mod device;
mod draft;
mod duplicating;
mod edits;
mod explaining;
mod heads;
mod history;
mod import;
mod instant;
mod journal;
mod learning;
mod leftovers;
mod live;
mod marks;
mod predicting;
mod project_file;
mod projects;
mod queue;
pub mod reading;
mod session;
mod shelf;
mod tags;
mod test_set;
mod training;
mod zips;

use crate::{
    backbone::{Backbone, known_answer},
    dataset::PhotoId,
    image::{self, Pixels},
    protocol::{DeviceKind, Event, Failure, FileRef, Outcome, RunId},
    store::{Store, Table, keys},
};
pub use live::Frame;
use queue::{Background, Interactive, Step};
use reading::{Reading, Upright, read_photo};
use session::Session;
use std::{
    collections::VecDeque,
    io::{Read, Seek},
    rc::Rc,
};

/// A file that can be read at any place: a project file is too large to be in memory as a whole.
pub trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

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

    /// A file, to be read bit by bit.
    ///
    /// # Errors
    /// [`Failure::UnreadableFile`] when it is gone or may not be read.
    async fn open(&self, file: FileRef) -> Result<Box<dyn Seekable>, Failure>;

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

    /// The picture in the bytes of a file, decoded alone.
    ///
    /// # Errors
    /// Those of [`reading::read`].
    async fn upright(&self, bytes: Vec<u8>) -> Result<Upright, Failure> {
        reading::read(&bytes)
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
    /// The camera's newest frame, until it is answered.
    frame: Option<Frame>,
    background: VecDeque<Background>,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// An engine without a project; [`Request::Open`](crate::protocol::Request::Open) opens it. `clock` tells milliseconds since 1970.
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
            frame: None,
            background: VecDeque::new(),
        }
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

    /// What a step came to: a failure is told, and ends the job.
    fn told(&self, run: RunId, step: Result<Step, Failure>) -> Step {
        step.unwrap_or_else(|failure| {
            self.emit(Event::Failed { run: Some(run), failure });
            Step::End(Outcome::Failed)
        })
    }

    /// What the backbone sees of a photo, from its stored copy; none where that is gone or damaged.
    ///
    /// # Errors
    /// When the store fails.
    async fn stored_pixels(&self, photo: PhotoId) -> Result<Option<Pixels>, Failure> {
        let session = self.session.as_ref().ok_or_else(no_project)?;
        let copy = self.store.get(Table::Copies, &keys::photo(session.project.id, photo)).await?;
        Ok(copy.and_then(|jpeg| image::prepare(&jpeg).ok()))
    }

    /// The open project.
    ///
    /// # Errors
    /// Before [`Request::Open`](crate::protocol::Request::Open) was served, or after it failed.
    fn session(&mut self) -> Result<&mut Session, Failure> {
        self.session.as_mut().ok_or_else(no_project)
    }
}

fn no_project() -> Failure {
    Failure::StorageFailed { detail: "no project is open".to_owned() }
}
