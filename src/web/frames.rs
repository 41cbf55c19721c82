//! The pixels of a camera's frames. A frame comes from the browser in any case, so a canvas reads it, not a decoder of ours.

use super::bitmap;
use crate::engine::Frame;
use wasm_bindgen::JsValue;
use web_sys::{ImageBitmap, OffscreenCanvasRenderingContext2d};

/// Reads frames; it keeps its canvas from one to the next.
#[derive(Debug, Default)]
pub(super) struct Frames(Option<OffscreenCanvasRenderingContext2d>);

impl Frames {
    /// The pixels of a frame, whose picture is over with that; none where the browser does not let it be read.
    pub(super) fn read(&mut self, number: u32, picture: &ImageBitmap) -> Option<Frame> {
        let (width_px, height_px) = (picture.width(), picture.height());
        let rgba = self.canvas(width_px, height_px).and_then(|canvas| bitmap::rgba(&canvas, picture));
        picture.close();
        Some(Frame { number, width_px, height_px, rgba: rgba.ok()? })
    }

    /// The canvas of this size; a camera that is turned has frames of another one.
    fn canvas(&mut self, width: u32, height: u32) -> Result<OffscreenCanvasRenderingContext2d, JsValue> {
        let fits = |context: &&OffscreenCanvasRenderingContext2d| {
            (context.canvas().width(), context.canvas().height()) == (width, height)
        };
        if let Some(context) = self.0.as_ref().filter(fits) {
            return Ok(context.clone());
        }
        Ok(self.0.insert(bitmap::canvas(width, height, true)?).clone())
    }
}
