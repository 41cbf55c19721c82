//! From a photo's pools to ranked classes with probabilities.

use crate::{
    head::{Head, Transform},
    protocol::Ranked,
};

/// The most probable classes of a photo, at most `most`, from its pools, [6560]. Classes of equal probability stay in the
/// head's order.
pub fn rank(head: &Head, pools: &[f32], most: usize) -> Vec<Ranked> {
    let probabilities = softmax(&head.logits(pools), head.temperature);
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]));
    let ranked = |index: usize| Ranked {
        index: u32::try_from(index).expect("a head has few classes"),
        name: head.classes[index].name.clone(),
        probability: probabilities[index],
    };
    order.into_iter().take(most).map(ranked).collect()
}

/// Whether a photo is like none of the head's classes, from its pools, [6560]. A head that cannot tell says no.
pub fn is_unknown(head: &Head, pools: &[f32]) -> bool {
    head.unknown.as_ref().is_some_and(|unknown| unknown.is_unknown(&Transform::wide().apply(pools)))
}

/// Calibrated probabilities of logits.
fn softmax(logits: &[f32], temperature: f32) -> Vec<f32> {
    let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let weights: Vec<f64> =
        logits.iter().map(|logit| (f64::from(logit - largest) / f64::from(temperature)).exp()).collect();
    let sum: f64 = weights.iter().sum();
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let probabilities = weights.iter().map(|weight| (weight / sum) as f32).collect();
    probabilities
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_add_up_and_follow_the_temperature() {
        for temperature in [0.01, 1.0, 100.0] {
            let sum: f32 = softmax(&[1000.0, -1000.0, 3.0], temperature).iter().sum();
            assert!((sum - 1.0).abs() < 1e-6);
        }
        let odds = |temperature| {
            let both = softmax(&[2.0, 0.0], temperature);
            both[0] / both[1]
        };
        assert!((odds(1.0) - 2f32.exp()).abs() < 1e-3);
        assert!((odds(2.0) - 1f32.exp()).abs() < 1e-3);
    }
}
