//! One request as the browser recorded it: plain data, told by workers and counted by the page.

use serde::{Deserialize, Serialize};

/// A request of the page or of one of its workers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Where it went.
    pub address: String,
    /// Whether it was a part of the app on its way: asked before the page or the worker was ready.
    pub loading: bool,
}
