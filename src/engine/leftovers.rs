//! What is left of projects that were not opened or copied to their end: noted before the first photo is kept, and cleared at the next
//! start if not before.

use super::{Engine, PhotoSource, projects};
use crate::{
    dataset::ProjectId,
    protocol::Failure,
    store::{Store, Table, Write, keys},
};

/// The writes that clear all of it.
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

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Clears it now.
    pub(super) async fn clear_leftovers(&mut self) -> Result<(), Failure> {
        let writes = leftovers(&self.store).await?;
        if !writes.is_empty() {
            self.store.commit(writes).await?;
        }
        Ok(())
    }
}
