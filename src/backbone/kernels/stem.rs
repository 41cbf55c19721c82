//! The first convolution, 3×3 with stride 2, from the bytes of a picture.

use super::{
    super::{layers::Convolution, registry::Input},
    octet::{LANES, Map},
    pointwise::Pointwise,
};
use fearless_simd::Simd;

/// Numbers of a pixel: red, green, blue.
const COLOURS: usize = 3;

/// The first convolution with its weights: a matrix product over the patches below the kernel (im2col), a row of them
/// at a time.
#[derive(Debug)]
pub(super) struct Stem {
    product: Pointwise,
    normalised: [f32; 256],
    convolution: Convolution,
    side: usize,
}

impl Stem {
    /// Packs weights of the shape `[output, colours, kernel, kernel]`, and a bias.
    #[allow(clippy::cast_precision_loss, reason = "bytes")]
    pub(super) fn pack(convolution: Convolution, input: &Input, (weights, bias): (Vec<f32>, Vec<f32>)) -> Self {
        let taps = convolution.kernel * convolution.kernel;
        let mut by_pixel = Vec::with_capacity(weights.len()); // [output, kernel, kernel, colours]
        for weights in weights.chunks_exact(COLOURS * taps) {
            by_pixel.extend((0..taps * COLOURS).map(|at| weights[at % COLOURS * taps + at / COLOURS]));
        }
        Self {
            product: Pointwise::pack(&convolution, (by_pixel, bias)),
            normalised: std::array::from_fn(|value| (value as f32 - input.offset) / input.scale),
            convolution,
            side: input.size_px as usize,
        }
    }

    /// Side of the map that it gives.
    pub(super) fn side(&self) -> usize {
        self.side.div_ceil(self.convolution.stride)
    }

    /// From the bytes of a picture, `[side, side, colours]`, to `[output, side / 2, side / 2]`. `patches` is memory to
    /// use.
    pub(super) fn run<S: Simd>(&self, simd: S, rgb: &[u8], patches: &mut Map, output: &mut Map) {
        let side = self.side();
        patches.reshape(self.convolution.kernel * self.convolution.kernel * COLOURS, side); // [taps, output side]
        patches.clear();
        output.reshape(self.product.planes() * LANES, side * side);
        for y in 0..side {
            self.cut_patches(rgb, y, patches);
            for index in 0..self.product.planes() {
                let row = &mut output.plane_mut(index)[y * side..][..side];
                self.product.plane(simd, index, patches, 0, None, row);
            }
        }
    }

    /// Puts what lies below the kernel, for row `y` of the output, where the matrix product looks for it. What lies
    /// outside of the picture is zero after the normalisation.
    fn cut_patches(&self, rgb: &[u8], y: usize, patches: &mut Map) {
        let Convolution { kernel, stride, .. } = self.convolution;
        let (before, _) = self.convolution.padding(self.side);
        for at in 0..kernel * kernel * COLOURS {
            let (kernel_y, kernel_x, colour) = (at / COLOURS / kernel, at / COLOURS % kernel, at % COLOURS);
            let row = (y * stride + kernel_y).checked_sub(before).filter(|&row| row < self.side);
            let octets = patches.plane_mut(at / LANES);
            let Some(row) = row else {
                octets.iter_mut().for_each(|octet| octet.0[at % LANES] = 0.0);
                continue;
            };
            // Columns before the picture, and those after it, keep the zero that they had.
            let skipped = before.saturating_sub(kernel_x).div_ceil(stride);
            let first = (skipped * stride + kernel_x - before) * COLOURS + colour;
            let line = &rgb[row * self.side * COLOURS..][..self.side * COLOURS];
            for (octet, value) in octets[skipped..].iter_mut().zip(line[first..].chunks(stride * COLOURS)) {
                octet.0[at % LANES] = self.normalised[usize::from(value[0])];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::registry::LITE0,
            naive::{assert_near, convolve, levels, values_of, weights},
        },
        *,
    };
    use crate::backbone::layers::Place;
    use fearless_simd::dispatch;

    #[test]
    fn any_side_is_as_defined_with_padding_of_the_normalised_picture() {
        for side in 3..20 {
            let convolution = Convolution { place: Place::Stem, input: 3, output: 11, kernel: 3, stride: 2, groups: 1 };
            let input = Input { size_px: u32::try_from(side).unwrap(), ..LITE0.input };
            let rgb: Vec<u8> = (0..side * side * 3).map(|at: usize| (at * 97).to_le_bytes()[0]).collect();
            let normalised = |channel: usize| {
                rgb.iter().skip(channel).step_by(3).map(|&value| (f32::from(value) - input.offset) / input.scale)
            };
            let (weights, bias) = weights(5, &convolution);
            let values: Vec<f32> = (0..3).flat_map(normalised).collect();
            let expected = convolve(&convolution, &weights, &bias, &values, side);
            let stem = Stem::pack(convolution, &input, (weights, bias));
            for level in levels() {
                let mut map = Map::default();
                dispatch!(level, simd => stem.run(simd, &rgb, &mut Map::default(), &mut map));
                assert_near(&values_of(&map, 11), &expected);
            }
        }
    }
}
