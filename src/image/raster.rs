//! PNG, WebP, GIF, BMP and ICO, through the `image` crate.

use super::{
    exif::Shot,
    format::Format,
    gif,
    limits::{MAX_DECODER_BYTES, check_dimensions},
    stored_copy::SHORT_SIDE_PX,
};
use crate::protocol::Failure;
use ::image::{
    ColorType, ImageDecoder, ImageError, ImageResult, Limits,
    codecs::{bmp::BmpDecoder, gif::GifDecoder, ico::IcoDecoder, png::PngDecoder, webp::WebPDecoder},
};
use std::io::Cursor;

/// A decoded picture as its file stores it, before it is turned upright; perhaps at a fraction of its size.
#[derive(Debug)]
pub(super) struct Decoded {
    /// Columns of `rgb`.
    pub(super) width_px: u32,
    /// Rows of `rgb`.
    pub(super) height_px: u32,
    /// Rows of RGB.
    pub(super) rgb: Vec<u8>,
    /// Columns in the file.
    pub(super) original_width_px: u32,
    /// Rows in the file.
    pub(super) original_height_px: u32,
    /// What EXIF says.
    pub(super) shot: Shot,
}

/// The fraction at which a picture is decoded: 1, 2, 4 or 8, the most that leaves the shorter side long enough for the
/// stored copy. JPEG can decode at these; the other formats are averaged over blocks of this side.
pub(super) fn shrink_factor(width_px: u32, height_px: u32) -> u32 {
    let shorter = width_px.min(height_px);
    [8, 4, 2].into_iter().find(|factor| shorter / factor >= SHORT_SIDE_PX).unwrap_or(1)
}

/// Decodes a picture that is no JPEG; of an animation the first frame.
///
/// # Errors
/// `TooManyPixels`, `UnsupportedFormat` for a kind of file that the decoder does not know, `DamagedPicture`.
pub(super) fn decode(bytes: &[u8], format: Format) -> Result<Decoded, Failure> {
    let reader = Cursor::new(bytes);
    match format {
        Format::Png => {
            check_png_header(bytes)?;
            picture(PngDecoder::with_limits(reader, limits()))
        }
        Format::WebP => picture(WebPDecoder::new(reader)),
        Format::Gif => {
            gif::check_frames(bytes)?;
            picture(GifDecoder::new(reader))
        }
        Format::Bmp => picture(BmpDecoder::new(reader)),
        Format::Ico => picture(IcoDecoder::new(reader)),
        Format::Jpeg | Format::Unsupported(_) => Err(Failure::NotAPicture),
    }
}

/// The decoder would call an absurd size damage; here it is named.
fn check_png_header(bytes: &[u8]) -> Result<(), Failure> {
    let side = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    match (side(16), side(20)) {
        (Some(width_px), Some(height_px)) => check_dimensions(width_px, height_px),
        _ => Err(Failure::DamagedPicture),
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_DECODER_BYTES);
    limits
}

fn picture<D: ImageDecoder>(opened: ImageResult<D>) -> Result<Decoded, Failure> {
    let mut decoder = opened.map_err(|error| failure(&error))?;
    let (width, height) = decoder.dimensions();
    check_dimensions(width, height)?;
    decoder.set_limits(limits()).map_err(|error| failure(&error))?;
    // Broken metadata never costs the picture.
    let shot = Shot::parse(decoder.exif_metadata().ok().flatten());
    let color = decoder.color_type();
    let bytes = usize::try_from(decoder.total_bytes()).map_err(|_| Failure::DamagedPicture)?;
    let mut samples = vec![0; bytes];
    decoder.read_image(&mut samples).map_err(|error| failure(&error))?;

    let factor = shrink_factor(width, height);
    let rgb = flatten(&samples, width as usize, color, factor as usize)?;
    Ok(Decoded {
        width_px: width.div_ceil(factor),
        height_px: height.div_ceil(factor),
        rgb,
        original_width_px: width,
        original_height_px: height,
        shot,
    })
}

/// Lays samples of any kind over white and averages blocks of `factor` × `factor` pixels, cut off at the far edges.
pub(super) fn flatten(samples: &[u8], width: usize, color: ColorType, factor: usize) -> Result<Vec<u8>, Failure> {
    let pixel: fn(&[u8]) -> [u8; 3] = match color {
        ColorType::L8 => |p| [p[0]; 3],
        ColorType::La8 => |p| [over_white(p[0], p[1]); 3],
        ColorType::Rgb8 => |p| [p[0], p[1], p[2]],
        ColorType::Rgba8 => |p| [over_white(p[0], p[3]), over_white(p[1], p[3]), over_white(p[2], p[3])],
        ColorType::L16 => |p| [byte(p, 0); 3],
        ColorType::La16 => |p| [over_white(byte(p, 0), byte(p, 1)); 3],
        ColorType::Rgb16 => |p| [byte(p, 0), byte(p, 1), byte(p, 2)],
        ColorType::Rgba16 => |p| [0, 1, 2].map(|channel| over_white(byte(p, channel), byte(p, 3))),
        _ => return Err(Failure::UnsupportedFormat { format: "this kind of picture".into() }),
    };
    let pixel_bytes = usize::from(color.bytes_per_pixel());
    let rows = samples.chunks_exact(width * pixel_bytes).map(|row| row.chunks_exact(pixel_bytes).map(pixel));
    if factor == 1 {
        return Ok(rows.flatten().flatten().collect());
    }
    let columns = width.div_ceil(factor);
    let mut rgb = Vec::with_capacity(columns * (samples.len() / (width * pixel_bytes)).div_ceil(factor) * 3);
    let mut sums = vec![[0_u32; 4]; columns]; // red, green, blue, pixels
    let mut rows = rows.peekable();
    while rows.peek().is_some() {
        sums.fill([0; 4]);
        for row in rows.by_ref().take(factor) {
            for (x, [red, green, blue]) in row.enumerate() {
                let sum = &mut sums[x / factor];
                *sum = [sum[0] + u32::from(red), sum[1] + u32::from(green), sum[2] + u32::from(blue), sum[3] + 1];
            }
        }
        let mean = |sum: u32, pixels: u32| u8::try_from((sum + pixels / 2) / pixels).expect("a mean of bytes");
        rgb.extend(sums.iter().flat_map(|&[red, green, blue, n]| [mean(red, n), mean(green, n), mean(blue, n)]));
    }
    Ok(rgb)
}

/// A level under its opacity, over white.
fn over_white(level: u8, alpha: u8) -> u8 {
    let mixed = u32::from(level) * u32::from(alpha) + 255 * u32::from(255 - alpha);
    u8::try_from((mixed + 127) / 255).expect("a mean of two bytes")
}

/// The nearest 8-bit level of a 16-bit channel, which the decoder gives in the machine's own byte order.
fn byte(pixel: &[u8], channel: usize) -> u8 {
    let level = u16::from_ne_bytes([pixel[2 * channel], pixel[2 * channel + 1]]);
    u8::try_from((u32::from(level) * 255 + 32_767) / 65_535).expect("a fraction of 255")
}

fn failure(error: &ImageError) -> Failure {
    match error {
        ImageError::Unsupported(_) => Failure::UnsupportedFormat { format: "this kind of picture".into() },
        _ => Failure::DamagedPicture,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_transparent_shows_white() {
        let rgba = [10, 20, 30, 0, 10, 20, 30, 255, 0, 0, 0, 128];

        let rgb = flatten(&rgba, 3, ColorType::Rgba8, 1).expect("a known kind");

        assert_eq!(rgb, [255, 255, 255, 10, 20, 30, 127, 127, 127]);
    }

    #[test]
    fn sixteen_bits_become_the_nearest_eight() {
        let levels = [0_u16, 128, 129, 32_768, 65_535];
        let samples: Vec<u8> = levels.iter().flat_map(|level| level.to_ne_bytes()).collect();

        let rgb = flatten(&samples, 5, ColorType::L16, 1).expect("a known kind");

        let greys: Vec<u8> = rgb.chunks(3).map(|pixel| pixel[0]).collect();
        assert_eq!(greys, [0, 0, 1, 128, 255]);
    }

    #[test]
    fn blocks_are_averaged_and_cut_off_at_the_edge() {
        let grey = [0, 100, 7, 100, 200, 9, 50, 70, 30]; // 3 × 3

        let rgb = flatten(&grey, 3, ColorType::L8, 2).expect("a known kind");

        let greys: Vec<u8> = rgb.chunks(3).map(|pixel| pixel[0]).collect();
        assert_eq!(greys, [100, 8, 60, 30]);
    }

    #[test]
    fn a_picture_shrinks_only_as_far_as_the_copy_allows() {
        assert_eq!(shrink_factor(6000, 4000), 8);
        assert_eq!(shrink_factor(4000, 3000), 4);
        assert_eq!(shrink_factor(768, 768), 2);
        assert_eq!(shrink_factor(12_000, 767), 1);
        assert_eq!(shrink_factor(1, 1), 1);
    }
}
