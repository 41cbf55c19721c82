//! Reads a photo: what the project keeps of it and what the backbone sees of it.

pub use crate::image::{Pixels, StoredCopy, Upright, from_browser, media_type, read};
use crate::{dataset::Quality, image, protocol::Failure};
use std::pin::Pin;

/// A photo that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPhoto {
    /// When it was taken, from its EXIF.
    pub captured: Option<String>,
    /// The camera's model, from its EXIF.
    pub camera: Option<String>,
    /// Width of the upright original.
    pub width_px: u32,
    /// Height of the upright original.
    pub height_px: u32,
    /// How it came out.
    pub quality: Quality,
    /// What is kept of it.
    pub copy: StoredCopy,
    /// What the backbone sees of it.
    pub seen: Seen,
}

/// What the backbone sees of a photo.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// Pixels that it has still to look at.
    Pixels(Pixels),
    /// Its pools, [6560], where whoever read the photo has a backbone too.
    Pools(Vec<f32>),
}

/// A photo on its way.
pub type Reading = Pin<Box<dyn Future<Output = Result<ReadPhoto, Failure>>>>;

/// Reads the bytes of a file, up to the pixels.
///
/// # Errors
/// As [`image::read`].
pub fn read_photo(bytes: &[u8]) -> Result<ReadPhoto, Failure> {
    keep_photo(image::read(bytes)?)
}

/// Goes on from a picture that is decoded, up to the pixels.
///
/// # Errors
/// `DamagedPicture` where it cannot be kept.
pub fn keep_photo(upright: Upright) -> Result<ReadPhoto, Failure> {
    let copy = image::store_copy(&upright)?;
    // The pixels come from the copy, also for a photo that is only asked about: the same way, the same answer.
    let pixels = image::prepare(&copy.jpeg)?;
    Ok(ReadPhoto {
        captured: upright.captured,
        camera: upright.camera,
        width_px: upright.original_width_px,
        height_px: upright.original_height_px,
        quality: image::quality(&pixels),
        copy,
        seen: Seen::Pixels(pixels),
    })
}
