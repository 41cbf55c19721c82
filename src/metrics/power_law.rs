//! How a share of mistakes falls with the photos that were learned from: an inverse power law, after Cortes, Jackel, Solla,
//! Vapnik and Denker, "Learning Curves: Asymptotic Values and Rate of Convergence" (NIPS 1993), fitted by weighted least
//! squares as in Figueroa, Zeng-Treitler, Kandula and Ngo, "Predicting sample size required for classification performance"
//! (2012), <https://doi.org/10.1186/1472-6947-12-8>.

/// Exponents that are tried: slower than the first is flat, faster than the last is a step.
const EXPONENTS: (f64, f64) = (0.05, 2.0);
/// Steps of the coarse search, even in the logarithm, and of the golden section that follows it.
const COARSE: usize = 24;
const FINE: usize = 20;

/// `mistakes(n) = floor + scale · n^-exponent`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLaw {
    /// The share of mistakes that no number of photos takes away, 0..1.
    pub floor: f64,
    /// The share of mistakes at one photo, above the floor; 0 or more.
    pub scale: f64,
    /// How fast they fall.
    pub exponent: f64,
}

/// A measured share of mistakes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mistakes {
    /// Photos that were learned from; more than 0.
    pub photos: f64,
    /// Share of mistakes, 0..1.
    pub share: f64,
    /// How much it counts.
    pub weight: f64,
}

impl PowerLaw {
    /// The law with the smallest weighted squares of the differences, floor and scale being 0 or more. For a given exponent
    /// both follow in closed form, so one number is searched for.
    pub fn fit(points: &[Mistakes]) -> Self {
        let (low, high) = (EXPONENTS.0.ln(), EXPONENTS.1.ln());
        let step = (high - low) / (COARSE - 1) as f64;
        let at = |log: f64| Self::at(points, log.exp());
        let coarse = (0..COARSE).map(|number| low + step * number as f64);
        let best = coarse.min_by(|&a, &b| at(a).0.total_cmp(&at(b).0)).unwrap_or(low);
        let golden = (5f64.sqrt() - 1.0) / 2.0;
        let (mut from, mut to) = ((best - step).max(low), (best + step).min(high));
        for _ in 0..FINE {
            let (left, right) = (to - golden * (to - from), from + golden * (to - from));
            if at(left).0 <= at(right).0 {
                to = right;
            } else {
                from = left;
            }
        }
        // The ends of the range are exponents too.
        [best, f64::midpoint(from, to)]
            .map(at)
            .into_iter()
            .reduce(|best, other| if other.0 < best.0 { other } else { best })
            .map_or(Self { floor: 0.0, scale: 0.0, exponent: EXPONENTS.0 }, |(_, law)| law)
    }

    /// The share of mistakes after so many photos, 0..1.
    pub fn mistakes(&self, photos: f64) -> f64 {
        (self.floor + self.scale * photos.powf(-self.exponent)).clamp(0.0, 1.0)
    }

    /// The best floor and scale for an exponent, with the squares that are left.
    fn at(points: &[Mistakes], exponent: f64) -> (f64, Self) {
        let mut sums = [0.0; 5]; // of weights, and weighted: x, x², y, xy
        for point in points {
            let (x, y, weight) = (point.photos.powf(-exponent), point.share, point.weight);
            for (sum, value) in sums.iter_mut().zip([1.0, x, x * x, y, x * y]) {
                *sum += weight * value;
            }
        }
        let [all, x, xx, y, xy] = sums;
        let spread = all * xx - x * x;
        let scale = if spread > 0.0 { (all * xy - x * y) / spread } else { 0.0 };
        let floor = if all > 0.0 { (y - scale * x) / all } else { 0.0 };
        // Outside of what is allowed the best is on the border: without a floor, or flat.
        let (floor, scale) = match (floor < 0.0, scale < 0.0) {
            (_, true) => (if all > 0.0 { y / all } else { 0.0 }, 0.0),
            (true, false) => (0.0, xy / xx.max(f64::MIN_POSITIVE)),
            (false, false) => (floor, scale),
        };
        let law = Self { floor, scale, exponent };
        let square = |point: &Mistakes| {
            let apart = floor + scale * point.photos.powf(-exponent) - point.share;
            point.weight * apart * apart
        };
        (points.iter().map(square).sum(), law)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Case {
        photos: Vec<f64>,
        shares: Vec<f64>,
        weights: Vec<f64>,
        floor: f64,
        scale: f64,
        exponent: f64,
        squares: f64,
        ahead: Vec<[f64; 2]>,
    }

    fn points(case: &Case) -> Vec<Mistakes> {
        let points = case.photos.iter().zip(&case.shares).zip(&case.weights);
        points.map(|((&photos, &share), &weight)| Mistakes { photos, share, weight }).collect()
    }

    /// `tests/fixtures/learning.py` made the numbers with scipy's bounded least squares, from many starts.
    #[test]
    fn the_law_is_the_one_that_scipy_finds() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../tests/fixtures/learning.json")).unwrap();
        assert!(cases.len() >= 6);
        for (number, case) in cases.iter().enumerate() {
            let points = points(case);
            let law = PowerLaw::fit(&points);
            let squares = PowerLaw::at(&points, law.exponent).0;
            // No worse than the reference, and the same line.
            assert!(squares <= case.squares * (1.0 + 1e-6) + 1e-12, "{number}: {squares:e} for {:e}", case.squares);
            for &[photos, mistakes] in &case.ahead {
                assert!((law.mistakes(photos) - mistakes).abs() < 1e-4, "{number}: {law:?} at {photos}");
            }
            let near = |found: f64, wanted: f64| (found - wanted).abs() <= 2e-2 * wanted.abs().max(0.05);
            let same = near(law.floor, case.floor) && near(law.scale, case.scale) && near(law.exponent, case.exponent);
            assert!(
                same || case.scale < 1e-6,
                "{number}: {law:?}, wanted {} {} {}",
                case.floor,
                case.scale,
                case.exponent
            );
        }
    }

    #[test]
    fn a_law_that_made_the_numbers_is_found_again() {
        let made = PowerLaw { floor: 0.08, scale: 0.7, exponent: 0.6 };
        let sizes = [2.0, 4.0, 8.0, 16.0, 32.0, 50.0];
        let points = sizes.map(|photos| Mistakes { photos, share: made.mistakes(photos), weight: 1.0 });
        let found = PowerLaw::fit(&points);
        assert!((found.mistakes(100.0) - made.mistakes(100.0)).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn what_does_not_fall_is_flat() {
        let points = [2.0, 4.0, 8.0].map(|photos| Mistakes { photos, share: 0.1 + photos / 100.0, weight: 1.0 });
        let found = PowerLaw::fit(&points);
        assert_eq!(found.scale, 0.0);
        assert!((found.mistakes(100.0) - (0.12 + 0.14 + 0.18) / 3.0).abs() < 1e-12);
        assert!(PowerLaw::fit(&[]).mistakes(3.0).abs() < 1e-12);
    }
}
