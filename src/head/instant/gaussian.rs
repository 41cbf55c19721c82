//! Classes as Gaussians with one covariance, seen through the Gram matrix, and the same with any photos left out.
//!
//! The covariance is `Σ = b S + a`: `S` the scatter within the classes, `b = 1 / (photos - classes)`, `a` a share of the mean
//! variance. `S` is the scatter of all photos minus a part of one rank a class, so `Σ⁻¹` follows by Woodbury's identity
//! from `M = (K + λ)⁻¹`, `λ = a / b`, the matrix that ridge regression uses. With the classes' orthonormal indicators
//! `B` [photos, classes], `N = Bᵀ M B` and `V = B - λ M B`:
//!
//! ```text
//! xᵢ·Σ⁻¹xⱼ = (δᵢⱼ - λ Mᵢⱼ + Vᵢ N⁻¹ Vⱼᵀ / λ) / b        xᵢ·Σ⁻¹μ_c = (V N⁻¹)_ic / (a √n_c)
//! ```
//!
//! all centred on the mean of the photos. Photos that leave take `b D (1 + 1/(n_c - k_c)) Dᵀ` from the covariance (`D` their
//! distances from the means of their classes, `k_c` of the `n_c` photos of a class leaving), and move those means: again
//! Woodbury, exact for any group. `a` and `b` stay as they are.

use super::{
    Decomposition,
    labels::Labels,
    matrix::{Cholesky, Matrix, dot},
    resolvent::{Resolvent, apply, class_sums, diagonals, square},
};

/// Least share that a group may leave of a direction of the covariance, against division by zero.
const LEAST_SHARE: f64 = 1e-9;
/// A smaller mean variance than this, of features of length 1, means that the photos of every class are the same.
const LEAST_VARIANCE: f64 = 1e-12;

/// The covariance `b S + a`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Covariance {
    pub(crate) a: f64,
    pub(crate) b: f64,
}

/// The Gaussians.
pub(crate) struct Gaussian<'a> {
    labels: &'a Labels,
    pub(crate) covariance: Covariance,
    resolvent: Resolvent<'a>,
    diagonal: Vec<f64>,
    /// `M B`, [photos, classes]
    pub(crate) response: Matrix,
    /// `N⁻¹`, [classes, classes]
    pub(crate) normal: Matrix,
    /// `V` and `V N⁻¹`, [photos, classes]
    values: Matrix,
    weighted: Matrix,
    /// `xᵢ·Σ⁻¹μ_c`, [photos, classes]
    along: Matrix,
    /// `μ_c·Σ⁻¹μ_d`, [classes, classes]
    pub(crate) between: Matrix,
}

impl Covariance {
    /// With `a` at `shrink` of the mean variance; none where there are no more photos than classes or no variance.
    pub(crate) fn shrunk(decomposition: &Decomposition, labels: &Labels, shrink: f64) -> Option<Self> {
        if labels.photos() <= labels.classes() {
            return None;
        }
        let b = 1.0 / (labels.photos() - labels.classes()) as f64;
        let sums = class_sums(decomposition, labels);
        let between: f64 =
            (0..sums.rows()).map(|class| square(decomposition, sums.row(class)) / labels.counts()[class] as f64).sum();
        let within = decomposition.diagonal.iter().sum::<f64>() - between;
        let variance = within * b;
        (variance > LEAST_VARIANCE).then_some(Self { a: shrink * variance * b, b })
    }
}

impl<'a> Gaussian<'a> {
    pub(crate) fn new(decomposition: &'a Decomposition, labels: &'a Labels, covariance: Covariance) -> Self {
        let Covariance { a, b } = covariance;
        let (photos, classes, lambda) = (labels.photos(), labels.classes(), a / b);
        let length = |class: usize| (labels.counts()[class] as f64).sqrt();
        let resolvent = [Resolvent::new(decomposition, lambda)];
        let sums = class_sums(decomposition, labels);
        let sides = Matrix::from_fn(classes, photos, |class, at| sums[(class, at)] / length(class));
        let response = apply(decomposition, &resolvent, &sides).swap_remove(0);
        let diagonal = diagonals(decomposition, &resolvent).swap_remove(0);
        let normal = class_means(&response, labels, length); // Bᵀ M B
        let unit = Matrix::from_fn(classes, classes, |i, j| f64::from(u8::from(i == j)));
        let normal = Cholesky::new(normal, f64::MIN_POSITIVE).solve_columns(&unit);
        let values = Matrix::from_fn(photos, classes, |photo, class| {
            let own = if labels.of()[photo] == class { 1.0 / length(class) } else { 0.0 };
            own - lambda * response[(photo, class)]
        });
        let mut weighted = Matrix::zeros(photos, classes);
        for photo in 0..photos {
            for class in 0..classes {
                weighted[(photo, class)] = dot(values.row(photo), normal.row(class));
            }
        }
        let along = Matrix::from_fn(photos, classes, |photo, class| weighted[(photo, class)] / (a * length(class)));
        let between = class_means(&along, labels, |_| 1.0);
        let [resolvent] = resolvent;
        Self { labels, covariance, resolvent, diagonal, response, normal, values, weighted, along, between }
    }

    /// Weights of the photos in each class's direction `Σ⁻¹μ_c`, [photos, classes]; every column adds up to 0.
    pub(crate) fn coefficients(&self) -> Matrix {
        let (photos, classes) = (self.labels.photos(), self.labels.classes());
        let mut coefficients = Matrix::zeros(photos, classes);
        for class in 0..classes {
            let scale = 1.0 / (self.covariance.a * (self.labels.counts()[class] as f64).sqrt());
            let column: Vec<f64> =
                (0..photos).map(|photo| scale * dot(self.response.row(photo), self.normal.row(class))).collect();
            let mean = column.iter().sum::<f64>() / photos as f64;
            for (photo, value) in column.into_iter().enumerate() {
                coefficients[(photo, class)] = value - mean;
            }
        }
        coefficients
    }

    /// The directions in which the classes differ, as weights of the photos, [photos, classes] with columns that add up to 0,
    /// and the classes' centres, a row each, [classes, classes]: with `z` a photo's coordinates, `z·centre` is
    /// `x·Σ⁻¹μ_c`, and `|z|²` what belongs to `x·Σ⁻¹x` because the classes differ.
    pub(crate) fn discriminants(&self) -> (Matrix, Matrix) {
        let (photos, classes) = (self.labels.photos(), self.labels.classes());
        let scale = 1.0 / self.covariance.a.sqrt();
        let factor = Cholesky::new(self.normal.clone(), 0.0).into_factor(); // N⁻¹ = F Fᵀ
        let mut weights = Matrix::zeros(photos, classes);
        for at in 0..classes {
            let column = |photo: usize| (0..classes).map(|c| self.response[(photo, c)] * factor[(c, at)]).sum::<f64>();
            let column: Vec<f64> = (0..photos).map(column).collect();
            let mean = column.iter().sum::<f64>() / photos as f64;
            for (photo, value) in column.into_iter().enumerate() {
                weights[(photo, at)] = scale * (value - mean);
            }
        }
        let length = |class: usize| (self.labels.counts()[class] as f64).sqrt();
        let centres = Matrix::from_fn(classes, classes, |class, at| scale * factor[(class, at)] / length(class));
        (weights, centres)
    }

    /// Squared distances of each photo from every class, the photo left out, [photos, classes].
    pub(crate) fn leave_one_out(&self) -> Matrix {
        let mut distances = Matrix::zeros(self.labels.photos(), self.labels.classes());
        for photo in 0..self.labels.photos() {
            let block = Matrix::from_fn(1, 1, |_, _| self.diagonal[photo]);
            distances.row_mut(photo).copy_from_slice(self.left_out(&[photo], &block).row(0));
        }
        distances
    }

    /// Squared distances of some photos from every class, all of them left out together, [k, classes]. A class that
    /// loses all its photos is farther than any other.
    pub(crate) fn leave_out(&self, group: &[usize]) -> Matrix {
        self.left_out(group, &self.resolvent.block(group))
    }

    /// `block` has the group's rows and columns of `M`.
    fn left_out(&self, group: &[usize], block: &Matrix) -> Matrix {
        let Covariance { a, b } = self.covariance;
        let (size, classes, lambda) = (group.len(), self.labels.classes(), a / b);
        let own = |i: usize| self.labels.of()[group[i]];
        let mut leaving = vec![0usize; classes];
        (0..size).for_each(|i| leaving[own(i)] += 1);
        let staying = |class: usize| self.labels.counts()[class] - leaving[class];
        let products = Matrix::from_fn(size, size, |i, j| {
            let same = f64::from(u8::from(i == j));
            (same - lambda * block[(i, j)] + dot(self.weighted.row(group[i]), self.values.row(group[j])) / lambda) / b
        });
        // Products of photo i with the distance of photo j from the mean of its class, and of those distances.
        let along = |i: usize, class: usize| self.along[(group[i], class)];
        let apart = Matrix::from_fn(size, size, |i, j| products[(i, j)] - along(i, own(j)));
        let spread =
            Matrix::from_fn(size, size, |i, j| apart[(i, j)] - along(j, own(i)) + self.between[(own(i), own(j))]);
        let core = Matrix::from_fn(size, size, |i, j| {
            let together = own(i) == own(j) && staying(own(i)) > 0;
            let share = if together { 1.0 / self.labels.counts()[own(i)] as f64 } else { 0.0 };
            f64::from(u8::from(i == j)) - share - b * spread[(i, j)]
        });
        let core = Cholesky::new(core, LEAST_SHARE);
        let mut distances = Matrix::zeros(size, classes);
        for class in 0..classes {
            // The mean of the class moves away from those who leave it.
            let members: Vec<usize> = (0..size).filter(|&i| own(i) == class && staying(class) > 0).collect();
            let step = 1.0 / staying(class).max(1) as f64;
            let moved: Vec<f64> =
                (0..size).map(|j| step * members.iter().map(|&l| spread[(j, l)]).sum::<f64>()).collect();
            let moved_square = step * members.iter().map(|&l| moved[l]).sum::<f64>();
            for i in 0..size {
                // Distances of the members from the old mean times the way of photo i from the old mean.
                let way = |j: usize| apart[(i, j)] - along(j, class) + self.between[(own(j), class)];
                let straight = products[(i, i)] - 2.0 * along(i, class) + self.between[(class, class)];
                let across = step * members.iter().map(|&l| way(l)).sum::<f64>();
                let side: Vec<f64> = (0..size).map(|j| way(j) + moved[j]).collect();
                distances[(i, class)] = straight + 2.0 * across + moved_square + b * core.square(side);
            }
        }
        for i in 0..size {
            let farthest = (0..classes).filter(|&class| staying(class) > 0).map(|class| distances[(i, class)]);
            let farthest = farthest.fold(0.0, f64::max);
            for class in (0..classes).filter(|&class| staying(class) == 0) {
                distances[(i, class)] = 2.0 * farthest + 1.0;
            }
        }
        distances
    }
}

/// The mean of the rows of each class, times a number for each class.
fn class_means(rows: &Matrix, labels: &Labels, times: impl Fn(usize) -> f64) -> Matrix {
    let mut means = Matrix::zeros(labels.classes(), rows.columns());
    for (photo, &class) in labels.of().iter().enumerate() {
        let weight = times(class) / labels.counts()[class] as f64;
        for (mean, value) in means.row_mut(class).iter_mut().zip(rows.row(photo)) {
            *mean += weight * value;
        }
    }
    means
}
