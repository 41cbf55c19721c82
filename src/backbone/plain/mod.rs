//! The plain path through a network: Burn's own operations, the same on every device, and differentiable.

mod layer;

use super::{
    failed,
    layers::{Block, Network, Place},
    registry::{PoolSpec, Spec},
    weights::Weights,
};
use crate::{image::Pixels, protocol::Failure};
use burn::tensor::{Device, Tensor, TensorData};
use layer::Layer;

/// A place where a network can be cut in two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tap {
    /// The normalised picture, before the first layer.
    Input,
    /// After a block, its residual added.
    Block(usize),
    /// After the last 1×1 convolution: the map that heat-maps show and that is averaged to the `head` pool.
    Head,
}

/// A frozen network on a device of Burn's.
pub struct PlainNetwork {
    spec: &'static Spec,
    layers: Layers,
    device: Device,
}

impl PlainNetwork {
    /// Reads a network from the bytes of its weights file.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] for any bytes but those that the hash of `spec` names.
    pub fn load(spec: &'static Spec, bytes: &[u8], device: &Device) -> Result<Self, Failure> {
        let weights = Weights::check(spec, bytes)?;
        Ok(Self { spec, layers: Layers::load(spec.network, &weights, device)?, device: device.clone() })
    }

    /// The pools of photos, one row a photo. All photos run in one batch, and the numbers are read back once.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`] where the numbers cannot be read back.
    pub async fn pools(&self, photos: &[Pixels]) -> Result<Vec<Vec<f32>>, Failure> {
        let pools = self.forward_from(self.normalise(photos), Tap::Input); // [photos, dim]
        let data = pools.into_data_async().await.map_err(|error| failed(&error))?;
        let values = data.as_slice::<f32>().map_err(|error| failed(&error))?;
        Ok(values.chunks_exact(self.spec.dim()).map(<[f32]>::to_vec).collect())
    }

    /// What the pools of a photo are averages of: the map of each of their numbers, one after the other.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`] where the numbers cannot be read back.
    pub async fn maps(&self, photo: &Pixels) -> Result<Vec<f32>, Failure> {
        let maps = self.layers.maps(self.normalise(std::slice::from_ref(photo)), self.spec.pools); // [1, dim, places]
        let data = maps.into_data_async().await.map_err(|error| failed(&error))?;
        Ok(data.as_slice::<f32>().map_err(|error| failed(&error))?.to_vec())
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

/// A network's layers with their weights.
struct Layers {
    stem: Layer,
    blocks: Vec<BlockLayers>,
    head: Layer,
}

impl Layers {
    /// Reads all layers of a network.
    ///
    /// # Errors
    /// [`Failure::WeightsDamaged`] where the file lacks one.
    fn load(network: &Network, weights: &Weights<'_>, device: &Device) -> Result<Self, Failure> {
        let load = |convolution| Layer::load(convolution, weights, device);
        let block = |(index, block): (usize, &Block)| {
            Ok(BlockLayers {
                expand: block.expand(index).map(load).transpose()?,
                depthwise: load(block.depthwise(index))?,
                project: load(block.project(index))?,
                residual: block.is_residual(),
            })
        };
        Ok(Self {
            stem: load(network.stem())?,
            blocks: network.blocks.iter().enumerate().map(block).collect::<Result<_, Failure>>()?,
            head: load(network.head())?,
        })
    }

    /// From the normalised pictures to the map at a tap, `[photos, channels, height, width]`.
    fn forward_to(&self, x: Tensor<4>, tap: Tap) -> Tensor<4> {
        self.walk(x, Tap::Input, tap, |_, _| ())
    }

    /// From the map at a tap to those of `pools` that come after it, one after the other, `[photos, channels]`.
    fn forward_from(&self, map: Tensor<4>, tap: Tap, pools: &[PoolSpec]) -> Tensor<2> {
        let mut averages = Vec::new();
        self.walk(map, tap, Tap::Head, |place, map| {
            if let Some(order) = pools.iter().position(|pool| pool.place == place) {
                averages.push((order, average(map.clone())));
            }
        });
        averages.sort_by_key(|&(order, _)| order);
        Tensor::cat(averages.into_iter().map(|(_, average)| average).collect(), 1)
    }

    /// From the normalised pictures to the maps of `pools`, one after the other, `[photos, channels, places]`.
    fn maps(&self, x: Tensor<4>, pools: &[PoolSpec]) -> Tensor<3> {
        let mut maps = Vec::new();
        self.walk(x, Tap::Input, Tap::Head, |place, map| {
            if let Some(order) = pools.iter().position(|pool| pool.place == place) {
                maps.push((order, map.clone().flatten::<3>(2, 3)));
            }
        });
        maps.sort_by_key(|&(order, _)| order);
        Tensor::cat(maps.into_iter().map(|(_, map)| map).collect(), 1)
    }

    /// Runs the layers between two taps and shows the maps that can be pooled.
    fn walk(&self, mut x: Tensor<4>, from: Tap, to: Tap, mut show: impl FnMut(Place, &Tensor<4>)) -> Tensor<4> {
        if from == Tap::Input && to > Tap::Input {
            x = self.stem.forward(x); // [photos, 32, 112, 112]
        }
        for (index, block) in self.blocks.iter().enumerate() {
            if from < Tap::Block(index) && Tap::Block(index) <= to {
                x = block.forward(x, |map| show(Place::Depthwise(index), map));
            }
        }
        if to == Tap::Head {
            if from < Tap::Head {
                x = self.head.forward(x); // [photos, 1280, 7, 7]
            }
            show(Place::Head, &x);
        }
        x
    }
}

struct BlockLayers {
    expand: Option<Layer>,
    depthwise: Layer,
    project: Layer,
    residual: bool,
}

impl BlockLayers {
    /// `[photos, input, h, w]` to `[photos, output, h / stride, w / stride]`; shows the map after the depthwise
    /// convolution, `[photos, expanded, h / stride, w / stride]`.
    fn forward(&self, x: Tensor<4>, show: impl FnOnce(&Tensor<4>)) -> Tensor<4> {
        let input = self.residual.then(|| x.clone());
        let x = match &self.expand {
            Some(expand) => expand.forward(x),
            None => x,
        };
        let x = self.depthwise.forward(x);
        show(&x);
        let x = self.project.forward(x);
        match input {
            Some(input) => x + input,
            None => x,
        }
    }
}

/// The global average of a map: `[photos, channels, h, w]` to `[photos, channels]`.
fn average(map: Tensor<4>) -> Tensor<2> {
    map.flatten::<3>(2, 3).mean_dim(2).flatten::<2>(1, 2)
}
