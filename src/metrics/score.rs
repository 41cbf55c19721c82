//! The score of a head.

use super::{share, wilson};
use crate::protocol::{ClassScore, Score, ScoreProtocol};

/// The score of a head from the classes of held-back photos and its answers for them.
///
/// `truth[i]` and `answers[i]`, both under `classes`, belong to photo `i`.
pub fn held_back_score(truth: &[usize], answers: &[usize], classes: usize) -> Score {
    score(ScoreProtocol::HeldBack, truth, answers, classes)
}

/// A score with the interval of independent photos.
pub(super) fn score(protocol: ScoreProtocol, truth: &[usize], answers: &[usize], classes: usize) -> Score {
    let of_class = |class: usize| {
        let found = truth.iter().zip(answers).filter(|&(&label, &answer)| label == class && answer == class).count();
        let photos = count(truth.iter().filter(|&&label| label == class).count());
        ClassScore { photos, right: count(found), interval: wilson(count(found), photos) }
    };
    let per_class: Vec<ClassScore> = (0..classes).map(of_class).collect();
    let (right, photos) = (right(truth, answers), count(truth.len()));
    Score {
        protocol,
        accuracy: share(right, photos),
        interval: wilson(right, photos),
        balanced_accuracy: balanced_accuracy(&per_class),
        photos,
        bursts: None,
        baseline: share(per_class.iter().map(|class| class.photos).max().unwrap_or(0), photos),
        per_class,
    }
}

/// Mean over the classes that have photos of the share of right answers, 0..1; none without photos.
pub fn balanced_accuracy(per_class: &[ClassScore]) -> Option<f64> {
    let shares: Vec<f64> =
        per_class.iter().filter(|class| class.photos > 0).map(|class| share(class.right, class.photos)).collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / f64::from(count(shares.len())))
}

fn right(truth: &[usize], answers: &[usize]) -> u32 {
    count(truth.iter().zip(answers).filter(|(label, answer)| label == answer).count())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("fewer photos than u32")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_counts_right_answers_of_each_class() {
        let score = held_back_score(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 2], 3);
        assert_eq!((score.accuracy, score.photos, score.baseline), (0.6, 5, 0.6));
        assert_eq!(score.interval, wilson(3, 5));
        let counts: Vec<(u32, u32)> = score.per_class.iter().map(|class| (class.right, class.photos)).collect();
        assert_eq!(counts, [(2, 3), (1, 2), (0, 0)]);
        // Two of three and one of two; the class without photos does not count.
        assert_eq!(score.balanced_accuracy, Some((2.0 / 3.0 + 0.5) / 2.0));
    }

    #[test]
    fn a_score_without_photos_says_nothing() {
        let score = held_back_score(&[], &[], 2);
        assert_eq!((score.accuracy, score.interval), (0.0, wilson(0, 0)));
        assert_eq!(score.balanced_accuracy, None);
    }
}
