//! What the heads are computed from.

use super::{Gram, InstantError, Reduction};
use std::time::Duration;

/// `K = Z T Zᵀ`: what the heads are computed from. It knows no labels, and outlives all changes of labels.
pub struct Decomposition {
    pub(super) photos: usize,
    /// For every photo the mean of its products with all, and the mean of all products.
    pub(super) means: Vec<f64>,
    pub(super) mean: f64,
    /// `T`: its diagonal, and what stands beside it (number 0 is unused).
    pub(super) diagonal: Vec<f64>,
    pub(super) beside: Vec<f64>,
    /// `Z`, [photos, photos]. Single precision is enough here: it is only multiplied with, once.
    pub(super) basis: Vec<f32>,
}

impl Decomposition {
    /// All of it in one go; for a few hundred photos, and where nobody waits.
    ///
    /// # Errors
    /// [`InstantError::NoPhotos`].
    pub fn new(gram: &Gram) -> Result<Self, InstantError> {
        let mut reduction = Reduction::new(gram)?;
        reduction.step(Duration::MAX, || 0.0);
        reduction.finish().ok_or(InstantError::NoPhotos)
    }

    /// How many photos.
    pub fn photos(&self) -> usize {
        self.photos
    }

    /// For every photo the mean of its products with all.
    pub(crate) fn means(&self) -> &[f64] {
        &self.means
    }

    /// The mean of all products.
    pub(crate) fn mean(&self) -> f64 {
        self.mean
    }

    /// The sum of the photos' squared distances from their mean.
    pub(crate) fn scatter(&self) -> f64 {
        self.diagonal.iter().sum()
    }
}
