//! The photos' features and the dot products of all of them with each other, growing as photos arrive.

use super::{InstantError, Matrix, kernel::dots};

/// Features of one kind and their Gram matrix: all that a closed-form head needs to know of the photos. Photo `i` is row `i`.
#[derive(Debug, Clone, PartialEq)]
pub struct Gram {
    dim: usize,
    /// [photos, dim]
    features: Vec<f32>,
    /// Lower triangle, row by row: product of photos `i` and `j ≤ i` at `i(i+1)/2 + j`.
    products: Vec<f64>,
}

impl Gram {
    /// No photo yet; features will have `dim` numbers.
    pub fn new(dim: usize) -> Self {
        Self { dim, features: Vec::new(), products: Vec::new() }
    }

    /// How many photos.
    pub fn len(&self) -> usize {
        self.features.len().checked_div(self.dim).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Numbers a feature.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// Adds photos behind those that are there. `features` are rows of `dim` numbers; a batch costs
    /// `batch · photos · dim` multiplications, so some sixty photos at once are a bounded step.
    ///
    /// # Errors
    /// [`InstantError::Shape`] for a row that is not whole, [`InstantError::NotFinite`] for a number that is none; nothing
    /// is added then.
    pub fn push(&mut self, features: &[f32]) -> Result<(), InstantError> {
        if self.dim == 0 || !features.len().is_multiple_of(self.dim) {
            return Err(InstantError::Shape);
        }
        if features.iter().any(|number| !number.is_finite()) {
            return Err(InstantError::NotFinite);
        }
        let before = self.len();
        self.features.extend_from_slice(features);
        self.products.resize(triangle(self.len()), 0.0);
        let products = &mut self.products;
        dots(&self.features, features, self.dim, |photo, new, product| {
            if photo <= before + new {
                products[triangle(before + new) + photo] = product;
            }
        });
        Ok(())
    }

    /// Keeps the photos for whose index `keep` is true, in their order.
    pub fn retain(&mut self, keep: impl Fn(usize) -> bool) {
        let kept: Vec<usize> = (0..self.len()).filter(|&photo| keep(photo)).collect();
        self.products = kept
            .iter()
            .enumerate()
            .flat_map(|(at, &photo)| kept[..=at].iter().map(move |&other| triangle(photo) + other))
            .map(|at| self.products[at])
            .collect();
        self.features = kept.iter().flat_map(|&photo| self.feature(photo)).copied().collect();
    }

    /// The feature of a photo, [dim].
    pub fn feature(&self, photo: usize) -> &[f32] {
        &self.features[photo * self.dim..(photo + 1) * self.dim]
    }

    /// The product of two photos.
    pub fn product(&self, photo: usize, other: usize) -> f64 {
        let (low, high) = if photo < other { (photo, other) } else { (other, photo) };
        self.products[triangle(high) + low]
    }

    /// The largest product of a feature, [dim], of a photo that is not among these, with one of theirs.
    pub fn largest_product(&self, feature: &[f32]) -> f64 {
        let mut largest = f64::NEG_INFINITY;
        dots(&self.features, feature, self.dim, |_, _, product| largest = largest.max(product));
        largest
    }

    /// Sums of features weighted by each column of `weights`, [photos, columns] → [columns, dim].
    pub(crate) fn combine(&self, weights: &Matrix) -> Vec<f32> {
        let mut all = Vec::with_capacity(weights.columns() * self.dim);
        let mut sums = vec![0f64; self.dim];
        for column in 0..weights.columns() {
            sums.fill(0.0);
            for (photo, feature) in self.features.chunks_exact(self.dim).enumerate() {
                let weight = weights[(photo, column)];
                if weight == 0.0 {
                    continue; // a photo that the fit was made without
                }
                for (sum, &value) in sums.iter_mut().zip(feature) {
                    *sum += weight * f64::from(value);
                }
            }
            #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
            all.extend(sums.iter().map(|&sum| sum as f32));
        }
        all
    }

    /// The lower triangle.
    pub(super) fn products(&self) -> &[f64] {
        &self.products
    }
}

/// Numbers in a lower triangle of `rows` rows, which is also where row `rows` starts.
pub(super) fn triangle(rows: usize) -> usize {
    rows * (rows + 1) / 2
}

/// How many rows a lower triangle of so many numbers has.
pub(super) fn rows(lower: &[f64]) -> usize {
    (0..).find(|&rows| triangle(rows) >= lower.len()).unwrap_or(0)
}

/// For every row of a symmetric matrix, of which this is the lower triangle, its mean; and the mean of all.
pub(super) fn means(lower: &[f64], rows: usize) -> (Vec<f64>, f64) {
    let mut sums = vec![0.0; rows];
    for row in 0..rows {
        for (column, value) in lower[triangle(row)..][..row].iter().enumerate() {
            sums[row] += value;
            sums[column] += value;
        }
        sums[row] += lower[triangle(row) + row];
    }
    let count = rows.max(1) as f64;
    let means: Vec<f64> = sums.into_iter().map(|sum| sum / count).collect();
    let mean = means.iter().sum::<f64>() / count;
    (means, mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(photos: usize, dim: usize) -> Vec<f32> {
        (0..photos * dim).map(|at| ((at * 7919) % 101) as f32 / 50.0 - 1.0).collect()
    }

    #[test]
    fn photos_that_arrive_in_batches_make_the_same_matrix() {
        let all = rows(11, 6);
        let (mut whole, mut parts) = (Gram::new(6), Gram::new(6));
        whole.push(&all).unwrap();
        for batch in all.chunks(6 * 4) {
            parts.push(batch).unwrap();
        }
        assert_eq!(whole, parts);
        let wanted: f64 = whole.feature(3).iter().zip(whole.feature(9)).map(|(a, b)| f64::from(a * b)).sum();
        assert!((whole.product(3, 9) - wanted).abs() < 1e-6);
        assert_eq!(whole.product(9, 3), whole.product(3, 9));
    }

    #[test]
    fn a_photo_that_leaves_takes_its_products_along() {
        let all = rows(7, 5);
        let (mut gram, mut other) = (Gram::new(5), Gram::new(5));
        gram.push(&all).unwrap();
        gram.retain(|photo| photo != 2 && photo != 6);
        other.push(&all[..10]).unwrap();
        other.push(&all[15..30]).unwrap();
        assert_eq!(gram, other);
    }

    #[test]
    fn what_is_no_feature_is_refused_and_leaves_no_trace() {
        let mut gram = Gram::new(3);
        assert_eq!(gram.push(&[1.0, 2.0]), Err(InstantError::Shape));
        assert_eq!(gram.push(&[1.0, f32::NAN, 0.0]), Err(InstantError::NotFinite));
        assert!(gram.is_empty());
        assert_eq!(Gram::new(0).push(&[1.0]), Err(InstantError::Shape));
    }
}
