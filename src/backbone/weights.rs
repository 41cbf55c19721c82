//! The weights file: safetensors in half precision, batch-norm already folded in.

use super::{hex, layers::Convolution, registry::Spec};
use crate::protocol::Failure;
use half::{f16, slice::HalfFloatSliceExt};
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};

/// The bytes of a weights file, known to be the right ones.
pub(super) struct Weights<'a>(SafeTensors<'a>);

impl<'a> Weights<'a> {
    /// Checks the bytes of a weights file against the hash of its backbone.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] for any other bytes.
    pub(super) fn check(spec: &Spec, bytes: &'a [u8]) -> Result<Self, Failure> {
        if hex(&Sha256::digest(bytes)) != spec.sha256 {
            return Err(Failure::WeightsDamaged);
        }
        SafeTensors::deserialize(bytes).map(Self).map_err(|_| Failure::WeightsDamaged)
    }

    /// The weights and the bias of a convolution, in single precision. Converted by hand: Burn's own reading of
    /// half-precision files takes 0.66 s in a browser.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] where the file lacks them.
    pub(super) fn of(&self, convolution: &Convolution) -> Result<(Vec<f32>, Vec<f32>), Failure> {
        let name = convolution.name();
        let weight = self.values(&format!("{name}.weight"), &convolution.shape())?;
        Ok((weight, self.values(&format!("{name}.bias"), &[convolution.output])?))
    }

    fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Failure> {
        let view = self.0.tensor(name).map_err(|_| Failure::WeightsDamaged)?;
        if view.dtype() != Dtype::F16 || view.shape() != shape {
            return Err(Failure::WeightsDamaged);
        }
        let halves: Vec<f16> = view.data().as_chunks().0.iter().map(|&pair| f16::from_le_bytes(pair)).collect();
        Ok(halves.to_f32_vec())
    }
}
