//! The backbone's weights, over the network or out of the browser's cache.

use crate::{backbone::registry::Spec, protocol::Failure};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, ReadableStreamDefaultReader, Response};

/// Progress is told no more often than this: a fast connection would flood the page.
const TELL_EVERY_MS: f64 = 100.0;

/// Fetches the weights file of a backbone; `progress` is told the bytes so far.
///
/// # Errors
/// [`Failure::WeightsMissing`] when the file does not arrive, [`Failure::WeightsDamaged`] when it is not as long as it should
/// be (a server that answers with an error page, say).
pub(super) async fn fetch(spec: &Spec, progress: impl Fn(u64)) -> Result<Vec<u8>, Failure> {
    let response = response(spec.file).await.map_err(missing)?;
    if !response.ok() {
        return Err(Failure::WeightsMissing { detail: format!("HTTP status {}", response.status()) });
    }
    let Some(body) = response.body() else { return Err(Failure::WeightsDamaged) };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let expected = usize::try_from(spec.bytes).map_err(|_| Failure::WeightsDamaged)?;
    let mut bytes = Vec::with_capacity(expected);
    let mut told_ms = f64::NEG_INFINITY;
    while let Some(part) = read(&reader).await.map_err(missing)? {
        let start = bytes.len();
        let end = start + part.length() as usize;
        if end > expected {
            let _ = reader.cancel(); // what else comes is of no use
            return Err(Failure::WeightsDamaged);
        }
        bytes.resize(end, 0);
        part.copy_to(&mut bytes[start..]);
        let now_ms = js_sys::Date::now();
        if now_ms - told_ms >= TELL_EVERY_MS {
            told_ms = now_ms;
            progress(bytes.len() as u64);
        }
    }
    if bytes.len() < expected {
        return Err(Failure::WeightsDamaged);
    }
    progress(spec.bytes);
    Ok(bytes)
}

/// The address is relative to the worker's own script, which lies beside the page.
async fn response(file: &str) -> Result<Response, JsValue> {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    JsFuture::from(scope.fetch_with_str(&format!("models/{file}"))).await?.dyn_into()
}

async fn read(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let part = JsFuture::from(reader.read()).await?;
    if Reflect::get(&part, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Reflect::get(&part, &"value".into())?.dyn_into().map(Some)
}

fn missing(thrown: JsValue) -> Failure {
    Failure::WeightsMissing { detail: super::wire::detail_of(&thrown) }
}
