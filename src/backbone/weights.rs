//! The weights file: safetensors in half precision, batch-norm already folded in.

use super::{hex, layers::Convolution, registry::Spec};
use crate::protocol::Failure;
use burn::tensor::{Device, Tensor, TensorData, module::conv2d, ops::ConvOptions};
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

    /// A tensor of that name and shape, as single precision on the device. Converted by hand: Burn's own reading of
    /// half-precision files takes 0.66 s in a browser.
    fn tensor<const D: usize>(&self, name: &str, shape: [usize; D], device: &Device) -> Result<Tensor<D>, Failure> {
        let view = self.0.tensor(name).map_err(|_| Failure::WeightsDamaged)?;
        if view.dtype() != Dtype::F16 || view.shape() != shape {
            return Err(Failure::WeightsDamaged);
        }
        let halves: Vec<f16> = view.data().as_chunks().0.iter().map(|&pair| f16::from_le_bytes(pair)).collect();
        Ok(Tensor::from_data(TensorData::new(halves.to_f32_vec(), shape), device))
    }
}

/// A convolution with its weights, and its `ReLU6` where it has one.
pub(super) struct Layer {
    convolution: Convolution,
    weight: Tensor<4>, // [output, input / groups, kernel, kernel]
    bias: Tensor<1>,   // [output]
}

impl Layer {
    /// Reads a layer's weights.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] where the file lacks them.
    pub(super) fn load(convolution: Convolution, weights: &Weights<'_>, device: &Device) -> Result<Self, Failure> {
        let name = convolution.name();
        Ok(Self {
            convolution,
            weight: weights.tensor(&format!("{name}.weight"), convolution.shape(), device)?,
            bias: weights.tensor(&format!("{name}.bias"), [convolution.output], device)?,
        })
    }

    /// `[photos, input, height, width]` to `[photos, output, height / stride, width / stride]`.
    pub(super) fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let Convolution { stride, groups, .. } = self.convolution;
        let [_, _, height, width] = x.dims();
        let padding = [self.convolution.padding(height), self.convolution.padding(width)];
        let options = ConvOptions::new_with_padding([stride; 2], padding, [1; 2], groups);
        let x = conv2d(x, self.weight.clone(), Some(self.bias.clone()), options);
        if self.convolution.is_activated() { x.clamp(0.0, 6.0) } else { x }
    }
}
