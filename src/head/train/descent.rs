//! Gradient descent on linear softmax heads, several weight decays at once.
//!
//! The weights of a head that starts at zero and follows its gradient are always a sum of photos, `weight = Aᵀ X`. With
//! the photos' dot products `K = X Xᵀ` at hand the logits are `K A + bias`, and a step of gradient descent on the weights
//! is `A ← A - rate (dL/dlogits + decay · A)`: the very same heads, for a tenth of the arithmetic, since the few hundred
//! photos take the place of 6,560 numbers. Burn's autodiff gives `dL/dlogits`. All decays stand side by side in one matrix.

use super::{TrainConfig, read};
use crate::protocol::Failure;
use burn::tensor::{Device, Tensor, TensorData, activation::log_softmax};

/// Keeps photos that are all the same from an endless step.
const SMALLEST_CURVATURE: f64 = 1e-12;

/// Heads on their way.
pub(super) struct Descent {
    /// Dot products of the photos, [photos, photos].
    gram: Tensor<2>,
    /// What the logits should say, times the share of each photo in the loss, [photos, 1, classes].
    targets: Tensor<3>,
    /// What a step leaves of the weights, one column a class and decay, [1, decays · classes].
    keep: Tensor<2>,
    heads: Heads,
    before: Heads,
    momentum: f64,
    /// Step size of the weights, [1, decays · classes].
    rate: Tensor<2>,
    /// Step size of the bias, [1, decays · classes].
    bias_rate: Tensor<2>,
    /// [photos, decays, classes]
    shape: [usize; 3],
}

/// The heads at one step. Cloning shares the numbers.
#[derive(Clone)]
pub(super) struct Heads {
    /// How much of each photo is in each weight, [photos, decays · classes].
    pub(super) shares: Tensor<2>,
    /// [1, decays · classes]
    pub(super) bias: Tensor<2>,
}

impl Descent {
    /// Heads of zeros. Only the photos in `trains` count in the loss; `variance` sets the step size.
    pub(super) fn new(
        gram: Tensor<2>,
        variance: f64,
        labels: &[usize],
        classes: usize,
        trains: &[usize],
        decays: &[f64],
        config: &TrainConfig,
    ) -> Self {
        let device = gram.device();
        let (photos, columns) = (labels.len(), decays.len() * classes);
        // The loss of a softmax bends at most half as much as the photos vary: the largest steps that are surely stable.
        let rate = |decay: f64| 1.0 / (variance / 2.0 + decay).max(SMALLEST_CURVATURE);
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let row = |number: &dyn Fn(f64) -> f64| {
            let numbers: Vec<f32> = decays.iter().flat_map(|&decay| vec![number(decay) as f32; classes]).collect();
            Tensor::from_data(TensorData::new(numbers, [1, columns]), &device)
        };
        let zeros =
            Heads { shares: Tensor::zeros([photos, columns], &device), bias: Tensor::zeros([1, columns], &device) };
        Self {
            gram,
            targets: targets(labels, classes, trains, config.label_smoothing, &device),
            keep: row(&|decay| 1.0 - rate(decay) * decay),
            rate: row(&rate),
            // As if every photo had one more number, as large as the photos vary.
            bias_rate: row(&|decay| rate(decay) * variance),
            before: zeros.clone(),
            heads: zeros,
            momentum: config.momentum,
            shape: [photos, decays.len(), classes],
        }
    }

    /// One step of all heads, with Nesterov's momentum: the gradient is taken where the momentum leads.
    pub(super) fn step(&mut self) {
        let ahead = Heads {
            shares: self.heads.shares.clone()
                + (self.heads.shares.clone() - self.before.shares.clone()) * self.momentum,
            bias: self.heads.bias.clone() + (self.heads.bias.clone() - self.before.bias.clone()) * self.momentum,
        };
        let logits = self.logits_of(&ahead).autodiff().require_grad(); // [photos, decays · classes]
        let log_probability = log_softmax(logits.clone().reshape(self.shape), 2); // [photos, decays, classes]
        let loss = (log_probability * self.targets.clone()).sum().neg();
        let slope = logits.grad(&loss.backward()).expect("the loss depends on the logits"); // [photos, decays · classes]
        let next = Heads {
            bias: ahead.bias - slope.clone().sum_dim(0) * self.bias_rate.clone(),
            shares: ahead.shares * self.keep.clone() - slope * self.rate.clone(),
        };
        self.before = std::mem::replace(&mut self.heads, next);
    }

    /// The heads as they are.
    pub(super) fn heads(&self) -> Heads {
        self.heads.clone()
    }

    /// Their logits of all photos, read back, [photos, decays, classes].
    ///
    /// # Errors
    /// When the device fails.
    pub(super) async fn logits(&self) -> Result<Vec<f32>, Failure> {
        read(self.logits_of(&self.heads)).await
    }

    /// Floating-point operations of one step.
    pub(super) fn flops(&self) -> usize {
        let [photos, decays, classes] = self.shape;
        2 * photos * photos * decays * classes
    }

    fn logits_of(&self, heads: &Heads) -> Tensor<2> {
        self.gram.clone().matmul(heads.shares.clone()) + heads.bias.clone() // [photos, decays · classes]
    }
}

/// What the logits should say, [photos, 1, classes]: zeros for photos that do not count.
fn targets(labels: &[usize], classes: usize, trains: &[usize], smoothing: f64, device: &Device) -> Tensor<3> {
    let share = 1.0 / trains.len() as f64;
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let (right, any) = ((share * (1.0 - smoothing)) as f32, (share * smoothing / classes as f64) as f32);
    let mut targets = vec![0.0; labels.len() * classes];
    for &photo in trains {
        let row = &mut targets[photo * classes..(photo + 1) * classes];
        row.fill(any);
        row[labels[photo]] += right;
    }
    Tensor::from_data(TensorData::new(targets, [labels.len(), 1, classes]), device)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One step by hand in the space of the weights, from zero: `weight = rate · Σ (target - 1/C) x / n`.
    #[tokio::test]
    async fn a_step_on_shares_is_a_step_on_weights() {
        let device = Device::flex();
        let rows = [[1.0f32, 0.0], [0.6, 0.8], [-1.0, 0.5]];
        let features = Tensor::<2>::from_data(rows, &device);
        let gram = features.clone().matmul(features.clone().transpose());
        let config = TrainConfig { label_smoothing: 0.0, ..TrainConfig::default() };
        let mut descent = Descent::new(gram, 2.0, &[0, 0, 1], 2, &[0, 1, 2], &[0.0, 1e-9], &config);
        descent.step();
        let logits = descent.logits().await.expect("flex works");
        // Slopes are ±1/6 a photo, the rate is 1: weight of class 0 = (x0 + x1 - x2) / 6, bias = 2 · (1/6).
        let weight = [(1.0 + 0.6 + 1.0) / 6.0, (0.8 - 0.5) / 6.0];
        for (photo, row) in rows.iter().enumerate() {
            let expected = weight[0] * row[0] + weight[1] * row[1] + 2.0 / 6.0;
            for decay in 0..2 {
                let at = (photo * 2 + decay) * 2;
                assert!((logits[at] - expected).abs() < 1e-6, "{photo} {decay}");
                assert!((logits[at + 1] + expected).abs() < 1e-6, "{photo} {decay}");
            }
        }
    }

    #[tokio::test]
    async fn photos_that_do_not_count_leave_no_trace() {
        let device = Device::flex();
        let gram = Tensor::<2>::from_data([[1.0f32, 0.2, 0.1], [0.2, 1.0, 0.3], [0.1, 0.3, 1.0]], &device);
        let mut descent = Descent::new(gram, 0.5, &[0, 1, 1], 2, &[0, 1], &[1e-3], &TrainConfig::default());
        for _ in 0..10 {
            descent.step();
        }
        let shares = read(descent.heads().shares).await.expect("flex works");
        assert_eq!(&shares[4..], [0.0, 0.0]);
        assert!(shares[..4].iter().all(|&share| share != 0.0));
    }
}
