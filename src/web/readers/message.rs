//! How messages look between the engine and a reader: `[id, bytes]` there; `[id, text, copy, thumbnail, seen]`, `[id, text]`
//! for a photo that cannot be read, `[]` when it is ready, and what every worker tells the page (`web/wire.rs`) back.

use crate::{
    dataset::Quality,
    engine::reading::{Pixels, ReadPhoto, Seen, StoredCopy},
    protocol::Failure,
    web::{Asked, wire::FromWorker},
};
use js_sys::{Array, Float32Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

/// What a reader tells.
pub(super) enum FromReader {
    Ready,
    Answer(u32, Result<ReadPhoto, Failure>),
    Asked(Vec<Asked>),
    Died(String),
}

/// What a photo's EXIF and header say, or why it cannot be read.
#[derive(Serialize, Deserialize)]
enum Text {
    Read { captured: Option<String>, camera: Option<String>, width_px: u32, height_px: u32, quality: Quality },
    Not(Failure),
}

/// A photo to be read, and what is handed over instead of copied.
pub(super) fn job(id: u32, bytes: &[u8]) -> (JsValue, Array) {
    let bytes = Uint8Array::from(bytes);
    (Array::of2(&id.into(), &bytes).into(), Array::of1(&bytes.buffer()))
}

/// A job as the reader gets it; none where it is no such message.
pub(super) fn job_of(message: &JsValue) -> Option<(u32, Vec<u8>)> {
    let parts = message.dyn_ref::<Array>()?;
    Some((id_of(&parts.get(0))?, parts.get(1).dyn_into::<Uint8Array>().ok()?.to_vec()))
}

/// The first message of a reader.
pub(super) fn ready() -> JsValue {
    Array::new().into()
}

/// An answer, and what is handed over instead of copied.
pub(super) fn answer(id: u32, read: Result<ReadPhoto, Failure>) -> (JsValue, Array) {
    let text = |text: &Text| JsValue::from(serde_json::to_string(text).expect("plain data has a text"));
    let read = match read {
        Ok(read) => read,
        Err(failure) => return (Array::of2(&id.into(), &text(&Text::Not(failure))).into(), Array::new()),
    };
    let ReadPhoto { captured, camera, width_px, height_px, quality, copy, seen } = read;
    let (jpeg, thumbnail) = (Uint8Array::from(&*copy.jpeg), Uint8Array::from(&*copy.thumbnail));
    let (seen, seen_buffer): (JsValue, JsValue) = match seen {
        Seen::Pixels(Pixels(rgb)) => {
            let rgb = Uint8Array::from(&*rgb);
            (rgb.clone().into(), rgb.buffer().into())
        }
        Seen::Pools(pools) => {
            let pools = Float32Array::from(&*pools);
            (pools.clone().into(), pools.buffer().into())
        }
    };
    let text = text(&Text::Read { captured, camera, width_px, height_px, quality });
    let handed_over = Array::of3(&jpeg.buffer(), &thumbnail.buffer(), &seen_buffer);
    (Array::of5(&id.into(), &text, &jpeg, &thumbnail, &seen).into(), handed_over)
}

impl FromReader {
    /// From a message; none where it is no such message.
    pub(super) fn from_message(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        if parts.length() == 0 {
            return Some(Self::Ready);
        }
        match FromWorker::from_message(message) {
            Some(FromWorker::Died(detail)) => return Some(Self::Died(detail)),
            Some(FromWorker::Asked(asked)) => return Some(Self::Asked(asked)),
            Some(FromWorker::Event(..) | FromWorker::Alive(_)) | None => {}
        }
        let id = id_of(&parts.get(0))?;
        let answer = match serde_json::from_str(&parts.get(1).as_string()?).ok()? {
            Text::Not(failure) => Err(failure),
            Text::Read { captured, camera, width_px, height_px, quality } => {
                let bytes = |at| parts.get(at).dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec());
                let copy = StoredCopy { jpeg: bytes(2)?, thumbnail: bytes(3)? };
                let seen = match parts.get(4).dyn_into::<Float32Array>() {
                    Ok(pools) => Seen::Pools(pools.to_vec()),
                    Err(_) => Seen::Pixels(Pixels(bytes(4)?)),
                };
                Ok(ReadPhoto { captured, camera, width_px, height_px, quality, copy, seen })
            }
        };
        Some(Self::Answer(id, answer))
    }
}

fn id_of(value: &JsValue) -> Option<u32> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
    value.as_f64().map(|id| id as u32)
}
