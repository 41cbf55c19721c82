//! How messages look between page and worker: `[text, files, handles]` one way, `[text]` or `[text, bytes]` the other, and
//! `[null, detail]` as a worker's last words.

use crate::protocol::{Event, FileRef, Request};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::File;

/// What a worker tells.
#[derive(Debug)]
pub enum FromWorker {
    /// An event, with the bytes that travel beside it.
    Event(Event, Option<Uint8Array>),
    /// The worker cannot go on.
    Died(String),
}

/// What the page asks, with the files that it names for the first time.
#[derive(Debug)]
pub struct FromPage {
    /// The request.
    pub request: Request,
    /// The handles.
    pub files: Vec<(FileRef, File)>,
}

impl FromPage {
    /// As a message.
    pub fn to_message(&self) -> JsValue {
        let text = serde_json::to_string(&self.request).expect("every request has a JSON form");
        let (ids, handles) = (Array::new(), Array::new());
        for (id, file) in &self.files {
            ids.push(&JsValue::from(id.0));
            handles.push(file);
        }
        Array::of3(&text.into(), &ids, &handles).into()
    }

    /// From a message; none where it is no such message.
    pub fn from_message(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        let request = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
        let ids: Array = parts.get(1).dyn_into().ok()?;
        let handles: Array = parts.get(2).dyn_into().ok()?;
        let files = ids.iter().zip(handles.iter()).map(|(id, handle)| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
            let id = FileRef(id.as_f64()? as u32);
            Some((id, handle.dyn_into::<File>().ok()?))
        });
        Some(Self { request, files: files.collect::<Option<_>>()? })
    }
}

impl FromWorker {
    /// As a message, with the list of what is handed over instead of copied.
    pub fn to_message(&self) -> (JsValue, Array) {
        match self {
            Self::Event(event, payload) => {
                let text = serde_json::to_string(event).expect("every event has a JSON form");
                match payload {
                    None => (Array::of1(&text.into()).into(), Array::new()),
                    Some(bytes) => (Array::of2(&text.into(), bytes).into(), Array::of1(&bytes.buffer())),
                }
            }
            Self::Died(detail) => (Array::of2(&JsValue::NULL, &detail.into()).into(), Array::new()),
        }
    }

    /// From a message; none where it is no such message.
    pub fn from_message(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        if parts.get(0).is_null() {
            return Some(Self::Died(parts.get(1).as_string()?));
        }
        let event = serde_json::from_str(&parts.get(0).as_string()?).ok()?;
        Some(Self::Event(event, parts.get(1).dyn_into().ok()))
    }
}

/// What a thrown value says.
pub fn detail_of(thrown: &JsValue) -> String {
    thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.to_string()))
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| format!("{thrown:?}"))
}
