//! The network on the processor. Burn's general kernels take three times as long on one thread in a browser.
//!
//! A photo goes through the [`stem`], each [`block`] and the last layer without ever leaving the layout of [`octet`];
//! the weights are put in the order in which they are read once, by [`PackedNetwork::pack`]. A kernel is written once
//! over `fearless_simd`'s vectors, and compiled for every instruction set that the processor may turn out to have. In
//! WebAssembly that is fixed: with `-C target-feature=+simd128,+relaxed-simd` the same code multiplies and adds at
//! once, and does not load where a browser lacks that.

mod block;
mod depthwise;
#[cfg(test)]
mod naive;
mod octet;
mod pointwise;
mod relu6;
mod stem;

use super::{
    layers::{Convolution, Network, Place},
    registry::{Input, PoolSpec},
};
use block::{Block, BlockScratch, average};
use fearless_simd::{Level, Simd, dispatch};
use octet::{LANES, Map};
use pointwise::Pointwise;
use std::ops::Range;
use stem::Stem;

/// A network whose weights are packed for the kernels.
#[derive(Debug)]
pub struct PackedNetwork {
    level: Level,
    stem: Stem,
    blocks: Vec<Block>,
    head: Pointwise,
    pools: Vec<(Place, Range<usize>)>, // where in the answer each pool stands
}

/// Memory for one photo on its way, to be used again for the next.
#[derive(Debug, Default)]
pub struct Scratch {
    patches: Map,
    block: BlockScratch,
    input: Map,
    output: Map,
}

impl PackedNetwork {
    /// Packs the weights of a network. `tensor` gives a convolution's weights, in the order of its
    /// [`shape`](Convolution::shape), and its bias.
    ///
    /// # Errors
    /// Those of `tensor`.
    ///
    /// # Panics
    /// For a depthwise convolution that is neither 3×3 nor 5×5, or of another stride than 1 and 2.
    pub fn pack<E>(
        network: &Network,
        input: &Input,
        pools: &[PoolSpec],
        mut tensor: impl FnMut(&Convolution) -> Result<(Vec<f32>, Vec<f32>), E>,
    ) -> Result<Self, E> {
        let (stem, head) = (network.stem(), network.head());
        let stem = Stem::pack(stem, input, tensor(&stem)?);
        let mut side = stem.side();
        let mut blocks = Vec::with_capacity(network.blocks.len());
        for (index, block) in network.blocks.iter().enumerate() {
            let block = Block::pack(block, index, side, &mut tensor)?;
            side = block.side();
            blocks.push(block);
        }
        let head = Pointwise::pack(&head, tensor(&head)?);
        let mut end = 0;
        let range = |pool: &PoolSpec| {
            let start = end;
            end += pool.channels;
            (pool.place, start..end)
        };
        let pools = pools.iter().map(range).collect();
        Ok(Self { level: Level::new(), stem, blocks, head, pools })
    }

    /// The pools of a photo, one after the other. `rgb` are its bytes, `[side, side, 3]`.
    ///
    /// # Panics
    /// If there are fewer bytes.
    pub fn pools(&self, scratch: &mut Scratch, rgb: &[u8]) -> Vec<f32> {
        let mut pools = vec![0.0; self.dim()];
        dispatch!(self.level, simd => self.walk(simd, scratch, rgb, &mut |place, map| {
            if let Some(range) = self.range(place) {
                average(simd, map, &mut pools[range]);
            }
        }));
        pools
    }

    /// What the pools of a photo are averages of: the map of each of their numbers, one after the other. `rgb` are its
    /// bytes, `[side, side, 3]`.
    ///
    /// # Panics
    /// If there are fewer bytes.
    pub fn maps(&self, scratch: &mut Scratch, rgb: &[u8]) -> Vec<f32> {
        let mut maps = vec![Vec::new(); self.dim()];
        dispatch!(self.level, simd => self.walk(simd, scratch, rgb, &mut |place, map| {
            for (channel, number) in self.range(place).into_iter().flatten().enumerate() {
                maps[number] = map.channel(channel).collect();
            }
        }));
        maps.concat()
    }

    /// Runs all layers, and shows the maps that can be pooled.
    fn walk<S: Simd>(&self, simd: S, scratch: &mut Scratch, rgb: &[u8], show: &mut dyn FnMut(Place, &Map)) {
        let Scratch { patches, block: within, input, output } = scratch;
        self.stem.run(simd, rgb, patches, input);
        for (index, block) in self.blocks.iter().enumerate() {
            block.run(simd, input, within, |map| show(Place::Depthwise(index), map), output);
            std::mem::swap(input, output);
        }
        if self.range(Place::Head).is_some() {
            output.reshape(self.head.planes() * LANES, input.pixels());
            self.head.run(simd, input, None, output);
            show(Place::Head, output);
        }
    }

    /// Numbers of all pools together.
    fn dim(&self) -> usize {
        self.pools.last().map_or(0, |(_, range)| range.end)
    }

    fn range(&self, place: Place) -> Option<Range<usize>> {
        self.pools.iter().find(|(at, _)| *at == place).map(|(_, range)| range.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{layers, registry::LITE0},
        naive::{assert_near, convolve, weights},
        *,
    };

    static SMALL: Network = Network {
        stem: 9,
        blocks: &[
            layers::Block { input: 9, expanded: 9, output: 7, kernel: 3, stride: 1 },
            layers::Block { input: 7, expanded: 21, output: 10, kernel: 5, stride: 2 },
            layers::Block { input: 10, expanded: 20, output: 10, kernel: 3, stride: 1 },
        ],
        head: 19,
    };
    const SIDE_PX: u32 = 22;

    /// Weights of a place, small enough that the maps stay in the middle of the activation's range.
    fn tensor(convolution: &Convolution) -> (Vec<f32>, Vec<f32>) {
        let (mut weights, mut bias) = weights(convolution.output as u64, convolution);
        weights.iter_mut().for_each(|weight| *weight *= 0.3);
        bias.iter_mut().for_each(|bias| *bias += 0.5);
        (weights, bias)
    }

    fn picture(seed: usize) -> Vec<u8> {
        (0..SIDE_PX as usize * SIDE_PX as usize * 3).map(|at| (at * at * 31 + seed).to_le_bytes()[0]).collect()
    }

    /// The average of each channel at a place, by the definitions alone.
    #[allow(clippy::cast_precision_loss, reason = "few pixels")]
    fn averages(place: Place, rgb: &[u8], input: &Input) -> Vec<f32> {
        let normalised =
            |channel| rgb.iter().skip(channel).step_by(3).map(|&value| (f32::from(value) - input.offset) / input.scale);
        let mut map: Vec<f32> = (0..3).flat_map(normalised).collect();
        let mut side = SIDE_PX as usize;
        let mut block_input = Vec::new();
        for convolution in SMALL.convolutions() {
            if matches!(convolution.place, Place::Expand(_)) {
                block_input.clone_from(&map);
            }
            let (weights, bias) = tensor(&convolution);
            map = convolve(&convolution, &weights, &bias, &map, side);
            side = side.div_ceil(convolution.stride);
            if convolution.place == Place::Project(2) {
                map.iter_mut().zip(&block_input).for_each(|(value, added)| *value += added);
            }
            if convolution.place == place {
                return map.chunks(side * side).map(|plane| plane.iter().sum::<f32>() / plane.len() as f32).collect();
            }
        }
        Vec::new()
    }

    #[test]
    fn the_pools_of_photo_after_photo_are_as_defined_in_the_order_asked_for() {
        let input = Input { size_px: SIDE_PX, ..LITE0.input };
        let places = [(Place::Depthwise(2), 20), (Place::Head, 19), (Place::Depthwise(0), 9)];
        let pools = places.map(|(place, channels)| PoolSpec { name: "", channels, place });
        let network =
            PackedNetwork::pack(&SMALL, &input, &pools, |convolution| Ok::<_, ()>(tensor(convolution))).unwrap();
        let mut scratch = Scratch::default();
        for seed in [1, 2] {
            let rgb = picture(seed);
            let expected: Vec<f32> = places.iter().flat_map(|(place, _)| averages(*place, &rgb, &input)).collect();
            assert_near(&network.pools(&mut scratch, &rgb), &expected);
        }
    }

    #[test]
    #[allow(clippy::cast_precision_loss, reason = "few pixels")]
    fn a_pool_is_the_average_of_its_map() {
        let input = Input { size_px: SIDE_PX, ..LITE0.input };
        let pools = [(Place::Head, 19), (Place::Depthwise(1), 21)].map(|(place, channels)| PoolSpec {
            name: "",
            channels,
            place,
        });
        let network =
            PackedNetwork::pack(&SMALL, &input, &pools, |convolution| Ok::<_, ()>(tensor(convolution))).unwrap();
        let mut scratch = Scratch::default();
        let maps = network.maps(&mut scratch, &picture(3));
        assert_eq!(maps.len(), (19 + 21) * 6 * 6);
        let averages: Vec<f32> = maps.chunks(6 * 6).map(|map| map.iter().sum::<f32>() / map.len() as f32).collect();
        assert_near(&network.pools(&mut scratch, &picture(3)), &averages);
        assert!(maps.chunks(6 * 6).any(|map| map[0] != map[20]));
    }

    #[test]
    fn a_tensor_that_is_missing_is_an_error() {
        let none = |convolution: &Convolution| match convolution.place {
            Place::Head => Err("no head"),
            _ => Ok(tensor(convolution)),
        };
        assert_eq!(PackedNetwork::pack(&SMALL, &LITE0.input, &[], none).err(), Some("no head"));
    }
}
