//! The browser's own record of requests, Resource Timing: of the page in the page, of a worker in that worker. Each thread
//! sees only its own, so every one of them watches.

use super::asked::Asked;
use js_sys::{Array, Function, Object, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::{Performance, Url};

// web-sys has it behind features whose change would rebuild everything.
#[wasm_bindgen]
extern "C" {
    type PerformanceObserver;

    #[wasm_bindgen(constructor, catch)]
    fn new(told: &Function) -> Result<PerformanceObserver, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn observe(this: &PerformanceObserver, options: &Object) -> Result<(), JsValue>;

    type EntryList;

    #[wasm_bindgen(method, js_name = getEntries)]
    fn entries(this: &EntryList) -> Array;

    type Entry;

    #[wasm_bindgen(method, getter)]
    fn name(this: &Entry) -> String;

    #[wasm_bindgen(method, getter, js_name = startTime)]
    fn start_ms(this: &Entry) -> f64;
}

/// Scripts that start late: a worker is started, or started anew, at any time, and the service worker once all is there. Asked
/// for by exactly this address they are parts of the app, whenever that is. The first script of a worker and what it imports
/// stand in the record of the thread that started it.
const LATE_PARTS: [&str; 5] = ["worker-boot.js", "worker.js", "worker-gpu-boot.js", "worker_gpu.js", "offline.js"];

/// Watches the requests of this thread for as long as it lives.
#[derive(Clone)]
pub struct Watch {
    /// What began before is a part of the app on its way; milliseconds on this thread's clock.
    ready_ms: Rc<Cell<f64>>,
}

impl Watch {
    /// Calls `told` with the requests that ended, those from before this call included. `parts` are the files of the app
    /// that may be fetched later, relative to this thread's own address.
    pub fn begin(parts: &[String], told: impl Fn(Vec<Asked>) + 'static) -> Self {
        let ready_ms = Rc::new(Cell::new(f64::INFINITY));
        let watch = Self { ready_ms };
        let (ready_ms, late) = (watch.ready_ms.clone(), late_parts(parts));
        let listed = Closure::<dyn Fn(EntryList)>::new(move |list: EntryList| {
            let asked: Vec<Asked> = list
                .entries()
                .iter()
                .map(JsCast::unchecked_into::<Entry>)
                // Pictures of this device have addresses, too: `blob:`.
                .filter(|entry| entry.name().starts_with("http"))
                .map(|entry| {
                    let address = entry.name();
                    Asked { loading: entry.start_ms() < ready_ms.get() || late.contains(&address), address }
                })
                .collect();
            if !asked.is_empty() {
                told(asked);
            }
        });
        // A browser without it shows no count, which the page would say; all that run the engine have it.
        let _ = observe(listed.into_js_value().unchecked_ref());
        watch
    }

    /// Everything is loaded: what begins from now on is no part of the app on its way.
    pub fn loaded(&self) {
        if self.ready_ms.get().is_infinite() {
            self.ready_ms.set(now_ms());
        }
    }
}

/// Page and workers lie in one folder.
fn late_parts(parts: &[String]) -> Vec<String> {
    let location = Reflect::get(&js_sys::global(), &"location".into()).unwrap_or_default();
    let here = Reflect::get(&location, &"href".into()).ok().and_then(|href| href.as_string()).unwrap_or_default();
    let parts = LATE_PARTS.into_iter().chain(parts.iter().map(String::as_str));
    parts.filter_map(|part| Some(Url::new_with_base(part, &here).ok()?.href())).collect()
}

fn observe(told: &Function) -> Result<(), JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"resource".into())?;
    Reflect::set(&options, &"buffered".into(), &true.into())?;
    PerformanceObserver::new(told)?.observe(&options)
}

/// This thread's clock, on which the browser tells when requests began.
fn now_ms() -> f64 {
    let performance = Reflect::get(&js_sys::global(), &"performance".into()).unwrap_or_default();
    performance.dyn_into::<Performance>().map_or(0.0, |performance| performance.now())
}
