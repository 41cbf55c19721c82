//! Where the head looks.

use crate::metrics::Interval;
use serde::{Deserialize, Serialize};

/// What each place of a photo adds to the score of a class. The square is the one that the network sees: the middle 7/8 of the
/// photo's shorter side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// Places along a side.
    pub side: u32,
    /// Row by row, [side, side]: above 0 it speaks for the class, below 0 against it. They add up to the logit of the class
    /// minus the mean logit of the others.
    pub values: Vec<f32>,
}

/// A share of right answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// 0..1.
    pub accuracy: f64,
    /// Its 95 % interval, photos of a burst counting as one draw.
    pub interval: Interval,
}

/// How much a head still knows with half of each photo hidden.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct BorderTest {
    /// Photos that were judged, each by a head that had not seen its burst.
    pub photos: u32,
    /// The share that always answering the largest class would get, 0..1.
    pub guessing: f64,
    /// With the whole photo to be seen.
    pub whole: Share,
    /// With the border hidden: by the things alone.
    pub border_hidden: Share,
    /// With the centre hidden: by what lies around them.
    pub centre_hidden: Share,
    /// What that says.
    pub verdict: BorderVerdict,
}

/// What the two halves say of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BorderVerdict {
    /// It looks at the things.
    Things,
    /// It may have learnt the background.
    Background,
    /// Either half is enough.
    Either,
    /// Neither half is enough.
    NeedsBoth,
    /// With the whole photo it is hardly better than guessing.
    KnowsLittle,
}
