//! How the instant head grows with the photos, as the engine told it last.

use super::State;
use crate::protocol::{LearningCurve, Missed};

/// Which network the heads of a curve stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// The one that is used.
    Ready,
    /// The same with random weights.
    Random,
}

/// The curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Learning {
    /// Of the network that is used; none where there are too few photos.
    pub ready: Option<LearningCurve>,
    /// Of the same network with random weights, once it was asked for.
    pub random: Option<LearningCurve>,
    /// Whether the first of them is of the photos as they are now.
    pub current: bool,
}

/// What the ready-made network's knowledge brings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadStart {
    /// Photos of each class that both have seen.
    pub photos: f64,
    /// Share of right answers on it, 0..1.
    pub ready: f64,
    /// Share of right answers on random weights, 0..1.
    pub random: f64,
}

impl Learning {
    /// The curve of a network.
    pub fn curve(&self, network: Network) -> Option<&LearningCurve> {
        match network {
            Network::Ready => self.ready.as_ref(),
            Network::Random => self.random.as_ref(),
        }
    }

    /// Both networks at the most photos that the random one has seen.
    pub fn head_start(&self) -> Option<HeadStart> {
        let last = self.random.as_ref()?.points.last()?;
        let ready = accuracy_at(self.ready.as_ref()?, last.photos)?;
        Some(HeadStart { photos: last.photos, ready, random: last.accuracy })
    }
}

/// The share of right answers between two points, straight in the logarithm of the photos.
fn accuracy_at(curve: &LearningCurve, photos: f64) -> Option<f64> {
    let points = &curve.points;
    let above = points.iter().position(|point| point.photos >= photos).unwrap_or(points.len());
    let (before, after) = (points.get(above.saturating_sub(1))?, points.get(above).or(points.last())?);
    let way = (after.photos / before.photos).ln();
    let part = if way > 0.0 { ((photos / before.photos).ln() / way).clamp(0.0, 1.0) } else { 0.0 };
    Some(before.accuracy + part * (after.accuracy - before.accuracy))
}

impl State {
    /// Photos that the heads of a point answered wrong and that are still in their class, by the number of the point.
    pub fn missed(&self, network: Network, at: usize) -> Vec<Missed> {
        let point = self.learning.curve(network).and_then(|curve| curve.points.get(at));
        let is_there = |missed: &&Missed| self.still(missed.photo, missed.class);
        point.map(|point| point.missed.iter().filter(is_there).copied().collect()).unwrap_or_default()
    }
}
