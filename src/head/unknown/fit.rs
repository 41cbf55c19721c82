//! From the photos to the distance, and to the threshold that a wanted share of honest photos stays under.
//!
//! The threshold must come from distances of photos that the distance was not made from. The part that tells classes
//! apart is left out burst by burst, exactly. For the kept directions there is no such formula: they are found again
//! without a fifth of the bursts, five times. (Keeping the directions as they are is not good enough: a photo lies closer to
//! directions that it helped to find, and a threshold from that calls a quarter of all good photos unknown.)

use super::{Unknown, file::rounded};
use crate::{
    dataset::{deal, members_of},
    head::instant::{
        Covariance, Decomposition, Gaussian, Gram, InstantError, Labels, Matrix, Principal, Reduction, principal,
    },
};
use std::time::Duration;

/// Directions that are kept: with 32 the distance tells strangers as well as with all.
const DIRECTIONS: usize = 32;
/// Share of the mean variance that is added to every direction; the reference's.
const SHRINK: f64 = 1.0;
/// Parts of the photos that take turns in being judged.
const PARTS: usize = 5;
/// A class of fewer photos would be told too much of.
const FEWEST_PHOTOS: usize = 5;

/// Weights of the two Gaussians.
#[derive(Clone, Copy)]
struct Weights {
    /// Of the classes.
    classes: Covariance,
    /// Of all photos as one class, which spread more.
    all: Covariance,
}

impl Weights {
    /// What a direction counts in the distance, whatever the class, by the scatter of the photos along it.
    fn of(self, scatter: f64) -> f64 {
        1.0 / (self.classes.a + self.classes.b * scatter) - 1.0 / (self.all.a + self.all.b * scatter)
    }

    /// What is taken away for a direction that is kept.
    fn kept(self, direction: &Principal) -> f64 {
        (self.of(0.0) - self.of(direction.scatter)).max(0.0)
    }
}

/// Makes the distance of a project, a bounded step at a time. It holds none of the photos' features: each step is given the
/// same ones.
pub struct UnknownFit {
    weights: Weights,
    /// The directions in which the classes differ, as weights of the photos, [photos, classes].
    projection: Matrix,
    /// The classes' places along them, [classes, classes].
    centres: Matrix,
    /// [classes]
    offsets: Vec<f64>,
    /// The part that judges each photo.
    part_of: Vec<usize>,
    parts_done: usize,
    reduction: Option<Reduction>,
    /// What each photo gets without having helped.
    distances: Vec<f64>,
}

impl UnknownFit {
    /// Begins, on the wide feature; none where a class has fewer than five photos. `groups` names the burst of each photo.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where these are of different photos.
    pub fn new(decomposition: &Decomposition, labels: &Labels, groups: &[u32]) -> Result<Option<Self>, InstantError> {
        let photos = labels.photos();
        if decomposition.photos() != photos || groups.len() != photos {
            return Err(InstantError::Shape);
        }
        if labels.fewest() < FEWEST_PHOTOS {
            return Ok(None);
        }
        let Some(classes) = Covariance::shrunk(decomposition, labels, SHRINK) else { return Ok(None) };
        // The same number of photos behind both, so that all photos together never spread less than the classes.
        let all = Covariance { a: SHRINK * decomposition.scatter() * classes.b * classes.b, b: classes.b };
        let bursts = members_of(groups);
        let single = Labels::single(photos);
        let gaussian = Gaussian::new(decomposition, labels, classes);
        let background = Gaussian::new(decomposition, &single, classes);
        let (projection, centres) = gaussian.discriminants();
        Ok(Some(Self {
            weights: Weights { classes, all },
            projection,
            centres,
            offsets: (0..labels.classes()).map(|class| gaussian.between[(class, class)]).collect(),
            part_of: parts(&bursts, photos),
            parts_done: 0,
            reduction: None,
            distances: judge(&gaussian, &background, &bursts, photos),
        }))
    }

    /// Works for about as long as told, by a clock in milliseconds, and says whether all is done. One step of the loop may
    /// take some 200 ms for 2,000 photos.
    pub fn step(&mut self, gram: &Gram, budget: Duration, clock: impl Fn() -> f64) -> bool {
        let end = clock() + budget.as_secs_f64() * 1000.0;
        while self.parts_done < PARTS && clock() < end {
            let left = Duration::from_secs_f64(((end - clock()) / 1000.0).clamp(0.0, 1e9));
            self.step_part(gram, left, &clock);
        }
        self.parts_done == PARTS
    }

    /// The rest of the distance, of the photos of one part, by the directions of the other photos.
    fn step_part(&mut self, gram: &Gram, budget: Duration, clock: &impl Fn() -> f64) {
        let part = self.parts_done;
        let others: Vec<usize> = (0..self.part_of.len()).filter(|&photo| self.part_of[photo] != part).collect();
        let judged = (0..self.part_of.len()).filter(|&photo| self.part_of[photo] == part);
        if others.is_empty() {
            self.parts_done += 1;
            return;
        }
        let reduction =
            self.reduction.get_or_insert_with(|| Reduction::subset(gram, &others).expect("there are other photos"));
        if !reduction.step(budget, clock) {
            return;
        }
        let decomposition = self.reduction.take().and_then(Reduction::finish).expect("the last step was made");
        let directions = principal(&decomposition, DIRECTIONS);
        for photo in judged {
            let products: Vec<f64> = others.iter().map(|&other| gram.product(photo, other)).collect();
            let mean = products.iter().sum::<f64>() / products.len() as f64;
            let square = gram.product(photo, photo) - 2.0 * mean + decomposition.mean();
            let mut distance = self.weights.of(0.0) * square;
            for direction in &directions {
                let along: f64 = (products.iter().zip(decomposition.means()).zip(&direction.coefficients))
                    .map(|((product, other), weight)| (product - mean - other + decomposition.mean()) * weight)
                    .sum();
                distance -= self.weights.kept(direction) * along * along;
            }
            self.distances[photo] += distance;
        }
        self.parts_done += 1;
    }

    /// The distance, with the threshold that a share `false_unknown` of the photos lies over, and what each photo got
    /// without having helped, from which other thresholds follow by [`threshold`](Self::threshold).
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    pub fn finish(mut self, gram: &Gram, decomposition: &Decomposition, false_unknown: f64) -> (Unknown, Vec<f64>) {
        self.step(gram, Duration::MAX, || 0.0);
        let photos = self.part_of.len();
        let directions = principal(decomposition, DIRECTIONS);
        let axes = Matrix::from_fn(photos, directions.len(), |photo, at| {
            self.weights.kept(&directions[at]).sqrt() * directions[at].coefficients[photo]
        });
        let unknown = Unknown {
            mean: gram.combine(&Matrix::from_fn(photos, 1, |_, _| 1.0 / photos as f64)),
            discriminants: rounded(gram.combine(&self.projection)),
            centres: self.centres.values().iter().map(|&value| value as f32).collect(),
            offsets: self.offsets.iter().map(|&value| value as f32).collect(),
            axes: rounded(gram.combine(&axes)),
            spread: self.weights.of(0.0) as f32,
            threshold: Self::threshold(&self.distances, false_unknown) as f32,
        };
        (unknown, self.distances)
    }

    /// The threshold that a share of honest distances lies over; between two of them in proportion.
    pub fn threshold(distances: &[f64], false_unknown: f64) -> f64 {
        let mut sorted = distances.to_vec();
        sorted.sort_by(f64::total_cmp);
        let Some(last) = sorted.len().checked_sub(1) else { return f64::INFINITY };
        let place = (1.0 - false_unknown.clamp(0.0, 1.0)) * last as f64;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the photos")]
        let below = place as usize;
        let above = (below + 1).min(last);
        sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
    }
}

/// The part of each photo's distance that tells classes apart, without its burst: nearest class minus all photos, with the
/// same covariance.
fn judge(gaussian: &Gaussian<'_>, background: &Gaussian<'_>, bursts: &[Vec<usize>], photos: usize) -> Vec<f64> {
    let mut distances = vec![0.0; photos];
    for burst in bursts {
        let (near, all) = (gaussian.leave_out(burst), background.leave_out(burst));
        for (at, &photo) in burst.iter().enumerate() {
            let nearest = near.row(at).iter().copied().fold(f64::INFINITY, f64::min);
            distances[photo] = nearest - all[(at, 0)];
        }
    }
    distances
}

/// Deals whole bursts out to the parts.
fn parts(bursts: &[Vec<usize>], photos: usize) -> Vec<usize> {
    let mut part_of = vec![0; photos];
    for (burst, part) in bursts.iter().zip(deal(bursts, PARTS, 0)) {
        burst.iter().for_each(|&photo| part_of[photo] = part);
    }
    part_of
}
