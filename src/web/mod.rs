//! Everything else that touches the browser. The page part is built without the engine, the worker part with it.

// Plain data and decisions, natively built for tests.
#[cfg(any(not(feature = "engine"), not(target_arch = "wasm32")))]
mod status;
#[cfg(any(not(feature = "engine"), not(target_arch = "wasm32")))]
pub mod supervisor;
#[cfg(any(not(feature = "engine"), not(target_arch = "wasm32")))]
pub use status::{DeviceChoice, EngineState, GpuNote, Phase};

mod asked;
pub use asked::Asked;

#[cfg(target_arch = "wasm32")]
mod requests;
#[cfg(target_arch = "wasm32")]
pub use requests::Watch;
#[cfg(target_arch = "wasm32")]
pub mod tabs;
#[cfg(target_arch = "wasm32")]
pub mod wire;
#[cfg(target_arch = "wasm32")]
mod yield_now;

// The page.
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod camera;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
mod client;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
mod device;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod files;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod kept;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod launch;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod offline;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
mod pause;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub mod remembered;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
mod thumbs;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub use client::{Client, Handlers};
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub use pause::pause;
#[cfg(all(target_arch = "wasm32", not(feature = "engine")))]
pub use thumbs::Thumbs;

// The worker.
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod bitmap;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
pub mod bridge;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod decoding;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod frames;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod inbox;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod lock;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod opened_file;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod owner;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod photo_source;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod pulse;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod readers;
#[cfg(all(target_arch = "wasm32", feature = "engine"))]
mod weights;
