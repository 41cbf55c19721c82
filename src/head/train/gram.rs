//! The dot products of all photos with each other, a strip of rows at a time.

use super::{FLOPS_PER_SLICE, read};
use crate::protocol::Failure;
use burn::tensor::{Device, Tensor, TensorData};

/// Rounds of power iteration: the step size needs the largest eigenvalue to a few per cent.
const POWER_ROUNDS: usize = 20;

/// The matrix of dot products while it grows, row by row.
pub(super) struct Gram {
    photos: usize,
    dim: usize,
    /// [photos, photos]; rows before `done` are right, and so are their mirror images.
    values: Vec<f32>,
    done: usize,
}

impl Gram {
    pub(super) fn new(photos: usize, dim: usize) -> Self {
        Self { photos, dim, values: vec![0.0; photos * photos], done: 0 }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.done == self.photos
    }

    /// One strip. The matrix is symmetric, so a strip ends at its diagonal. `features` is [photos, dim].
    ///
    /// # Errors
    /// When the device fails.
    pub(super) async fn step(&mut self, features: &Tensor<2>) -> Result<(), Failure> {
        let rows = (FLOPS_PER_SLICE / (2 * self.dim * self.photos)).clamp(1, self.photos - self.done);
        let end = self.done + rows;
        let strip = features.clone().slice([self.done..end, 0..self.dim]); // [rows, dim]
        let others = features.clone().slice([0..end, 0..self.dim]); // [end, dim]
        let products = read(strip.matmul(others.transpose())).await?; // [rows, end]
        for (row, products) in (self.done..end).zip(products.chunks_exact(end)) {
            for (column, &product) in products[..=row].iter().enumerate() {
                self.values[row * self.photos + column] = product;
                self.values[column * self.photos + row] = product;
            }
        }
        self.done = end;
        Ok(())
    }

    /// Largest eigenvalue divided by the number of photos: the variance along the direction in which the photos differ
    /// most. By power iteration.
    pub(super) fn largest_variance(&self) -> f64 {
        // Any start will do that is not orthogonal to the answer, such as a sum over the photos of one class.
        let mut vector: Vec<f64> = (0..self.photos).map(|photo| 1.0 + (photo % 7) as f64).collect();
        let mut eigenvalue = 0.0;
        for _ in 0..POWER_ROUNDS {
            let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            let row_product = |row: &[f32]| {
                row.iter().zip(&vector).map(|(&value, other)| f64::from(value) * other).sum::<f64>() / length
            };
            vector = self.values.chunks_exact(self.photos).map(row_product).collect();
            eigenvalue = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
        }
        eigenvalue / self.photos as f64
    }

    /// The finished matrix on the device, [photos, photos].
    pub(super) fn upload(self, device: &Device) -> Tensor<2> {
        Tensor::from_data(TensorData::new(self.values, [self.photos, self.photos]), device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_pair_of_photos_has_its_dot_product() {
        let device = Device::flex();
        let rows = [[1.0f32, 2.0], [3.0, 4.0], [-1.0, 0.5]];
        let features = Tensor::<2>::from_data(rows, &device);
        let mut gram = Gram::new(3, 2);
        while !gram.is_complete() {
            gram.step(&features).await.expect("flex works");
        }
        assert_eq!(gram.values, [5.0, 11.0, 0.0, 11.0, 25.0, -1.0, 0.0, -1.0, 1.25]);
        // The eigenvalues of the 2 × 2 matrix of the columns, [[11, 13.5], [13.5, 20.25]], are the same.
        let (half_sum, half_gap) = (15.625f64, (4.625f64.powi(2) + 13.5f64.powi(2)).sqrt());
        assert!((gram.largest_variance() - (half_sum + half_gap) / 3.0).abs() < 1e-4);
    }
}
