//! What the backbone sees of each photo, computed once and kept.

mod block;
mod cache;
mod extractor;
mod space;

pub use block::{BlockError, ROWS_PER_BLOCK};
pub use cache::FeatureCache;
pub use extractor::Extractor;
pub use space::{FeatureSpace, PhotoHash};
