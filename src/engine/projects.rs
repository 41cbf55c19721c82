//! Several projects: one is open, the others lie beside it. A deleted one lies in the trash for a week, as photos do.

use super::{
    Background, Engine, Interactive, PhotoSource,
    history::is_past,
    session::{Session, json, parse},
};
use crate::{
    dataset::{Project, ProjectId},
    protocol::{Event, Failure, Outcome, ProjectEntry, RunId},
    store::{Store, Table, Write, keys},
};
use std::collections::VecDeque;

/// The tables whose keys begin with a project's.
const OF_PROJECTS: [Table; 8] = [
    Table::Photos,
    Table::Copies,
    Table::Thumbs,
    Table::Features,
    Table::Heads,
    Table::HeadFiles,
    Table::Journal,
    Table::Steps,
];

/// The records of all projects, in the order in which they were made.
pub(super) async fn records(store: &impl Store) -> Result<Vec<Project>, Failure> {
    let found = store.scan(Table::Projects, keys::PROJECTS).await?;
    found.into_iter().map(|(_, bytes)| parse(&bytes)).collect()
}

/// The writes that remove everything of a project.
pub(super) fn purge(project: ProjectId) -> Vec<Write> {
    let all = OF_PROJECTS.map(|table| Write::DeleteAll(table, keys::of_project(project)));
    all.into_iter().chain([Write::Delete(Table::Projects, keys::project(project))]).collect()
}

/// The writes that purge the projects that have been in the trash for long.
pub(super) async fn purge_stale(store: &impl Store, now_ms: u64) -> Result<Vec<Write>, Failure> {
    let stale = |project: &Project| project.trashed_ms.is_some_and(|trashed_ms| is_past(trashed_ms, now_ms));
    Ok(records(store).await?.into_iter().filter(stale).flat_map(|project| purge(project.id)).collect())
}

/// The projects in the trash.
pub(super) async fn trash(store: &impl Store) -> Result<Vec<ProjectId>, Failure> {
    let trashed = |project: Project| project.trashed_ms.map(|_| project.id);
    Ok(records(store).await?.into_iter().filter_map(trashed).collect())
}

/// The write that makes a project the one that is opened.
pub(super) fn make_last(project: ProjectId) -> Write {
    Write::Put(Table::Projects, keys::SETTINGS.to_owned(), json(&project))
}

fn put(project: &Project) -> Write {
    Write::Put(Table::Projects, keys::project(project.id), json(project))
}

impl Session {
    /// Whether nobody would miss it.
    pub(super) fn is_empty(&self) -> bool {
        let Project { name, classes, active_head, made_heads, steps, .. } = &self.project;
        name.is_empty()
            && classes.is_empty()
            && active_head.is_none()
            && made_heads.is_empty()
            && steps.first == steps.end
            && self.photos.is_empty()
            && self.trash.is_empty()
            && self.interrupted.is_empty()
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Closes the project that is open and opens another, or a fresh one.
    ///
    /// # Errors
    /// When the store fails; then the project stays open.
    pub(super) async fn open_other(&mut self, run: RunId, project: Option<ProjectId>) -> Result<(), Failure> {
        let closed = match project {
            Some(id) => self.close_for(id, Vec::new()).await,
            None => self.close_for_fresh().await,
        };
        self.open_after(run, closed).await
    }

    /// Moves a project to the trash. If it is the one that is open, the last one of the others is opened, or a fresh one.
    ///
    /// # Errors
    /// When the store fails; then nothing has changed.
    pub(super) async fn delete_project(&mut self, run: RunId, id: ProjectId) -> Result<(), Failure> {
        if self.session()?.project.id == id {
            let closed = self.delete_open().await;
            return self.open_after(run, closed).await;
        }
        let deleted = self.delete_other(id).await;
        self.finish(run, if deleted.is_ok() { Outcome::Done } else { Outcome::Failed });
        deleted
    }

    async fn delete_open(&mut self) -> Result<(), Failure> {
        let trashed_ms = Some(self.now_ms());
        let project = Project { trashed_ms, ..self.session()?.project.clone() };
        let records = records(&self.store).await?;
        let stays = |other: &&Project| other.id != project.id && other.trashed_ms.is_none();
        let next = records.iter().rfind(stays).map(|other| other.id);
        let next = next.unwrap_or_else(|| after_all(&records, project.id));
        self.close_for(next, vec![put(&project)]).await
    }

    async fn delete_other(&mut self, id: ProjectId) -> Result<(), Failure> {
        let trashed_ms = Some(self.now_ms());
        if let Some(project) = self.record(id).await? {
            self.store.commit(vec![put(&Project { trashed_ms, ..project })]).await?;
        }
        self.tell_projects().await
    }

    /// Takes a project out of the trash and opens it.
    ///
    /// # Errors
    /// When the store fails, or it has been purged.
    pub(super) async fn restore_project(&mut self, run: RunId, id: ProjectId) -> Result<(), Failure> {
        let closed = self.restore_and_close_for(id).await;
        self.open_after(run, closed).await
    }

    async fn restore_and_close_for(&mut self, id: ProjectId) -> Result<(), Failure> {
        let back = Project { trashed_ms: None, ..self.record(id).await?.ok_or_else(super::no_project)? };
        self.close_for(id, vec![put(&back)]).await
    }

    async fn record(&self, id: ProjectId) -> Result<Option<Project>, Failure> {
        self.store.get(Table::Projects, &keys::project(id)).await?.map(|bytes| parse(&bytes)).transpose()
    }

    async fn close_for_fresh(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        let (open, is_empty) = (session.project.id, session.is_empty());
        if is_empty {
            return self.close_for(open, Vec::new()).await;
        }
        let id = self.next_project().await?;
        self.close_for(id, Vec::new()).await
    }

    /// Ends what runs, writes what is in memory, and lets go of the project; the next one to be opened is another. What nobody
    /// would miss is removed.
    ///
    /// # Errors
    /// When the store fails; then the project stays open, and only what ran has ended.
    pub(super) async fn close_for(&mut self, next: ProjectId, mut writes: Vec<Write>) -> Result<(), Failure> {
        // Before the commit: an import that ends notes its step, and the project with it as the last one.
        self.end_jobs().await;
        let session = self.session()?;
        if session.is_empty() && session.project.id != next {
            writes.extend(purge(session.project.id));
        } else {
            writes.extend(session.features.unsaved());
        }
        writes.push(make_last(next));
        self.store.commit(writes).await?;
        self.session = None;
        Ok(())
    }

    /// Opens what is to be opened, unless the one before could not be closed.
    async fn open_after(&mut self, run: RunId, closed: Result<(), Failure>) -> Result<(), Failure> {
        match closed {
            Ok(()) => self.open(run).await,
            Err(failure) => {
                self.finish(run, Outcome::Failed);
                Err(failure)
            }
        }
    }

    /// What was asked of a project ends with it; what was read stays, and what was not is told when it is opened again.
    async fn end_jobs(&mut self) {
        for mut job in std::mem::take(&mut self.background) {
            job.cancel();
            job.forget_files(&self.source);
            if let Background::Import(import) = &job {
                // The photos are there all the same; only the step that would take them back is not.
                let _ = self.note_added(import).await;
            }
            self.finish(job.run(), Outcome::Cancelled);
        }
        let (ended, stay) = std::mem::take(&mut self.interactive)
            .into_iter()
            .partition::<VecDeque<_>, _>(|job| matches!(job, Interactive::Predicting(_)));
        self.interactive = stay;
        for job in ended {
            if let Interactive::Predicting(job) = job {
                job.forget_files(&self.source);
                self.finish(job.run, Outcome::Cancelled);
            }
        }
    }

    /// A number that no project has.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn next_project(&mut self) -> Result<ProjectId, Failure> {
        let open = self.session()?.project.id;
        Ok(after_all(&records(&self.store).await?, open))
    }

    /// Tells which projects there are beside the open one.
    pub(super) async fn tell_projects(&self) -> Result<(), Failure> {
        if self.session.is_some() {
            self.emit(Event::Projects { others: self.others().await? });
        }
        Ok(())
    }

    /// The projects beside the open one.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn others(&self) -> Result<Vec<ProjectEntry>, Failure> {
        let entry = |project: Project| ProjectEntry {
            id: project.id,
            name: project.name,
            classes: project.classes.into_iter().map(|class| class.name).collect(),
            trashed: project.trashed_ms.is_some(),
        };
        let open = self.session.as_ref().map(|session| session.project.id);
        let all = records(&self.store).await?;
        Ok(all.into_iter().filter(|project| Some(project.id) != open).map(entry).collect())
    }
}

fn after_all(records: &[Project], open: ProjectId) -> ProjectId {
    ProjectId(records.iter().map(|project| project.id.0).chain([open.0]).max().unwrap_or(0) + 1)
}
