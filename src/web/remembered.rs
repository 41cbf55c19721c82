//! How many photos the project had, remembered outside of the database: so that a database which the browser has emptied, or
//! cannot open, is not taken for a new project.

use gloo::storage::{LocalStorage, Storage};
use web_sys::window;

const KEY: &str = "headstart.photos";

/// The number of photos when this was last open; 0 where that is not known.
pub fn photos() -> u32 {
    LocalStorage::get(KEY).unwrap_or(0)
}

/// Remembers the number of photos. With the first one the browser is asked to keep the project when it tidies up; whatever
/// it answers, everything goes on.
pub fn remember(now: u32) {
    let before = photos();
    if now == before {
        return;
    }
    let _ = LocalStorage::set(KEY, now); // a browser that keeps nothing remembers nothing
    if before == 0
        && let Some(window) = window()
    {
        let _ = window.navigator().storage().persist(); // absent without HTTPS
    }
}
