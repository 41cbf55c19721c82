//! The page's end of `static/offline.js`: events on the window, and words in an attribute of `<html>`.

use gloo::events::EventListener;
use web_sys::{Event, window};

/// Calls `told` with the words, now and whenever there are other ones, for as long as the page is open.
pub fn listen(told: impl Fn(&str) + 'static) {
    let Some(window) = window() else { return };
    let read = move || told(&words());
    read();
    EventListener::new(&window, "headstart:offline", move |_| read()).forget();
}

fn words() -> String {
    let html = window().and_then(|window| window.document()?.document_element());
    html.and_then(|html| html.get_attribute("data-offline")).unwrap_or_default()
}

/// The engine is ready: what the page needs to start is there, and the rest may come.
pub fn ready() {
    tell("headstart:ready");
}

/// The person wants the new version: the page is loaded again with it.
pub fn use_update() {
    tell("headstart:update");
}

fn tell(name: &str) {
    if let (Some(window), Ok(event)) = (window(), Event::new(name)) {
        let _ = window.dispatch_event(&event); // false only if a listener said no, and none does
    }
}
