//! Headstart fine-tunes an image classifier in the browser. The modules stand in the order in which a photo passes:
//!
//! ```text
//! file ──decode──► upright RGB ──copy──► pixels 224 ──backbone──► pools ──cache──► feature ──head──► prediction ──► screen
//!       image/                  image/    tensor     backbone/   [6560]   store/   head/    head/     predict       ui/
//! ```
//!
//! The page (`ui`) and the engine (`engine` and the stages above it) run on two threads and meet in [`protocol`] alone.
//! Feature gates stand here and in the `mod.rs` of the folders that differ between browser and native builds.

pub mod dataset;
pub mod metrics;
pub mod protocol;
pub mod store;

#[cfg(feature = "engine")]
pub mod image;

#[cfg(feature = "engine")]
mod unroll;

#[cfg(feature = "engine")]
pub mod backbone;

#[cfg(feature = "engine")]
pub mod features;

#[cfg(feature = "engine")]
pub mod head;

#[cfg(feature = "engine")]
pub mod predict;

#[cfg(feature = "engine")]
pub mod doctor;

#[cfg(feature = "engine")]
pub mod archive;

#[cfg(feature = "engine")]
pub mod engine;

// Natively only what it decides by, for tests.
pub mod web;

// The page never sees the engine: in the browser it is built without it, natively only its state is built, for tests.
#[cfg(any(not(feature = "engine"), not(target_arch = "wasm32")))]
pub mod ui;

#[cfg(not(target_arch = "wasm32"))]
pub mod serve;

#[cfg(not(target_arch = "wasm32"))]
pub mod precache;
