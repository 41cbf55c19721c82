//! What turns pixels into pools: today the backbone in this worker, later a pool of workers.

use super::FeatureSpace;
use crate::{backbone::Backbone, image::Pixels, protocol::Failure};

/// Computes pools and writes nothing.
#[allow(async_fn_in_trait, reason = "one thread: nothing here needs Send")]
pub trait Extractor {
    /// The space its pools lie in.
    fn space(&self) -> FeatureSpace;

    /// The pools of some photos, in their order, [photos][6560].
    ///
    /// # Errors
    /// When the device fails.
    async fn extract(&self, photos: &[Pixels]) -> Result<Vec<Vec<f32>>, Failure>;
}

impl Extractor for Backbone {
    fn space(&self) -> FeatureSpace {
        FeatureSpace::plain(self.spec())
    }

    async fn extract(&self, photos: &[Pixels]) -> Result<Vec<Vec<f32>>, Failure> {
        self.pools(photos).await
    }
}
