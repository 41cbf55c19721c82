//! Weights that know nothing: what the published ones are compared with.
//!
//! Uniform numbers after He, Zhang, Ren and Sun, "Delving Deep into Rectifiers" (2015), <https://arxiv.org/abs/1502.01852>,
//! without biases. Signals keep their size on the way, so that they neither die nor reach the 6 of `ReLU6`:
//!
//! - behind an activation, which halves the square of a signal, the variance of a weight is 2 / fan-in; behind a projection,
//!   which has none, it is 1 / fan-in; the picture's own values, even between -1 and 1, have a third of a square, so the first
//!   convolution takes 3 / fan-in;
//! - a block that is added to its input would double the square every time. Its projection gets a share of 1 / (number of
//!   such blocks), after Hanin and Rolnick, "How to Start Training" (2018), <https://arxiv.org/abs/1803.01719>: all of them
//!   together then grow the square less than e times.

use super::layers::{Block, Convolution, Network, Place};
use crate::dataset::SplitMix64;

/// Numbers that a weight may be: as many as single precision can tell apart.
const STEPS: usize = 1 << 24;

/// Makes the tensors of a network, one convolution after the other.
pub(super) struct RandomWeights {
    network: &'static Network,
    random: SplitMix64,
}

impl RandomWeights {
    /// The same seed, the same weights.
    pub(super) fn new(network: &'static Network, seed: u64) -> Self {
        Self { network, random: SplitMix64(seed) }
    }

    /// The weights of a convolution, in the order of its shape, and its bias.
    pub(super) fn of(&mut self, convolution: &Convolution) -> (Vec<f32>, Vec<f32>) {
        let [outputs, inputs, height, width] = convolution.shape();
        let fan_in = (inputs * height * width) as f64;
        // A number that is even between -limit and limit has a variance of limit² / 3.
        let limit = (3.0 * self.gain(convolution.place) / fan_in).sqrt();
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let mut weight = || ((self.random.below(STEPS) as f64 / (STEPS / 2) as f64 - 1.0) * limit) as f32;
        let weights = (0..outputs * inputs * height * width).map(|_| weight()).collect();
        (weights, vec![0.0; outputs])
    }

    /// The variance of a weight, times the fan-in.
    fn gain(&self, place: Place) -> f64 {
        let blocks = self.network.blocks;
        let residual = blocks.iter().filter(|block| block.is_residual()).count().max(1) as f64;
        match place {
            Place::Stem => 3.0,
            // What comes out of a block has no activation; the first block begins behind the stem's.
            Place::Expand(0) => 2.0,
            Place::Expand(_) | Place::Head => 1.0,
            Place::Depthwise(at) if at > 0 && blocks[at].expanded == blocks[at].input => 1.0,
            Place::Depthwise(_) => 2.0,
            Place::Project(at) => 2.0 / if blocks.get(at).is_some_and(Block::is_residual) { residual } else { 1.0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        backbone::{Backbone, registry::LITE0},
        image::{Pixels, SIDE_PX},
    };

    /// Stripes under grain, as a photo has: [224 · 224 · 3].
    fn picture(seed: usize) -> Pixels {
        let pixel = |at: usize| {
            let (row, column) = (at / (3 * SIDE_PX), at / 3 % SIDE_PX);
            let wave = ((row * seed + 2 * column) as f64 / 17.0).sin() * 80.0;
            let grain = (at.wrapping_mul(2_654_435_761 + seed) >> 7) % 61;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 17 to 238")]
            let value = (97.0 + wave + grain as f64) as u8;
            value
        };
        Pixels((0..SIDE_PX * SIDE_PX * 3).map(pixel).collect())
    }

    #[tokio::test]
    async fn signals_neither_die_nor_reach_the_end_of_the_activation() {
        for seed in 1..4 {
            let pools = Backbone::random(&LITE0, seed).pools(&[picture(1), picture(5)]).await.unwrap();
            let mut start = 0;
            for pool in LITE0.pools {
                let rows = [&pools[0], &pools[1]].map(|row| &row[start..start + pool.channels]);
                start += pool.channels;
                let numbers = || rows.iter().flat_map(|row| row.iter().copied());
                let of = 2.0 * pool.channels as f32;
                let mean = numbers().sum::<f32>() / of;
                let dead = numbers().filter(|&value| value == 0.0).count() as f32 / of;
                let full = numbers().filter(|&value| value > 5.0).count() as f32 / of;
                assert!((0.1..1.5).contains(&mean), "{}: mean {mean}", pool.name);
                assert!(dead < 0.6 && full < 0.02, "{}: {dead} dead, {full} at the end", pool.name);
                // What differs between photos is not lost in rounding.
                let apart: f32 = rows[0].iter().zip(rows[1]).map(|(a, b)| (a - b).powi(2)).sum::<f32>();
                let length: f32 = rows[0].iter().map(|a| a * a).sum();
                assert!(apart > 1e-4 * length, "{}: {apart} of {length}", pool.name);
            }
        }
    }

    #[tokio::test]
    async fn a_seed_stands_for_its_weights() {
        let photo = [picture(2)];
        let once = Backbone::random(&LITE0, 1).pools(&photo).await.unwrap();
        assert_eq!(Backbone::random(&LITE0, 1).pools(&photo).await.unwrap(), once);
        assert_ne!(Backbone::random(&LITE0, 2).pools(&photo).await.unwrap(), once);
    }
}
