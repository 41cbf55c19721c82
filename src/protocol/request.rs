//! What the page asks of the engine.

use super::{FileRef, Mark, RunId};
use crate::dataset::{ClassId, HeadId, PhotoId, ProjectId, Role};
use serde::{Deserialize, Serialize};

/// A file on its way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// The handle beside the message.
    pub file: FileRef,
    /// Path below the chosen folder, `/` between the parts; the base name where there was none.
    pub path: String,
}

/// Where imported photos go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// Into one class.
    Class(ClassId),
    /// Into one class, as photos of one scene.
    Burst(ClassId),
    /// The folder that holds a photo names its class; photos outside any folder go to the unsorted tray.
    Folders,
    /// Into the unsorted tray.
    Unsorted,
    /// Into the test set: a folder names a class that is there; photos in no such folder are left out.
    Test,
}

impl Destination {
    /// What photos that go there are for.
    pub fn role(self) -> Role {
        match self {
            Self::Class(_) | Self::Burst(_) | Self::Folders | Self::Unsorted => Role::Training,
            Self::Test => Role::Test,
        }
    }
}

/// What the page asks of the engine. Edits and the like, see [`Self::is_served`], are answered by `Served` as well, last
/// of all.
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
    /// Put all photos of a class into another one, and remove it; photos that both have stay once.
    MergeClasses {
        /// The class that goes.
        from: ClassId,
        /// The class that gets its photos.
        into: ClassId,
    },
    /// Make a class of photos that are in others: so a class is split.
    SplitClass {
        /// Which photos.
        photos: Vec<PhotoId>,
        /// The new class's name.
        name: String,
    },
    /// Let a class change places with its neighbour.
    ShiftClass {
        /// Which one.
        class: ClassId,
        /// Whether with the one before it, otherwise with the one behind.
        up: bool,
    },
    /// How many of the photos of the classes may be called unknown. Answered by `Heads`.
    SetFalseUnknown {
        /// In percent.
        percent: u8,
    },
    /// Put photos into a class, or back to the unsorted tray.
    MovePhotos {
        /// Which ones.
        photos: Vec<PhotoId>,
        /// Where to.
        class: Option<ClassId>,
    },
    /// Say something of photos beside their class. Answered by `PhotosPlaced`.
    Mark {
        /// Which ones.
        photos: Vec<PhotoId>,
        /// What is said of them.
        mark: Mark,
    },
    /// Move photos to the trash, and remove classes with theirs. Answered by `PhotosGone` and `Classes`.
    Remove {
        /// Which photos, beside those of the classes.
        photos: Vec<PhotoId>,
        /// Which classes.
        classes: Vec<ClassId>,
    },
    /// Take the last step back. Every edit and every import is one. Answered by what it changes, and by `History`.
    Undo,
    /// Make the step again that was taken back last.
    Redo,
    /// Purge the trash for good, with all steps that could be taken back, and deleted projects.
    EmptyTrash,
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
    /// Measure what the network's knowledge is worth, on a part of the photos. Answered by `HeadStart`.
    MeasureHeadStart {
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
    /// Tell where the active head looks in a photo. Answered by `Explained`.
    Explain {
        /// The job.
        run: RunId,
        /// The photo.
        file: Incoming,
        /// Name of the class that the answer names.
        class: String,
    },
    /// Find out whether the classes are told by their background. Answered by `BorderTested`.
    TestBorder {
        /// The job.
        run: RunId,
    },
    /// Let two heads answer the same photos, and those of the test set. Answered by `Compared`.
    Compare {
        /// The job.
        run: RunId,
        /// The heads.
        heads: [HeadId; 2],
        /// Photos that were asked about.
        files: Vec<FileRef>,
    },
    /// Stop a job; what it has done so far is kept.
    Cancel {
        /// The job.
        run: RunId,
    },
    /// Let one of the heads answer, or again the one with the better score. Answered by `Heads`.
    UseHead {
        /// Which one; none for the better one.
        head: Option<HeadId>,
    },
    /// Take a head away. Answered by `Heads`; can be undone.
    RemoveHead {
        /// Which one, of those that were trained or opened.
        head: HeadId,
    },
    /// Do not tell any more of files that an interrupted import had not read. Answered by `Unfinished`.
    ForgetUnfinished {
        /// The import's number in the journal.
        entry: u32,
    },
    /// Close the project and open another, or a fresh one. Answered by `Opened`.
    OpenOther {
        /// The run of what is still to be read.
        run: RunId,
        /// Which one; none for a fresh one.
        project: Option<ProjectId>,
    },
    /// Move a project to the trash. Answered by `Opened`, with another one where it was the one that is open.
    DeleteProject {
        /// The run of what is still to be read.
        run: RunId,
        /// Which one.
        project: ProjectId,
    },
    /// Take a project out of the trash and open it. Answered by `Opened`.
    RestoreProject {
        /// The run of what is still to be read.
        run: RunId,
        /// Which one.
        project: ProjectId,
    },
    /// Copy the project and open the copy. Answered by `Opened`.
    DuplicateProject {
        /// The job.
        run: RunId,
        /// The copy's name.
        name: String,
    },
    /// Write the project as a file. Answered by `ProjectPart`s and `ProjectFile`, their bytes beside the messages.
    SaveProject {
        /// The job.
        run: RunId,
    },
    /// Read a project file, beside the projects that are there, and open it. Answered by `Opened`.
    OpenProject {
        /// The job; it goes on with computing features.
        run: RunId,
        /// The file.
        file: Incoming,
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

impl Request {
    /// The run that a request begins.
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::Open { run }
            | Self::OpenOther { run, .. }
            | Self::DeleteProject { run, .. }
            | Self::RestoreProject { run, .. }
            | Self::DuplicateProject { run, .. }
            | Self::Import { run, .. }
            | Self::Train { run }
            | Self::MeasureHeadStart { run }
            | Self::Predict { run, .. }
            | Self::Explain { run, .. }
            | Self::TestBorder { run }
            | Self::Compare { run, .. }
            | Self::SaveProject { run }
            | Self::OpenProject { run, .. }
            | Self::OpenHead { run, .. } => Some(*run),
            _ => None,
        }
    }

    /// Whether `Served` answers it: what a person asks for and is done in one piece.
    pub fn is_served(&self) -> bool {
        self.run().is_none() && !matches!(self, Self::Cancel { .. } | Self::Measure | Self::Release)
    }
}
