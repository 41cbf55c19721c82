//! Heads made of generated numbers, and head files taken apart.
#![allow(dead_code, reason = "each test uses its own part")]
#![allow(clippy::cast_possible_truncation, reason = "places in a small file")]

use headstart::{
    backbone::registry::LITE0,
    head::{App, BackboneRef, Head, Method, Preprocess, SelfTest, Transform, Unknown},
    metrics::held_back_score,
    protocol::HeadClass,
};
use serde_json::{Map, Value, json};

/// A head of four classes on the wide feature.
pub(crate) fn wide(seed: u64) -> Head {
    generated(Transform::wide(), seed, 4)
}

/// A head on the narrow feature.
pub(crate) fn narrow(seed: u64, classes: usize) -> Head {
    generated(Transform::narrow(), seed, classes)
}

/// Numbers from -1 to 1, the same for the same seed.
pub(crate) fn noise(seed: u64, count: usize) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2545_f491_4f6c_dd1d;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// A distance of two directions.
fn unknown(seed: u64, classes: usize) -> Unknown {
    let dim = Transform::wide().dim();
    // Rounded as a fit rounds them, so that a file gives back the same.
    let half = |seed, count| noise(seed, count).into_iter().map(|x| half::f16::from_f32(x).to_f32()).collect();
    Unknown {
        mean: noise(seed, dim),
        discriminants: half(seed + 1, classes * dim),
        centres: noise(seed + 2, classes * classes),
        offsets: noise(seed + 3, classes),
        axes: half(seed + 4, 2 * dim),
        spread: 0.5,
        threshold: 3.0,
    }
}

fn generated(transform: Transform, seed: u64, classes: usize) -> Head {
    let dim = transform.dim();
    let truth: Vec<usize> = (0..20).map(|photo| photo % classes).collect();
    let answers: Vec<usize> = (0..20).map(|photo| photo * photo % classes).collect();
    let mut hyperparameters = Map::new();
    hyperparameters.insert("weight_decay".to_owned(), json!(1e-5));
    let mut head = Head {
        backbone: BackboneRef::of(&LITE0),
        preprocess: Preprocess::of(&LITE0),
        transform,
        classes: (0..classes).map(|class| HeadClass { name: format!("class {class}"), count: 20 }).collect(),
        weight: noise(seed, classes * dim).into_iter().map(|number| number * 10.0).collect(),
        bias: noise(seed + 1, classes),
        mean: noise(seed + 2, dim).into_iter().map(|number| number * 1e-3).collect(),
        temperature: 1.25,
        method: Method { kind: "softmax".to_owned(), hyperparameters, seed, device: "cpu".to_owned() },
        score: Some(held_back_score(&truth, &answers, classes)),
        unknown: Some(unknown(seed + 3, classes)),
        tests: Vec::new(),
        created: "2026-11-25T00:41:07Z".to_owned(),
        app: App::this(),
    };
    head.tests = vec![SelfTest::of(&head)];
    head
}

/// A safetensors file in its two parts.
pub(crate) struct Parts {
    pub(crate) header: Value,
    pub(crate) data: Vec<u8>,
}

impl Parts {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let length = u64::from_le_bytes(bytes[..8].try_into().expect("a length")) as usize;
        let header = serde_json::from_slice(&bytes[8..8 + length]).expect("a header of JSON");
        Self { header, data: bytes[8 + length..].to_vec() }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let header = self.header.to_string();
        [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &self.data].concat()
    }

    /// The JSON text of the head.
    pub(crate) fn text(&self) -> Value {
        serde_json::from_str(self.header["__metadata__"]["head"].as_str().expect("a text")).expect("JSON")
    }

    /// Sets a field of the head's text, or adds it.
    pub(crate) fn change(&mut self, path: &str, value: Value) {
        let mut text = self.text();
        let (parent, name) = path.rsplit_once('/').expect("a path");
        match text.pointer_mut(parent).expect("a parent") {
            Value::Array(list) => {
                let at: usize = name.parse().expect("an index");
                if at == list.len() { list.push(value) } else { list[at] = value }
            }
            Value::Object(fields) => drop(fields.insert(name.to_owned(), value)),
            other => panic!("{path} in {other}"),
        }
        self.header["__metadata__"]["head"] = Value::String(text.to_string());
    }

    /// Adds a tensor of f32.
    pub(crate) fn add_tensor(&mut self, name: &str, bytes: &[u8]) {
        let start = self.data.len();
        self.data.extend(bytes);
        let (shape, offsets) = ([bytes.len() / 4], [start, self.data.len()]);
        self.header[name] = json!({"dtype": "F32", "shape": shape, "data_offsets": offsets});
    }

    /// Sets one number of a tensor.
    pub(crate) fn set_number(&mut self, tensor: &str, at: usize, number: f32) {
        let start = self.header[tensor]["data_offsets"][0].as_u64().expect("an offset") as usize + 4 * at;
        self.data[start..start + 4].copy_from_slice(&number.to_le_bytes());
    }
}
