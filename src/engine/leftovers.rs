//! A project that comes to stand beside the others, by a copy or from a file. Its number is noted before its first photo is kept; one
//! commit makes it a project, and the one that is open. What is left of one that did not come so far is cleared, at the next start
//! if not before.

use super::{Engine, PhotoSource, Step, projects, session::json, shelf::head_writes};
use crate::{
    dataset::{Project, ProjectId},
    protocol::{Event, Failure, HeadView, RunId},
    store::{Store, Table, Write, keys},
};

/// Photos that are kept in one step: enough for speed, few enough to stop at once.
pub(super) const AT_ONCE: usize = 8;

/// The writes that clear all leftovers.
///
/// # Errors
/// When the store fails.
pub(super) async fn leftovers(store: &impl Store) -> Result<Vec<Write>, Failure> {
    let mut writes = Vec::new();
    for (key, _) in store.scan(Table::Projects, keys::LEFTOVERS).await? {
        writes.extend(keys::last_number(&key).map(ProjectId).into_iter().flat_map(projects::purge));
        writes.push(Write::Delete(Table::Projects, key));
    }
    Ok(writes)
}

/// The writes by which a project is one, with its heads and their files.
pub(super) fn arrival(project: &Project, heads: impl IntoIterator<Item = (HeadView, Vec<u8>)>) -> Vec<Write> {
    let mut writes = vec![
        Write::Put(Table::Projects, keys::project(project.id), json(project)),
        Write::Delete(Table::Projects, keys::leftover(project.id)),
    ];
    writes.extend(heads.into_iter().flat_map(|(view, file)| head_writes(project.id, &view, file)));
    writes
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Notes that a project is coming, and gives its number.
    ///
    /// # Errors
    /// When the store fails.
    pub(super) async fn expect_project(&mut self) -> Result<ProjectId, Failure> {
        self.clear_leftovers().await?;
        let id = self.next_project().await?;
        self.store.commit(vec![Write::Put(Table::Projects, keys::leftover(id), Vec::new())]).await?;
        Ok(id)
    }

    /// What a step came to; if it was the end of a project that was expected, nothing is left of it.
    pub(super) async fn without_leftovers(
        &mut self,
        was_expected: bool,
        step: Result<Step, Failure>,
    ) -> Result<Step, Failure> {
        if let (true, Err(_) | Ok(Step::End(_))) = (was_expected, &step) {
            // If this fails too, the next start does it.
            let _ = self.clear_leftovers().await;
        }
        step
    }

    /// Goes to the project that has come. The same run goes on with what its photos are for the network.
    ///
    /// # Errors
    /// When the store fails; then the project that was open is still the one that is.
    pub(super) async fn arrive(&mut self, run: RunId, project: ProjectId, writes: Vec<Write>) -> Result<Step, Failure> {
        self.close_for(project, writes).await?;
        if let Err(failure) = self.open(run).await {
            self.emit(Event::Failed { run: None, failure });
        }
        Ok(Step::HandedOn)
    }

    async fn clear_leftovers(&mut self) -> Result<(), Failure> {
        let writes = leftovers(&self.store).await?;
        if !writes.is_empty() {
            self.store.commit(writes).await?;
        }
        Ok(())
    }
}
