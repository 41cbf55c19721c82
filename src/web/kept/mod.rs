//! What this page keeps on the device: how much of what, and the end of all of it.

mod browser;
mod erase;
mod look;

pub use erase::{Left, erase};
pub use look::{Amount, Kept, Part, keep_for_good, look};
