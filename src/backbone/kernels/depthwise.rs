//! The depthwise convolution: each channel has a kernel of its own.

use super::{
    super::layers::Convolution,
    octet::{LANES, Octet, octets_of},
    relu6::Relu6,
};
use crate::unroll::{filled, unroll};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x4, f32x8};
use std::ops::Range;

/// A depthwise convolution with a bias and its `ReLU6`.
#[derive(Debug)]
pub(super) struct Depthwise {
    weights: Vec<Octet>, // [channels / 8, kernel * kernel]
    bias: Vec<Octet>,    // [channels / 8]
    kernel: usize,
    stride: usize,
}

impl Depthwise {
    /// Packs weights of the shape `[channels, 1, kernel, kernel]`, and a bias.
    ///
    /// # Panics
    /// If the kernel is not 3 or 5, or the stride not 1 or 2.
    pub(super) fn pack(convolution: &Convolution, (weights, bias): (Vec<f32>, Vec<f32>)) -> Self {
        let &Convolution { kernel, stride, .. } = convolution;
        assert!(matches!((kernel, stride), (3 | 5, 1 | 2)), "there is no depthwise kernel {kernel} of stride {stride}");
        let taps = kernel * kernel;
        let mut packed = Vec::new();
        for first in (0..bias.len()).step_by(LANES) {
            for tap in 0..taps {
                packed.push(Octet::gather(first, bias.len(), |channel| weights[channel * taps + tap]));
            }
        }
        Self { weights: packed, bias: octets_of(&bias), kernel, stride }
    }

    /// How many times eight channels there are.
    pub(super) fn planes(&self) -> usize {
        self.bias.len()
    }

    /// The rows of the padded input below the kernel, for row `y` of the output.
    pub(super) fn rows(&self, y: usize) -> Range<usize> {
        y * self.stride..y * self.stride + self.kernel
    }

    /// Computes one row of plane `index`. `rows` are the rows of the input below the kernel, of `width` pixels, zeros
    /// at both ends included.
    pub(super) fn row<S: Simd>(&self, simd: S, index: usize, rows: &[Octet], width: usize, output: &mut [Octet]) {
        let taps = self.kernel * self.kernel;
        let row = Row { rows, width, weights: &self.weights[index * taps..][..taps], bias: &self.bias[index] };
        simd.vectorize(
            #[inline(always)]
            || match (self.kernel, self.stride) {
                (3, 1) => row.run::<S, 3, 1>(simd, output),
                (3, _) => row.run::<S, 3, 2>(simd, output),
                (_, 1) => row.run::<S, 5, 1>(simd, output),
                (..) => row.run::<S, 5, 2>(simd, output),
            },
        );
    }
}

/// What leads to one row of the output.
struct Row<'a> {
    rows: &'a [Octet],
    width: usize,
    weights: &'a [Octet], // [kernel * kernel]
    bias: &'a Octet,
}

impl Row<'_> {
    /// Takes the channels of a register at once.
    #[inline(always)]
    fn run<S: Simd, const KERNEL: usize, const STRIDE: usize>(&self, simd: S, output: &mut [Octet]) {
        if S::f32s::LEN >= LANES {
            self.part::<S, f32x8<S>, KERNEL, STRIDE>(simd, 0, output);
        } else {
            for part in 0..LANES / f32x4::<S>::LEN {
                self.part::<S, f32x4<S>, KERNEL, STRIDE>(simd, part, output);
            }
        }
    }

    /// Computes a part of the eight channels. Seven pixels (a divisor of all sides) at once use each weight seven
    /// times, and each input as often as the kernel is wide.
    #[inline(always)]
    fn part<S: Simd, V: SimdFloat<S> + SimdBase<S, Element = f32> + Relu6, const KERNEL: usize, const STRIDE: usize>(
        &self,
        simd: S,
        part: usize,
        output: &mut [Octet],
    ) {
        let mut done = 0;
        while done < output.len() {
            let to = &mut output[done..];
            done += match to.len() {
                7.. => self.tile::<S, V, KERNEL, STRIDE, 7>(simd, part, done, to),
                3.. => self.tile::<S, V, KERNEL, STRIDE, 3>(simd, part, done, to),
                _ => self.tile::<S, V, KERNEL, STRIDE, 1>(simd, part, done, to),
            };
        }
    }

    /// Computes `PIXELS` pixels, from pixel `at` of the row to the start of `output`.
    #[inline(always)]
    fn tile<
        S: Simd,
        V: SimdFloat<S> + SimdBase<S, Element = f32> + Relu6,
        const KERNEL: usize,
        const STRIDE: usize,
        const PIXELS: usize,
    >(
        &self,
        simd: S,
        part: usize,
        at: usize,
        output: &mut [Octet],
    ) -> usize {
        // The remainder tells the compiler that the part lies within the octet.
        let first = part % (LANES / V::LEN) * V::LEN;
        let load = |octet| load(simd, octet, first);
        let mut sums: [V; 8] = filled!(load(self.bias));
        for y in 0..KERNEL {
            let inputs = &self.rows[y * self.width + at * STRIDE..];
            let weights = &self.weights[y * KERNEL..][..KERNEL];
            unroll!(
                (PIXELS - 1) * STRIDE + KERNEL,
                wide | x | {
                    // Never taken; a border between the steps, as in the 1×1 convolution.
                    let Some(input) = inputs.get(x) else { break };
                    let input = load(input);
                    unroll!(PIXELS, |pixel| {
                        if pixel * STRIDE <= x && x < pixel * STRIDE + KERNEL {
                            sums[pixel] = input.mul_add(load(&weights[x - pixel * STRIDE]), sums[pixel]);
                        }
                    });
                }
            );
        }
        let output = &mut output[..PIXELS];
        unroll!(PIXELS, |pixel| sums[pixel].relu6().store_slice(&mut output[pixel].0[first..][..V::LEN]));
        PIXELS
    }
}

#[inline(always)]
fn load<S: Simd, V: SimdBase<S, Element = f32>>(simd: S, octet: &Octet, first: usize) -> V {
    V::from_slice(simd, &octet.0[first..][..V::LEN])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backbone::layers::Place;

    #[test]
    #[should_panic(expected = "no depthwise kernel 7")]
    fn another_kernel_is_refused() {
        let convolution =
            Convolution { place: Place::Depthwise(0), input: 1, output: 1, kernel: 7, stride: 1, groups: 1 };
        Depthwise::pack(&convolution, (vec![0.0; 49], vec![0.0]));
    }
}
