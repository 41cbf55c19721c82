//! What is left of projects whose opening did not come to its end: listed before the first photo is kept, and cleared at the
//! next start if not before.

use crate::{
    dataset::{PhotoId, ProjectId},
    engine::{
        Engine, PhotoSource,
        session::{parse, purge},
    },
    protocol::Failure,
    store::{Store, Table, Write, keys},
};
use serde::{Deserialize, Serialize};

/// The photos that may have been kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Leftover {
    pub(super) photos: Vec<PhotoId>,
}

/// The writes that clear all of it.
///
/// # Errors
/// When the store fails.
pub(in crate::engine) async fn leftovers(store: &impl Store) -> Result<Vec<Write>, Failure> {
    let mut writes = Vec::new();
    for (key, bytes) in store.scan(Table::Projects, keys::LEFTOVERS).await? {
        if let Some(project) = keys::last_number(&key).map(ProjectId) {
            let leftover: Leftover = parse(&bytes)?;
            for photo in leftover.photos {
                writes.extend(purge(project, photo));
            }
        }
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
