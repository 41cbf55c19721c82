//! The head file, `NAME.head.safetensors`: tensors that any safetensors reader opens, and one JSON text that says the rest.
//!
//! | tensor | type and shape | |
//! |---|---|---|
//! | `weight` | f32 [classes, dim] | |
//! | `bias` | f32 [classes] | |
//! | `mean` | f32 [dim] | taken away from the feature first |
//! | `unknown.…` | see [`unknown::file`](super::unknown) | how photos like none of the classes are told |
//!
//! `__metadata__` has `format`, `format_version` and `head`, the JSON text of [`Text`]. The answer of a head is
//! `softmax((weight · (feature - mean) + bias) / temperature)`. Unknown tensors and fields are for later versions, and
//! ignored. No photo, file name or number of a single photo is in it.

use super::{App, BackboneRef, Head, Method, Preprocess, SelfTest, Transform, checks, unknown};
use crate::{
    backbone::registry::Spec,
    metrics::wilson,
    protocol::{ClassScore, Failure, HeadClass, Score},
};
use safetensors::{Dtype, SafeTensors, tensor::TensorView};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Most bytes of a head file: 1,000 classes on the wide feature take 26 MB.
pub const LIMIT_BYTES: usize = 64 << 20;

const FORMAT: &str = "headstart.head";
const FORMAT_VERSION: &str = "1";

/// Photos from which on a class's result is told: that of one or two photos would be about these photos.
const TOLD_PHOTOS: u32 = 5;

/// The JSON text `head`.
#[derive(Serialize, Deserialize)]
struct Text {
    backbone: BackboneRef,
    preprocess: Preprocess,
    transform: Transform,
    classes: Vec<HeadClass>,
    method: Method,
    #[serde(default)]
    metrics: Option<Score>,
    temperature: f32,
    #[serde(default)]
    unknown: unknown::file::Text,
    #[serde(default)]
    tests: Vec<SelfTest>,
    #[serde(default)]
    created: String,
    app: App,
}

/// Writes a head. Names that are longer than a reader accepts are cut.
pub fn write(head: &Head) -> Vec<u8> {
    let cut = |class: &HeadClass| HeadClass { name: checks::cut_name(&class.name), count: class.count };
    let (unknown, unknown_tensors) = unknown::file::write(head.unknown.as_ref());
    let text = Text {
        backbone: head.backbone.clone(),
        preprocess: head.preprocess.clone(),
        transform: head.transform.clone(),
        classes: head.classes.iter().map(cut).collect(),
        method: head.method.clone(),
        metrics: head.score.as_ref().map(|score| told(score, &head.classes)),
        temperature: head.temperature,
        unknown,
        tests: head.tests.clone(),
        created: head.created.clone(),
        app: head.app.clone(),
    };
    let text = serde_json::to_string(&text).expect("plain data has a text");
    let metadata = HashMap::from([
        ("format".to_owned(), FORMAT.to_owned()),
        ("format_version".to_owned(), FORMAT_VERSION.to_owned()),
        ("head".to_owned(), text),
    ]);
    let (classes, dim) = (head.bias.len(), head.mean.len());
    let bytes = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    let mut tensors = vec![
        ("weight", Dtype::F32, vec![classes, dim], bytes(&head.weight)),
        ("bias", Dtype::F32, vec![classes], bytes(&head.bias)),
        ("mean", Dtype::F32, vec![dim], bytes(&head.mean)),
    ];
    tensors.extend(unknown_tensors);
    let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
        let view = TensorView::new(*dtype, shape.clone(), bytes).expect("a head's numbers fit its shape");
        (*name, view)
    });
    safetensors::serialize(views, Some(metadata)).expect("a head has a short header")
}

/// Reads a head that may come from anybody: bounded before anything is taken from memory, checked before it is used.
///
/// # Errors
/// [`Failure::NotAHead`], [`Failure::DamagedHead`], [`Failure::NewerHead`], [`Failure::OtherBackbone`] or
/// [`Failure::HeadSelfTest`].
pub fn read(bytes: &[u8], spec: &Spec) -> Result<Head, Failure> {
    checks::sizes(bytes, LIMIT_BYTES)?;
    // The header alone first: it says what the file is even where the file is cut off.
    let metadata = checks::metadata(bytes)?;
    checks::format(&metadata, FORMAT, FORMAT_VERSION)?;
    let text = metadata.get("head").ok_or_else(|| damaged("no head text"))?;
    let text: Text = serde_json::from_str(text).map_err(|error| damaged(format!("head text: {error}")))?;
    checks::backbone(&text.backbone, &text.preprocess, spec)?;
    let tensors = SafeTensors::deserialize(bytes).map_err(|error| damaged(error.to_string()))?;
    let dim = checks::transform(&text.transform, spec)?;
    let classes = checks::classes(&text.classes)?;
    let head = Head {
        backbone: text.backbone,
        preprocess: text.preprocess,
        transform: text.transform,
        classes: text.classes,
        weight: checks::tensor(&tensors, "weight", Dtype::F32, &[classes, dim])?,
        bias: checks::tensor(&tensors, "bias", Dtype::F32, &[classes])?,
        mean: checks::tensor(&tensors, "mean", Dtype::F32, &[dim])?,
        temperature: text.temperature,
        method: text.method,
        score: text.metrics,
        unknown: unknown::file::read(&text.unknown, &tensors, classes, Transform::wide().dim())?,
        tests: text.tests,
        created: text.created,
        app: text.app,
    };
    checks::details(&head)?;
    for test in &head.tests {
        test.run(&head)?;
    }
    Ok(head)
}

/// The score without the results of classes of a few photos.
fn told(score: &Score, classes: &[HeadClass]) -> Score {
    let mut score = score.clone();
    for (class, result) in classes.iter().zip(&mut score.per_class) {
        if class.count < TOLD_PHOTOS {
            *result = ClassScore { photos: 0, right: 0, interval: wilson(0, 0) };
        }
    }
    score
}

/// A failure that names what does not fit.
pub(super) fn damaged(detail: impl Into<String>) -> Failure {
    Failure::DamagedHead { detail: detail.into() }
}
