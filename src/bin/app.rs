//! The page.

#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(headstart::ui::App);
}

#[cfg(not(all(target_arch = "wasm32", not(feature = "engine"))))]
fn main() {}
