//! Files that the system opens with the installed page, by the manifest's `file_handlers`.

use super::files::{Arriving, PickedFile};
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, window};

/// Calls `opened` with the files of each launch, the one that opened this page included: the browser keeps them until
/// somebody listens. Does nothing where there is no such queue.
pub fn listen(opened: impl Fn(Arriving) + 'static) {
    let _ = try_listen(opened);
}

// By reflection: web-sys has no launch queue.
fn try_listen(opened: impl Fn(Arriving) + 'static) -> Option<()> {
    let window = window()?;
    let queue = Reflect::get(&window, &"launchQueue".into()).ok().filter(JsValue::is_object)?;
    let set_consumer: Function = Reflect::get(&queue, &"setConsumer".into()).ok()?.dyn_into().ok()?;
    let consumer = Closure::<dyn Fn(JsValue)>::new(move |launch: JsValue| {
        let handles = Reflect::get(&launch, &"files".into()).ok().and_then(|files| files.dyn_into::<Array>().ok());
        if let Some(handles) = handles.filter(|handles| handles.length() > 0) {
            opened(Box::pin(files_of(handles)));
        }
    });
    set_consumer.call1(&queue, &consumer.into_js_value()).ok().map(drop)
}

/// A file that is gone by now is left out.
async fn files_of(handles: Array) -> Vec<PickedFile> {
    let mut picked = Vec::new();
    for handle in handles.iter() {
        if let Some(file) = file_of(&handle).await {
            picked.push(PickedFile { path: file.name(), file });
        }
    }
    picked
}

async fn file_of(handle: &JsValue) -> Option<File> {
    let get_file: Function = Reflect::get(handle, &"getFile".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = get_file.call0(handle).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}
