//! Pictures that are not decoded here but by browsers that can: AVIF almost everywhere, HEIC in Safari.

use super::{
    exif::Shot,
    format::{Format, sniff},
    limits::{check_dimensions, check_file_size},
    raster::{flatten, shrink_factor},
    upright::Upright,
};
use crate::protocol::Failure;
use ::image::ColorType;

/// The media type of a picture that a browser may know and [`super::read`] does not; none for every other file.
///
/// # Errors
/// As [`super::read`] for a file or a picture that is too large, before the browser takes memory for it.
pub fn media_type(bytes: &[u8]) -> Result<Option<&'static str>, Failure> {
    let media_type = match sniff(bytes) {
        Some(Format::Unsupported("AVIF")) => "image/avif",
        Some(Format::Unsupported("HEIC")) => "image/heic",
        Some(Format::Unsupported("HEIF")) => "image/heif",
        _ => return Ok(None),
    };
    check_file_size(bytes.len() as u64)?;
    for (width_px, height_px) in extents(bytes) {
        check_dimensions(width_px, height_px)?;
    }
    Ok(Some(media_type))
}

/// The picture that a browser made of the bytes: rows of red, green, blue and opacity, the right way up, not multiplied with the
/// opacity. When and with which camera it was taken is read from the bytes.
///
/// # Errors
/// `TooManyPixels`, and `DamagedPicture` where it has no pixels or not as many as it says.
pub fn from_browser(bytes: Vec<u8>, width_px: u32, height_px: u32, rgba: &[u8]) -> Result<Upright, Failure> {
    check_dimensions(width_px, height_px)?;
    if rgba.len() as u64 != u64::from(width_px) * u64::from(height_px) * 4 {
        return Err(Failure::DamagedPicture);
    }
    let factor = shrink_factor(width_px, height_px);
    let rgb = flatten(rgba, width_px as usize, ColorType::Rgba8, factor as usize)?;
    let Shot { captured, camera, .. } = Shot::of_container(bytes);
    Ok(Upright {
        width_px: width_px.div_ceil(factor),
        height_px: height_px.div_ceil(factor),
        rgb,
        original_width_px: width_px,
        original_height_px: height_px,
        captured,
        camera,
    })
}

/// Widths and heights of the parts of a picture in boxes (ISO 23008-12, the property `ispe`).
fn extents(bytes: &[u8]) -> impl Iterator<Item = (u32, u32)> {
    let number = |four: &[u8]| four.try_into().map(u32::from_be_bytes).unwrap_or_default();
    // Size and name of the box, its version and flags, then the two numbers.
    bytes
        .windows(20)
        .filter(|at| at.starts_with(&20_u32.to_be_bytes()) && &at[4..8] == b"ispe")
        .map(move |at| (number(&at[12..16]), number(&at[16..20])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn avif(width_px: u32, height_px: u32) -> Vec<u8> {
        let mut bytes = b"\0\0\0\x1Cftypavif\0\0\0\0mif1avifmiaf\0\0\0\x14ispe\0\0\0\0".to_vec();
        bytes.extend([width_px, height_px].map(u32::to_be_bytes).concat());
        bytes
    }

    #[test]
    fn only_formats_that_are_not_read_here_are_left_to_the_browser() {
        assert_eq!(media_type(&avif(640, 480)), Ok(Some("image/avif")));
        assert_eq!(media_type(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), Ok(Some("image/heic")));
        assert_eq!(media_type(b"GIF89a"), Ok(None));
        assert_eq!(media_type(b"8BPS"), Ok(None));
    }

    #[test]
    fn a_picture_with_too_many_pixels_never_reaches_the_browser() {
        let refused = Failure::TooManyPixels { megapixels: 900, limit_megapixels: 100 };
        assert_eq!(media_type(&avif(30_000, 30_000)), Err(refused));
    }

    #[test]
    fn what_is_not_opaque_lies_on_white_and_what_is_too_short_is_damaged() {
        let read = from_browser(avif(2, 1), 2, 1, &[255, 0, 0, 255, 0, 0, 0, 0]).expect("two pixels");
        assert_eq!(read.rgb, [255, 0, 0, 255, 255, 255]);
        assert_eq!((read.captured, read.camera), (None, None));
        assert_eq!(from_browser(avif(2, 1), 2, 1, &[0; 4]), Err(Failure::DamagedPicture));
        assert_eq!(from_browser(avif(2, 1), 0, 0, &[]), Err(Failure::DamagedPicture));
    }

    #[test]
    fn a_large_picture_is_made_small_as_every_other_one() {
        let read = from_browser(avif(1600, 800), 1600, 800, &vec![255; 1600 * 800 * 4]).expect("white");
        assert_eq!((read.width_px, read.height_px, read.original_width_px), (800, 400, 1600));
    }
}
