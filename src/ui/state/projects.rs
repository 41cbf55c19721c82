//! The projects beside the open one.

use super::{State, Told};
use crate::{dataset::ProjectId, protocol::ProjectEntry};

/// All but the open one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Projects {
    others: Vec<ProjectEntry>,
    /// The one that the person is deleting, and what it is called.
    deleting: Option<(ProjectId, String)>,
}

impl Projects {
    /// Those that can be opened, in the order in which they were made.
    pub fn kept(&self) -> impl Iterator<Item = &ProjectEntry> {
        self.others.iter().filter(|entry| !entry.trashed)
    }

    /// Those that can be brought back.
    pub fn trashed(&self) -> impl Iterator<Item = &ProjectEntry> {
        self.others.iter().filter(|entry| entry.trashed)
    }

    /// Whether there are any.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty()
    }

    /// The person deletes a project; a toast tells when it is done.
    pub fn delete(&mut self, project: ProjectId, name: String) {
        self.deleting = Some((project, name));
    }
}

impl State {
    /// The engine told of them.
    pub(super) fn take_projects(&mut self, others: Vec<ProjectEntry>) {
        let trashed = |id| others.iter().any(|entry| entry.id == id && entry.trashed);
        let deleted = self.projects.deleting.take_if(|(id, _)| trashed(*id));
        self.projects.others = others;
        if let Some((project, name)) = deleted {
            self.notices.tell(Told::ProjectDeleted { project, name });
        }
    }
}
