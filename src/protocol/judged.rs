//! What the engine finds out about the photos of the project.

use crate::dataset::{ClassId, PhotoId};
use serde::{Deserialize, Serialize};

/// What the instant head says of a photo of the project when it is fitted without that photo and its burst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// Which photo.
    pub photo: PhotoId,
    /// The class it is in.
    pub class: ClassId,
    /// The class it is most probably in, as the head sees it.
    pub answer: ClassId,
    /// Calibrated probability of the answer, 0..1.
    pub probability: f32,
    /// Calibrated probability of the class it is in, 0..1.
    pub own: f32,
    /// Probability of the answer before it was calibrated, at temperature 1, 0..1.
    pub plain: f32,
    /// Its burst: photos of one scene have the same number.
    pub burst: u32,
}

/// A photo, or two, that are worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Which photo.
    pub photo: PhotoId,
    /// What is the matter.
    pub kind: FindingKind,
}

/// What is the matter with a photo.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// It is in one class and looks like another.
    LooksLike {
        /// The other class.
        class: ClassId,
        /// Its calibrated probability, 0..1.
        probability: f32,
    },
    /// Nearly the same photo is in another class: one of the two is wrong.
    TwinElsewhere {
        /// The other photo.
        other: PhotoId,
    },
    /// Nearly the same photo is in the same class: it teaches nothing new.
    Twin {
        /// The other photo.
        other: PhotoId,
    },
    /// It is far from every class.
    Outlier,
    /// It came out badly.
    Flaw(Flaw),
}

/// How a photo can have come out badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Flaw {
    /// Nothing in it is sharp.
    Blurred,
    /// Hardly anything can be seen.
    Dark,
    /// It has fewer pixels than the network looks at.
    Tiny,
}
