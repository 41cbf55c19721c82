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

/// A word between tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// Everything is about to be deleted.
    Deleting,
    /// The project is another one now, in the store.
    Changed,
    /// Whoever has the project is asked to let go of it.
    Give,
}

impl Word {
    const ALL: [Self; 3] = [Self::Deleting, Self::Changed, Self::Give];

    fn text(self) -> &'static str {
        match self {
            Self::Deleting => "deleting",
            Self::Changed => "changed",
            Self::Give => "give",
        }
    }

    fn parse(message: &JsValue) -> Option<Self> {
        Self::ALL.into_iter().find(|word| message == word.text())
    }
}

/// This tab, or its worker, among the others.
pub struct Tabs(Option<BroadcastChannel>);

impl Tabs {
    /// Listens to the words of all others, those of the same tab too.
    pub fn join(heard: impl Fn(Word) + 'static) -> Self {
        // A browser without it has no such words: tabs then go without them, see where each is told.
        let Ok(channel) = BroadcastChannel::new(NAME) else { return Self(None) };
        let told = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
            if let Some(word) = Word::parse(&message.data()) {
                heard(word);
            }
        });
        channel.set_onmessage(told.into_js_value().unchecked_ref());
        Self(Some(channel))
    }

    /// Tells all others.
    pub fn tell(&self, word: Word) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&word.text().into()); // fails only for a channel that is closed
        }
    }
}
