//! The activation between the layers.

use fearless_simd::{Bytes, Simd, SimdBase, f32x4, f32x8, i32x4, i32x8};

/// `ReLU6`: `min(max(x, 0), 6)` of each lane.
///
/// It compares the bits as whole numbers: those of negative numbers are negative, the others are ordered as their
/// values. WebAssembly's own `f32x4.min` becomes several instructions on x86, to be exact about zeros and what is no
/// number.
pub(super) trait Relu6 {
    /// `min(max(x, 0), 6)`.
    fn relu6(self) -> Self;
}

/// The bits of 6.0.
const SIX: i32 = 6.0_f32.to_bits().cast_signed();

impl<S: Simd> Relu6 for f32x4<S> {
    #[inline(always)]
    fn relu6(self) -> Self {
        self.bitcast::<i32x4<S>>().max(0).min(SIX).bitcast()
    }
}

impl<S: Simd> Relu6 for f32x8<S> {
    #[inline(always)]
    fn relu6(self) -> Self {
        self.bitcast::<i32x8<S>>().max(0).min(SIX).bitcast()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn numbers_are_clamped_to_0_and_6() {
        let values = [-f32::INFINITY, -1.0, -0.0, 0.0, f32::MIN_POSITIVE, 5.999, 6.001, f32::INFINITY];
        let clamped = dispatch!(Level::new(), simd => f32x8::load_array(simd, values).relu6().to_array());
        assert_eq!(clamped, values.map(|value| value.clamp(0.0, 6.0)));
    }
}
