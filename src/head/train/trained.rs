//! What a training gives.

use super::TrainConfig;
use crate::{
    backbone::registry::Spec,
    head::{Head, Layer, Made, Method, Transform},
    protocol::{CurvePoint, DeviceKind, HeadClass, Score},
};
use serde_json::{Map, Value, json};

/// A trained linear softmax layer, and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainedHead {
    /// [classes, dim]
    pub weight: Vec<f32>,
    /// [classes]
    pub bias: Vec<f32>,
    /// Logits are divided by it before the softmax.
    pub temperature: f32,
    /// How well it did on the held-back photos, before it was fitted to all of them.
    pub score: Score,
    /// The photos that it was measured on, by their index among those it was given, and whether it was right.
    pub held_back: Vec<(usize, bool)>,
    /// The curves of the weight decay that was chosen.
    pub curve: Vec<CurvePoint>,
    /// The step that was chosen.
    pub kept_step: u32,
    /// The settings, and what was chosen.
    pub hyperparameters: Map<String, Value>,
    /// Chose the held-back photos.
    pub seed: u64,
}

impl TrainedHead {
    /// The head that a person uses and shares. `created_ms` is in milliseconds since 1970.
    pub fn into_head(
        self,
        spec: &Spec,
        transform: Transform,
        classes: Vec<HeadClass>,
        device: DeviceKind,
        created_ms: u64,
    ) -> Head {
        Head::new(
            spec,
            transform,
            classes,
            Layer { weight: self.weight, bias: self.bias },
            Made {
                method: Method {
                    kind: "softmax".to_owned(),
                    hyperparameters: self.hyperparameters,
                    seed: self.seed,
                    device: device_name(device).to_owned(),
                },
                score: self.score,
                temperature: self.temperature,
                unknown: None,
                created_ms,
            },
        )
    }
}

/// The settings of a training and what it chose.
pub(super) fn hyperparameters(
    config: &TrainConfig,
    weight_decay: f64,
    steps: u32,
    refitted: bool,
) -> Map<String, Value> {
    let mut all = Map::new();
    if let Ok(Value::Object(settings)) = serde_json::to_value(config) {
        all.extend(settings.into_iter().filter(|(name, _)| name != "seed"));
    }
    all.insert("weight_decay".to_owned(), json!(weight_decay));
    all.insert("steps".to_owned(), json!(steps));
    all.insert("refitted".to_owned(), json!(refitted));
    all
}

fn device_name(device: DeviceKind) -> &'static str {
    match device {
        DeviceKind::Cpu => "cpu",
        DeviceKind::WebGpu => "webgpu",
    }
}
