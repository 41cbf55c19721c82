//! One block of the network: expand, filter each channel, project.

use super::{
    super::layers::{self, Convolution},
    depthwise::Depthwise,
    octet::{LANES, Map, Octet},
    pointwise::Pointwise,
};
use fearless_simd::{Simd, SimdBase, f32x8};

/// A block with its weights.
///
/// The expanded map, six times as large as any other, never exists as a whole: eight of its channels at a time are
/// computed row by row, just ahead of the depthwise convolution that reads them, and so stay in the nearest cache.
#[derive(Debug)]
pub(super) struct Block {
    expand: Option<Pointwise>,
    depthwise: Depthwise,
    project: Pointwise,
    sides: Sides,
    residual: bool,
}

/// Sides of a block's square maps, in pixels.
#[derive(Debug)]
struct Sides {
    input: usize,
    before: usize, // zeros before the input
    padded: usize, // the input with the zeros around it
    output: usize,
}

/// What a block writes on the way.
#[derive(Debug, Default)]
pub(super) struct BlockScratch {
    padded: Vec<Octet>, // [padded side, padded side]: eight channels of the expanded map, in a frame of zeros
    filtered: Map,      // [expanded, output side squared]
}

impl Block {
    /// Packs the weights of the `index`th block of a network, which gets maps of `side` × `side` pixels.
    ///
    /// # Errors
    /// Those of `tensor`.
    pub(super) fn pack<E>(
        block: &layers::Block,
        index: usize,
        side: usize,
        mut tensor: impl FnMut(&Convolution) -> Result<(Vec<f32>, Vec<f32>), E>,
    ) -> Result<Self, E> {
        let expand = match block.expand(index) {
            Some(convolution) => Some(Pointwise::pack(&convolution, tensor(&convolution)?)),
            None => None,
        };
        let depthwise = block.depthwise(index);
        let project = block.project(index);
        let (before, after) = depthwise.padding(side);
        Ok(Self {
            expand,
            depthwise: Depthwise::pack(&depthwise, tensor(&depthwise)?),
            project: Pointwise::pack(&project, tensor(&project)?),
            sides: Sides {
                input: side,
                before,
                padded: before + side + after,
                output: side.div_ceil(depthwise.stride),
            },
            residual: block.is_residual(),
        })
    }

    /// Side of the map that it gives.
    pub(super) fn side(&self) -> usize {
        self.sides.output
    }

    /// From `[input, side, side]` to `[output, side / stride, side / stride]`; shows the map after the depthwise
    /// convolution, `[expanded, side / stride, side / stride]`.
    pub(super) fn run<S: Simd>(
        &self,
        simd: S,
        input: &Map,
        scratch: &mut BlockScratch,
        show: impl FnOnce(&Map),
        output: &mut Map,
    ) {
        let BlockScratch { padded, filtered } = scratch;
        let pixels = self.sides.output * self.sides.output;
        padded.clear();
        padded.resize(self.sides.padded * self.sides.padded, Octet::default());
        filtered.reshape(self.depthwise.planes() * LANES, pixels);
        for index in 0..self.depthwise.planes() {
            self.filter(simd, index, input, padded, filtered.plane_mut(index));
        }
        show(filtered);
        output.reshape(self.project.planes() * LANES, pixels);
        self.project.run(simd, filtered, self.residual.then_some(input), output);
    }

    /// Computes eight channels of the map after the depthwise convolution.
    fn filter<S: Simd>(&self, simd: S, index: usize, input: &Map, padded: &mut [Octet], output: &mut [Octet]) {
        let Sides { input: side, before, padded: width, output: output_side } = self.sides;
        let mut ready = 0;
        for (y, output) in output.chunks_exact_mut(output_side).enumerate() {
            let below_kernel = self.depthwise.rows(y);
            let needed = below_kernel.end.saturating_sub(before).min(side);
            for y in ready..needed {
                let row = &mut padded[(before + y) * width + before..][..side];
                match &self.expand {
                    Some(expand) => expand.plane(simd, index, input, y * side, None, row),
                    None => row.copy_from_slice(&input.plane(index)[y * side..][..side]),
                }
            }
            ready = needed;
            let rows = &padded[below_kernel.start * width..below_kernel.end * width];
            self.depthwise.row(simd, index, rows, width, output);
        }
    }
}

/// The global average of each channel of a map.
pub(super) fn average<S: Simd>(simd: S, map: &Map, averages: &mut [f32]) {
    for (index, averages) in averages.chunks_mut(LANES).enumerate() {
        let mean = simd.vectorize(
            #[inline(always)]
            || mean(simd, map.plane(index)),
        );
        averages.copy_from_slice(&mean[..averages.len()]);
    }
}

#[inline(always)]
#[allow(clippy::cast_precision_loss, reason = "a map has a few thousand pixels")]
fn mean<S: Simd>(simd: S, plane: &[Octet]) -> [f32; LANES] {
    let mut sum = f32x8::splat(simd, 0.0);
    for octet in plane {
        sum += octet.load(simd);
    }
    (sum / plane.len() as f32).to_array()
}

#[cfg(test)]
mod tests {
    use super::{
        super::naive::{assert_near, convolve, levels, map_of, numbers, values_of, weights},
        *,
    };
    use fearless_simd::dispatch;

    /// Runs a block both ways; the depthwise convolution is tested by its averages too.
    fn check(block: layers::Block, side: usize) {
        let tensor = |convolution: &Convolution| Ok::<_, ()>(weights(convolution.output as u64, convolution));
        let naive = |convolution: &Convolution, input: &[f32], side| {
            let (weights, bias) = weights(convolution.output as u64, convolution);
            convolve(convolution, &weights, &bias, input, side)
        };
        let values = numbers(3, block.input * side * side);
        let expanded = block.expand(0).map_or_else(|| values.clone(), |expand| naive(&expand, &values, side));
        let filtered = naive(&block.depthwise(0), &expanded, side);
        let packed = Block::pack(&block, 0, side, tensor).unwrap();
        let mut expected = naive(&block.project(0), &filtered, packed.side());
        if block.is_residual() {
            expected.iter_mut().zip(&values).for_each(|(value, added)| *value += added);
        }
        let pixels = packed.side() * packed.side();
        #[allow(clippy::cast_precision_loss, reason = "few pixels")]
        let averages: Vec<f32> =
            filtered.chunks(pixels).map(|plane| plane.iter().sum::<f32>() / pixels as f32).collect();
        let mut scratch = BlockScratch::default();
        for level in levels() {
            let (mut map, mut pool) = (Map::default(), vec![0.0; block.expanded]);
            let input = map_of(&values, block.input);
            dispatch!(level, simd => packed.run(simd, &input, &mut scratch, |map| average(simd, map, &mut pool), &mut map));
            assert_near(&pool, &averages);
            assert_near(&values_of(&map, block.output), &expected);
        }
    }

    #[test]
    fn every_kernel_stride_and_side_is_as_defined() {
        for (kernel, stride) in [(3, 1), (3, 2), (5, 1), (5, 2)] {
            for side in 1..15 {
                check(layers::Block { input: 3, expanded: 18, output: 4, kernel, stride }, side);
            }
        }
    }

    #[test]
    fn a_block_without_an_expanding_convolution_filters_its_input() {
        check(layers::Block { input: 19, expanded: 19, output: 9, kernel: 3, stride: 1 }, 11);
    }

    #[test]
    fn a_block_that_keeps_the_shape_adds_its_input() {
        check(layers::Block { input: 12, expanded: 24, output: 12, kernel: 5, stride: 1 }, 9);
    }
}
