//! Answers that a head promises: they tell a reader that computes something else.

use super::Head;
use crate::protocol::Failure;
use serde::{Deserialize, Serialize};

/// The pattern that heads are tested with, see [`pattern_1`].
const PATTERN_1: &str = "pattern:1";

/// Error that is allowed, as a share of the largest logit. Half precision rounds each of the 6,560 products by at most
/// 1/2048; they cancel to far less.
const TOLERANCE: f32 = 0.01;

/// Logits that a head must give for generated pools.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SelfTest {
    /// Name of the pattern that stands for the pools.
    pub input: String,
    /// What the head answers, one logit a class.
    pub logits: Vec<f32>,
    /// Largest error of a logit.
    pub tolerance: f32,
}

impl SelfTest {
    /// The test that this head passes.
    pub fn of(head: &Head) -> Self {
        let logits = head.logits(&pattern_1(head.backbone.dim));
        let largest = logits.iter().fold(1.0, |largest: f32, logit| largest.max(logit.abs()));
        Self { input: PATTERN_1.to_owned(), logits, tolerance: TOLERANCE * largest }
    }

    /// Runs the test. A pattern that this version does not know promises nothing.
    ///
    /// # Errors
    /// [`Failure::HeadSelfTest`] where the head answers otherwise.
    pub(super) fn run(&self, head: &Head) -> Result<(), Failure> {
        if self.input != PATTERN_1 {
            return Ok(());
        }
        let logits = head.logits(&pattern_1(head.backbone.dim));
        let near = |(a, b): (&f32, &f32)| (a - b).abs() <= self.tolerance;
        let right = logits.len() == self.logits.len() && logits.iter().zip(&self.logits).all(near);
        if right { Ok(()) } else { Err(Failure::HeadSelfTest) }
    }
}

/// `pattern:1`: number `i` of the pools is `1 + ((i · 2654435761 mod 2³²) >> 9) / 2²³`, exact in f32. All numbers are of one
/// size, so that no weight is left untested.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "modulo 2³² is meant; 23 bits fit a f32"
)]
fn pattern_1(dim: usize) -> Vec<f32> {
    (0..dim).map(|at| 1.0 + ((at as u32).wrapping_mul(2_654_435_761) >> 9) as f32 / 8_388_608.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_is_the_documented_one() {
        // python3: [1 + ((i * 2654435761 % 2**32) >> 9) / 2**23 for i in range(4)]
        let documented = [1.0, 1.618_033_885_955_810_5, 1.236_067_891_120_910_6, 1.854_101_896_286_010_7];
        let pattern: Vec<f64> = pattern_1(4).into_iter().map(f64::from).collect();
        assert_eq!(pattern, documented);
    }
}
