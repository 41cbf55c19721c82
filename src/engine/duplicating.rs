//! Copies the project, as it was when that began, beside the others; then, in one commit, the copy is one of them and the one that
//! is opened.

use super::{Engine, PhotoSource, Step, session::json};
use crate::{
    dataset::{Photo, Project, Steps},
    head,
    protocol::{Event, Failure, Outcome, Progress, RunId},
    store::{Store, Table, Write, keys},
};
use std::collections::VecDeque;

/// Photos in one step: enough for speed, few enough to stop at once.
const AT_ONCE: usize = 8;

/// A project that is copied.
pub(super) struct Duplicating {
    pub(super) run: RunId,
    name: String,
    begun: Option<Box<Begun>>,
    cancelled: bool,
}

struct Begun {
    original: Project,
    /// The copy's record.
    copy: Project,
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
        if let (Some(_), Err(_) | Ok(Step::End(_))) = (&job.begun, &step) {
            // If this fails too, the next start does it.
            let _ = self.clear_leftovers().await;
        }
        step
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
        let mut writes = vec![
            Write::Put(Table::Projects, keys::project(begun.copy.id), json(&begun.copy)),
            Write::Delete(Table::Projects, keys::leftover(begun.copy.id)),
        ];
        for kept in self.session()?.shelf.all() {
            let key = keys::head(begun.copy.id, kept.view.id);
            writes.push(Write::Put(Table::Heads, key.clone(), json(&kept.view)));
            writes.push(Write::Put(Table::HeadFiles, key, head::file::write(&kept.head)));
        }
        self.close_for(begun.copy.id, writes).await?;
        if let Err(failure) = self.open(job.run).await {
            self.emit(Event::Failed { run: None, failure });
        }
        Ok(Step::HandedOn)
    }

    async fn begin_duplicating(&mut self, name: String) -> Result<Begun, Failure> {
        self.clear_leftovers().await?;
        let id = self.next_project().await?;
        self.store.commit(vec![Write::Put(Table::Projects, keys::leftover(id), Vec::new())]).await?;
        let created_ms = self.now_ms();
        let session = self.session()?;
        let original = session.project.clone();
        let copy = Project { id, name, created_ms, steps: Steps::default(), ..original.clone() };
        let left: VecDeque<Photo> = session.photos.values().cloned().collect();
        let total = u32::try_from(left.len()).unwrap_or(u32::MAX);
        Ok(Begun { original, copy, left, blocks_done: 0, progress: Progress { total, ..Progress::default() } })
    }

    /// What is copied next; none when everything is.
    async fn next_of_copy(&mut self, begun: &mut Begun) -> Result<Option<Vec<Write>>, Failure> {
        if begun.left.is_empty() {
            let block = self.session()?.features.copy_block(begun.blocks_done, begun.copy.id);
            begun.blocks_done += 1;
            return Ok(block.map(|write| vec![write]));
        }
        let mut writes = Vec::new();
        for photo in begun.left.drain(..AT_ONCE.min(begun.left.len())) {
            let [from, to] = [begun.original.id, begun.copy.id].map(|project| keys::photo(project, photo.id));
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
