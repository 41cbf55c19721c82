//! Decodes a JPEG whose parts between restart markers hold more than they should.
//!
//! Restart markers are there so that a decoder can find its way again. libjpeg, and so every browser, does; `jpeg-decoder`
//! gives up. Where each part is a whole number of rows, which is how cameras write them, each can be decoded as a small
//! JPEG of its own: bytes too many at its end are passed over, and a part that is damaged costs a stripe.

use super::jpeg::{Samples, decode_scaled};
use jpeg_decoder::Decoder;

const MARKER: u8 = 0xFF;
const END_OF_IMAGE: u8 = 0xD9;
/// Thumbnails and maps in front of the data are tens of kilobytes; this bounds what a hostile file can make of them.
const MAX_REPEATED_BYTES: usize = 256 << 20;

/// A picture of which more is damaged teaches the wrong thing, in parts of the whole.
const MOST_DAMAGED: f64 = 0.1;
/// The level of a stripe that is lost.
const GREY: u8 = 128;

/// The picture at one `factor`th of its size, or none if its parts cannot be told from each other or too many are damaged.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a tenth of the parts of a picture, rounded down"
)]
pub(super) fn decode(bytes: &[u8], factor: u16) -> Option<Samples> {
    let header = Header::parse(bytes)?;
    let parts = parts(bytes.get(header.length..)?)?;
    let rows_of_part = header.rows_of_part()?;
    let height = usize::from(header.height);
    if rows_of_part % usize::from(factor) != 0 || parts.len() != height.div_ceil(rows_of_part) {
        return None;
    }
    // The header is repeated for each part.
    if header.length * parts.len() > MAX_REPEATED_BYTES {
        return None;
    }
    let most_damaged = (parts.len() as f64 * MOST_DAMAGED) as usize;
    let width = header.width.div_ceil(factor);
    let mut picture = Samples { width_px: width.into(), height_px: 0, samples: Vec::new(), exif: None };
    let mut damaged = 0;
    for (index, part) in parts.into_iter().enumerate() {
        let rows = u16::try_from(rows_of_part.min(height - index * rows_of_part)).ok()?;
        let mut jpeg = bytes[..header.length].to_vec();
        jpeg[header.height_at..header.height_at + 2].copy_from_slice(&rows.to_be_bytes());
        jpeg.extend_from_slice(part);
        jpeg.extend_from_slice(&[MARKER, END_OF_IMAGE]);
        picture.height_px += u32::from(rows.div_ceil(factor));
        if let Ok(decoded) = decode_scaled(Decoder::new(&jpeg), factor) {
            picture.samples.extend(decoded.samples);
            picture.exif = decoded.exif;
        } else {
            damaged += 1;
            let stripe = usize::from(width) * usize::from(rows.div_ceil(factor)) * usize::from(header.components);
            picture.samples.extend(std::iter::repeat_n(GREY, stripe));
        }
        if damaged > most_damaged {
            return None;
        }
    }
    Some(picture)
}

/// What stands before the coded data.
struct Header {
    /// Its bytes, the scan's header included.
    length: usize,
    /// Where the picture's height stands.
    height_at: usize,
    width: u16,
    height: u16,
    components: u8,
    /// Sides of the unit that is coded at once, in pixels.
    unit: (u16, u16),
    /// Units between two restart markers.
    interval: u16,
}

impl Header {
    /// Reads the header of a baseline JPEG with all its components in one scan.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        let (mut frame, mut interval, mut at) = (None, None, 2);
        loop {
            let [MARKER, marker] = *bytes.get(at..at + 2)? else { return None };
            let length = usize::from(word(at + 2)?);
            match marker {
                0xC0 | 0xC1 => frame = Some((at, *bytes.get(at + 9)?)),
                0xDD => interval = Some(word(at + 4)?),
                0xDA => {
                    let (frame_at, components) = frame?;
                    let of_scan = *bytes.get(at + 4)?;
                    let largest = |shift: u8| {
                        let side = |i: u8| Some(bytes.get(frame_at + 11 + 3 * usize::from(i))? >> shift & 15);
                        (0..components).map(side).try_fold(1, |largest, side| Some(side?.max(largest)))
                    };
                    // A scan of one component is coded block by block, whatever its sampling says.
                    let unit = if components == 1 { (8, 8) } else { (8 * largest(4)?, 8 * largest(0)?) };
                    return (of_scan == components).then_some(Self {
                        length: at + 2 + length,
                        height_at: frame_at + 5,
                        width: word(frame_at + 7)?,
                        height: word(frame_at + 5)?,
                        components,
                        unit: (unit.0.into(), unit.1.into()),
                        interval: interval.filter(|units| *units > 0)?,
                    });
                }
                _ => {}
            }
            at += 2 + length;
        }
    }

    /// Rows of pixels between two restart markers, if they are whole rows of units.
    fn rows_of_part(&self) -> Option<usize> {
        let units_of_row = self.width.div_ceil(self.unit.0);
        let whole = units_of_row > 0 && self.interval.is_multiple_of(units_of_row);
        whole.then(|| usize::from(self.interval / units_of_row) * usize::from(self.unit.1))
    }
}

/// Splits coded data at its restart markers, up to the end of the image; none if that end is missing, because a picture
/// that was cut off is not to be repaired.
fn parts(data: &[u8]) -> Option<Vec<&[u8]>> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    loop {
        at += data.get(at..)?.iter().position(|byte| *byte == MARKER)?;
        match *data.get(at + 1)? {
            0xD0..=0xD7 => {
                parts.push(&data[start..at]);
                start = at + 2;
                at = start;
            }
            END_OF_IMAGE => {
                parts.push(&data[start..at]);
                return Some(parts);
            }
            // A fill byte before a marker, or an escaped byte of data.
            MARKER => at += 1,
            0 => at += 2,
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::jpeg;
    use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

    /// A drawing of 70 × 50 pixels with a restart marker behind every row of units.
    fn with_restarts() -> Vec<u8> {
        let rgb: Vec<u8> = (0..50).flat_map(|y| (0..70).flat_map(move |x| [3 * x, 5 * y, 2 * x + y])).collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 90);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.set_restart_interval(9);
        encoder.encode(&rgb, 70, 50, ColorType::Rgb).expect("a JPEG");
        bytes
    }

    #[test]
    fn bytes_too_many_before_a_restart_marker_change_nothing() {
        let whole = with_restarts();
        let marker = whole.windows(2).position(|pair| pair == [MARKER, 0xD1]).expect("a restart marker");
        let mut longer = whole.clone();
        longer.splice(marker..marker, [0x55; 40]);

        let expected = jpeg::decode(&whole).expect("the whole picture");
        let repaired = jpeg::decode(&longer).expect("the repaired picture");

        assert_eq!((repaired.width_px, repaired.height_px), (70, 50));
        assert_eq!(repaired.rgb, expected.rgb);
    }

    #[test]
    fn a_stripe_is_lost_where_one_part_of_many_is_damaged() {
        let rgb = vec![200; 16 * 160 * 3];
        let mut jpeg = Vec::new();
        let mut encoder = Encoder::new(&mut jpeg, 90);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.set_restart_interval(2);
        encoder.encode(&rgb, 16, 160, ColorType::Rgb).expect("a JPEG");
        let damage = |jpeg: &mut Vec<u8>, number: u8| {
            let marker = jpeg.windows(2).position(|pair| pair == [MARKER, number]).expect("a restart marker");
            // A run of ones is no code of any table.
            jpeg.splice(marker + 2..marker + 4, [MARKER, 0].repeat(8));
        };

        damage(&mut jpeg, 0xD1);
        let one = jpeg::decode(&jpeg).expect("nineteen of twenty parts are whole");
        damage(&mut jpeg, 0xD3);
        let two = jpeg::decode(&jpeg).expect("eighteen of twenty parts are whole");
        damage(&mut jpeg, 0xD5);

        let stripe = 16 * 8 * 3;
        assert_eq!(one.rgb[stripe * 2..stripe * 3], vec![GREY; stripe]);
        assert_eq!((one.width_px, one.height_px, two.height_px), (16, 160, 160));
        assert!(jpeg::decode(&jpeg).is_err(), "three of twenty are too many");
    }

    #[test]
    fn a_part_missing_is_not_repaired() {
        let whole = with_restarts();
        let marker = |number| whole.windows(2).position(|pair| pair == [MARKER, number]).expect("a restart marker");
        let shorter = [&whole[..marker(0xD1)], &whole[marker(0xD2)..]].concat();

        assert!(jpeg::decode(&shorter).is_err());
        assert!(decode(&whole[..marker(0xD2)], 1).is_none());
    }
}
