//! Accuracy and its uncertainty: numbers in, numbers out.

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
    Interval {
        low: ((centre - spread) / scale).max(0.0),
        high: ((centre + spread) / scale).min(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_agrees_with_published_values() {
        // Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611; 29 of 29 gives 0.8831 to 1.
        for (right, photos, low, high) in [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (29, 29, 0.8831, 1.0)] {
            let interval = wilson(right, photos);
            assert!((interval.low - low).abs() < 5e-5, "{interval:?}");
            assert!((interval.high - high).abs() < 5e-5, "{interval:?}");
        }
    }

    #[test]
    fn without_photos_anything_is_possible() {
        assert_eq!(wilson(0, 0), Interval { low: 0.0, high: 1.0 });
    }
}
