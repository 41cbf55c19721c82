//! The head: one linear layer on a named transform of the pools, whatever made it.
//!
//! [`Transform`] gives the feature, [`instant`] and [`train`] fit the layer, [`mod@file`] writes it down and reads it back;
//! [`mod@explain`] tells where in a photo it looks.

pub mod border;
pub mod explain;
pub mod file;
pub mod instant;
pub mod train;
pub mod unknown;

mod calibrate;
mod checks;
mod created;
mod self_test;
mod transform;

pub use instant::Layer;
pub use self_test::SelfTest;
pub use transform::Transform;
pub use unknown::Unknown;

use crate::{
    backbone::registry::Spec,
    protocol::{HeadClass, Score},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A head: everything that its file says, as plain data.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// The network that its features come from.
    pub backbone: BackboneRef,
    /// How a photo became the network's picture.
    pub preprocess: Preprocess,
    /// From pools to the feature.
    pub transform: Transform,
    /// Its classes, in the order of its outputs.
    pub classes: Vec<HeadClass>,
    /// [classes, dim]
    pub weight: Vec<f32>,
    /// [classes]
    pub bias: Vec<f32>,
    /// Taken away from the feature first, [dim]; zeros where it is part of the bias already.
    pub mean: Vec<f32>,
    /// Logits are divided by it before the softmax.
    pub temperature: f32,
    /// How it was made.
    pub method: Method,
    /// How well it does, where it was measured.
    pub score: Option<Score>,
    /// How photos like none of the classes are told, where it knows.
    pub unknown: Option<Unknown>,
    /// Answers that it must give.
    pub tests: Vec<SelfTest>,
    /// When it was made, `YYYY-MM-DDTHH:MM:SSZ`.
    pub created: String,
    /// What wrote it.
    pub app: App,
}

/// Names a backbone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackboneRef {
    /// Its name.
    pub id: String,
    /// Version of its weights.
    pub version: String,
    /// SHA-256 of its weights file, in hexadecimal: the one thing that counts.
    pub sha256: String,
    /// Its pools, in order.
    pub taps: Vec<String>,
    /// Numbers a photo, all pools together.
    pub dim: usize,
    /// SPDX name of the licence of its weights.
    pub licence: String,
}

impl BackboneRef {
    /// Names a backbone of the registry.
    pub fn of(spec: &Spec) -> Self {
        Self {
            id: spec.id.to_owned(),
            version: spec.version.to_owned(),
            sha256: spec.sha256.to_owned(),
            taps: spec.pools.iter().map(|pool| pool.name.to_owned()).collect(),
            dim: spec.dim(),
            licence: spec.licence.to_owned(),
        }
    }
}

/// How a photo becomes the network's picture: RGB, the shorter side to `resize`, a square of `size` out of it, and
/// `(value - offset) / scale`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Preprocess {
    /// Side of the picture, pixels.
    pub size: u32,
    /// Shorter side of the photo before the crop, pixels.
    pub resize: u32,
    /// Which part of the resized photo is seen.
    pub crop: String,
    /// How the photo is made smaller; antialiased.
    pub filter: String,
    /// See above.
    pub scale: f32,
    /// See above.
    pub offset: f32,
}

impl Preprocess {
    /// What a backbone of the registry looks at.
    pub fn of(spec: &Spec) -> Self {
        let input = &spec.input;
        Self {
            size: input.size_px,
            resize: input.resize_px,
            crop: input.crop.to_owned(),
            filter: input.filter.to_owned(),
            scale: input.scale,
            offset: input.offset,
        }
    }
}

/// How a head was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Method {
    /// In a word of the field, such as `softmax`.
    pub kind: String,
    /// Settings, and what the training chose.
    #[serde(default)]
    pub hyperparameters: Map<String, Value>,
    /// Chose the held-back photos.
    #[serde(default)]
    pub seed: u64,
    /// What it was trained on, `cpu` or `webgpu`.
    #[serde(default)]
    pub device: String,
}

/// The program that wrote a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct App {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl App {
    /// This program.
    pub fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

/// How a layer came about, and how well it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// How it was made.
    pub method: Method,
    /// How well it does.
    pub score: Score,
    /// Logits are divided by it before the softmax.
    pub temperature: f32,
    /// How photos like none of the classes are told.
    pub unknown: Option<Unknown>,
    /// When it was made, milliseconds since 1970.
    pub created_ms: u64,
}

impl Head {
    /// A head that was made here, with the self-test that its file will carry.
    pub fn new(spec: &Spec, transform: Transform, classes: Vec<HeadClass>, layer: Layer, made: Made) -> Self {
        let mut head = Self {
            backbone: BackboneRef::of(spec),
            preprocess: Preprocess::of(spec),
            mean: vec![0.0; transform.dim()],
            transform,
            classes,
            weight: layer.weight,
            bias: layer.bias,
            temperature: made.temperature,
            method: made.method,
            score: Some(made.score),
            unknown: made.unknown,
            tests: Vec::new(),
            created: created::rfc3339(made.created_ms),
            app: App::this(),
        };
        head.tests = vec![SelfTest::of(&head)];
        head
    }

    /// The logits of a photo, [classes], from its pools, [6560]. Plain arithmetic in a fixed order, summed in double
    /// precision: the same answer wherever the pools come from.
    pub fn logits(&self, pools: &[f32]) -> Vec<f32> {
        let mut feature = self.transform.apply(pools);
        for (value, mean) in feature.iter_mut().zip(&self.mean) {
            *value -= mean;
        }
        let dot = |row: &[f32]| row.iter().zip(&feature).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let logit = |(row, &bias): (&[f32], &f32)| (dot(row) + f64::from(bias)) as f32;
        self.weight.chunks_exact(feature.len()).zip(&self.bias).map(logit).collect()
    }
}
