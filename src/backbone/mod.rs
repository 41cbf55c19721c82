//! The frozen networks that turn a picture into numbers.
//!
//! [`layers`] is the table that everything follows from, [`registry`] says which networks there are and what they look
//! at, and [`Backbone`] is one of them, ready to compute: on the processor by [`kernels`] of our own, on other devices by
//! [`plain`] operations of Burn's. Weights are plain safetensors, never Burn records.

pub mod kernels;
pub mod known_answer;
pub mod layers;
pub mod plain;
pub mod registry;

#[cfg(not(target_arch = "wasm32"))]
pub mod convert;

mod maps;
mod random;
mod weights;

pub use maps::Maps;

use crate::{image::Pixels, protocol::Failure};
use burn::tensor::Device;
use kernels::{PackedNetwork, Scratch};
use plain::PlainNetwork;
use random::RandomWeights;
use registry::Spec;
use std::{cell::RefCell, convert::Infallible};
use weights::Weights;

/// A frozen network, ready to compute.
pub struct Backbone {
    spec: &'static Spec,
    device: Device,
    path: Path,
}

enum Path {
    Kernels(Box<PackedNetwork>, RefCell<Scratch>),
    Plain(Box<PlainNetwork>),
}

impl Backbone {
    /// Reads a network from the bytes of its weights file, to compute on the processor.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] for any bytes but those that the hash of `spec` names.
    pub fn on_processor(spec: &'static Spec, bytes: &[u8]) -> Result<Self, Failure> {
        let weights = Weights::check(spec, bytes)?;
        let packed = PackedNetwork::pack(spec.network, &spec.input, spec.pools, |convolution| weights.of(convolution))?;
        Ok(Self { spec, device: Device::flex(), path: Path::Kernels(Box::new(packed), RefCell::default()) })
    }

    /// Reads a network from the bytes of its weights file, to compute on a device of Burn's.
    ///
    /// # Errors
    /// As [`Self::on_processor`].
    pub fn on_device(spec: &'static Spec, bytes: &[u8], device: &Device) -> Result<Self, Failure> {
        let path = Path::Plain(Box::new(PlainNetwork::load(spec, bytes, device)?));
        Ok(Self { spec, device: device.clone(), path })
    }

    /// The same network with random weights, to compute on the processor: what a network has that never saw a picture. The same
    /// seed, the same weights.
    pub fn random(spec: &'static Spec, seed: u64) -> Self {
        let mut weights = RandomWeights::new(spec.network, seed);
        let packed = PackedNetwork::pack(spec.network, &spec.input, spec.pools, |convolution| {
            Ok::<_, Infallible>(weights.of(convolution))
        });
        let packed = packed.unwrap_or_else(|never| match never {});
        Self { spec, device: Device::flex(), path: Path::Kernels(Box::new(packed), RefCell::default()) }
    }

    /// What this backbone is.
    pub fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// What heads are trained on beside it.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// The pools of photos, one row of [`Spec::dim`] numbers a photo.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`] where the numbers cannot be read back.
    pub async fn pools(&self, photos: &[Pixels]) -> Result<Vec<Vec<f32>>, Failure> {
        match &self.path {
            _ if photos.is_empty() => Ok(Vec::new()),
            Path::Kernels(network, scratch) => {
                let scratch = &mut *scratch.borrow_mut();
                Ok(photos.iter().map(|Pixels(rgb)| network.pools(scratch, rgb)).collect())
            }
            Path::Plain(network) => network.pools(photos).await,
        }
    }

    /// What the pools of a photo are averages of.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`] where the numbers cannot be read back.
    pub async fn maps(&self, photo: &Pixels) -> Result<Maps, Failure> {
        let values = match &self.path {
            Path::Kernels(network, scratch) => network.maps(&mut scratch.borrow_mut(), &photo.0),
            Path::Plain(network) => network.maps(photo).await?,
        };
        Ok(Maps::new(values, self.spec.dim()))
    }
}

fn failed(error: &impl std::fmt::Debug) -> Failure {
    Failure::DeviceFailed { detail: format!("{error:?}") }
}

/// A hash as hexadecimal digits.
fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
