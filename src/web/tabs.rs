//! What tabs of the same address tell each other.

use wasm_bindgen::{JsCast, JsValue, prelude::*};
use web_sys::MessageEvent;

// web-sys has it behind a feature whose change would rebuild everything.
#[wasm_bindgen]
extern "C" {
    type BroadcastChannel;

    #[wasm_bindgen(constructor, catch)]
    fn new(name: &str) -> Result<BroadcastChannel, JsValue>;

    #[wasm_bindgen(method, js_name = postMessage, catch)]
    fn post_message(this: &BroadcastChannel, message: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &BroadcastChannel, listener: &JsValue);
}

const NAME: &str = "headstart";
const DELETING: &str = "deleting";

/// This tab among the others.
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Calls `deleting` when another tab is about to delete everything.
    pub fn join(deleting: impl Fn() + 'static) -> Self {
        // A browser without it has no such word: then the database tells each tab by itself to let go.
        let Ok(channel) = BroadcastChannel::new(NAME) else { return Self(None) };
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if message.data() == DELETING {
                deleting();
            }
        });
        channel.set_onmessage(told.into_js_value().unchecked_ref());
        Self(Some(channel))
    }

    /// Tells the others that this tab is about to delete everything.
    pub fn tell_deleting(&self) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&DELETING.into()); // fails only for a channel that is closed
        }
    }
}
