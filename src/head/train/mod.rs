//! Trains a head: one linear softmax layer on the features of photos, in bounded slices that can be stopped.
//!
//! A stratified fifth of the photos is held back. On the rest, heads of all weight decays are trained side by side; the
//! decay and the step with the lowest held-back loss are chosen, and with these a head is fitted to all photos. The score
//! and the temperature come from the held-back photos. Everything is deterministic: heads start at zero, every step sees
//! all photos.

mod config;
mod descent;
mod gram;
mod select;
mod trained;
mod trainer;

pub use config::TrainConfig;
pub use trained::TrainedHead;
pub use trainer::Trainer;

use crate::protocol::{CurvePoint, Failure, HeadClass};
use burn::tensor::Tensor;

/// Photos that a class must have: one to train on and one to judge by.
pub const NEEDED_PHOTOS: u32 = 2;

/// Most photos that are trained on. The dot products of so many photos take 64 MiB, their features 103 MiB, which every
/// WebGPU device can bind. Of larger sets a stratified part is used.
pub const MOST_PHOTOS: usize = 4096;

/// Arithmetic of one slice: about 100 ms on one thread of a browser with SIMD.
const FLOPS_PER_SLICE: usize = 1_000_000_000;

/// How far a training is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrainSlice {
    /// The last measured point of the curves, of the weight decay that was best at it; at step 0 what a head of zeros says.
    pub point: CurvePoint,
    /// Gradient steps done, those of the refit included.
    pub done_steps: u32,
    /// The most gradient steps it can take, those of the refit included.
    pub of_steps: u32,
}

/// What a slice came to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TrainStep {
    /// There is more to do.
    More(TrainSlice),
    /// [`Trainer::finish`] has the head.
    Done,
}

/// Whether these classes can be trained on.
///
/// # Errors
/// [`Failure::TooFewClasses`] under two, [`Failure::TooFewPhotos`] with the first class that has fewer than two photos.
pub fn check(classes: &[HeadClass]) -> Result<(), Failure> {
    if classes.len() < 2 {
        return Err(Failure::TooFewClasses);
    }
    match classes.iter().find(|class| class.count < NEEDED_PHOTOS) {
        Some(class) => Err(Failure::TooFewPhotos { class: class.name.clone(), needed: NEEDED_PHOTOS }),
        None => Ok(()),
    }
}

/// A tensor's numbers; the only way to read in a browser.
///
/// # Errors
/// When the device fails.
async fn read(tensor: Tensor<2>) -> Result<Vec<f32>, Failure> {
    let failed = |detail: String| Failure::DeviceFailed { detail };
    let data = tensor.into_data_async().await.map_err(|error| failed(format!("{error:?}")))?;
    data.try_to_vec::<f32>().map_err(|error| failed(format!("{error:?}")))
}
