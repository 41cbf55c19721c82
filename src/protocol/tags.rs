//! How a head does on the photos of each tag.

use crate::metrics::OfTag;
use serde::{Deserialize, Serialize};

/// What the instant head does on photos of different places, cameras and people, each photo judged without its burst.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TagReport {
    /// The tags, by name.
    pub tags: Vec<TagScore>,
    /// The one with the largest gap of those that are larger than chance, by its place.
    pub largest: Option<usize>,
}

/// One tag.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TagScore {
    /// What it says.
    pub tag: String,
    /// How the head does on the photos that have it.
    pub of: OfTag,
}
