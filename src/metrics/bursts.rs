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
    let mut score = score(ScoreProtocol::LeaveOneBurstOut, truth, answers, classes);
    let mut counts = BTreeMap::<u32, (u32, u32)>::new();
    for ((label, answer), &burst) in truth.iter().zip(answers).zip(bursts) {
        let (right, photos) = counts.entry(burst).or_default();
        *right += u32::from(label == answer);
        *photos += 1;
    }
    let counts: Vec<(u32, u32)> = counts.into_values().collect();
    score.bursts = u32::try_from(counts.len()).ok();
    let accuracy = score.accuracy;
    // All right, or all wrong: every resample is the same and says nothing; then each burst counts as one photo.
    let alike = accuracy == 0.0 || accuracy == 1.0;
    let independent = match score.bursts {
        Some(bursts) if alike => wilson(if accuracy == 1.0 { bursts } else { 0 }, bursts),
        _ => score.interval,
    };
    score.interval = widened(independent, bootstrap(&counts), accuracy);
    score
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
    let mut shares: Vec<f64> = (0..RESAMPLES).map(|_| resample()).collect();
    shares.sort_by(f64::total_cmp);
    Interval { low: shares[RESAMPLES / 40], high: shares[RESAMPLES - 1 - RESAMPLES / 40] }
}

/// Never narrower than for photos that have nothing to do with each other.
fn widened(independent: Interval, bursts: Interval, accuracy: f64) -> Interval {
    Interval {
        low: independent.low.min(bursts.low).min(accuracy),
        high: independent.high.max(bursts.high).max(accuracy),
    }
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
    fn without_a_mistake_it_is_still_not_certain() {
        let score = score_of(0, &[0; 20]);
        assert_eq!((score.accuracy, score.interval.high), (1.0, 1.0));
        assert_eq!(score.interval, wilson(1, 1));
        assert_eq!(burst_score(&[], &[], &[], 2).interval, wilson(0, 0));
    }
}
