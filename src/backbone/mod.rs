//! The frozen networks that turn a picture into numbers.
//!
//! [`layers`] is the table that everything follows from, [`registry`] says which networks there are and what they look
//! at, and [`Backbone`] is one of them on a device. Weights are plain safetensors, never Burn records.

pub mod known_answer;
pub mod layers;
pub mod registry;

#[cfg(not(target_arch = "wasm32"))]
pub mod convert;

mod network;
mod weights;

pub use network::Tap;

use crate::{image::Pixels, protocol::Failure};
use burn::tensor::{Device, Tensor, TensorData};
use network::Layers;
use registry::Spec;
use weights::Weights;

/// A frozen network on a device.
pub struct Backbone {
    spec: &'static Spec,
    layers: Layers,
    device: Device,
}

impl Backbone {
    /// Reads a network from the bytes of its weights file.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] for any bytes but those that the hash of `spec` names.
    pub fn load(spec: &'static Spec, bytes: &[u8], device: &Device) -> Result<Self, Failure> {
        let weights = Weights::check(spec, bytes)?;
        Ok(Self { spec, layers: Layers::load(spec.network, &weights, device)?, device: device.clone() })
    }

    /// What this backbone is.
    pub fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// What it computes on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The pools of photos, one row of [`Spec::dim`] numbers a photo. All photos run in one batch, and the numbers are
    /// read back once.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`] where the numbers cannot be read back.
    pub async fn pools(&self, photos: &[Pixels]) -> Result<Vec<Vec<f32>>, Failure> {
        if photos.is_empty() {
            return Ok(Vec::new());
        }
        let pools = self.forward_from(self.normalise(photos), Tap::Input); // [photos, dim]
        let data = pools.into_data_async().await.map_err(|error| failed(&error))?;
        let values = data.as_slice::<f32>().map_err(|error| failed(&error))?;
        Ok(values.chunks_exact(self.spec.dim()).map(<[f32]>::to_vec).collect())
    }

    /// Uploads photos as the network wants them: `[photos, 3, size, size]`.
    pub fn normalise(&self, photos: &[Pixels]) -> Tensor<4> {
        let input = &self.spec.input;
        let side = input.size_px as usize;
        // The layout changes here, while the bytes become floats anyway; the arithmetic is the device's.
        let mut planes = Vec::with_capacity(photos.len() * 3 * side * side);
        for Pixels(rgb) in photos {
            for channel in 0..3 {
                planes.extend(rgb.iter().skip(channel).step_by(3).map(|&value| f32::from(value)));
            }
        }
        let values = TensorData::new(planes, [photos.len(), 3, side, side]);
        (Tensor::from_data(values, &self.device) - input.offset) / input.scale
    }

    /// From normalised photos to the map at a tap, `[photos, channels, height, width]`.
    pub fn forward_to(&self, photos: Tensor<4>, tap: Tap) -> Tensor<4> {
        self.layers.forward_to(photos, tap)
    }

    /// From the map at a tap to the pools that come after it, in the order of the spec, `[photos, channels]`. From
    /// [`Tap::Input`] these are all of them.
    pub fn forward_from(&self, map: Tensor<4>, tap: Tap) -> Tensor<2> {
        self.layers.forward_from(map, tap, self.spec.pools)
    }
}

fn failed(error: &impl std::fmt::Debug) -> Failure {
    Failure::DeviceFailed { detail: format!("{error:?}") }
}

/// A hash as hexadecimal digits.
fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
