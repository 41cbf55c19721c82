//! The instant head: a linear layer in closed form, fitted again after every change, without a gradient step.
//!
//! Four candidates, {narrow, wide} feature × {ridge regression, linear discriminant analysis}; the one with the lowest
//! leave-one-out log loss at its own temperature is the head. Leave-one-out is exact for all four, and so is leaving out a
//! whole burst (module `dataset::bursts`), which is the honest score.
//!
//! ```text
//! photos ──► Gram ──► Reduction ──► Decomposition ─┐
//!            grows    in steps      knows no label  ├─► Candidate ×4 ──► InstantHead ──► Layer, LeaveOut
//! labels ──────────────────────────────────────────┘
//! ```
//!
//! Everything is computed between photos, not between numbers of a feature: there are fewer of them. A decomposition costs
//! the cube of the number of photos and is made in short steps; a change of labels keeps it and costs its square. Nothing
//! here names Burn: the arithmetic is the same on every device.

mod candidate;
mod decomposition;
mod gaussian;
mod gram;
mod kernel;
mod labels;
mod leave_out;
mod lessons;
mod matrix;
mod principal;
#[cfg(test)]
mod reference;
mod reflect;
mod resolvent;
mod ridge;
mod tridiagonal;

pub(crate) use gaussian::{Covariance, Gaussian};
pub(crate) use principal::{Principal, principal};

pub use candidate::{Candidate, Feature, InstantHead, Layer, Method};
pub use decomposition::Decomposition;
pub use gram::Gram;
pub use labels::Labels;
pub use leave_out::LeaveOut;
pub use lessons::{Answer, Lesson, Lessons};
pub use matrix::Matrix;
pub use tridiagonal::Reduction;

/// Why there is no instant head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InstantError {
    /// There are no photos.
    #[error("no photos")]
    NoPhotos,
    /// All photos are of one class.
    #[error("one class")]
    OneClass,
    /// A class between 0 and the largest has no photos.
    #[error("a class without photos")]
    EmptyClass,
    /// Labels, features and decompositions are of different photos.
    #[error("numbers that do not belong together")]
    Shape,
    /// A feature has a number that is none.
    #[error("a number that is not finite")]
    NotFinite,
}
