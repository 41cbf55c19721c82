//! The project as one file: written out, and read in. See [`crate::archive`].

mod opening;
mod saving;

pub(super) use opening::Opening;
pub(super) use saving::Saving;

/// Photos in one step: enough for speed, few enough to stop at once.
const AT_ONCE: usize = 8;
