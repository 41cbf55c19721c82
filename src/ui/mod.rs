//! The page: draws the state, and turns what a person does into requests. It never names a stage or the engine.

pub mod in_sight;
pub mod state;

#[cfg(target_arch = "wasm32")]
mod actions;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "the component macro makes parts of what it makes public")]
mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "the component macro makes parts of what it makes public")]
mod camera;
#[cfg(target_arch = "wasm32")]
mod changes;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "the component macro makes parts of what it makes public")]
mod components;
#[cfg(target_arch = "wasm32")]
mod deeds;
#[cfg(target_arch = "wasm32")]
mod drops;
#[cfg(target_arch = "wasm32")]
mod i18n;
#[cfg(target_arch = "wasm32")]
mod live;
#[cfg(target_arch = "wasm32")]
mod marks;
#[cfg(target_arch = "wasm32")]
mod motion;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "the component macro makes parts of what it makes public")]
mod panels;
#[cfg(target_arch = "wasm32")]
mod samples;
#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "the component macro makes parts of what it makes public")]
mod shortcuts;
#[cfg(target_arch = "wasm32")]
mod theme;
#[cfg(target_arch = "wasm32")]
mod words;

#[cfg(target_arch = "wasm32")]
pub use app::mount;
