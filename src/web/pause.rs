//! Lets time pass.

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

/// Waits.
pub async fn pause(milliseconds: u32) {
    let milliseconds = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve: Function, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds); // a page always has one
        }
    });
    let _ = JsFuture::from(promise).await; // it is never rejected
}
