//! How the kernels lay out numbers: eight channels of a pixel stand together, then those of the next pixel, then the
//! next eight channels of all pixels. (oneDNN calls it `nChw8c`.)
//!
//! So every kernel walks through memory in one direction, the offsets within a step are constants of the code, and a
//! number of channels that is no multiple of eight is filled up with zeros, which stay zeros.

use fearless_simd::{Simd, SimdBase, f32x8};

/// Channels in an [`Octet`].
pub(super) const LANES: usize = 8;

/// Eight channels of one pixel, or the weights that lead to eight outputs. Aligned, so that no load crosses a cache
/// line.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(32))]
pub(super) struct Octet(pub(super) [f32; LANES]);

impl Octet {
    /// Gathers `value(channel)` of eight channels from `first` on, with zeros from `end` on.
    pub(super) fn gather(first: usize, end: usize, value: impl Fn(usize) -> f32) -> Self {
        let value = |channel| if channel < end { value(channel) } else { 0.0 };
        Self(std::array::from_fn(|lane| value(first + lane)))
    }

    #[inline(always)]
    pub(super) fn load<S: Simd>(&self, simd: S) -> f32x8<S> {
        f32x8::load_array_ref(simd, &self.0)
    }
}

/// A value for each of `channels`, as octets.
pub(super) fn octets_of(values: &[f32]) -> Vec<Octet> {
    (0..values.len())
        .step_by(LANES)
        .map(|first| Octet::gather(first, values.len(), |channel| values[channel]))
        .collect()
}

/// A map of features; its memory is used again by the next one.
#[derive(Debug, Default)]
pub(super) struct Map {
    octets: Vec<Octet>, // [channels / 8, pixels]
    pixels: usize,
}

impl Map {
    /// Makes room for another map. What is in it is not defined.
    pub(super) fn reshape(&mut self, channels: usize, pixels: usize) {
        self.octets.resize(channels.div_ceil(LANES) * pixels, Octet::default());
        self.pixels = pixels;
    }

    /// Sets everything to zero.
    pub(super) fn clear(&mut self) {
        self.octets.fill(Octet::default());
    }

    /// Pixels of each plane.
    pub(super) fn pixels(&self) -> usize {
        self.pixels
    }

    /// One channel of all pixels.
    pub(super) fn channel(&self, index: usize) -> impl Iterator<Item = f32> {
        self.plane(index / LANES).iter().map(move |octet| octet.0[index % LANES])
    }

    /// The planes of eight channels, one after the other.
    pub(super) fn octets(&self) -> &[Octet] {
        &self.octets
    }

    /// Eight channels of all pixels.
    pub(super) fn plane(&self, index: usize) -> &[Octet] {
        &self.octets[index * self.pixels..][..self.pixels]
    }

    /// Eight channels of all pixels.
    pub(super) fn plane_mut(&mut self, index: usize) -> &mut [Octet] {
        &mut self.octets[index * self.pixels..][..self.pixels]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_filled_up_with_zeros() {
        let octets = octets_of(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]);
        assert_eq!(octets[0].0, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        assert_eq!(octets[1].0, [9.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
