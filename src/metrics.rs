//! Accuracy and its uncertainty: numbers in, numbers out.

use crate::protocol::{ClassScore, Score, ScoreProtocol};
use serde::{Deserialize, Serialize};

/// A range that holds the true value in 95 of 100 cases, both ends 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The 95 % interval of a share, after Wilson (1927), which stays inside 0..1 and is honest for few photos.
///
/// Without any photo it is the whole range.
pub fn wilson(right: u32, photos: u32) -> Interval {
    /// Two-sided 95 % quantile of the normal distribution.
    const Z: f64 = 1.959_963_984_540_054;
    if photos == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let n = f64::from(photos);
    let share = f64::from(right) / n;
    let centre = share + Z * Z / (2.0 * n);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    Interval { low: ((centre - spread) / scale).max(0.0), high: ((centre + spread) / scale).min(1.0) }
}

/// Share of answers that are right, 0..1; 0 without photos.
pub fn accuracy(truth: &[usize], answers: &[usize]) -> f64 {
    share(right(truth, answers), count(truth.len()))
}

/// The score of a head from the classes of held-back photos and its answers for them.
///
/// `truth[i]` and `answers[i]`, both under `classes`, belong to photo `i`.
pub fn held_back_score(truth: &[usize], answers: &[usize], classes: usize) -> Score {
    let of_class = |class: usize| {
        let found = truth.iter().zip(answers).filter(|&(&label, &answer)| label == class && answer == class).count();
        let photos = count(truth.iter().filter(|&&label| label == class).count());
        ClassScore { photos, right: count(found), interval: wilson(count(found), photos) }
    };
    let per_class: Vec<ClassScore> = (0..classes).map(of_class).collect();
    let (right, photos) = (right(truth, answers), count(truth.len()));
    Score {
        protocol: ScoreProtocol::HeldBack,
        accuracy: share(right, photos),
        interval: wilson(right, photos),
        photos,
        baseline: share(per_class.iter().map(|class| class.photos).max().unwrap_or(0), photos),
        per_class,
    }
}

fn right(truth: &[usize], answers: &[usize]) -> u32 {
    count(truth.iter().zip(answers).filter(|(label, answer)| label == answer).count())
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("fewer photos than u32")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_published_values() {
        // Newcombe (1998), table I, method 3.
        let published =
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)];
        for (right, photos, low, high) in published {
            let interval = wilson(right, photos);
            assert!((interval.low - low).abs() < 5e-5, "{interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{interval:?}");
        }
    }

    #[test]
    fn without_photos_anything_is_possible() {
        assert_eq!(wilson(0, 0), Interval { low: 0.0, high: 1.0 });
    }

    #[test]
    fn a_score_counts_right_answers_of_each_class() {
        let score = held_back_score(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 2], 3);
        assert_eq!((score.accuracy, score.photos, score.baseline), (0.6, 5, 0.6));
        assert_eq!(score.interval, wilson(3, 5));
        let counts: Vec<(u32, u32)> = score.per_class.iter().map(|class| (class.right, class.photos)).collect();
        assert_eq!(counts, [(2, 3), (1, 2), (0, 0)]);
        assert_eq!(accuracy(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 2]), 0.6);
    }

    #[test]
    fn a_score_without_photos_says_nothing() {
        let score = held_back_score(&[], &[], 2);
        assert_eq!((score.accuracy, score.interval), (0.0, wilson(0, 0)));
    }
}
