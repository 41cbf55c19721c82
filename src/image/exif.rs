//! The three things that are taken from EXIF: how the camera was held, when, and which camera it was.

use super::orientation::Orientation;
use ::exif::{DateTime, Error, Exif, In, Reader, Tag, Value};
use std::io::Cursor;

/// What EXIF says of a picture. Everything else in it, the place above all, is left behind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shot {
    /// How the stored rows have to be turned.
    pub(super) orientation: Orientation,
    /// Capture time as `YYYY-MM-DD HH:MM:SS`, in the camera's own time zone.
    pub(super) captured: Option<String>,
    /// The camera's model.
    pub(super) camera: Option<String>,
}

/// Longest name of a model, in characters.
const LONGEST_MODEL: usize = 40;

impl Shot {
    /// Reads a block of EXIF, from its TIFF header on. A broken block says as much as can be read of it: it never costs
    /// the picture.
    pub(super) fn parse(block: Option<Vec<u8>>) -> Self {
        let Some(mut block) = block else { return Self::default() };
        // JPEG's prefix, which some writers put into PNG and WebP too.
        if block.starts_with(b"Exif\0\0") {
            block.drain(..6);
        }
        Self::of(Reader::new().continue_on_error(true).read_raw(block))
    }

    /// Reads what a whole file of boxes carries, as AVIF and HEIC do.
    pub(super) fn of_container(file: Vec<u8>) -> Self {
        Self::of(Reader::new().continue_on_error(true).read_from_container(&mut Cursor::new(file)))
    }

    fn of(read: Result<Exif, Error>) -> Self {
        match read {
            Ok(exif) => Self::from(&exif),
            Err(Error::PartialResult(partial)) => Self::from(&partial.into_inner().0),
            Err(_) => Self::default(),
        }
    }

    fn from(exif: &Exif) -> Self {
        let orientation = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
        let captured = [Tag::DateTimeOriginal, Tag::DateTimeDigitized, Tag::DateTime]
            .iter()
            .find_map(|tag| time(&exif.get_field(*tag, In::PRIMARY)?.value));
        let camera = exif.get_field(Tag::Model, In::PRIMARY).and_then(|field| model(&field.value));
        Self { orientation: orientation.map(Orientation::from_exif).unwrap_or_default(), captured, camera }
    }
}

fn model(value: &Value) -> Option<String> {
    let Value::Ascii(texts) = value else { return None };
    let text = String::from_utf8_lossy(texts.first()?);
    let plain: String = text.chars().filter(|c| !c.is_control()).take(LONGEST_MODEL).collect();
    Some(plain.trim().to_owned()).filter(|model| !model.is_empty())
}

/// A camera whose clock was never set writes zeros or blanks: that is no time.
fn time(value: &Value) -> Option<String> {
    let Value::Ascii(texts) = value else { return None };
    let at = DateTime::from_ascii(texts.first()?).ok()?;
    let real = at.year > 0 && (1..=12).contains(&at.month) && (1..=31).contains(&at.day);
    let real = real && at.hour < 24 && at.minute < 60 && at.second <= 60;
    real.then(|| {
        let (hour, minute, second) = (at.hour, at.minute, at.second);
        format!("{:04}-{:02}-{:02} {hour:02}:{minute:02}:{second:02}", at.year, at.month, at.day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capture_time_is_written_as_a_date_and_a_clock_never_set_as_none() {
        let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);

        assert_eq!(time(&ascii("2024:07:09 06:05:04")).as_deref(), Some("2024-07-09 06:05:04"));
        assert_eq!(time(&ascii("0000:00:00 00:00:00")), None);
        assert_eq!(time(&ascii("2024:13:40 25:61:61")), None);
        assert_eq!(time(&ascii("yesterday")), None);
    }

    #[test]
    fn a_model_is_short_plain_text_or_none() {
        let ascii = |text: &str| Value::Ascii(vec![text.as_bytes().to_vec()]);

        assert_eq!(model(&ascii(" Pixel 9\0")).as_deref(), Some("Pixel 9"));
        assert_eq!(model(&ascii("   ")), None);
        assert_eq!(model(&Value::Ascii(Vec::new())), None);
        assert_eq!(model(&ascii(&"x".repeat(500))).map(|model| model.len()), Some(LONGEST_MODEL));
    }

    #[test]
    fn broken_exif_says_nothing_instead_of_failing() {
        assert_eq!(Shot::parse(Some(b"II*\0\xFF\xFF\xFF\xFF".to_vec())), Shot::default());
        assert_eq!(Shot::parse(Some(Vec::new())), Shot::default());
        assert_eq!(Shot::parse(None), Shot::default());
    }

    #[test]
    fn the_orientation_is_read_with_and_without_the_prefix_of_jpeg() {
        // Little-endian TIFF, one directory, one entry: tag 0x0112, one short, value 6.
        let block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        let prefixed = [b"Exif\0\0", block.as_slice()].concat();

        assert_eq!(Shot::parse(Some(block.to_vec())).orientation, Orientation::from_exif(6));
        assert_eq!(Shot::parse(Some(prefixed)).orientation, Orientation::from_exif(6));
    }
}
