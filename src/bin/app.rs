//! The page.

#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
fn main() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(headstart::ui::mount());
}

#[cfg(not(all(target_arch = "wasm32", not(feature = "engine"))))]
fn main() {}
