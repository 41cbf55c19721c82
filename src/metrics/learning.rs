//! What more photos would bring: the learning curve, a line through it, and how far both can be trusted.
//!
//! All uncertainty comes from one bootstrap (Efron 1979) over the bursts that judge, as for the score: a resample gives every
//! size another share of mistakes, the line is fitted to them again, and what the middle 95 % of the lines say is the
//! interval. The sizes keep their common luck in every resample, so it cancels where only a difference is asked for.

use super::{
    Interval,
    power_law::{Mistakes, PowerLaw},
    wilson,
};
use crate::{
    dataset::SplitMix64,
    protocol::{LearningCurve, LinePoint, Missed, Outlook, SizePoint},
};
use std::collections::BTreeMap;

/// Resamples.
const RESAMPLES: usize = 400;
const SEED: u64 = 2;
/// A line has three numbers, so it takes one size more to tell anything of it,
const FEWEST_SIZES: usize = 4;
/// and bursts, of which a bootstrap can draw.
const FEWEST_BURSTS: usize = 20;
/// Less than this, a point in a hundred, nobody would take photos for.
const NOTHING: f64 = 0.01;
/// Points of the line, even in the logarithm of the photos.
const LINE: i32 = 12;

/// What was measured with parts of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Photos of each class, on average; the sizes come in rising order.
    pub photos: f64,
    /// For each photo the share of right answers, 0..1.
    pub right: Vec<f64>,
    /// Photos that were answered wrong.
    pub missed: Vec<Missed>,
}

/// The learning curve of some sizes; `bursts[i]` names the burst of photo `i`.
pub fn learning_curve(sizes: Vec<Measured>, bursts: &[u32]) -> LearningCurve {
    let groups = groups(&sizes, bursts);
    let photos: Vec<f64> = sizes.iter().map(|size| size.photos).collect();
    let mut random = SplitMix64(SEED);
    let resamples: Vec<Vec<f64>> = (0..RESAMPLES)
        .map(|_| accuracies((0..groups.len()).map(|_| &groups[random.below(groups.len())]), photos.len()))
        .collect();
    let all = accuracies(groups.iter(), photos.len());
    let points = sizes.into_iter().enumerate().map(|(at, size)| SizePoint {
        photos: size.photos,
        accuracy: all[at],
        interval: around(
            all[at],
            Interval::middle(resamples.iter().map(|shares| shares[at]).collect()),
            bursts.len(),
            groups.len(),
        ),
        missed: size.missed,
    });
    let points: Vec<SizePoint> = points.collect();
    if photos.len() < FEWEST_SIZES || groups.len() < FEWEST_BURSTS {
        return LearningCurve { points, line: Vec::new(), outlook: Outlook::TooFew };
    }
    let ahead = Ahead { now: all[all.len() - 1], law: fit(&photos, &all) };
    let drawn = |shares: &Vec<f64>| Ahead { now: shares[shares.len() - 1], law: fit(&photos, shares) };
    let resamples: Vec<Ahead> = resamples.iter().map(drawn).collect();
    let last = photos[photos.len() - 1];
    let at = |photos: f64| {
        let accuracy = ahead.accuracy(last, photos);
        let resampled = Interval::middle(resamples.iter().map(|ahead| ahead.accuracy(last, photos)).collect());
        LinePoint { photos, accuracy, interval: around(accuracy, resampled, bursts.len(), groups.len()) }
    };
    let line = (0..LINE).map(|number| at(last * 2f64.powf(f64::from(number) / f64::from(LINE - 1)))).collect();
    LearningCurve { points, line, outlook: outlook(ahead.now, about(last), at(last + f64::from(about(last)))) }
}

/// What is expected of more photos: the law says how much is added to what is measured with all.
struct Ahead {
    now: f64,
    law: PowerLaw,
}

impl Ahead {
    /// The share of right answers after so many photos, where `last` are there.
    fn accuracy(&self, last: f64, photos: f64) -> f64 {
        (self.now + self.law.mistakes(last) - self.law.mistakes(photos)).clamp(0.0, 1.0)
    }
}

fn outlook(now: f64, more: u32, then: LinePoint) -> Outlook {
    let LinePoint { accuracy: expected, interval, .. } = then;
    match interval {
        _ if interval.tells_nothing() => Outlook::Unclear { more, interval },
        _ if expected - now < NOTHING => Outlook::Flat { more, expected, interval },
        _ => Outlook::Gain { more, expected, interval },
    }
}

/// A burst: its photos, and of how many the answer is right at each size.
struct Group {
    photos: f64,
    right: Vec<f64>,
}

fn groups(sizes: &[Measured], bursts: &[u32]) -> Vec<Group> {
    let mut groups = BTreeMap::<u32, Group>::new();
    for (photo, &burst) in bursts.iter().enumerate() {
        let group = groups.entry(burst).or_insert_with(|| Group { photos: 0.0, right: vec![0.0; sizes.len()] });
        group.photos += 1.0;
        group.right.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size.right[photo]);
    }
    groups.into_values().collect()
}

/// The share of right answers at each size.
fn accuracies<'a>(groups: impl Iterator<Item = &'a Group>, sizes: usize) -> Vec<f64> {
    let (mut photos, mut right) = (0.0, vec![0.0; sizes]);
    for group in groups {
        photos += group.photos;
        right.iter_mut().zip(&group.right).for_each(|(sum, right)| *sum += right);
    }
    right.into_iter().map(|right| if photos > 0.0 { right / photos } else { 0.0 }).collect()
}

/// The later a size, the nearer to what is asked for, and the more it counts: its rank, as in Figueroa et al.
fn fit(photos: &[f64], accuracies: &[f64]) -> PowerLaw {
    let point = |(at, (&photos, &accuracy)): (usize, (&f64, &f64))| Mistakes {
        photos,
        share: 1.0 - accuracy,
        weight: (at + 1) as f64,
    };
    let points: Vec<Mistakes> = photos.iter().zip(accuracies).enumerate().map(point).collect();
    PowerLaw::fit(&points)
}

/// An interval never narrower than for photos that have nothing to do with each other. Where all are right, or all wrong, every
/// resample is the same and says nothing; then each burst counts as one photo.
fn around(accuracy: f64, resampled: Interval, photos: usize, bursts: usize) -> Interval {
    let alike = accuracy == 0.0 || accuracy == 1.0;
    let of = u32::try_from(if alike { bursts } else { photos }).expect("fewer photos than u32");
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a number of photos")]
    let independent = wilson((accuracy * f64::from(of)).round() as u32, of);
    independent.widened(resampled, accuracy)
}

/// As many photos again, as a person would say it: 1, 2, … 9, 10, 15, 20, 30, … 100, 150, 200, 300, …
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of photos")]
fn about(photos: f64) -> u32 {
    let power = 10f64.powf(photos.max(1.0).log10().floor());
    let step = if power > 1.0 && photos < 2.0 * power { 0.5 * power } else { power };
    ((photos / step).floor() * step).max(1.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sizes at which every burst of `scene` photos has a share of right answers that follows a power law, give or take.
    fn measured(
        sizes: &[f64],
        photos: usize,
        scene: usize,
        mistakes: impl Fn(f64) -> f64,
    ) -> (Vec<Measured>, Vec<u32>) {
        let mut random = SplitMix64(7);
        let bursts: Vec<u32> = (0..photos).map(|photo| u32::try_from(photo / scene).unwrap()).collect();
        // How hard a burst is stays the same at all sizes.
        let hardness: Vec<f64> = (0..photos).map(|_| random.below(1000) as f64 / 1000.0).collect();
        let size = |&photos_each: &f64| {
            let right =
                bursts.iter().map(|&burst| f64::from(u8::from(hardness[burst as usize] >= mistakes(photos_each))));
            Measured { photos: photos_each, right: right.collect(), missed: Vec::new() }
        };
        (sizes.iter().map(size).collect(), bursts)
    }

    const SIZES: [f64; 7] = [2.0, 4.0, 8.0, 16.0, 32.0, 40.0, 50.0];

    #[test]
    fn a_curve_that_rises_promises_more_and_holds_the_truth() {
        let mistakes = |photos: f64| 0.05 + 0.9 * photos.powf(-0.6);
        let (sizes, bursts) = measured(&SIZES, 600, 1, mistakes);
        let curve = learning_curve(sizes, &bursts);
        let truth = 1.0 - mistakes(100.0);
        let Outlook::Gain { more, expected, interval } = curve.outlook else { panic!("{:?}", curve.outlook) };
        assert_eq!(more, 50);
        assert!(
            interval.holds(truth) && interval.holds(expected) && (expected - truth).abs() < 0.03,
            "{expected}, {truth}"
        );
        for (point, photos) in curve.points.iter().zip(SIZES) {
            assert!(point.interval.holds(1.0 - mistakes(photos)), "{point:?}");
        }
        let end = curve.line.last().unwrap();
        assert!((end.photos - 100.0).abs() < 1e-9 && end.interval.holds(1.0 - mistakes(100.0)), "{end:?}");
        assert!(curve.line.windows(2).all(|pair| pair[0].accuracy <= pair[1].accuracy));
        assert_eq!(
            (curve.line[0].photos, curve.line[0].accuracy),
            (50.0, curve.points[6].accuracy),
            "it begins where they end"
        );
    }

    #[test]
    fn a_curve_that_has_come_to_its_end_says_so() {
        let (sizes, bursts) = measured(&SIZES, 600, 1, |photos| 0.1 + 0.8 * photos.powf(-2.0));
        let Outlook::Flat { more, expected, interval } = learning_curve(sizes, &bursts).outlook else {
            panic!("not flat")
        };
        assert!(more == 50 && (expected - 0.9).abs() < 0.03 && interval.holds(0.9), "{expected} {interval:?}");
    }

    #[test]
    fn few_sizes_or_few_scenes_say_nothing() {
        let mistakes = |photos: f64| 0.9 * photos.powf(-0.5);
        let (sizes, bursts) = measured(&SIZES[..3], 600, 1, mistakes);
        assert_eq!(learning_curve(sizes, &bursts).outlook, Outlook::TooFew);
        let (sizes, bursts) = measured(&SIZES, 190, 10, mistakes);
        let curve = learning_curve(sizes, &bursts);
        assert_eq!((curve.outlook, curve.line.len(), curve.points.len()), (Outlook::TooFew, 0, 7));
        assert_eq!(learning_curve(Vec::new(), &[]), LearningCurve::default());
    }

    #[test]
    fn some_scenes_leave_open_what_more_would_bring() {
        let (sizes, bursts) = measured(&SIZES, 25, 1, |photos| 0.1 + 0.6 * photos.powf(-0.3));
        let outlook = learning_curve(sizes, &bursts).outlook;
        assert!(matches!(outlook, Outlook::Unclear { more: 50, .. }), "{outlook:?}");
    }

    #[test]
    fn scenes_of_many_photos_are_worth_no_more_than_their_number() {
        let mistakes = |photos: f64| 0.1 + 0.6 * photos.powf(-0.5);
        let width = |scene| {
            let (sizes, bursts) = measured(&SIZES, 600, scene, mistakes);
            learning_curve(sizes, &bursts).points[4].interval.width()
        };
        assert!(width(10) > 2.0 * width(1), "{} {}", width(10), width(1));
    }

    #[test]
    fn numbers_are_rounded_as_people_say_them() {
        let said = [0.5, 3.7, 9.9, 14.0, 19.0, 52.6, 99.0, 170.0, 340.0].map(about);
        assert_eq!(said, [1, 3, 9, 10, 15, 50, 90, 150, 300]);
    }
}
