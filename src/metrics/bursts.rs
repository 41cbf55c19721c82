//! Scores from photos that come in bursts: photos of one scene are right or wrong together, so they count as one draw.

use super::{Interval, score::score, wilson};
use crate::{
    dataset::SplitMix64,
    protocol::{Score, ScoreProtocol},
};
use std::collections::BTreeMap;

/// Resamplings of the bootstrap; the ends of the interval are then known to about a tenth of its width.
const RESAMPLES: usize = 1000;
const SEED: u64 = 1;

/// The score of a head from its answers to photos that were left out together with their bursts.
///
/// `truth[i]` and `answers[i]`, both under `classes`, belong to photo `i` of burst `bursts[i]`.
pub fn burst_score(truth: &[usize], answers: &[usize], bursts: &[u32], classes: usize) -> Score {
    scored(ScoreProtocol::LeaveOneBurstOut, truth, answers, bursts, classes)
}

/// The score of a head from its answers to the photos of a test set, none of which it has seen.
///
/// `truth[i]` and `answers[i]`, both under `classes`, belong to photo `i` of burst `bursts[i]`.
pub fn test_score(truth: &[usize], answers: &[usize], bursts: &[u32], classes: usize) -> Score {
    scored(ScoreProtocol::TestSet, truth, answers, bursts, classes)
}

fn scored(protocol: ScoreProtocol, truth: &[usize], answers: &[usize], bursts: &[u32], classes: usize) -> Score {
    let mut score = score(protocol, truth, answers, classes);
    let right = truth.iter().zip(answers).map(|(label, answer)| label == answer);
    let counts = by_burst(bursts.iter().copied().zip(right));
    score.bursts = u32::try_from(counts.len()).ok();
    score.interval = burst_interval(&counts);
    score
}

/// How many photos of each burst were answered right, and how many it has, from its number and the answer of each photo.
pub fn by_burst(photos: impl IntoIterator<Item = (u32, bool)>) -> Vec<(u32, u32)> {
    let mut counts = BTreeMap::<u32, (u32, u32)>::new();
    for (burst, is_right) in photos {
        let (right, photos) = counts.entry(burst).or_default();
        *right += u32::from(is_right);
        *photos += 1;
    }
    counts.into_values().collect()
}

/// The 95 % interval of the share of right answers over bursts, (right, photos) each.
pub fn burst_interval(bursts: &[(u32, u32)]) -> Interval {
    let (right, photos) = bursts.iter().fold((0, 0), |sum, burst| (sum.0 + burst.0, sum.1 + burst.1));
    let count = u32::try_from(bursts.len()).unwrap_or(u32::MAX);
    // All right, or all wrong: every resample is the same and says nothing; then each burst counts as one photo.
    let independent = match right {
        _ if right == photos => wilson(count, count),
        0 => wilson(0, count),
        _ => wilson(right, photos),
    };
    // Never narrower than for photos that have nothing to do with each other.
    independent.widened(bootstrap(bursts), super::share(right, photos))
}

/// The middle 95 % of the accuracies of resampled bursts, (right, photos) each (Efron 1979).
fn bootstrap(bursts: &[(u32, u32)]) -> Interval {
    if bursts.is_empty() {
        return wilson(0, 0);
    }
    let mut random = SplitMix64(SEED);
    let mut resample = || {
        let drawn = (0..bursts.len()).map(|_| bursts[random.below(bursts.len())]);
        let (right, photos) = drawn.fold((0, 0), |sum, burst| (sum.0 + burst.0, sum.1 + burst.1));
        super::share(right, photos)
    };
    Interval::middle((0..RESAMPLES).map(|_| resample()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ten photos each of two classes; the first `wrong` of the first class are answered wrong.
    fn score_of(wrong: usize, bursts: &[u32]) -> Score {
        let truth: Vec<usize> = (0..20).map(|photo| photo / 10).collect();
        let answers: Vec<usize> = (0..20).map(|photo| usize::from(photo < wrong || photo >= 10)).collect();
        burst_score(&truth, &answers, bursts, 2)
    }

    #[test]
    fn photos_alone_have_about_the_interval_of_independent_ones() {
        let alone: Vec<u32> = (0..20).collect();
        let score = score_of(4, &alone);
        assert_eq!((score.accuracy, score.bursts), (0.8, Some(20)));
        let independent = wilson(16, 20);
        assert!(score.interval.low <= independent.low && score.interval.low > independent.low - 0.08, "{score:?}");
    }

    #[test]
    fn bursts_make_the_interval_wider() {
        let alone: Vec<u32> = (0..20).collect();
        let fours: Vec<u32> = (0..20).map(|photo| photo / 4).collect();
        let width = |bursts: &[u32]| score_of(4, bursts).interval.width();
        assert!(width(&fours) > width(&alone) + 0.1, "{} {}", width(&fours), width(&alone));
    }

    #[test]
    fn a_test_set_is_scored_as_bursts_too() {
        let (truth, answers) = ([0, 0, 1, 1, 1, 2], [0, 1, 1, 1, 0, 2]);
        let score = test_score(&truth, &answers, &[0, 0, 1, 2, 2, 3], 4);
        assert_eq!((score.protocol, score.photos, score.bursts), (ScoreProtocol::TestSet, 6, Some(4)));
        assert_eq!(score.accuracy, 4.0 / 6.0);
        // A half, two thirds and all; the class without photos does not count.
        assert!((score.balanced_accuracy.unwrap_or(0.0) - (0.5 + 2.0 / 3.0 + 1.0) / 3.0).abs() < 1e-12);
        assert!(score.interval.low <= wilson(4, 6).low && score.interval.high >= wilson(4, 6).high, "{score:?}");
        assert_eq!(by_burst([(7, true), (3, false), (7, false)]), [(0, 1), (1, 2)]);
    }

    #[test]
    fn without_a_mistake_it_is_still_not_certain() {
        let score = score_of(0, &[0; 20]);
        assert_eq!((score.accuracy, score.interval.high), (1.0, 1.0));
        assert_eq!(score.interval, wilson(1, 1));
        assert_eq!(burst_score(&[], &[], &[], 2).interval, wilson(0, 0));
    }
}
