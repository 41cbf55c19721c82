//! How the instant head grows with the photos.

use crate::{
    dataset::{ClassId, PhotoId},
    metrics::Interval,
};
use serde::{Deserialize, Serialize};

/// Right answers by photos of each class.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LearningCurve {
    /// What was measured, the fewest photos first.
    pub points: Vec<SizePoint>,
    /// The line from the last point on, as far again as there are photos; empty where nothing can be said.
    pub line: Vec<LinePoint>,
    /// What more photos would bring.
    pub outlook: Outlook,
}

/// Heads that learned from so many photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SizePoint {
    /// Photos of each class, on average.
    pub photos: f64,
    /// Share of right answers on photos that share no burst with those, 0..1.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Photos that were answered wrong, once each.
    pub missed: Vec<Missed>,
}

/// A photo that a head answered wrong.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Missed {
    /// Which photo.
    pub photo: PhotoId,
    /// The class it is in.
    pub class: ClassId,
    /// The class that was answered.
    pub answer: ClassId,
    /// Calibrated probability of the answer, 0..1.
    pub probability: f32,
}

/// A point of the line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LinePoint {
    /// Photos of each class.
    pub photos: f64,
    /// Share of right answers to expect, 0..1.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// What more photos of each class would bring.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outlook {
    /// There are too few photos to say anything.
    #[default]
    TooFew,
    /// The photos leave open whether they would bring nothing or a lot.
    Unclear {
        /// How many more of each class are spoken of.
        more: u32,
        /// The share of right answers then, with 95 % certainty.
        interval: Interval,
    },
    /// Next to nothing.
    Flat {
        /// How many more of each class are spoken of.
        more: u32,
        /// The share of right answers to expect then, 0..1.
        expected: f64,
        /// With 95 % certainty.
        interval: Interval,
    },
    /// So much.
    Gain {
        /// How many more of each class.
        more: u32,
        /// The share of right answers to expect then, 0..1.
        expected: f64,
        /// With 95 % certainty.
        interval: Interval,
    },
}
