//! Judges heads by the photos that were held back, and remembers the best.

use super::descent::Heads;
use crate::{
    dataset::Split,
    head::calibrate::{calibrate, cross_entropy},
    protocol::CurvePoint,
};

/// A later head must be better by this much (nats). Small sets have long plateaus: without a margin the rounding of a
/// device would choose among heads of the same worth but different probabilities.
const MARGIN: f64 = 1e-3;

/// The best head so far.
pub(super) struct Best {
    /// Its loss on the held-back photos at its own temperature, nats.
    pub(super) loss: f64,
    /// Gradient steps it took.
    pub(super) step: u32,
    /// Which weight decay.
    pub(super) decay: usize,
    pub(super) temperature: f64,
    /// Its answers for the held-back photos.
    pub(super) answers: Vec<usize>,
    pub(super) heads: Heads,
}

/// Measures all decays at some steps and keeps their curves.
pub(super) struct Selection {
    labels: Vec<usize>,
    classes: usize,
    split: Split,
    /// One curve a decay.
    pub(super) curves: Vec<Vec<CurvePoint>>,
    pub(super) best: Option<Best>,
}

impl Selection {
    pub(super) fn new(labels: Vec<usize>, classes: usize, split: Split, decays: usize) -> Self {
        Self { labels, classes, split, curves: vec![Vec::new(); decays], best: None }
    }

    /// Judges the heads of one step by their logits, [photos, decays, classes]; `keep` hands the heads over where one of
    /// them is the best so far. Tells the point of the best decay at this step.
    ///
    /// The held-back loss is taken at each head's own temperature: the temperature is fitted anyway, and without it a head
    /// that has the better order but is too sure of itself would lose.
    pub(super) fn measure(&mut self, step: u32, logits: &[f32], may_keep: bool, heads: &Heads) -> CurvePoint {
        let mut now: Option<(f64, CurvePoint)> = None;
        for decay in 0..self.curves.len() {
            let found = calibrate(&self.rows(logits, decay, &self.split.valid), &self.truth(), self.classes);
            let judge = |photos| self.judge(logits, decay, found.temperature, photos);
            let (train_loss, train_accuracy, _) = judge(&self.split.train);
            let (valid_loss, valid_accuracy, answers) = judge(&self.split.valid);
            let point = CurvePoint { step, train_loss, train_accuracy, valid_loss, valid_accuracy };
            self.curves[decay].push(point);
            if now.is_none_or(|(loss, _)| found.loss < loss - MARGIN) {
                now = Some((found.loss, point));
            }
            if may_keep && self.best.as_ref().is_none_or(|best| found.loss < best.loss - MARGIN) {
                let (loss, temperature, heads) = (found.loss, found.temperature, heads.clone());
                self.best = Some(Best { loss, step, decay, temperature, answers, heads });
            }
        }
        now.expect("there is at least one decay").1
    }

    /// The held-back photos.
    pub(super) fn valid(&self) -> &[usize] {
        &self.split.valid
    }

    /// The classes of the held-back photos.
    pub(super) fn truth(&self) -> Vec<usize> {
        self.split.valid.iter().map(|&photo| self.labels[photo]).collect()
    }

    /// Mean cross-entropy at a temperature, share of right answers, and the answers of some photos.
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    fn judge(&self, logits: &[f32], decay: usize, temperature: f64, photos: &[usize]) -> (f32, f32, Vec<usize>) {
        let rows = self.rows(logits, decay, photos);
        let (mut loss, mut right, mut answers) = (0.0, 0.0, Vec::with_capacity(photos.len()));
        for (row, &photo) in rows.chunks_exact(self.classes).zip(photos) {
            let label = self.labels[photo];
            let answer = largest(row);
            loss += cross_entropy(row, label, temperature);
            right += f64::from(u8::from(answer == label));
            answers.push(answer);
        }
        let count = photos.len() as f64;
        ((loss / count) as f32, (right / count) as f32, answers)
    }

    /// The logits of some photos under one decay, [photos, classes].
    fn rows(&self, logits: &[f32], decay: usize, photos: &[usize]) -> Vec<f64> {
        let decays = self.curves.len();
        let row = |&photo: &usize| {
            let start = (photo * decays + decay) * self.classes;
            logits[start..start + self.classes].iter().map(|&logit| f64::from(logit))
        };
        photos.iter().flat_map(row).collect()
    }
}

/// Index of the largest number, the first of equals.
fn largest(row: &[f64]) -> usize {
    (1..row.len()).fold(0, |best, at| if row[at] > row[best] { at } else { best })
}
