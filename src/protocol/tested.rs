//! How a head does on the test set.

use super::Score;
use crate::dataset::{ClassId, HeadId, PhotoId};
use serde::{Deserialize, Serialize};

/// What the head that answers says of the test set, all of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TestReport {
    /// The head; none while there is none.
    pub head: Option<HeadId>,
    /// Its score; none without a photo that it could be asked about.
    pub score: Option<Score>,
    /// What it says of each of these photos.
    pub judged: Vec<TestJudged>,
    /// Photos of classes that the head does not know; they are left out.
    pub not_known: u32,
    /// Photos nearly the same as one that teaches: they flatter the head.
    #[serde(default)]
    pub copies: Vec<PhotoId>,
}

/// What a head says of a photo of the test set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestJudged {
    /// Which photo.
    pub photo: PhotoId,
    /// The class it is in.
    pub class: ClassId,
    /// The class of the head that it most probably shows.
    pub answer: String,
    /// Whether the two are the same.
    pub right: bool,
    /// Calibrated probability of the answer, 0..1.
    pub probability: f32,
}
