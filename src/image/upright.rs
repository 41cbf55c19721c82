//! A file's bytes become an upright picture.

use super::{
    format::{Format, sniff},
    jpeg,
    limits::check_file_size,
    raster,
};
use crate::protocol::Failure;

/// A picture the right way up, in RGB over white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upright {
    /// Columns of `rgb`.
    pub width_px: u32,
    /// Rows of `rgb`.
    pub height_px: u32,
    /// Rows of RGB. A large picture is decoded at a half, a quarter or an eighth of its size, never below what the stored
    /// copy needs.
    pub rgb: Vec<u8>,
    /// Columns of the upright original.
    pub original_width_px: u32,
    /// Rows of the upright original.
    pub original_height_px: u32,
    /// Capture time from EXIF as `YYYY-MM-DD HH:MM:SS`, in the camera's own time zone.
    pub captured: Option<String>,
    /// The camera's model from EXIF.
    pub camera: Option<String>,
}

/// Reads a picture. The bytes decide what it is, never the file's name; limits hold before memory is taken.
///
/// # Errors
/// `EmptyFile`, `FileTooLarge`, `TooManyPixels`, `NotAPicture`, `UnsupportedFormat` with the format's name, and
/// `DamagedPicture` also for a picture that stops half-way: half a grey photo would teach the wrong thing.
pub fn read(bytes: &[u8]) -> Result<Upright, Failure> {
    check_file_size(bytes.len() as u64)?;
    let decoded = match sniff(bytes).ok_or(Failure::NotAPicture)? {
        Format::Jpeg => jpeg::decode(bytes)?,
        Format::Unsupported(name) => return Err(Failure::UnsupportedFormat { format: name.into() }),
        format => raster::decode(bytes, format)?,
    };
    let orientation = decoded.shot.orientation;
    let (width_px, height_px) = orientation.size(decoded.width_px, decoded.height_px);
    let (original_width_px, original_height_px) =
        orientation.size(decoded.original_width_px, decoded.original_height_px);
    let rgb = orientation.apply(decoded.rgb, decoded.width_px, decoded.height_px);
    let (captured, camera) = (decoded.shot.captured, decoded.shot.camera);
    Ok(Upright { width_px, height_px, rgb, original_width_px, original_height_px, captured, camera })
}
