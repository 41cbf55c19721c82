//! Which device was asked for, whether the graphics chip failed before, and whether the browser offers an adapter.

use super::{DeviceChoice, GpuNote};
use gloo::storage::{LocalStorage, Storage};
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{UrlSearchParams, window};

const SAVED: &str = "headstart.device";
const FAILED: &str = "headstart.gpu-failed";

/// The choice in the address, or else the saved one.
pub(super) fn initial_choice() -> DeviceChoice {
    in_address().or_else(saved).unwrap_or_default()
}

fn in_address() -> Option<DeviceChoice> {
    let search = window()?.location().search().ok()?;
    DeviceChoice::from_word(&UrlSearchParams::new_with_str(&search).ok()?.get("device")?)
}

fn saved() -> Option<DeviceChoice> {
    DeviceChoice::from_word(&window()?.local_storage().ok()??.get_item(SAVED).ok()??)
}

/// Saves the choice, where the browser saves anything.
pub(super) fn remember(choice: DeviceChoice) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(SAVED, choice.word()); // full or forbidden: then it holds until the page closes
    }
}

/// What is known of the graphics chip when the page starts: one that failed is tried again only when it is asked for, by the
/// address or by the person.
pub(super) fn initial_note() -> GpuNote {
    match LocalStorage::get(FAILED) {
        Ok(detail) if in_address().is_none() => GpuNote::Failed { detail },
        _ => GpuNote::Unknown,
    }
}

/// Remembers that the graphics chip failed, or that it works.
pub(super) fn remember_note(note: &GpuNote) {
    match note {
        // A browser that saves nothing will try it once each time.
        GpuNote::Failed { detail } => drop(LocalStorage::set(FAILED, detail)),
        GpuNote::Wrong => drop(LocalStorage::set(FAILED, "wrong numbers")),
        GpuNote::InUse => LocalStorage::delete(FAILED),
        GpuNote::Unknown | GpuNote::None | GpuNote::Slower => {}
    }
}

/// Whether there is a graphics chip behind WebGPU. A software adapter computes on the processor, more slowly than the
/// processor's own worker, so it does not count.
pub(super) async fn has_adapter() -> bool {
    let Some(adapter) = request_adapter().await else { return false };
    let is_software = |object: &JsValue| {
        Reflect::get(object, &"isFallbackAdapter".into()).is_ok_and(|is_fallback| is_fallback.is_truthy())
    };
    // Newer browsers say so in `info`, older ones on the adapter itself.
    let info = Reflect::get(&adapter, &"info".into()).ok().filter(JsValue::is_object);
    !is_software(&info.unwrap_or_default()) && !is_software(&adapter)
}

// By reflection: web-sys has WebGPU behind a flag that would rebuild everything.
async fn request_adapter() -> Option<JsValue> {
    let gpu = Reflect::get(&window()?.navigator(), &"gpu".into()).ok()?;
    if !gpu.is_object() {
        return None;
    }
    let request: Function = Reflect::get(&gpu, &"requestAdapter".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = request.call0(&gpu).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok().filter(JsValue::is_object)
}
