//! What the page shows of a head and of its training.

use crate::{dataset::HeadId, metrics::Interval};
use serde::{Deserialize, Serialize};

/// One point of the training curves. Losses are of the probabilities that a person would see, at the temperature that the
/// held-back photos ask for.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Gradient steps so far.
    pub step: u32,
    /// Mean cross-entropy on the photos trained on, nats.
    pub train_loss: f32,
    /// Share of right answers on the photos trained on, 0..1.
    pub train_accuracy: f32,
    /// Mean cross-entropy on the held-back photos, nats.
    pub valid_loss: f32,
    /// Share of right answers on the held-back photos, 0..1.
    pub valid_accuracy: f32,
}

/// How a score was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScoreProtocol {
    /// On a fifth of the photos that the head was not trained on; photos of one burst stay on one side.
    HeldBack,
    /// On every photo, by a head that saw neither it nor the other photos of its burst.
    LeaveOneBurstOut,
    /// On photos that a person set aside to judge.
    TestSet,
}

/// An honest estimate of how a head does on new photos.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// How it was measured.
    pub protocol: ScoreProtocol,
    /// Share of right answers, 0..1.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: Interval,
    /// Mean over the classes of the share of right answers, 0..1: every class weighs alike.
    #[serde(default)]
    pub balanced_accuracy: Option<f64>,
    /// Photos it was measured on.
    pub photos: u32,
    /// Bursts these photos fall into.
    #[serde(default)]
    pub bursts: Option<u32>,
    /// Share that always answering the largest class would get, 0..1.
    pub baseline: f64,
    /// For each class of the head: the share of its held-back photos that were found.
    pub per_class: Vec<ClassScore>,
}

/// One class of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClassScore {
    /// Held-back photos of the class.
    pub photos: u32,
    /// Those answered right.
    pub right: u32,
    /// 95 % interval of the share.
    pub interval: Interval,
}

/// A class of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadClass {
    /// Its name.
    pub name: String,
    /// Photos it was trained on.
    pub count: u32,
}

/// Where a head came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeadOrigin {
    /// Fitted in closed form as photos arrived.
    Instant,
    /// Trained here.
    Trained,
    /// Opened from a file.
    Opened,
}

/// What the page shows of a head.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadView {
    /// Which head.
    pub id: HeadId,
    /// Where it came from.
    pub origin: HeadOrigin,
    /// The name of the file that it was opened from.
    #[serde(default)]
    pub name: String,
    /// Its classes, in the order of its outputs.
    pub classes: Vec<HeadClass>,
    /// Its score, where the maker measured one.
    pub score: Option<Score>,
    /// Numbers a photo that it looks at.
    pub dim: u32,
    /// Size of its file.
    pub file_bytes: u64,
    /// What of it tells photos like none of the classes.
    #[serde(default)]
    pub unknown_bytes: u64,
    /// Of a trained head: the share of right answers, 0..1, that the instant head had on the photos of its score, each
    /// judged without its burst.
    #[serde(default)]
    pub instant_accuracy: Option<f64>,
    /// When it was made, as in the file: `YYYY-MM-DDTHH:MM:SSZ`.
    pub created: String,
    /// What was trained, in words of the field, such as `softmax`.
    pub method: String,
    /// The curves of its training, where it was trained here.
    pub curve: Vec<CurvePoint>,
    /// The step of the curve that was kept.
    pub kept_step: u32,
    /// How long its training took.
    pub trained_ms: u32,
    /// Whether training was stopped by the person.
    pub cancelled: bool,
}

/// The instant head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InstantState {
    /// There is none: fewer than two classes have photos.
    #[default]
    None,
    /// Photos or classes have changed, and it is being fitted to them; the one from before answers meanwhile.
    Fitting,
    /// It is fitted to all photos.
    Ready,
}
