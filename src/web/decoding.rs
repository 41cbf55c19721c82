//! Decodes photos: in Rust, and what Rust does not read (AVIF, HEIC) by the browser, where that can.

use super::{bitmap, bridge::scope};
use crate::{
    engine::reading::{ReadPhoto, Upright, from_browser, keep_photo, media_type, read},
    protocol::Failure,
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ImageBitmap};

/// Reads the bytes of a file, up to the pixels.
///
/// # Errors
/// As [`upright`].
pub(super) async fn read_photo(bytes: Vec<u8>) -> Result<ReadPhoto, Failure> {
    keep_photo(upright(bytes).await?)
}

/// Decodes the picture in the bytes of a file.
///
/// # Errors
/// As [`read`]; for a format that only browsers read, `UnsupportedFormat` where this one does not.
pub(super) async fn upright(bytes: Vec<u8>) -> Result<Upright, Failure> {
    let refused = match read(&bytes) {
        Err(refused @ Failure::UnsupportedFormat { .. }) => refused,
        read => return read,
    };
    let Some(media_type) = media_type(&bytes)? else { return Err(refused) };
    let Ok((width_px, height_px, rgba)) = by_browser(&bytes, media_type).await else { return Err(refused) };
    from_browser(bytes, width_px, height_px, &rgba)
}

/// Width, height and rows of RGBA, turned as the picture says.
async fn by_browser(bytes: &[u8], media_type: &str) -> Result<(u32, u32, Vec<u8>), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)?;
    let picture: ImageBitmap = JsFuture::from(scope().create_image_bitmap_with_blob(&blob)?).await?.unchecked_into();
    let (width_px, height_px) = (picture.width(), picture.height());
    let rgba = bitmap::canvas(width_px, height_px, false).and_then(|canvas| bitmap::rgba(&canvas, &picture));
    picture.close();
    Ok((width_px, height_px, rgba?))
}
