//! What a person has to know (notices, which stay until closed) and what they can take back (toasts).

use super::{RemovedClass, Settled};
use crate::{
    dataset::{BurstId, Class, ClassId, PhotoId},
    protocol::{Failure, RunId, Unfinished},
};

/// A file that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its path below the chosen folder.
    pub path: String,
    /// Why.
    pub failure: Failure,
}

/// What a notice is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoticeKind {
    /// Files of one run were left out.
    LeftOut {
        /// The run.
        run: RunId,
        /// The files.
        files: Vec<LeftOut>,
    },
    /// Something could not be done.
    Failed(Failure),
    /// The engine stopped and was started again.
    Restarted {
        /// What the browser said.
        detail: String,
        /// Whether it computed on the graphics chip.
        on_gpu: bool,
    },
    /// The page must be loaded again.
    Reload,
    /// Files were handed over while another tab has the project.
    Elsewhere,
    /// Everything was deleted in another tab.
    DeletedElsewhere,
    /// The browser keeps nothing: the project is gone when the tab closes.
    NotKept,
    /// Files were dropped that are no pictures, or a folder without any.
    NothingToAdd,
    /// The sample pictures did not arrive.
    NoSamples,
    /// An import was interrupted.
    Unfinished(Unfinished),
    /// The browser has deleted the project.
    Evicted {
        /// Photos that it had.
        photos: u32,
    },
    /// The project of before cannot be opened, and nothing is kept.
    OutOfReach {
        /// Photos that it has.
        photos: u32,
    },
}

/// A notice; it stays until it is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name on this page.
    pub id: u32,
    /// What it is about.
    pub kind: NoticeKind,
}

/// A done thing that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Photos went to the trash.
    PhotosRemoved {
        /// Which ones.
        photos: Vec<PhotoId>,
    },
    /// Photos went to another class.
    PhotosMoved {
        /// Which ones, and where each was before.
        from: Vec<(PhotoId, Option<ClassId>)>,
        /// Where they are now.
        to: ClassId,
    },
    /// Photos are kept and nothing else, or count again.
    Excluded {
        /// Those that changed.
        photos: Vec<PhotoId>,
        /// Whether they are excluded now.
        on: bool,
    },
    /// Photos are right where they are.
    Kept {
        /// What that settled.
        settled: Vec<Settled>,
    },
    /// The sample pictures were removed.
    SamplesRemoved {
        /// The classes that went with them.
        classes: Vec<RemovedClass>,
        /// Samples that were among other photos.
        photos: Vec<PhotoId>,
    },
    /// Photos got a tag, or lost it.
    Tagged {
        /// The tag.
        tag: String,
        /// Whether they have it now.
        on: bool,
        /// Which ones, and the tags of each before.
        before: Vec<(PhotoId, Vec<String>)>,
    },
    /// Photos were said to show one scene, or each its own.
    Scenes {
        /// Whether they show one.
        one: bool,
        /// Which ones, and the burst of each before.
        before: Vec<(PhotoId, Option<BurstId>)>,
    },
    /// The test set was removed.
    TestSetRemoved {
        /// Its photos.
        photos: Vec<PhotoId>,
    },
    /// A class was removed.
    ClassRemoved {
        /// The class as it was.
        class: Class,
        /// Its place.
        at: usize,
        /// Its photos.
        photos: Vec<PhotoId>,
    },
}

/// A toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Its name on this page.
    pub id: u32,
    /// What was done.
    pub deed: Deed,
}

/// All notices and toasts, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notices {
    notices: Vec<Notice>,
    toasts: Vec<Toast>,
    last_id: u32,
}

impl Notices {
    /// The notices.
    pub fn all(&self) -> &[Notice] {
        &self.notices
    }

    /// The notice of that name.
    pub fn get(&self, id: u32) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.id == id)
    }

    /// The toasts.
    pub fn toasts(&self) -> &[Toast] {
        &self.toasts
    }

    /// Adds a notice, unless the same one is on the page already.
    pub fn say(&mut self, kind: NoticeKind) {
        if self.notices.iter().all(|notice| notice.kind != kind) {
            let id = self.next_id();
            self.notices.push(Notice { id, kind });
        }
    }

    /// The imports that were interrupted, and no others.
    pub(super) fn unfinished(&mut self, all: Vec<Unfinished>) {
        self.notices.retain(|notice| match &notice.kind {
            NoticeKind::Unfinished(told) => all.contains(told),
            _ => true,
        });
        all.into_iter().for_each(|one| self.say(NoticeKind::Unfinished(one)));
    }

    /// What was said of the files and photos of a project that is gone, and what could be taken back in it.
    pub(super) fn leave_project(&mut self) {
        self.toasts.clear();
        self.notices.retain(|notice| !matches!(notice.kind, NoticeKind::LeftOut { .. } | NoticeKind::Unfinished(_)));
    }

    /// Closes the notice of a kind, for what it tells is over.
    pub(super) fn drop_kind(&mut self, kind: &NoticeKind) {
        self.notices.retain(|notice| notice.kind != *kind);
    }

    /// Closes a notice.
    pub fn close(&mut self, id: u32) {
        self.notices.retain(|notice| notice.id != id);
    }

    /// Adds a toast.
    pub fn done(&mut self, deed: Deed) {
        let id = self.next_id();
        self.toasts.push(Toast { id, deed });
    }

    /// Takes a toast off the page, for undoing what it tells or because its time is over.
    pub fn take_toast(&mut self, id: u32) -> Option<Deed> {
        let at = self.toasts.iter().position(|toast| toast.id == id)?;
        Some(self.toasts.remove(at).deed)
    }

    pub(super) fn left_out(&mut self, of: RunId, file: LeftOut) {
        for notice in &mut self.notices {
            if let NoticeKind::LeftOut { run, files } = &mut notice.kind
                && *run == of
            {
                files.push(file);
                return;
            }
        }
        let id = self.next_id();
        self.notices.push(Notice { id, kind: NoticeKind::LeftOut { run: of, files: vec![file] } });
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }
}
