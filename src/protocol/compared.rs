//! What two heads say of the same photos.

use super::FileRef;
use crate::dataset::PhotoId;
use serde::{Deserialize, Serialize};

/// A photo that two heads answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// Which one.
    pub photo: ComparedPhoto,
    /// The class that it is known to show: a test photo's own, or the one that its folder names. None where neither head has
    /// that class.
    pub label: Option<String>,
    /// What each head says, in the order of the request.
    pub answers: [HeadAnswer; 2],
}

/// A photo that belongs to no class, or to the test set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ComparedPhoto {
    /// One that the page asked about.
    Asked(FileRef),
    /// One of the test set.
    Test(PhotoId),
}

/// What a head says of a photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadAnswer {
    /// The most probable class.
    pub class: String,
    /// Its calibrated probability, 0..1.
    pub probability: f32,
    /// Whether the photo is like none of the head's classes.
    pub unknown: bool,
}
