//! What a person says of photos beside their class.

use serde::{Deserialize, Serialize};

/// What is said of photos.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// They carry a tag.
    Tag {
        /// The tag.
        tag: String,
    },
    /// They carry a tag no more.
    Untag {
        /// The tag.
        tag: String,
    },
    /// They are kept, but no head learns from them or is judged by them.
    Exclude,
    /// They teach and judge as others do.
    Include,
    /// They show one scene.
    OneScene,
    /// Each shows a scene of its own.
    Alone,
}
