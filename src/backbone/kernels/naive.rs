//! What the kernels are tested against: a convolution as it is defined, and numbers to feed it.

use super::{
    super::layers::Convolution,
    octet::{LANES, Map},
};
use fearless_simd::Level;

/// The instruction sets to test: the processor's best, and the one that every processor has, whose vectors are as short
/// as WebAssembly's.
pub(super) fn levels() -> [Level; 2] {
    [Level::new(), Level::baseline()]
}

/// Numbers of -1 to 1, others for each seed (a linear congruential generator, constants of Knuth's MMIX).
pub(super) fn numbers(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f32::from(i16::from_be_bytes([state.to_be_bytes()[0], state.to_be_bytes()[1]])) / f32::from(i16::MAX)
    };
    (0..count).map(|_| next()).collect()
}

/// Weights and a bias for a convolution.
pub(super) fn weights(seed: u64, convolution: &Convolution) -> (Vec<f32>, Vec<f32>) {
    let count = convolution.shape().iter().product();
    (numbers(seed, count), numbers(seed + 1, convolution.output))
}

/// A convolution of a map `[input, side, side]`, with its `ReLU6` where it has one; in double precision.
pub(super) fn convolve(
    convolution: &Convolution,
    weights: &[f32],
    bias: &[f32],
    input: &[f32],
    side: usize,
) -> Vec<f32> {
    let [outputs, inputs, kernel, _] = convolution.shape();
    let (before, _) = convolution.padding(side);
    let output_side = side.div_ceil(convolution.stride);
    let mut output = Vec::new();
    for channel in 0..outputs {
        let first = channel / (outputs / convolution.groups) * inputs;
        for (y, x) in (0..output_side * output_side).map(|at| (at / output_side, at % output_side)) {
            let mut sum = f64::from(bias[channel]);
            for (at, &weight) in
                weights[channel * inputs * kernel * kernel..][..inputs * kernel * kernel].iter().enumerate()
            {
                let (plane, tap) = (first + at / (kernel * kernel), at % (kernel * kernel));
                let row = (y * convolution.stride + tap / kernel).checked_sub(before).filter(|&row| row < side);
                let column =
                    (x * convolution.stride + tap % kernel).checked_sub(before).filter(|&column| column < side);
                if let (Some(row), Some(column)) = (row, column) {
                    sum += f64::from(weight) * f64::from(input[(plane * side + row) * side + column]);
                }
            }
            output.push(single(if convolution.is_activated() { sum.clamp(0.0, 6.0) } else { sum }));
        }
    }
    output
}

#[allow(clippy::cast_possible_truncation, reason = "rounding is meant")]
fn single(value: f64) -> f32 {
    value as f32
}

/// A map of values `[channels, pixels]`.
pub(super) fn map_of(values: &[f32], channels: usize) -> Map {
    let mut map = Map::default();
    map.reshape(channels, values.len() / channels);
    map.clear();
    for (channel, values) in values.chunks_exact(values.len() / channels).enumerate() {
        for (octet, &value) in map.plane_mut(channel / LANES).iter_mut().zip(values) {
            octet.0[channel % LANES] = value;
        }
    }
    map
}

/// The values of a map, `[channels, pixels]`.
pub(super) fn values_of(map: &Map, channels: usize) -> Vec<f32> {
    (0..channels).flat_map(|channel| map.channel(channel)).collect()
}

/// Fails where two lists of numbers differ by more than rounding.
#[track_caller]
pub(super) fn assert_near(found: &[f32], expected: &[f32]) {
    assert_eq!(found.len(), expected.len());
    for (at, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < 1e-4, "number {at}: {found} instead of {expected}");
    }
}
