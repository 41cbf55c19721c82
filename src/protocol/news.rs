//! What happened to the history of a project.

use crate::dataset::Deed;
use serde::{Deserialize, Serialize};

/// What happened to what can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The project was opened with it.
    Opened,
    /// Something was done.
    Done(Deed),
    /// It was taken back.
    Undone(Deed),
    /// It was made again.
    Redone(Deed),
    /// The trash was emptied: nothing can be taken back any more.
    Forgotten,
}
