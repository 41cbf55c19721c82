//! The whole contract between the page and the engine worker: what the page asks, what the engine tells.
//!
//! Messages carry ids, counts, settings and metrics, never pixels or tensors. A file is named by a [`FileRef`]; the bridge
//! carries the matching browser handles beside the message. The engine speaks codes, the page speaks words.

use crate::{
    dataset::{Class, ClassId, HeadId, PhotoId, ProjectId},
    metrics::Interval,
};
use serde::{Deserialize, Serialize};

/// Counted up whenever a message changes; a page and a worker of different versions ask for a reload.
pub const PROTOCOL_VERSION: u32 = 1;

/// A file whose handle travels beside the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileRef(pub u32);

/// A long job: one import, one training, one batch of predictions. Given by the page; events of old runs are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// What computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// Burn's `flex` backend: the processor, with SIMD.
    Cpu,
    /// Burn's wgpu backend: the graphics chip through WebGPU.
    WebGpu,
}

/// A file on its way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The handle beside the message.
    pub file: FileRef,
    /// Path below the chosen folder, `/` between the parts; the base name where there was none.
    pub path: String,
    /// Size as the browser tells it.
    pub size_bytes: u64,
}

/// Where imported photos go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// Into one class.
    Class(ClassId),
    /// The folder that holds a photo names its class; photos outside any folder go to the unsorted tray.
    Folders,
    /// Into the unsorted tray.
    Unsorted,
}

/// What the page asks of the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Open the last project, or an empty one, and go on with what a reload interrupted. Answered by `Opened`.
    Open {
        /// The run of what is still to be read.
        run: RunId,
    },
    /// Run the known-answer test and time it. Answered by `Measured`.
    Measure,
    /// Finish writing and let go of the project, so that another worker may open it. Answered by `Released`.
    Release,
    /// Name the project.
    RenameProject {
        /// The new name.
        name: String,
    },
    /// Make a class. Answered by `Classes`.
    AddClass {
        /// Its name.
        name: String,
    },
    /// Give a class another name.
    RenameClass {
        /// Which one.
        class: ClassId,
        /// The new name.
        name: String,
    },
    /// Put photos into a class, or back to the unsorted tray.
    MovePhotos {
        /// Which ones.
        photos: Vec<PhotoId>,
        /// Where to.
        class: Option<ClassId>,
    },
    /// Move photos to the trash. Answered by `PhotosGone`.
    TrashPhotos {
        /// Which ones.
        photos: Vec<PhotoId>,
    },
    /// Take photos back out of the trash.
    RestorePhotos {
        /// Which ones.
        photos: Vec<PhotoId>,
    },
    /// Remove a class; its photos go to the trash.
    RemoveClass {
        /// Which one.
        class: ClassId,
    },
    /// Bring a removed class back at its place, with the photos that went with it.
    RestoreClass {
        /// The class as it was.
        class: Class,
        /// Its place among the classes.
        at: usize,
        /// The photos that went to the trash with it.
        photos: Vec<PhotoId>,
    },
    /// Read photos: decode, keep, compute features.
    Import {
        /// The job.
        run: RunId,
        /// The files.
        files: Vec<Incoming>,
        /// Where they go.
        into: Destination,
    },
    /// Train a head on the photos of the project.
    Train {
        /// The job.
        run: RunId,
    },
    /// Classify photos with the active head.
    Predict {
        /// The job.
        run: RunId,
        /// The files.
        files: Vec<Incoming>,
    },
    /// Stop a job; what it has done so far is kept.
    Cancel {
        /// The job.
        run: RunId,
    },
    /// Write the active head as a file. Answered by `HeadFile`, its bytes beside the message.
    ExportHead,
    /// Read a head file and make it the active head.
    OpenHead {
        /// The job.
        run: RunId,
        /// The file.
        file: Incoming,
    },
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// Photos finished, failed ones included.
    pub done: u32,
    /// Photos of the whole job.
    pub total: u32,
    /// Photos left out.
    pub failed: u32,
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// All of it is done.
    Done,
    /// The person stopped it.
    Cancelled,
    /// It could not go on; a `Failed` event said why.
    Failed,
}

/// What the page needs to know of a photo; the thumbnail it reads from the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoView {
    /// Which photo.
    pub id: PhotoId,
    /// Its class, or none in the unsorted tray.
    pub class: Option<ClassId>,
    /// Its base name.
    pub name: String,
}

/// What the page needs to know of the project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectView {
    /// Which project.
    pub id: ProjectId,
    /// Its name, empty while it has none.
    pub name: String,
    /// Its classes, in order.
    pub classes: Vec<Class>,
    /// Its photos, in the order of import, those in the trash left out.
    pub photos: Vec<PhotoView>,
}

/// One point of the training curves. Losses are of the probabilities that a person would see, at the temperature that the
/// held-back photos ask for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Gradient steps so far.
    pub step: u32,
    /// Mean cross-entropy on the photos trained on, nats.
    pub train_loss: f32,
    /// Share of right answers on the photos trained on, 0..1.
    pub train_accuracy: f32,
    /// Mean cross-entropy on the held-back photos, nats.
    pub valid_loss: f32,
    /// Share of right answers on the held-back photos, 0..1.
    pub valid_accuracy: f32,
}

/// How a score was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreProtocol {
    /// On a stratified fifth of the photos that the head was not trained on.
    HeldBack,
}

/// An honest estimate of how a head does on new photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// How it was measured.
    pub protocol: ScoreProtocol,
    /// Share of right answers, 0..1.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Photos it was measured on.
    pub photos: u32,
    /// Share that always answering the largest class would get, 0..1.
    pub baseline: f64,
    /// For each class of the head: the share of its held-back photos that were found.
    pub per_class: Vec<ClassScore>,
}

/// One class of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassScore {
    /// Held-back photos of the class.
    pub photos: u32,
    /// Those answered right.
    pub right: u32,
    /// 95 % interval of the share.
    pub interval: Interval,
}

/// A class of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadClass {
    /// Its name.
    pub name: String,
    /// Photos it was trained on.
    pub count: u32,
}

/// Where a head came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadOrigin {
    /// Trained here.
    Trained,
    /// Opened from a file.
    Opened,
}

/// What the page shows of a head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadView {
    /// Which head.
    pub id: HeadId,
    /// Where it came from.
    pub origin: HeadOrigin,
    /// Its classes, in the order of its outputs.
    pub classes: Vec<HeadClass>,
    /// Its score, where the maker measured one.
    pub score: Option<Score>,
    /// Numbers a photo that it looks at.
    pub dim: u32,
    /// Size of its file.
    pub file_bytes: u64,
    /// When it was made, as in the file: `YYYY-MM-DDTHH:MM:SSZ`.
    pub created: String,
    /// What was trained, in words of the field, such as `softmax`.
    pub method: String,
    /// The curves of its training, where it was trained here.
    pub curve: Vec<CurvePoint>,
    /// The step of the curve that was kept.
    pub kept_step: u32,
    /// How long its training took.
    pub trained_ms: u32,
    /// Whether training was stopped by the person.
    pub cancelled: bool,
}

/// One class of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ranked {
    /// Index among the head's classes.
    pub index: u32,
    /// Name of the class.
    pub name: String,
    /// Calibrated probability, 0..1.
    pub probability: f32,
}

/// What the engine tells the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// Weights are arriving.
    Loading {
        /// Bytes so far.
        done_bytes: u64,
        /// All bytes.
        total_bytes: u64,
    },
    /// The engine can work.
    Ready {
        /// Must equal the page's [`PROTOCOL_VERSION`].
        protocol: u32,
        /// What it computes on.
        device: DeviceKind,
        /// The backbone's id.
        backbone: String,
    },
    /// Another tab holds the project; the engine waits until it lets go.
    OpenElsewhere,
    /// The answer of the known-answer test.
    Measured {
        /// Milliseconds a photo, pixels to pools.
        photo_ms: f64,
        /// Whether the pools were the known ones.
        correct: bool,
    },
    /// The project is written and let go of.
    Released,
    /// The project, whole.
    Opened {
        /// Classes and photos.
        project: ProjectView,
        /// The active head.
        head: Option<HeadView>,
        /// Photos whose features are still to be computed; the run that does it was named in `Open`.
        unread: u32,
        /// Whether the project is kept on this device (a private window or a broken store cannot).
        durable: bool,
    },
    /// The classes, whole, after one was made, renamed, removed or restored.
    Classes {
        /// In order.
        classes: Vec<Class>,
    },
    /// The project's name.
    ProjectRenamed {
        /// The name.
        name: String,
    },
    /// A photo is kept: its transaction is complete.
    PhotoKept {
        /// The job.
        run: RunId,
        /// The photo.
        photo: PhotoView,
    },
    /// Photos changed class or came back from the trash.
    PhotosPlaced {
        /// As they are now.
        photos: Vec<PhotoView>,
    },
    /// Photos are in the trash.
    PhotosGone {
        /// Which ones.
        photos: Vec<PhotoId>,
    },
    /// A file was left out; the job goes on.
    LeftOut {
        /// The job.
        run: RunId,
        /// Its path below the chosen folder.
        path: String,
        /// Why.
        failure: Failure,
    },
    /// How far a job is.
    Progressed {
        /// The job.
        run: RunId,
        /// Counts.
        progress: Progress,
    },
    /// One more point of the curves; `of_steps` is the most it will take.
    TrainingStep {
        /// The job.
        run: RunId,
        /// The point.
        point: CurvePoint,
        /// The most steps this training can take, refit included.
        of_steps: u32,
        /// Steps done, refit included.
        done_steps: u32,
    },
    /// The active head is another one now.
    HeadChanged {
        /// The head.
        head: HeadView,
    },
    /// An answer.
    Predicted {
        /// The job.
        run: RunId,
        /// Which file.
        file: FileRef,
        /// Its base name.
        name: String,
        /// The best classes, most probable first, at most five.
        ranking: Vec<Ranked>,
    },
    /// A job ended; nothing more comes from it.
    Finished {
        /// The job.
        run: RunId,
        /// How.
        outcome: Outcome,
    },
    /// The head as a file; its bytes travel beside the message.
    HeadFile {
        /// A file name that fits the project.
        name: String,
    },
    /// Something could not be done.
    Failed {
        /// The job, where it was one.
        run: Option<RunId>,
        /// Why.
        failure: Failure,
    },
}

/// Why something could not be done: a code with its arguments. The page has the words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    /// The file is larger than allowed.
    #[error("{mib} MiB, the limit is {limit_mib}")]
    FileTooLarge {
        /// Its size.
        mib: u32,
        /// The limit.
        limit_mib: u32,
    },
    /// The picture has more pixels than allowed.
    #[error("{megapixels} megapixels, the limit is {limit_megapixels}")]
    TooManyPixels {
        /// Its pixels, rounded up.
        megapixels: u32,
        /// The limit.
        limit_megapixels: u32,
    },
    /// The file has no bytes.
    #[error("empty file")]
    EmptyFile,
    /// The bytes are no picture.
    #[error("not a picture")]
    NotAPicture,
    /// A picture in a format that cannot be read here.
    #[error("{format} is not supported")]
    UnsupportedFormat {
        /// Name of the format, such as `HEIC`.
        format: String,
    },
    /// A picture that cannot be decoded to its end.
    #[error("damaged picture")]
    DamagedPicture,
    /// The same bytes are already in the class.
    #[error("the same photo as {name}")]
    Duplicate {
        /// Base name of the one that is kept.
        name: String,
    },
    /// The browser could not hand over the file's bytes.
    #[error("unreadable file")]
    UnreadableFile,
    /// The device has no room for more.
    #[error("storage is full")]
    StorageFull,
    /// The project was written by a newer version of the page.
    #[error("the store has a newer version")]
    StorageNewer,
    /// The store does not work.
    #[error("storage failed: {detail}")]
    StorageFailed {
        /// What the browser said.
        detail: String,
    },
    /// A class of that name exists.
    #[error("there is already a class called {name}")]
    ClassExists {
        /// The name.
        name: String,
    },
    /// Training needs two classes.
    #[error("training needs two classes with photos")]
    TooFewClasses,
    /// Training needs more photos of a class.
    #[error("class {class} has too few photos")]
    TooFewPhotos {
        /// Name of the class.
        class: String,
        /// Photos that are enough to train.
        needed: u32,
    },
    /// There is no head to answer.
    #[error("no head yet")]
    NoHead,
    /// The file is no head file.
    #[error("not a head file: {detail}")]
    NotAHead {
        /// What is wrong with it.
        detail: String,
    },
    /// The head file is cut off or its numbers do not fit together.
    #[error("damaged head file: {detail}")]
    DamagedHead {
        /// What is wrong with it.
        detail: String,
    },
    /// The head was made for another backbone.
    #[error("the head needs {needs}, this page has {has}")]
    OtherBackbone {
        /// The backbone it needs.
        needs: String,
        /// The backbone of this page.
        has: String,
    },
    /// The head file has a newer version.
    #[error("head format {version} is newer than this page")]
    NewerHead {
        /// Its version.
        version: String,
    },
    /// The head does not give the answers that it promises.
    #[error("the head failed its self-test")]
    HeadSelfTest,
    /// The network's weights did not arrive.
    #[error("the network could not be loaded: {detail}")]
    WeightsMissing {
        /// What the browser said.
        detail: String,
    },
    /// The network's weights are not the ones this page was made for.
    #[error("the network's weights are damaged")]
    WeightsDamaged,
    /// The device cannot be used.
    #[error("device unavailable: {detail}")]
    DeviceUnavailable {
        /// What the driver said.
        detail: String,
    },
    /// The device failed in the middle of work.
    #[error("device failed: {detail}")]
    DeviceFailed {
        /// What the driver said.
        detail: String,
    },
}
