//! The 1×1 convolution: a matrix product of pixels by weights, with everything that follows it.

use super::{
    super::layers::Convolution,
    octet::{LANES, Map, Octet, octets_of},
    relu6::Relu6,
};
use crate::unroll::{filled, unroll};
use fearless_simd::{Simd, SimdBase, SimdFloat, f32x8};

/// A 1×1 convolution with a bias, and its `ReLU6` where it has one.
#[derive(Debug)]
pub(super) struct Pointwise {
    weights: Vec<Octet>, // [output / 8, input]: what eight outputs take from each input stands together
    bias: Vec<Octet>,    // [output / 8]
    activated: bool,
}

impl Pointwise {
    /// Packs weights of the shape `[output, input]`, or `[output, input, 1, 1]`, and a bias.
    pub(super) fn pack(convolution: &Convolution, (weights, bias): (Vec<f32>, Vec<f32>)) -> Self {
        let (outputs, inputs) = (bias.len(), weights.len() / bias.len());
        let mut packed = Vec::new();
        for first in (0..outputs).step_by(LANES) {
            for input in 0..inputs {
                packed.push(Octet::gather(first, outputs, |output| weights[output * inputs + input]));
            }
        }
        Self { weights: packed, bias: octets_of(&bias), activated: convolution.is_activated() }
    }

    /// How many times eight outputs there are.
    pub(super) fn planes(&self) -> usize {
        self.bias.len()
    }

    /// Computes all outputs of all pixels; `residual` is added.
    pub(super) fn run<S: Simd>(&self, simd: S, input: &Map, residual: Option<&Map>, output: &mut Map) {
        for index in 0..self.planes() {
            self.plane(simd, index, input, 0, residual.map(|map| map.plane(index)), output.plane_mut(index));
        }
    }

    /// Computes plane `index` of the output for the pixels of the input from `first` on, as many as `output` takes;
    /// `residual` is added.
    pub(super) fn plane<S: Simd>(
        &self,
        simd: S,
        index: usize,
        input: &Map,
        first: usize,
        residual: Option<&[Octet]>,
        output: &mut [Octet],
    ) {
        let inputs = self.weights.len() / self.bias.len();
        let plane = Plane {
            input,
            weights: &self.weights[index * inputs..][..inputs],
            bias: &self.bias[index],
            residual,
            activated: self.activated,
        };
        simd.vectorize(
            #[inline(always)]
            || plane.run(simd, first, output),
        );
    }
}

/// What leads to one plane of the output.
struct Plane<'a> {
    input: &'a Map,
    weights: &'a [Octet], // [input]
    bias: &'a Octet,
    residual: Option<&'a [Octet]>,
    activated: bool,
}

impl Plane<'_> {
    /// Takes as many pixels at once as leave their sums in registers: four on the 15 registers of four numbers that V8
    /// has, seven (a divisor of all sides) on registers of eight numbers.
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, first: usize, output: &mut [Octet]) {
        let mut done = 0;
        while done < output.len() {
            let (at, to) = (first + done, &mut output[done..]);
            let residual = self.residual.map(|residual| &residual[done..]);
            done += match to.len() {
                7.. if S::f32s::LEN >= LANES => self.tile::<S, 7>(simd, at, residual, to),
                4.. => self.tile::<S, 4>(simd, at, residual, to),
                3 => self.tile::<S, 3>(simd, at, residual, to),
                2 => self.tile::<S, 2>(simd, at, residual, to),
                _ => self.tile::<S, 1>(simd, at, residual, to),
            };
        }
    }

    /// Computes `PIXELS` pixels, from `at` in the input to the start of `output`.
    #[inline(always)]
    fn tile<S: Simd, const PIXELS: usize>(
        &self,
        simd: S,
        at: usize,
        residual: Option<&[Octet]>,
        output: &mut [Octet],
    ) -> usize {
        let mut sums = filled!(self.bias.load(simd));
        if let Some(residual) = residual {
            unroll!(PIXELS, |pixel| sums[pixel] += residual[pixel].load(simd));
        }
        for index in 0..self.weights.len().div_ceil(LANES) {
            let inputs = &self.input.octets()[index * self.input.pixels() + at..][..PIXELS];
            let weights = &self.weights[index * LANES..];
            unroll!(LANES, |lane| {
                // This way out is taken at the last channel, and a border that LLVM moves no arithmetic across: without
                // it all products of a sum come one after the other, and wait for each other.
                let Some(weights) = weights.get(lane) else { break };
                let weights = weights.load(simd);
                unroll!(PIXELS, |pixel| {
                    sums[pixel] = f32x8::splat(simd, inputs[pixel].0[lane]).mul_add(weights, sums[pixel]);
                });
            });
        }
        if self.activated {
            unroll!(PIXELS, |pixel| sums[pixel] = sums[pixel].relu6());
        }
        let output = &mut output[..PIXELS];
        unroll!(PIXELS, |pixel| sums[pixel].store_array(&mut output[pixel].0));
        PIXELS
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::naive::{assert_near, convolve, levels, map_of, numbers, values_of, weights},
        *,
    };
    use crate::backbone::layers::Place;
    use fearless_simd::dispatch;

    fn check(place: Place, input: usize, output: usize, side: usize, is_residual: bool) {
        let convolution = Convolution { place, input, output, kernel: 1, stride: 1, groups: 1 };
        let (weights, bias) = weights(7, &convolution);
        let values = numbers(8, input * side * side);
        let added = numbers(9, output * side * side);
        let mut expected = convolve(&convolution, &weights, &bias, &values, side);
        if is_residual {
            expected.iter_mut().zip(&added).for_each(|(value, added)| *value += added);
        }
        let packed = Pointwise::pack(&convolution, (weights, bias));
        let residual = is_residual.then(|| map_of(&added, output));
        for level in levels() {
            let mut map = Map::default();
            map.reshape(output, side * side);
            dispatch!(level, simd => packed.run(simd, &map_of(&values, input), residual.as_ref(), &mut map));
            assert_near(&values_of(&map, output), &expected);
        }
    }

    #[test]
    fn any_number_of_pixels_and_channels_is_as_defined() {
        for side in 1..12 {
            check(Place::Expand(0), 16, 24, side, false);
        }
        for (input, output) in [(1, 1), (7, 9), (8, 8), (13, 30), (41, 3)] {
            check(Place::Expand(0), input, output, 5, false);
        }
    }

    #[test]
    fn a_projection_is_not_activated_and_its_residual_is_added() {
        check(Place::Project(0), 24, 16, 9, false);
        check(Place::Project(0), 24, 16, 9, true);
        check(Place::Project(0), 19, 11, 8, true);
    }
}
