//! One convolution, as Burn computes it.

use crate::{
    backbone::{layers::Convolution, weights::Weights},
    protocol::Failure,
};
use burn::tensor::{Device, Tensor, TensorData, module::conv2d, ops::ConvOptions};

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
        let (weight, bias) = weights.of(&convolution)?;
        Ok(Self {
            convolution,
            weight: Tensor::from_data(TensorData::new(weight, convolution.shape()), device),
            bias: Tensor::from_data(TensorData::new(bias, [convolution.output]), device),
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
