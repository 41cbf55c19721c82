//! Lets the browser deliver what waits for this thread.

use js_sys::{Function, Promise};
use std::{cell::RefCell, collections::VecDeque};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// A channel to oneself: a message through it is a macrotask. (A timer would do, but browsers round repeated ones up to
/// 4 ms; an already settled promise would not, because it comes before any message.)
struct Doorbell {
    channel: MessageChannel,
    waiting: RefCell<VecDeque<Function>>,
}

thread_local! {
    static DOORBELL: Option<Doorbell> = doorbell();
}

fn doorbell() -> Option<Doorbell> {
    let channel = MessageChannel::new().ok()?;
    let rung = Closure::<dyn Fn()>::new(|| {
        DOORBELL.with(|bell| {
            let resolve = bell.as_ref().and_then(|bell| bell.waiting.borrow_mut().pop_front());
            if let Some(resolve) = resolve {
                let _ = resolve.call0(&JsValue::UNDEFINED); // the resolve function of a promise does not throw
            }
        });
    });
    channel.port2().set_onmessage(Some(rung.into_js_value().unchecked_ref()));
    Some(Doorbell { channel, waiting: RefCell::default() })
}

/// Goes on after everything that already waited for this thread, messages included.
pub(super) async fn yield_now() {
    let promise = Promise::new(&mut |resolve: Function, _| {
        DOORBELL.with(|bell| match bell {
            Some(bell) if bell.channel.port1().post_message(&JsValue::NULL).is_ok() => {
                bell.waiting.borrow_mut().push_back(resolve.clone());
            }
            _ => drop(resolve.call0(&JsValue::UNDEFINED)),
        });
    });
    let _ = JsFuture::from(promise).await; // never rejected
}
