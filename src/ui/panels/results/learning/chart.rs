//! From the curves to what the chart draws.

use crate::{
    protocol::{LearningCurve, SizePoint},
    ui::{
        components::{Dot, Growth},
        i18n::{Words, t_string},
        state::{Learning, Network},
        words::{fixed, percent, whole},
    },
};

/// Numbers of photos that get a mark, where they are within the chart; those that would stand too close are left out.
const MARKS: [u32; 11] = [2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000];

/// The range of the chart.
struct Scale {
    /// Fewest and most photos.
    photos: (f64, f64),
    /// The lowest share of right answers.
    low: f64,
}

impl Scale {
    /// Even in the logarithm of the photos.
    fn x(&self, photos: f64) -> f64 {
        let (from, to) = self.photos;
        ((photos / from).ln() / (to / from).ln()).clamp(0.0, 1.0)
    }

    fn y(&self, share: f64) -> f64 {
        (share - self.low) / (1.0 - self.low)
    }
}

/// All of the chart; nothing while there is no curve.
pub(super) fn growth(i18n: Words, learning: &Learning) -> Growth {
    let Some(ready) = learning.ready.as_ref().filter(|curve| curve.points.len() > 1) else { return Growth::default() };
    let empty = LearningCurve::default();
    let random = learning.random.as_ref().unwrap_or(&empty);
    let scale = &scale(ready, random);
    let ahead = ready.line.iter().map(|point| (scale.x(point.photos), scale.y(point.accuracy)));
    let band = ready.line.iter();
    let band = band.map(|point| (scale.x(point.photos), scale.y(point.interval.low), scale.y(point.interval.high)));
    let dots = [(Network::Ready, ready), (Network::Random, random)]
        .into_iter()
        .flat_map(|(network, curve)| curve.points.iter().map(move |point| dot(i18n, scale, network, point)));
    let tick = if scale.low < 0.4 { 0.25 } else { 0.2 };
    let up = (0..=4).map(|at| 1.0 - f64::from(at) * tick).filter(|share| *share >= scale.low - 1e-9);
    Growth {
        band: band.collect(),
        dots: dots.collect(),
        context: through(&random.points, scale),
        across: marks(scale),
        up: up.map(|share| (scale.y(share), fixed(share * 100.0, 0))).collect(),
        line: through(&ready.points, scale),
        ahead: ahead.collect(),
    }
}

fn scale(ready: &LearningCurve, random: &LearningCurve) -> Scale {
    let measured = ready.points.iter().chain(&random.points).map(|point| point.photos);
    let photos = measured.chain(ready.line.iter().map(|point| point.photos));
    let photos = photos.fold((f64::INFINITY, 1.0), |(from, to), photos| (photos.min(from), photos.max(to)));
    let lowest = ready.points.iter().chain(&random.points).map(|point| point.interval.low).fold(1.0, f64::min);
    // Whole twenties, or all of it.
    let low = if lowest < 0.4 { 0.0 } else { (lowest * 5.0).floor() / 5.0 };
    Scale { photos, low: low.min(0.8) }
}

fn through(points: &[SizePoint], scale: &Scale) -> Vec<(f64, f64)> {
    points.iter().map(|point| (scale.x(point.photos), scale.y(point.accuracy))).collect()
}

fn dot(i18n: Words, scale: &Scale, network: Network, point: &SizePoint) -> Dot {
    Dot {
        spot: (scale.x(point.photos), scale.y(point.accuracy)),
        ends: (scale.y(point.interval.low), scale.y(point.interval.high)),
        context: network == Network::Random,
        opens: !point.missed.is_empty(),
        label: label(i18n, network, point),
    }
}

/// "Photos of each class: 8. Right: 74 %, wrong photos: 62".
fn label(i18n: Words, network: Network, point: &SizePoint) -> String {
    let (n, right, wrong) = (photos(point.photos), percent(i18n, point.accuracy), whole(point.missed.len()));
    match network {
        Network::Ready => t_string!(i18n, learning.point, n = n, right = right, wrong = wrong).to_string(),
        Network::Random => t_string!(i18n, learning.point_random, n = n, right = right, wrong = wrong).to_string(),
    }
}

/// A mean number of photos as a whole one.
pub(super) fn photos(mean: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of photos")]
    let photos = mean.round() as u32;
    whole(photos)
}

fn marks(scale: &Scale) -> Vec<(f64, String)> {
    let (from, to) = scale.photos;
    let within = MARKS.into_iter().filter(|mark| (from..=to).contains(&f64::from(*mark)));
    within.map(|mark| (scale.x(f64::from(mark)), whole(mark))).collect()
}
