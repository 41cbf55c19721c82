//! What a camera shows at a moment: as a frame for the engine, as a photo to keep, and how bright it is.

use crate::web::files::PickedFile;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, window};

/// How well a photo is kept; the project's own copy of it is smaller.
const QUALITY: f64 = 0.92;

/// What shows the picture is drawn this small to tell how bright it is.
const SMALL: u32 = 16;

/// The picture that a camera shows now; none while there is none.
pub async fn frame(video: &HtmlVideoElement) -> Option<ImageBitmap> {
    if video.video_width() == 0 {
        return None;
    }
    let promise = window()?.create_image_bitmap_with_html_video_element(video).ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Draws pictures to look at them.
#[derive(Debug, Clone)]
pub struct Canvas(HtmlCanvasElement);

impl Canvas {
    /// Nothing is drawn yet; none outside of a page.
    pub fn new() -> Option<Self> {
        window()?.document()?.create_element("canvas").ok()?.dyn_into().ok().map(Self)
    }

    /// What the camera shows now as a photo, as the world sees it, whether or not the page shows a mirror; none while there is none.
    pub async fn photo(&self, video: &HtmlVideoElement, name: &str) -> Option<PickedFile> {
        let (width, height) = (video.video_width(), video.video_height());
        self.draw(video, width, height)?;
        let canvas = self.0.clone();
        // It is read from the canvas at once, so that the next photo may be drawn meanwhile.
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            if canvas.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &QUALITY.into()).is_err() {
                let _ = reject.call0(&JsValue::UNDEFINED); // the reject function of a promise does not throw
            }
        });
        let blob: Blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        let file = File::new_with_blob_sequence(&Array::of1(&blob), name).ok()?;
        Some(PickedFile { path: name.to_owned(), file })
    }

    /// Whether the camera shows nothing but black.
    pub fn is_black(&self, video: &HtmlVideoElement) -> bool {
        let Some(context) = self.draw(video, SMALL, SMALL) else { return false };
        let side = f64::from(SMALL);
        let Ok(data) = context.get_image_data(0.0, 0.0, side, side) else { return false };
        data.data().chunks_exact(4).all(|pixel| pixel[..3].iter().all(|level| *level < BLACK_BELOW))
    }

    fn draw(&self, video: &HtmlVideoElement, width: u32, height: u32) -> Option<CanvasRenderingContext2d> {
        if video.video_width() == 0 {
            return None;
        }
        self.0.set_width(width);
        self.0.set_height(height);
        let context: CanvasRenderingContext2d = self.0.get_context("2d").ok()??.unchecked_into();
        let (width, height) = (f64::from(width), f64::from(height));
        context.draw_image_with_html_video_element_and_dw_and_dh(video, 0.0, 0.0, width, height).ok()?;
        Some(context)
    }
}

/// Levels of a covered camera stay below this, of 255; its noise is a few levels.
const BLACK_BELOW: u8 = 20;
