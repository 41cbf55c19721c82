//! Copies the project, as it was when that began, and opens the copy.

use super::{
    Engine, PhotoSource, Step,
    leftovers::{AT_ONCE, arrival},
    session::json,
};
use crate::{
    dataset::{Photo, Project, ProjectId},
    head,
    protocol::{Event, Failure, Outcome, Progress, RunId},
    store::{Store, Table, Write, keys},
};
use std::collections::VecDeque;

/// A project that is copied.
pub(super) struct Duplicating {
    pub(super) run: RunId,
    name: String,
    begun: Option<Box<Begun>>,
    cancelled: bool,
}

struct Begun {
    original: ProjectId,
    copy: ProjectId,
    /// The copy's record and heads: kept last, and as they were with the photos.
    arrival: Vec<Write>,
    left: VecDeque<Photo>,
    blocks_done: usize,
    progress: Progress,
}

impl Duplicating {
    pub(super) fn new(run: RunId, name: String) -> Self {
        Self { run, name, begun: None, cancelled: false }
    }

    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Some photos more, some pools, or the change to the copy.
    ///
    /// # Errors
    /// When the store fails; the project that is open stays as it is.
    pub(super) async fn step_duplicating(&mut self, job: &mut Duplicating) -> Result<Step, Failure> {
        let step = if job.cancelled { Ok(Step::End(Outcome::Cancelled)) } else { self.go_on_duplicating(job).await };
        self.without_leftovers(job.begun.is_some(), step).await
    }

    async fn go_on_duplicating(&mut self, job: &mut Duplicating) -> Result<Step, Failure> {
        let begun = match &mut job.begun {
            Some(begun) => begun,
            None => job.begun.insert(Box::new(self.begin_duplicating(job.name.clone()).await?)),
        };
        if let Some(writes) = self.next_of_copy(begun).await? {
            self.store.commit(writes).await?;
            self.emit(Event::Progressed { run: job.run, progress: begun.progress });
            return Ok(Step::More);
        }
        let writes = std::mem::take(&mut begun.arrival);
        self.arrive(job.run, begun.copy, writes).await
    }

    async fn begin_duplicating(&mut self, name: String) -> Result<Begun, Failure> {
        let id = self.expect_project().await?;
        let created_ms = self.now_ms();
        let session = self.session()?;
        let copy = Project { id, name, created_ms, ..session.project_to_copy() };
        let heads = session.shelf.all().map(|kept| (kept.view.clone(), head::file::write(&kept.head)));
        let left: VecDeque<Photo> = session.photos.values().cloned().collect();
        let total = u32::try_from(left.len()).unwrap_or(u32::MAX);
        Ok(Begun {
            original: session.project.id,
            copy: id,
            arrival: arrival(&copy, heads),
            left,
            blocks_done: 0,
            progress: Progress { total, ..Progress::default() },
        })
    }

    /// What is copied next; none when everything is.
    async fn next_of_copy(&mut self, begun: &mut Begun) -> Result<Option<Vec<Write>>, Failure> {
        if begun.left.is_empty() {
            let block = self.session()?.features.copy_block(begun.blocks_done, begun.copy);
            begun.blocks_done += 1;
            return Ok(block.map(|write| vec![write]));
        }
        let mut writes = Vec::new();
        for photo in begun.left.drain(..AT_ONCE.min(begun.left.len())) {
            let [from, to] = [begun.original, begun.copy].map(|project| keys::photo(project, photo.id));
            for table in [Table::Copies, Table::Thumbs] {
                let picture = self.store.get(table, &from).await?;
                writes.extend(picture.map(|jpeg| Write::Put(table, to.clone(), jpeg)));
            }
            writes.push(Write::Put(Table::Photos, to, json(&photo)));
            begun.progress.done += 1;
        }
        Ok(Some(writes))
    }
}
