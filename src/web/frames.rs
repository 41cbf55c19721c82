//! The pixels of a camera's frames. A frame comes from the browser in any case, so a canvas reads it, not a decoder of ours.

use crate::engine::Frame;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

/// Reads frames; it keeps its canvas from one to the next.
#[derive(Debug, Default)]
pub(super) struct Frames(Option<OffscreenCanvasRenderingContext2d>);

impl Frames {
    /// The pixels of a frame, whose picture is over with that; none where the browser does not let it be read.
    pub(super) fn read(&mut self, number: u32, picture: &ImageBitmap) -> Option<Frame> {
        let (width_px, height_px) = (picture.width(), picture.height());
        let rgba = self.rgba(picture, width_px, height_px);
        picture.close();
        Some(Frame { number, width_px, height_px, rgba: rgba.ok()? })
    }

    fn rgba(&mut self, picture: &ImageBitmap, width: u32, height: u32) -> Result<Vec<u8>, JsValue> {
        let context = self.canvas(width, height)?;
        context.draw_image_with_image_bitmap(picture, 0.0, 0.0)?;
        let data = context.get_image_data(0.0, 0.0, width.into(), height.into())?;
        Ok(data.data().0)
    }

    /// The canvas of this size; a camera that is turned has frames of another one.
    fn canvas(&mut self, width: u32, height: u32) -> Result<OffscreenCanvasRenderingContext2d, JsValue> {
        let fits = |context: &&OffscreenCanvasRenderingContext2d| {
            (context.canvas().width(), context.canvas().height()) == (width, height)
        };
        if let Some(context) = self.0.as_ref().filter(fits) {
            return Ok(context.clone());
        }
        // It is read again and again: kept in memory and not on the graphics chip.
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"willReadFrequently".into(), &true.into())?;
        js_sys::Reflect::set(&options, &"alpha".into(), &false.into())?;
        let canvas = OffscreenCanvas::new(width, height)?;
        let context = canvas.get_context_with_context_options("2d", &options)?.ok_or("no canvas")?;
        let context: OffscreenCanvasRenderingContext2d = context.unchecked_into();
        Ok(self.0.insert(context).clone())
    }
}
