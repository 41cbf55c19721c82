//! The uncertainty of a share.

use serde::{Deserialize, Serialize};

/// A range that holds the true value in 95 of 100 cases, both ends 0..1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// From this width on, a quarter of the scale, a score tells nothing: heads that are right two times in three and
    /// nine times in ten would both fit it.
    pub const TOO_WIDE: f64 = 0.25;

    /// How far its ends are apart.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// Whether a value lies within it.
    pub fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Whether it is so wide that the value in it tells nothing.
    pub fn tells_nothing(&self) -> bool {
        self.width() >= Self::TOO_WIDE
    }

    /// The middle 95 % of some numbers; there must be one.
    pub(super) fn middle(mut numbers: Vec<f64>) -> Self {
        numbers.sort_by(f64::total_cmp);
        let cut = numbers.len() / 40;
        Self { low: numbers[cut], high: numbers[numbers.len() - 1 - cut] }
    }

    /// The smallest one with all of this one, of another one and a value in it.
    pub(super) fn widened(self, other: Self, value: f64) -> Self {
        Self { low: self.low.min(other.low).min(value), high: self.high.max(other.high).max(value) }
    }

    /// Whether one value may lie in both, so that chance alone could explain a difference between the two.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }
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
    fn two_intervals_overlap_where_one_value_lies_in_both() {
        let interval = |low, high| Interval { low, high };
        assert!(interval(0.8, 0.9).overlaps(&interval(0.9, 0.95)));
        assert!(interval(0.1, 0.9).overlaps(&interval(0.4, 0.5)));
        assert!(!interval(0.8, 0.85).overlaps(&interval(0.9, 0.95)));
        assert!(!interval(0.9, 0.95).overlaps(&interval(0.8, 0.85)));
    }

    #[test]
    fn ten_photos_tell_nothing_and_a_hundred_do() {
        assert!(wilson(8, 10).tells_nothing());
        assert!(!wilson(80, 100).tells_nothing());
    }
}
