//! The one resampling filter of the whole way: antialiased bicubic, as Pillow's `BICUBIC` (Catmull-Rom, a = -0.5).

use fast_image_resize::{
    FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer,
    images::{Image, ImageRef},
};

/// A rectangle in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Area {
    /// The area of this size in the middle of a picture; half pixels fall to the left and top.
    pub(super) fn centred(width: u32, height: u32, in_width: u32, in_height: u32) -> Self {
        Self { left: (in_width - width) / 2, top: (in_height - height) / 2, width, height }
    }
}

/// Resamples a part of RGB rows to another size. The filter covers as many source pixels as one target pixel stands for,
/// so that nothing aliases.
pub(super) fn resample(rgb: &[u8], width: u32, height: u32, part: Area, to_width: u32, to_height: u32) -> Vec<u8> {
    let source = ImageRef::new(width, height, rgb, PixelType::U8x3).expect("RGB rows have three bytes a pixel");
    let mut target = Image::new(to_width, to_height, PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom)).crop(
        part.left.into(),
        part.top.into(),
        part.width.into(),
        part.height.into(),
    );
    Resizer::new().resize(&source, &mut target, &options).expect("both are RGB and the part lies inside the picture");
    target.into_vec()
}

/// Cuts a part out of RGB rows.
pub(super) fn crop(rgb: &[u8], width: u32, part: Area) -> Vec<u8> {
    let (width, left, top) = (width as usize, part.left as usize, part.top as usize);
    let rows = rgb.chunks_exact(width * 3).skip(top).take(part.height as usize);
    rows.flat_map(|row| &row[left * 3..(left + part.width as usize) * 3]).copied().collect()
}

/// Both sides scaled by one factor, to whole pixels. Half pixels go to the even number, as Python's `round` has it, so that
/// sizes agree with the reference pixel for pixel.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of pictures that passed the limits, scaled to at most some thousand pixels"
)]
pub(super) fn scaled(width: u32, height: u32, factor: f64) -> (u32, u32) {
    let side = |px: u32| ((f64::from(px) * factor).round_ties_even() as u32).max(1);
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fine_checkerboard_shrinks_to_grey_instead_of_aliasing() {
        let rgb: Vec<u8> = (0..64 * 64).flat_map(|i| [if (i + i / 64) % 2 == 0 { 0 } else { 255 }; 3]).collect();

        let small = resample(&rgb, 64, 64, Area::centred(64, 64, 64, 64), 8, 8);

        assert!(small.iter().all(|level| (124..=131).contains(level)), "{small:?}");
    }

    #[test]
    fn half_pixels_are_rounded_to_the_even_number() {
        assert_eq!(scaled(5, 7, 0.5), (2, 4));
        assert_eq!(scaled(1, 4000, 0.01), (1, 40));
    }

    #[test]
    fn a_crop_keeps_the_middle() {
        let rgb: Vec<u8> = (0..5 * 3).flat_map(|i| [i; 3]).collect();

        let middle = crop(&rgb, 5, Area::centred(2, 1, 5, 3));

        assert_eq!(middle, [6, 6, 6, 7, 7, 7]);
    }
}
