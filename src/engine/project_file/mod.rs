//! The project as one file: written out, and read in. See [`crate::archive`].

mod opening;
mod saving;

pub(super) use opening::Opening;
pub(super) use saving::Saving;
