//! What the engine tells the page.

use super::{
    BorderTest, Compared, CurvePoint, Destination, DeviceKind, Failure, FileRef, Finding, HeadView, Heat, InstantState,
    Judged, LearningCurve, News, RunId, TagReport, TestReport,
};
use crate::dataset::{BurstId, Class, ClassId, Deed, HeadId, PhotoId, ProjectId, Role};
use serde::{Deserialize, Serialize};

/// A project beside the open one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectEntry {
    /// Its name in the store.
    pub id: ProjectId,
    /// What the person calls it; empty until they do.
    pub name: String,
    /// Names of its classes, in order.
    pub classes: Vec<String>,
    /// Whether it lies in the trash.
    pub trashed: bool,
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
    /// The project as another tab has it now.
    Seen {
        /// Classes and photos.
        project: ProjectView,
        /// Its heads.
        heads: Heads,
    },
    /// The answer of the known-answer test.
    Measured {
        /// Milliseconds a photo, pixels to pools.
        photo_ms: f64,
        /// Whether the pools were the known ones.
        correct: bool,
    },
    /// The projects beside the open one.
    Projects {
        /// In the order in which they were made, the trash too.
        others: Vec<ProjectEntry>,
    },
    /// What can be taken back, and made again.
    History {
        /// The last step.
        undo: Option<Deed>,
        /// The step that was taken back last.
        redo: Option<Deed>,
        /// Photos in the trash.
        trashed: u32,
        /// What just happened.
        news: News,
    },
    /// A request of those that [`Request::is_served`](super::Request::is_served) is done with, whatever came of it.
    Served,
    /// The project is written and let go of.
    Released,
    /// The project, whole.
    Opened {
        /// Classes and photos.
        project: ProjectView,
        /// Its heads.
        heads: Heads,
        /// Photos whose features are still to be computed.
        unread: u32,
        /// The run that does it.
        run: RunId,
        /// Whether the project is kept on this device (a private window or a broken store cannot).
        durable: bool,
        /// The projects beside it, in the order in which they were made.
        others: Vec<ProjectEntry>,
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
    /// Photos changed class, came back from the trash, or something was said of them.
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
    /// A file was passed over: an import that was interrupted had read it already.
    Known {
        /// The job.
        run: RunId,
        /// Its path below the chosen folder.
        path: String,
    },
    /// The imports that were interrupted, whole, whenever that changes.
    Unfinished {
        /// All of them.
        all: Vec<Unfinished>,
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
    /// The heads, whole, after one was made, opened, renamed or chosen.
    Heads(Heads),
    /// How the instant head stands.
    Instant {
        /// Whether there is one, and whether it is fitted to all photos.
        state: InstantState,
    },
    /// What the instant head says of the photos of the project, all of them, and what is worth a look, most useful first.
    Examined {
        /// Every photo that has a class and features.
        judged: Vec<Judged>,
        /// Photos that are worth a look.
        findings: Vec<Finding>,
    },
    /// How the instant head does on the photos of each tag.
    ByTag(TagReport),
    /// How the head that answers does on the test set.
    Tested(TestReport),
    /// How the instant head grows with the photos, or that it cannot be told.
    Learning {
        /// The curve; none where there are too few photos.
        curve: Option<LearningCurve>,
    },
    /// The same on the same network with random weights.
    HeadStart {
        /// The curve.
        curve: LearningCurve,
    },
    /// An answer.
    Predicted {
        /// The job.
        run: RunId,
        /// Which file.
        file: FileRef,
        /// Its base name.
        name: String,
        /// The class of the head that a folder of the file has the name of.
        label: Option<String>,
        /// The best classes, most probable first, at most five.
        ranking: Vec<Ranked>,
        /// Whether the photo is like none of the classes.
        unknown: bool,
    },
    /// The answer to a frame of the camera.
    Live {
        /// Which one.
        frame: u32,
        /// As in `Predicted`; none where no head answers.
        ranking: Vec<Ranked>,
        /// Whether it is like none of the classes.
        unknown: bool,
    },
    /// Where the head looks in a photo that it was asked about.
    Explained {
        /// The job.
        run: RunId,
        /// What each place speaks for.
        heat: Heat,
    },
    /// What a test for background shortcuts found.
    BorderTested {
        /// The job.
        run: RunId,
        /// The accuracies.
        found: BorderTest,
    },
    /// What two heads say of the same photos.
    Compared {
        /// The job.
        run: RunId,
        /// Which two.
        heads: [HeadId; 2],
        /// The photos that could be answered.
        photos: Vec<Compared>,
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
    /// A part of the project's file; its bytes travel beside the message.
    ProjectPart {
        /// The job.
        run: RunId,
    },
    /// The last part of the project's file.
    ProjectFile {
        /// The job.
        run: RunId,
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

/// The heads of a project: at most one that is fitted as photos arrive, and the one that was trained or opened last.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Heads {
    /// All of them.
    pub all: Vec<HeadView>,
    /// The one that answers.
    pub active: Option<HeadId>,
    /// Whether the person chose it; otherwise it is the one with the better score.
    pub chosen: bool,
    /// Percent of the photos of the classes that may be called unknown.
    pub false_unknown_percent: u8,
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

/// An import that was interrupted: the files that are left can only be read when the person hands them over once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unfinished {
    /// Its number in the journal.
    pub entry: u32,
    /// Where its photos go.
    pub into: Destination,
    /// Files that had not been read.
    pub left: u32,
    /// All of its files.
    pub total: u32,
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
    /// What it is for.
    #[serde(default)]
    pub role: Role,
    /// Whether it is kept and nothing else.
    #[serde(default)]
    pub excluded: bool,
    /// Free labels beside the class.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The burst that a person put it in; none where the pictures decide.
    #[serde(default)]
    pub burst: Option<BurstId>,
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

impl Event {
    /// The run that an event belongs to.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::PhotoKept { run, .. }
            | Self::LeftOut { run, .. }
            | Self::Known { run, .. }
            | Self::Progressed { run, .. }
            | Self::TrainingStep { run, .. }
            | Self::Predicted { run, .. }
            | Self::Explained { run, .. }
            | Self::BorderTested { run, .. }
            | Self::Compared { run, .. }
            | Self::ProjectPart { run }
            | Self::ProjectFile { run, .. }
            | Self::Finished { run, .. }
            | Self::Failed { run: Some(run), .. } => Some(*run),
            _ => None,
        }
    }
}
