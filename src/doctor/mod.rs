//! The photo doctor: what in the photos keeps the head from being better, and which photos to look at.
//!
//! Numbers in, photos out: no pixel is looked at here, and nothing is changed.

mod copies;
mod flaws;
mod outliers;
mod suspects;

pub use copies::{Copy, copies};
pub use flaws::flaw;
pub use outliers::{Outlier, outliers};
pub use suspects::{Suspect, suspects};
