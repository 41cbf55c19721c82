//! The pixels of a picture that the browser decoded.

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// A canvas to read pixels from: kept in memory and not on the graphics chip. An opaque one lies over black.
pub(super) fn canvas(
    width_px: u32,
    height_px: u32,
    opaque: bool,
) -> Result<OffscreenCanvasRenderingContext2d, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
    Reflect::set(&options, &"alpha".into(), &(!opaque).into())?;
    let canvas = OffscreenCanvas::new(width_px, height_px)?;
    Ok(canvas.get_context_with_context_options("2d", &options)?.ok_or("no canvas")?.unchecked_into())
}

/// The picture in rows of red, green, blue and opacity, by a canvas of its size.
pub(super) fn rgba(canvas: &OffscreenCanvasRenderingContext2d, picture: &ImageBitmap) -> Result<Vec<u8>, JsValue> {
    canvas.draw_image_with_image_bitmap(picture, 0.0, 0.0)?;
    let data = canvas.get_image_data(0.0, 0.0, picture.width().into(), picture.height().into())?;
    Ok(data.data().0)
}
