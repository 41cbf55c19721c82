//! How a head does on the photos of each tag.

use crate::metrics::Interval;
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
    /// Judged photos with it,
    pub photos: u32,
    /// those answered right,
    pub right: u32,
    /// and bursts among them.
    pub bursts: u32,
    /// 95 % interval of the share of right answers.
    pub interval: Interval,
    /// Share of right answers on the other photos, 0..1; none where all have the tag.
    pub others: Option<f64>,
    /// Right answers more than the classes of its photos let expect, as a share of its photos; negative for fewer.
    pub lead: f64,
    /// How often chance alone would make as large a gap, corrected for the number of tags; none for too few bursts.
    pub p: Option<f64>,
}
