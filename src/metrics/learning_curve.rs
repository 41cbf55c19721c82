//! What more photos would bring: the law that errors follow, and how far it can be trusted.
//!
//! Errors fall as a power of the number of examples (Hestness et al., "Deep Learning Scaling is Predictable, Empirically",
//! 2017); a straight line through the logarithms is fitted to several draws of photos. Its uncertainty comes from leaving
//! out one draw at a time (the jackknife of Quenouille and Tukey).

use crate::metrics::Interval;

/// Least error that a logarithm is taken of: half a photo of two hundred.
const LEAST_ERROR: f64 = 0.0025;
/// The curve never rises, and errors of heads do not fall faster than this power.
const EXPONENTS: (f64, f64) = (0.0, 1.0);
/// Two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A head trained on few photos, judged by the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearningPoint {
    /// Photos a class that it was trained on.
    pub photos: f64,
    /// Share of right answers on photos of other bursts, 0..1.
    pub accuracy: f64,
}

/// What a number of photos would bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Forecast {
    /// Photos a class.
    pub photos: f64,
    /// Share of right answers to be expected, 0..1.
    pub accuracy: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// The accuracy to be expected with `photos` a class. `draws` are learning curves from different choices of photos; none
/// where there are fewer than two, or none has two points.
pub fn forecast(draws: &[Vec<LearningPoint>], photos: f64) -> Option<Forecast> {
    if draws.len() < 2 || photos <= 0.0 {
        return None;
    }
    let all: Vec<&LearningPoint> = draws.iter().flatten().collect();
    let log_error = |points: &[&LearningPoint]| Some(Line::through(points)?.at(photos.ln()));
    let whole = log_error(&all)?;
    let left_out: Vec<f64> = (0..draws.len())
        .map(|out| {
            let rest: Vec<&LearningPoint> =
                draws.iter().enumerate().filter(|(at, _)| *at != out).flat_map(|(_, draw)| draw).collect();
            log_error(&rest)
        })
        .collect::<Option<_>>()?;
    let count = left_out.len() as f64;
    let mean = left_out.iter().sum::<f64>() / count;
    let spread = ((count - 1.0) / count * left_out.iter().map(|value| (value - mean).powi(2)).sum::<f64>()).sqrt();
    let accuracy = |log_error: f64| 1.0 - log_error.exp().min(1.0);
    let interval = Interval { low: accuracy(whole + Z * spread), high: accuracy(whole - Z * spread) };
    Some(Forecast { photos, accuracy: accuracy(whole), interval })
}

/// A line through the logarithms of photos and errors.
struct Line {
    centre: f64,
    height: f64,
    slope: f64,
}

impl Line {
    /// Least squares; none through points at a single number of photos.
    fn through(points: &[&LearningPoint]) -> Option<Self> {
        let points: Vec<(f64, f64)> = points
            .iter()
            .filter(|point| point.photos > 0.0)
            .map(|point| (point.photos.ln(), (1.0 - point.accuracy).max(LEAST_ERROR).ln()))
            .collect();
        let count = points.len() as f64;
        let centre = points.iter().map(|(x, _)| x).sum::<f64>() / count;
        let height = points.iter().map(|(_, y)| y).sum::<f64>() / count;
        let square: f64 = points.iter().map(|(x, _)| (x - centre).powi(2)).sum();
        if points.is_empty() || square < 1e-9 {
            return None;
        }
        let product: f64 = points.iter().map(|(x, y)| (x - centre) * (y - height)).sum();
        Some(Self { centre, height, slope: (product / square).clamp(-EXPONENTS.1, -EXPONENTS.0) })
    }

    fn at(&self, x: f64) -> f64 {
        self.height + self.slope * (x - self.centre)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(scale: f64, exponent: f64) -> Vec<LearningPoint> {
        [2.0, 4.0, 8.0, 16.0]
            .map(|photos: f64| LearningPoint { photos, accuracy: 1.0 - scale * photos.powf(-exponent) })
            .into()
    }

    #[test]
    fn a_power_law_is_continued() {
        let found = forecast(&[curve(0.8, 0.5), curve(0.8, 0.5), curve(0.8, 0.5)], 64.0).unwrap();
        assert!((found.accuracy - 0.9).abs() < 1e-9);
        assert!(found.interval.width() < 1e-9, "all draws agree");
    }

    #[test]
    fn draws_that_disagree_make_it_uncertain_and_more_so_farther_away() {
        let draws = [curve(0.8, 0.5), curve(0.7, 0.3), curve(0.9, 0.6)];
        let (near, far) = (forecast(&draws, 8.0).unwrap(), forecast(&draws, 200.0).unwrap());
        assert!(near.interval.low < near.accuracy && near.accuracy < near.interval.high);
        // The error itself gets smaller; as a factor its range gets wider.
        let range = |forecast: Forecast| (1.0 - forecast.interval.low) / (1.0 - forecast.interval.high);
        assert!(range(far) > range(near));
    }

    #[test]
    fn more_photos_never_promise_less() {
        let falling: Vec<LearningPoint> =
            [(2.0, 0.9), (8.0, 0.7)].map(|(photos, accuracy)| LearningPoint { photos, accuracy }).into();
        let found = forecast(&[falling.clone(), falling], 100.0).unwrap();
        assert!((found.accuracy - (1.0 - (0.1f64 * 0.3).sqrt())).abs() < 1e-9);
    }

    #[test]
    fn one_size_or_one_draw_is_no_curve() {
        let point = LearningPoint { photos: 5.0, accuracy: 0.5 };
        assert_eq!(forecast(&[vec![point], vec![point]], 10.0), None);
        assert_eq!(forecast(&[curve(0.8, 0.5)], 10.0), None);
        assert_eq!(forecast(&[vec![], vec![]], 10.0), None);
    }
}
