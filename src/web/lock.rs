//! One worker at a time owns the project, over all tabs: a Web Lock.

use js_sys::{Function, Object, Promise, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "headstart-project";

/// The project is this worker's while it is held. The browser frees it when the worker ends, however it ends.
#[derive(Default)]
pub(super) struct ProjectLock {
    /// Ends the promise that the lock hangs on.
    held: Rc<RefCell<Option<Function>>>,
}

impl ProjectLock {
    /// Takes the lock, once all who asked for it before have let go. Where the browser has no Web Locks, or refuses them,
    /// there is nothing to wait for.
    pub(super) async fn take(&self) {
        if self.held.borrow().is_some() {
            return;
        }
        let granted = Promise::new(&mut |resolve: Function, _| {
            if self.request(resolve.clone()).is_none() {
                let _ = resolve.call0(&JsValue::UNDEFINED); // the resolve function of a promise does not throw
            }
        });
        let _ = JsFuture::from(granted).await; // never rejected
    }

    /// Lets go of it.
    pub(super) fn release(&self) {
        if let Some(end) = self.held.take() {
            let _ = end.call0(&JsValue::UNDEFINED); // the resolve function of a promise does not throw
        }
    }

    // By reflection: web-sys has Web Locks behind a flag that would rebuild everything.
    fn request(&self, granted: Function) -> Option<()> {
        let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
        let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
        let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
        let held = self.held.clone();
        let refused = granted.clone();
        // The lock is held until the promise that this returns is settled.
        let on_grant = Closure::once_into_js(move |_lock: JsValue| {
            let until = Promise::new(&mut |end: Function, _| {
                held.replace(Some(end));
            });
            let _ = granted.call0(&JsValue::UNDEFINED); // the resolve function of a promise does not throw
            JsValue::from(until)
        });
        let options = Object::new();
        let over: Promise = request.call3(&locks, &NAME.into(), &options, &on_grant).ok()?.dyn_into().ok()?;
        wasm_bindgen_futures::spawn_local(async move {
            if JsFuture::from(over).await.is_err() {
                let _ = refused.call0(&JsValue::UNDEFINED); // the resolve function of a promise does not throw
            }
        });
        Some(())
    }
}
