//! The four candidates, and which of them is the head.

use super::{
    Decomposition, Gram, InstantError, Labels, Matrix,
    gaussian::{Covariance, Gaussian},
    ridge::Ridge,
};
use crate::head::{
    Transform,
    calibrate::{calibrate, calibrate_smoothed},
};

/// Which transform of the pools a head looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature {
    /// 1,280 numbers of the last layer.
    Narrow,
    /// 6,560 numbers of six layers.
    Wide,
}

impl Feature {
    /// The transform.
    pub fn transform(self) -> Transform {
        match self {
            Self::Narrow => Transform::narrow(),
            Self::Wide => Transform::wide(),
        }
    }
}

/// How a closed form was fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Ridge regression.
    Ridge {
        /// Its regularisation.
        lambda: f64,
    },
    /// Linear discriminant analysis, all classes being as likely.
    Lda {
        /// Share of the mean variance that is added to every direction.
        shrink: f64,
    },
}

/// A closed form on one feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// What it looks at.
    pub feature: Feature,
    /// How it was fitted.
    pub method: Method,
    /// What each photo gets from the fit to all others, [photos, classes].
    pub leave_one_out: Matrix,
    /// Log loss of these scores at the temperature that suits them best, nats.
    pub loss: f64,
    /// Weight of each photo in each class's row of the layer, [photos, classes]; every column adds up to 0.
    pub(super) coefficients: Matrix,
    /// [classes]
    offsets: Vec<f64>,
}

/// The candidate that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct InstantHead {
    /// The fit.
    pub fit: Candidate,
    /// Scores are divided by it before the softmax; chosen on the leave-one-out scores.
    pub temperature: f64,
    /// All that were compared, with their losses, in the order they were given.
    pub compared: Vec<(Feature, Method, f64)>,
}

/// A linear layer: logits are `weight · feature + bias`.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// [classes, dim]
    pub weight: Vec<f32>,
    /// [classes]
    pub bias: Vec<f32>,
}

impl Feature {
    /// Shrinkage of discriminant analysis on this feature; from the reference.
    pub(crate) fn shrink(self) -> f64 {
        match self {
            Self::Narrow => 0.3,
            Self::Wide => 0.1,
        }
    }
}

impl Candidate {
    /// Fits ridge regression.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where labels and decomposition are of different photos.
    pub fn ridge(feature: Feature, decomposition: &Decomposition, labels: &Labels) -> Result<Self, InstantError> {
        same_photos(decomposition, labels)?;
        let fit = Ridge::new(decomposition, labels);
        let method = Method::Ridge { lambda: fit.lambda };
        Ok(Self::new(feature, method, labels, decomposition, fit.leave_one_out, fit.coefficients, fit.means))
    }

    /// Fits discriminant analysis; none where a class has a single photo, or all photos of every class are the same.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where labels and decomposition are of different photos.
    pub fn lda(feature: Feature, decomposition: &Decomposition, labels: &Labels) -> Result<Option<Self>, InstantError> {
        same_photos(decomposition, labels)?;
        let Some(fit) = lda(feature, decomposition, labels) else { return Ok(None) };
        let method = Method::Lda { shrink: feature.shrink() };
        let offsets = (0..labels.classes()).map(|class| -0.5 * fit.between[(class, class)]).collect();
        let scores = scores(&fit.leave_one_out());
        Ok(Some(Self::new(feature, method, labels, decomposition, scores, fit.coefficients(), offsets)))
    }

    /// What other photos get, [others, classes]. `members` are the rows, in `gram`, of the photos that it was fitted to.
    pub(super) fn scores(&self, gram: &Gram, members: &[usize], others: &[usize]) -> Matrix {
        Matrix::from_fn(others.len(), self.offsets.len(), |row, class| {
            let along = members.iter().enumerate();
            let along = along.map(|(at, &member)| self.coefficients[(at, class)] * gram.product(member, others[row]));
            along.sum::<f64>() + self.offsets[class]
        })
    }

    fn new(
        feature: Feature,
        method: Method,
        labels: &Labels,
        decomposition: &Decomposition,
        leave_one_out: Matrix,
        coefficients: Matrix,
        means: Vec<f64>,
    ) -> Self {
        let loss = calibrate_smoothed(leave_one_out.values(), labels.of(), labels.classes(), 0.0).loss;
        // The layer sees the feature as it is, not its distance from the mean feature.
        let shift = |class: usize| {
            (0..labels.photos()).map(|photo| coefficients[(photo, class)] * decomposition.means[photo]).sum::<f64>()
        };
        let offsets = means.iter().enumerate().map(|(class, mean)| mean - shift(class)).collect();
        Self { feature, method, leave_one_out, loss, coefficients, offsets }
    }
}

impl InstantHead {
    /// The candidate with the lowest loss, with its temperature; the first of equals, none of none.
    pub fn choose(candidates: Vec<Candidate>, labels: &Labels) -> Option<Self> {
        let compared =
            candidates.iter().map(|candidate| (candidate.feature, candidate.method, candidate.loss)).collect();
        let fit = candidates.into_iter().reduce(|best, other| if other.loss < best.loss { other } else { best })?;
        let temperature = calibrate(fit.leave_one_out.values(), labels.of(), labels.classes()).temperature;
        Some(Self { fit, temperature, compared })
    }

    /// All of it at once, from the decompositions of both features.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where labels and decompositions are of different photos.
    pub fn fit(narrow: &Decomposition, wide: &Decomposition, labels: &Labels) -> Result<Self, InstantError> {
        let mut candidates = Vec::new();
        for (feature, decomposition) in [(Feature::Narrow, narrow), (Feature::Wide, wide)] {
            candidates.push(Candidate::ridge(feature, decomposition, labels)?);
            candidates.extend(Candidate::lda(feature, decomposition, labels)?);
        }
        Self::choose(candidates, labels).ok_or(InstantError::NoPhotos)
    }

    /// The layer, from the features that the decomposition was made of.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where they are of other photos.
    pub fn layer(&self, gram: &Gram) -> Result<Layer, InstantError> {
        self.layer_of(gram, &(0..gram.len()).collect::<Vec<_>>())
    }

    /// The layer, where the decomposition was made of the photos `rows` of the features.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where they are of other photos.
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    pub fn layer_of(&self, gram: &Gram, rows: &[usize]) -> Result<Layer, InstantError> {
        let coefficients = &self.fit.coefficients;
        if rows.len() != coefficients.rows() || rows.iter().any(|&row| row >= gram.len()) {
            return Err(InstantError::Shape);
        }
        let mut weights = Matrix::zeros(gram.len(), coefficients.columns());
        for (at, &row) in rows.iter().enumerate() {
            weights.row_mut(row).copy_from_slice(coefficients.row(at));
        }
        let bias = self.fit.offsets.iter().map(|&offset| offset as f32).collect();
        Ok(Layer { weight: gram.combine(&weights), bias })
    }
}

/// Discriminant analysis as Gaussians; none where it has no leave-one-out.
pub(super) fn lda<'a>(feature: Feature, decomposition: &'a Decomposition, labels: &'a Labels) -> Option<Gaussian<'a>> {
    if labels.fewest() < 2 {
        return None;
    }
    let covariance = Covariance::shrunk(decomposition, labels, feature.shrink())?;
    Some(Gaussian::new(decomposition, labels, covariance))
}

/// Squared distances as scores: logarithms of densities, up to a constant.
pub(super) fn scores(distances: &Matrix) -> Matrix {
    Matrix::from_fn(distances.rows(), distances.columns(), |i, j| -0.5 * distances[(i, j)])
}

pub(super) fn same_photos(decomposition: &Decomposition, labels: &Labels) -> Result<(), InstantError> {
    if decomposition.photos == labels.photos() { Ok(()) } else { Err(InstantError::Shape) }
}
