//! Ridge regression of ±1 targets on the features, with a free intercept.
//!
//! With `M = (K + λ)⁻¹` of the centred Gram matrix and `M' = M - 1/(nλ)`, the residuals of the fit are `λ M' Y`, and those of
//! photos that were left out together are `M'_gg⁻¹ (M' Y)_g`: the usual formula `(1 - H_gg)⁻¹ (Y - fit)_g`, `1 - H = λ M'`.

use super::{
    Decomposition,
    labels::Labels,
    matrix::{Cholesky, Matrix},
    resolvent::{Resolvent, apply, class_sums, diagonals},
};

/// The regularisations that are tried. Features have length 1, so the range fits every set of photos.
const LAMBDAS: [f64; 8] = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0];

/// Least share that is left of a photo's own residual: without it a photo that decides everything alone would be divided
/// by zero.
const LEAST_SHARE: f64 = 1e-9;

/// A fit.
pub(super) struct Ridge<'a> {
    pub(super) lambda: f64,
    resolvent: Resolvent<'a>,
    /// `M' Y`, [photos, classes]: also the weights of the photos in the layer. Every column adds up to 0.
    pub(super) coefficients: Matrix,
    /// The targets' means, [classes].
    pub(super) means: Vec<f64>,
    /// What photo `i` gets from the fit to all others, [photos, classes].
    pub(super) leave_one_out: Matrix,
}

impl<'a> Ridge<'a> {
    /// Fits with the λ of the lowest squared leave-one-out error.
    pub(super) fn new(decomposition: &'a Decomposition, labels: &Labels) -> Self {
        Self::best_of(decomposition, labels, &LAMBDAS)
    }

    /// Fits with a λ that was chosen before.
    pub(super) fn at(decomposition: &'a Decomposition, labels: &Labels, lambda: f64) -> Self {
        Self::best_of(decomposition, labels, &[lambda])
    }

    fn best_of(decomposition: &'a Decomposition, labels: &Labels, lambdas: &[f64]) -> Self {
        let photos = labels.photos() as f64;
        let resolvents: Vec<_> = lambdas.iter().map(|&lambda| Resolvent::new(decomposition, lambda)).collect();
        let coefficients = apply(decomposition, &resolvents, &centred_targets(decomposition, labels));
        let diagonals = diagonals(decomposition, &resolvents);
        let means: Vec<f64> = labels.counts().iter().map(|&count| 2.0 * count as f64 / photos - 1.0).collect();
        let fits = lambdas.iter().zip(resolvents).zip(coefficients).zip(diagonals);
        let fits = fits.map(|(((&lambda, resolvent), coefficients), diagonal)| {
            let shares = diagonal.into_iter().map(|value| share(value, photos, lambda));
            let (leave_one_out, error) = leave_one_out(&coefficients, shares, labels);
            (error, Self { lambda, resolvent, coefficients, means: means.clone(), leave_one_out })
        });
        fits.reduce(|best, other| if other.0 < best.0 { other } else { best }).expect("there is a λ to choose").1
    }

    /// What some photos get from the fit to all others, [k, classes].
    pub(super) fn leave_out(&self, group: &[usize], labels: &Labels) -> Matrix {
        let photos = labels.photos() as f64;
        let mut block = self.resolvent.block(group);
        for i in 0..group.len() {
            for value in block.row_mut(i) {
                *value -= 1.0 / (photos * self.lambda);
            }
        }
        let residuals = Matrix::from_fn(group.len(), labels.classes(), |i, class| self.coefficients[(group[i], class)]);
        let residuals = Cholesky::new(block, LEAST_SHARE / self.lambda).solve_columns(&residuals);
        Matrix::from_fn(group.len(), labels.classes(), |i, class| {
            target(labels.of()[group[i]], class) - residuals[(i, class)]
        })
    }
}

/// 1 for the photo's own class, -1 for the others.
fn target(label: usize, class: usize) -> f64 {
    if label == class { 1.0 } else { -1.0 }
}

/// A diagonal number of `M'`.
fn share(diagonal: f64, photos: f64, lambda: f64) -> f64 {
    (diagonal - 1.0 / (photos * lambda)).max(LEAST_SHARE / lambda)
}

/// The targets minus their means, in reduced coordinates, [classes, photos]: twice the indicators minus theirs.
fn centred_targets(decomposition: &Decomposition, labels: &Labels) -> Matrix {
    let sums = class_sums(decomposition, labels);
    let photos = labels.photos();
    let all: Vec<f64> = (0..photos).map(|at| (0..sums.rows()).map(|class| sums[(class, at)]).sum()).collect();
    Matrix::from_fn(sums.rows(), photos, |class, at| {
        2.0 * (sums[(class, at)] - labels.counts()[class] as f64 / photos as f64 * all[at])
    })
}

/// The scores of photos that were left out one by one, and their mean squared error.
fn leave_one_out(coefficients: &Matrix, shares: impl Iterator<Item = f64>, labels: &Labels) -> (Matrix, f64) {
    let (photos, classes) = (coefficients.rows(), coefficients.columns());
    let (mut scores, mut error) = (Matrix::zeros(photos, classes), 0.0);
    for (photo, share) in shares.enumerate() {
        for class in 0..classes {
            let residual = coefficients[(photo, class)] / share;
            scores[(photo, class)] = target(labels.of()[photo], class) - residual;
            error += residual * residual;
        }
    }
    (scores, error / (photos * classes) as f64)
}
