//! How messages look between page and worker: `[request, ids, handles]` one way, with later handles as `[null, ids, handles]`,
//! `["frame", number, frame]` for a frame of the camera, and `"ping"`; `[event]` or `[event, bytes]` the other way, `["asked", requests]` for what a worker asked of the network,
//! `["alive", step]` to answer a ping, and `[null, detail]` as a worker's last words. Requests and events are bytes in postcard's format.

use super::Asked;
use crate::protocol::{Event, FileRef, Incoming, Request};
use js_sys::{Array, Uint8Array};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, ImageBitmap};

/// What a worker tells.
#[derive(Debug)]
pub enum FromWorker {
    /// An event, with the bytes that travel beside it.
    Event(Event, Option<Uint8Array>),
    /// What the worker, or one of its readers, asked of the network.
    Asked(Vec<Asked>),
    /// The worker answers a ping, from within a step of its work or between two.
    Alive(Option<u32>),
    /// The worker cannot go on.
    Died(String),
}

/// Handles in one message. Cloning one takes the page's thread 0.3 ms, so a folder of thousands comes in many messages.
pub const HANDLES_PER_MESSAGE: usize = 50;

/// What the page sends.
#[derive(Debug)]
pub enum FromPage {
    /// It asks for something.
    Asked {
        /// The request; none where a message only brings more handles.
        request: Option<Request>,
        /// Handles of files that requests name.
        files: Vec<(FileRef, File)>,
    },
    /// It wants to know what the head says to a frame of the camera, which is handed over.
    Frame {
        /// The frame's number.
        number: u32,
        /// The frame.
        picture: ImageBitmap,
    },
    /// It wants to know whether the worker gets on.
    Ping,
}

impl FromPage {
    /// As a message, with the list of what is handed over instead of copied.
    pub fn to_message(&self) -> (JsValue, Array) {
        let (request, files) = match self {
            Self::Asked { request, files } => (request, files),
            Self::Frame { number, picture } => {
                return (Array::of3(&FRAME.into(), &(*number).into(), picture).into(), Array::of1(picture));
            }
            Self::Ping => return (PING.into(), Array::new()),
        };
        let request = request.as_ref().map_or(JsValue::NULL, |request| packed(request).into());
        let (ids, handles) = (Array::new(), Array::new());
        for (id, file) in files {
            ids.push(&JsValue::from(id.0));
            handles.push(file);
        }
        (Array::of3(&request, &ids, &handles).into(), Array::new())
    }

    /// From a message; none where it is no such message.
    pub fn from_message(message: &JsValue) -> Option<Self> {
        if message == PING {
            return Some(Self::Ping);
        }
        let parts = message.dyn_ref::<Array>()?;
        if parts.get(0) == FRAME {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
            let number = parts.get(1).as_f64()? as u32;
            return Some(Self::Frame { number, picture: parts.get(2).dyn_into().ok()? });
        }
        let request = match parts.get(0) {
            none if none.is_null() => None,
            bytes => Some(unpacked(&bytes)?),
        };
        let ids: Array = parts.get(1).dyn_into().ok()?;
        let handles: Array = parts.get(2).dyn_into().ok()?;
        let files = ids.iter().zip(handles.iter()).map(|(id, handle)| {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
            let id = FileRef(id.as_f64()? as u32);
            Some((id, handle.dyn_into::<File>().ok()?))
        });
        Some(Self::Asked { request, files: files.collect::<Option<_>>()? })
    }
}

impl FromWorker {
    /// As a message, with the list of what is handed over instead of copied.
    pub fn to_message(&self) -> (JsValue, Array) {
        match self {
            Self::Event(event, payload) => {
                let event = packed(event);
                match payload {
                    None => (Array::of1(&event).into(), Array::new()),
                    Some(bytes) => (Array::of2(&event, bytes).into(), Array::of1(&bytes.buffer())),
                }
            }
            Self::Asked(asked) => (Array::of2(&ASKED.into(), &packed(asked)).into(), Array::new()),
            Self::Alive(step) => (Array::of2(&ALIVE.into(), &JsValue::from(*step)).into(), Array::new()),
            Self::Died(detail) => (Array::of2(&JsValue::NULL, &detail.into()).into(), Array::new()),
        }
    }

    /// From a message; none where it is no such message.
    pub fn from_message(message: &JsValue) -> Option<Self> {
        let parts = message.dyn_ref::<Array>()?;
        let first = parts.get(0);
        if first.is_null() {
            return Some(Self::Died(parts.get(1).as_string()?));
        }
        if first == ALIVE {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
            return Some(Self::Alive(parts.get(1).as_f64().map(|step| step as u32)));
        }
        if first == ASKED {
            return Some(Self::Asked(unpacked(&parts.get(1))?));
        }
        Some(Self::Event(unpacked(&parts.get(0))?, parts.get(1).dyn_into().ok()))
    }
}

/// The first part of a message that tells requests.
const ASKED: &str = "asked";
/// The first part of the answer to [`PING`].
const ALIVE: &str = "alive";
const PING: &str = "ping";
/// The first part of a message with a frame of the camera.
const FRAME: &str = "frame";

fn packed(message: &impl Serialize) -> Uint8Array {
    Uint8Array::from(&*postcard::to_allocvec(message).expect("plain data has bytes"))
}

fn unpacked<T: DeserializeOwned>(bytes: &JsValue) -> Option<T> {
    postcard::from_bytes(&bytes.dyn_ref::<Uint8Array>()?.to_vec()).ok()
}

/// What a thrown value says.
pub fn detail_of(thrown: &JsValue) -> String {
    thrown
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.to_string()))
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| format!("{thrown:?}"))
}

/// The files that a request names.
pub(crate) fn files_of(request: &Request) -> &[Incoming] {
    match request {
        Request::Import { files, .. } | Request::Predict { files, .. } => files,
        Request::OpenHead { file, .. } | Request::OpenProject { file, .. } | Request::Explain { file, .. } => {
            std::slice::from_ref(file)
        }
        _ => &[],
    }
}
