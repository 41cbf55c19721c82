//! What a person has to know (notices, which stay until closed) and what they can take back (toasts).

use super::Settled;
use crate::{
    dataset::{Deed, ProjectId},
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
    /// Files were handed over while another project was being opened.
    Changing,
    /// Everything was deleted in another tab.
    DeletedElsewhere,
    /// The browser keeps nothing: the project is gone when the tab closes.
    NotKept,
    /// Files were dropped that are no pictures, or a folder without any.
    NothingToAdd,
    /// What was dragged from another page came as its address alone.
    OnlyAnAddress,
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

/// What a toast tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Something was done, and can be taken back.
    Done(Deed),
    /// It was taken back, and can be made again.
    Undone(Deed),
    /// A project was moved to the trash.
    ProjectDeleted {
        /// Which one.
        project: ProjectId,
        /// What it is called.
        name: String,
    },
    /// Photos are right where they are.
    Kept {
        /// What that settled.
        settled: Vec<Settled>,
    },
}

/// A toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Its name on this page.
    pub id: u32,
    /// What it tells.
    pub told: Told,
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

    /// Tells what was done or taken back. What was told of earlier steps goes: only the last one can be taken back.
    pub fn tell(&mut self, told: Told) {
        self.tell_no_step();
        let id = self.next_id();
        self.toasts.push(Toast { id, told });
    }

    /// No step is told any more.
    pub(super) fn tell_no_step(&mut self) {
        self.toasts.retain(|toast| matches!(toast.told, Told::Kept { .. } | Told::ProjectDeleted { .. }));
    }

    /// Takes a toast off the page, for undoing what it tells or because its time is over.
    pub fn take_toast(&mut self, id: u32) -> Option<Told> {
        let at = self.toasts.iter().position(|toast| toast.id == id)?;
        Some(self.toasts.remove(at).told)
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
