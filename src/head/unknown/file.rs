//! The distance in a head file: `unknown.mean` [dim], `unknown.discriminants` [classes, dim], `unknown.centres`
//! [classes, classes], `unknown.offsets` [classes] and `unknown.axes` [directions, dim]. What has a row for each direction is
//! in half precision: the distance was rounded to it before its threshold was chosen.

use super::Unknown;
use crate::{
    head::{checks, file::damaged},
    protocol::Failure,
};
use half::f16;
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};

/// Name of this distance.
const KIND: &str = "relative-mahalanobis";

/// Most directions of a file from anybody.
const MOST_DIRECTIONS: usize = 256;

/// What stands in the head's JSON text.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(in crate::head) struct Text {
    kind: String,
    threshold: Option<f32>,
    spread: Option<f32>,
}

impl Default for Text {
    fn default() -> Self {
        Self { kind: "none".to_owned(), threshold: None, spread: None }
    }
}

/// A tensor as it is written: name, type, shape, bytes.
pub(in crate::head) type Written = (&'static str, Dtype, Vec<usize>, Vec<u8>);

/// The text and the tensors of a distance; of none, a text that says so.
pub(in crate::head) fn write(unknown: Option<&Unknown>) -> (Text, Vec<Written>) {
    let Some(unknown) = unknown else { return (Text::default(), Vec::new()) };
    let (dim, classes) = (unknown.mean.len(), unknown.offsets.len());
    let single = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect();
    let half = |values: &[f32]| values.iter().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect();
    let text = Text { kind: KIND.to_owned(), threshold: Some(unknown.threshold), spread: Some(unknown.spread) };
    let tensors = vec![
        ("unknown.mean", Dtype::F32, vec![dim], single(&unknown.mean)),
        ("unknown.discriminants", Dtype::F16, vec![classes, dim], half(&unknown.discriminants)),
        ("unknown.centres", Dtype::F32, vec![classes, classes], single(&unknown.centres)),
        ("unknown.offsets", Dtype::F32, vec![classes], single(&unknown.offsets)),
        ("unknown.axes", Dtype::F16, vec![unknown.axes.len() / dim.max(1), dim], half(&unknown.axes)),
    ];
    (text, tensors)
}

/// Bytes of the tensors that [`write`] gives.
pub(super) fn bytes(unknown: &Unknown) -> u64 {
    let single = unknown.mean.len() + unknown.centres.len() + unknown.offsets.len();
    let half = unknown.discriminants.len() + unknown.axes.len();
    (size_of::<f32>() * single + size_of::<f16>() * half) as u64
}

/// The distance of a head of so many classes, on a wide feature of `dim` numbers; none for a kind that this version does not
/// know.
///
/// # Errors
/// [`Failure::DamagedHead`] for numbers that do not fit together.
pub(in crate::head) fn read(
    text: &Text,
    tensors: &SafeTensors<'_>,
    classes: usize,
    dim: usize,
) -> Result<Option<Unknown>, Failure> {
    if text.kind != KIND {
        return Ok(None);
    }
    let (Some(threshold), Some(spread)) = (text.threshold, text.spread) else { return Err(damaged("unknown")) };
    checks::numbers("unknown", &[threshold, spread])?;
    let axes = tensors.tensor("unknown.axes").map_err(|error| damaged(error.to_string()))?;
    let directions = axes.shape().first().copied().filter(|&directions| directions <= MOST_DIRECTIONS);
    let Some(directions) = directions else { return Err(damaged("unknown.axes")) };
    Ok(Some(Unknown {
        mean: checks::tensor(tensors, "unknown.mean", Dtype::F32, &[dim])?,
        discriminants: checks::tensor(tensors, "unknown.discriminants", Dtype::F16, &[classes, dim])?,
        centres: checks::tensor(tensors, "unknown.centres", Dtype::F32, &[classes, classes])?,
        offsets: checks::tensor(tensors, "unknown.offsets", Dtype::F32, &[classes])?,
        axes: checks::tensor(tensors, "unknown.axes", Dtype::F16, &[directions, dim])?,
        spread,
        threshold,
    }))
}

/// Numbers as a file will have them.
pub(super) fn rounded(values: Vec<f32>) -> Vec<f32> {
    values.into_iter().map(|value| f16::from_f32(value).to_f32()).collect()
}
