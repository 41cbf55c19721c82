//! Changing from one project to another.

use super::{
    browser::now_ms,
    page::Page,
    state::{JobKind, State},
};
use crate::{
    dataset::ProjectId,
    protocol::{Request, RunId},
};

impl Page {
    /// Opens another project.
    pub(super) fn open_project_of_list(self, project: ProjectId) {
        self.go_to(|run| Request::OpenOther { run, project: Some(project) });
    }

    /// Begins a project.
    pub(super) fn new_project(self) {
        self.go_to(|run| Request::OpenOther { run, project: None });
    }

    /// Takes a project out of the trash and opens it.
    pub(super) fn restore_project(self, project: ProjectId) {
        self.go_to(|run| Request::RestoreProject { run, project });
    }

    /// Moves the open project to the trash; a toast tells it by that name.
    pub(super) fn delete_project(self, name: String) {
        let Some(project) = self.with_untracked(|state| state.photos.project()) else { return };
        self.update(|state| state.projects.delete(project, name));
        self.go_to(|run| Request::DeleteProject { run, project });
    }

    /// Copies the open project and opens the copy.
    pub(super) fn copy_project(self, name: String) {
        if !self.with_untracked(|state| state.jobs.has(JobKind::Duplicate)) {
            let run = self.begin(JobKind::Duplicate);
            self.send(Request::DuplicateProject { run, name });
        }
    }

    /// Nothing else is asked until the other project is there: it would be asked of the wrong one.
    fn go_to(self, request: impl FnOnce(RunId) -> Request) {
        if !self.with_untracked(State::is_held) {
            let run = self.next_run();
            self.send(request(run));
            self.update(|state| state.jobs.begin(run, JobKind::Change, 0, now_ms()));
        }
    }
}
