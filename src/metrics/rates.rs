//! Precision, recall and F1 of one class.

use super::{Confusion, share};

/// How good a head is at one class. A rate without a photo to count is none.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rates {
    /// Of the photos that were answered with the class, the share that show it, 0..1.
    pub precision: Option<f64>,
    /// Of the photos that show the class, the share that were answered with it, 0..1.
    pub recall: Option<f64>,
    /// The harmonic mean of the two (van Rijsbergen 1979), 0..1.
    pub f1: Option<f64>,
}

impl Rates {
    /// Of one class.
    pub fn of(confusion: &Confusion, class: usize) -> Self {
        let right = confusion.at(class, class);
        let (are, answered) = (confusion.of_class(class), confusion.answered(class));
        let rate = |part, whole| (whole > 0).then(|| share(part, whole));
        Self { precision: rate(right, answered), recall: rate(right, are), f1: rate(2 * right, are + answered) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_agree_with_those_computed_by_hand() {
        // Class 0: 3 of 4 found, 3 of 5 answers right. Class 1: 1 of 3 found, 1 of 2 answers right.
        let pairs = [(0, 0), (0, 0), (0, 0), (0, 1), (1, 0), (1, 0), (1, 1)];
        let confusion = Confusion::new(3, pairs);
        let first = Rates::of(&confusion, 0);
        assert_eq!((first.recall, first.precision), (Some(0.75), Some(0.6)));
        assert!((first.f1.unwrap_or(0.0) - 2.0 * 0.75 * 0.6 / (0.75 + 0.6)).abs() < 1e-12);
        let second = Rates::of(&confusion, 1);
        assert_eq!((second.recall, second.precision, second.f1), (Some(1.0 / 3.0), Some(0.5), Some(0.4)));
        assert_eq!(Rates::of(&confusion, 2), Rates::default());
    }
}
