//! `(K + λ)⁻¹`, the matrix that both closed forms are made of, for one λ.

use super::{
    Decomposition,
    kernel::dots,
    labels::Labels,
    matrix::{Matrix, dot},
};

/// Photos whose diagonal numbers are computed side by side.
const LANES: usize = 8;

/// The factors of `T + λ = L D Lᵀ`, and through them of `K + λ = Z L D Lᵀ Zᵀ`.
pub(super) struct Resolvent<'a> {
    decomposition: &'a Decomposition,
    /// `L` has ones on its diagonal and number `i` at the left of it in row `i`.
    left: Vec<f64>,
    /// `D`
    pivots: Vec<f64>,
}

impl<'a> Resolvent<'a> {
    /// `lambda` is above 0, so every pivot is.
    pub(super) fn new(decomposition: &'a Decomposition, lambda: f64) -> Self {
        let (diagonal, beside) = (&decomposition.diagonal, &decomposition.beside);
        let (mut left, mut pivots) = (vec![0.0; diagonal.len()], vec![0.0; diagonal.len()]);
        for at in 0..diagonal.len() {
            let mut pivot = diagonal[at] + lambda;
            if at > 0 {
                left[at] = beside[at] / pivots[at - 1];
                pivot -= left[at] * beside[at];
            }
            // In exact arithmetic no pivot is under λ.
            pivots[at] = pivot.max(0.5 * lambda);
        }
        Self { decomposition, left, pivots }
    }

    /// `(T + λ)⁻¹` times a vector of reduced coordinates, in place.
    fn solve(&self, side: &mut [f64]) {
        for at in 1..side.len() {
            side[at] -= self.left[at] * side[at - 1];
        }
        for (value, pivot) in side.iter_mut().zip(&self.pivots) {
            *value /= pivot;
        }
        for at in (1..side.len()).rev() {
            side[at - 1] -= self.left[at] * side[at];
        }
    }

    /// A photo's coordinates times `L⁻¹`.
    fn half_solved(&self, photo: usize) -> Vec<f64> {
        let photos = self.decomposition.photos;
        let mut side: Vec<f64> = self.decomposition.basis[photo * photos..(photo + 1) * photos]
            .iter()
            .map(|&value| f64::from(value))
            .collect();
        for at in 1..side.len() {
            side[at] -= self.left[at] * side[at - 1];
        }
        side
    }

    /// The rows and columns of some photos, [k, k].
    pub(super) fn block(&self, photos: &[usize]) -> Matrix {
        let rows: Vec<Vec<f64>> = photos.iter().map(|&photo| self.half_solved(photo)).collect();
        let mut block = Matrix::zeros(photos.len(), photos.len());
        for i in 0..rows.len() {
            let weighted: Vec<f64> = rows[i].iter().zip(&self.pivots).map(|(value, pivot)| value / pivot).collect();
            for j in 0..=i {
                block[(i, j)] = dot(&weighted, &rows[j]);
                block[(j, i)] = block[(i, j)];
            }
        }
        block
    }
}

/// The diagonals of several resolvents, one a resolvent, [photos] each.
pub(super) fn diagonals(decomposition: &Decomposition, resolvents: &[Resolvent<'_>]) -> Vec<Vec<f64>> {
    let photos = decomposition.photos;
    let mut diagonals = vec![vec![0.0; photos]; resolvents.len()];
    let mut rows = vec![[0.0; LANES]; photos];
    for first in (0..photos).step_by(LANES) {
        let count = LANES.min(photos - first);
        for lane in 0..count {
            let row = &decomposition.basis[(first + lane) * photos..(first + lane + 1) * photos];
            for (numbers, &value) in rows.iter_mut().zip(row) {
                numbers[lane] = f64::from(value);
            }
        }
        for (resolvent, diagonal) in resolvents.iter().zip(&mut diagonals) {
            let (mut before, mut sums) = ([0.0; LANES], [0.0; LANES]);
            for ((numbers, left), pivot) in rows.iter().zip(&resolvent.left).zip(&resolvent.pivots) {
                let weight = 1.0 / pivot;
                for lane in 0..LANES {
                    before[lane] = numbers[lane] - left * before[lane];
                    sums[lane] += before[lane] * before[lane] * weight;
                }
            }
            diagonal[first..first + count].copy_from_slice(&sums[..count]);
        }
    }
    diagonals
}

/// The columns `sides` (reduced coordinates, one a row of the matrix, [columns, photos]) times several resolvents; for each
/// one [photos, columns].
pub(super) fn apply(decomposition: &Decomposition, resolvents: &[Resolvent<'_>], sides: &Matrix) -> Vec<Matrix> {
    let (photos, columns) = (decomposition.photos, sides.rows());
    let mut solved = Vec::with_capacity(resolvents.len() * columns * photos);
    for resolvent in resolvents {
        for column in 0..columns {
            let mut side = sides.row(column).to_vec();
            resolvent.solve(&mut side);
            #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
            solved.extend(side.into_iter().map(|value| value as f32));
        }
    }
    let mut products = vec![Matrix::zeros(photos, columns); resolvents.len()];
    dots(&decomposition.basis, &solved, photos, |photo, column, product| {
        products[column / columns][(photo, column % columns)] = product;
    });
    products
}

/// The classes' indicators in reduced coordinates, [classes, photos]: sums of the photos' coordinates.
pub(super) fn class_sums(decomposition: &Decomposition, labels: &Labels) -> Matrix {
    let photos = decomposition.photos;
    let mut sums = Matrix::zeros(labels.classes(), photos);
    for (row, &class) in decomposition.basis.chunks_exact(photos).zip(labels.of()) {
        for (sum, &value) in sums.row_mut(class).iter_mut().zip(row) {
            *sum += f64::from(value);
        }
    }
    sums
}

/// `sᵀ T s` of reduced coordinates.
pub(super) fn square(decomposition: &Decomposition, side: &[f64]) -> f64 {
    let straight: f64 = side.iter().zip(&decomposition.diagonal).map(|(value, weight)| value * value * weight).sum();
    let across: f64 = (1..side.len()).map(|at| side[at] * side[at - 1] * decomposition.beside[at]).sum();
    straight + 2.0 * across
}
