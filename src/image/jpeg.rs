//! JPEG in, scaled while it is decoded; JPEG out.

use super::{
    exif::Shot,
    jpeg_restart,
    limits::check_dimensions,
    raster::{Decoded, shrink_factor},
};
use crate::protocol::Failure;
use jpeg_decoder::{CodingProcess, Decoder, Error, PixelFormat};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// The longest side that libjpeg, and so every browser, reads; `jpeg-decoder` counts rows in 16 bits and would overflow
/// just above it.
const MAX_SIDE_PX: u16 = 65_500;

/// Decodes a JPEG at a half, a quarter or an eighth of its size where it is large enough: the inverse transform then
/// computes only the pixels that are needed, and a 24-megapixel photo takes two megabytes instead of 72.
///
/// # Errors
/// `TooManyPixels`, `UnsupportedFormat` for kinds of JPEG that browsers do not read either, `DamagedPicture`.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Failure> {
    let mut decoder = Decoder::new(bytes);
    decoder.read_info().map_err(|error| failure(&error))?;
    let info = decoder.info().ok_or(Failure::DamagedPicture)?;
    check_dimensions(info.width.into(), info.height.into())?;
    if info.coding_process == CodingProcess::Lossless {
        return Err(Failure::UnsupportedFormat { format: "lossless JPEG".into() });
    }
    if info.width.max(info.height) > MAX_SIDE_PX {
        return Err(Failure::DamagedPicture);
    }
    let (original_width_px, original_height_px) = (u32::from(info.width), u32::from(info.height));

    let factor = u16::try_from(shrink_factor(original_width_px, original_height_px)).expect("at most 8");
    let samples = match decode_scaled(decoder, factor) {
        Err(Error::Format(problem)) => {
            jpeg_restart::decode(bytes, factor).ok_or_else(|| failure(&Error::Format(problem)))?
        }
        samples => samples.map_err(|error| failure(&error))?,
    };
    let Samples { width_px, height_px, samples, exif } = samples;
    let rgb = match info.pixel_format {
        PixelFormat::RGB24 => samples,
        PixelFormat::L8 => samples.into_iter().flat_map(|grey| [grey; 3]).collect(),
        PixelFormat::CMYK32 => samples.as_chunks::<4>().0.iter().flat_map(|ink| from_ink(*ink)).collect(),
        PixelFormat::L16 => return Err(Failure::UnsupportedFormat { format: "16-bit JPEG".into() }),
    };
    if rgb.len() != width_px as usize * height_px as usize * 3 {
        return Err(Failure::DamagedPicture);
    }
    Ok(Decoded { width_px, height_px, rgb, original_width_px, original_height_px, shot: Shot::parse(exif) })
}

/// What the decoder gives: rows of one, three or four samples a pixel.
#[derive(Debug)]
pub(super) struct Samples {
    pub(super) width_px: u32,
    pub(super) height_px: u32,
    pub(super) samples: Vec<u8>,
    pub(super) exif: Option<Vec<u8>>,
}

/// Decodes at one `factor`th of the size, rounded up.
pub(super) fn decode_scaled(mut decoder: Decoder<&[u8]>, factor: u16) -> Result<Samples, Error> {
    decoder.read_info()?;
    let info = decoder.info().ok_or_else(|| Error::Format("no frame".into()))?;
    let (width, height) = decoder.scale(info.width.div_ceil(factor), info.height.div_ceil(factor))?;
    let samples = decoder.decode()?;
    let exif = decoder.exif_data().map(<[u8]>::to_vec);
    Ok(Samples { width_px: width.into(), height_px: height.into(), samples, exif })
}

/// Ink on white paper, without a colour profile. The decoder has already undone Adobe's inversion and YCCK.
fn from_ink([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    let light = |ink: u8| {
        let product = u32::from(255 - ink) * u32::from(255 - black);
        u8::try_from((product + 127) / 255).expect("a product of two bytes over 255")
    };
    [light(cyan), light(magenta), light(yellow)]
}

fn failure(error: &Error) -> Failure {
    match error {
        Error::Unsupported(_) => Failure::UnsupportedFormat { format: "this kind of JPEG".into() },
        Error::Format(_) | Error::Io(_) | Error::Internal(_) => Failure::DamagedPicture,
    }
}

/// Encodes RGB rows as a JPEG that holds pixels and nothing else.
pub(super) fn encode(rgb: &[u8], width: u32, height: u32, quality: u8, sampling: SamplingFactor) -> Vec<u8> {
    let side = |px: u32| u16::try_from(px).expect("copies and thumbnails are at most 1536 pixels long");
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(sampling);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(rgb, side(width), side(height), ColorType::Rgb).expect("memory takes whatever is written");
    jpeg
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ink_becomes_light() {
        assert_eq!(from_ink([0, 0, 0, 0]), [255, 255, 255], "bare paper");
        assert_eq!(from_ink([255, 0, 0, 0]), [0, 255, 255], "cyan takes the red away");
        assert_eq!(from_ink([0, 0, 0, 255]), [0, 0, 0], "black");
    }

    #[test]
    fn a_large_photo_is_decoded_at_a_fraction_that_is_still_large_enough() {
        let rgb = vec![90; 1600 * 1200 * 3];
        let jpeg = encode(&rgb, 1600, 1200, 80, SamplingFactor::F_2_2);

        let decoded = decode(&jpeg).expect("a whole JPEG");

        assert_eq!((decoded.width_px, decoded.height_px), (800, 600));
        assert_eq!((decoded.original_width_px, decoded.original_height_px), (1600, 1200));
        assert!(decoded.rgb.iter().all(|level| level.abs_diff(90) <= 1));
    }

    #[test]
    fn a_jpeg_cut_short_is_refused() {
        let rgb: Vec<u8> = (0..64 * 64 * 3_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let jpeg = encode(&rgb, 64, 64, 80, SamplingFactor::F_1_1);

        assert_eq!(decode(&jpeg[..jpeg.len() / 2]).err(), Some(Failure::DamagedPicture));
    }
}
