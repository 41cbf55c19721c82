//! What a head file must fulfil before it is used.

use super::{BackboneRef, Head, Preprocess, Transform, file::damaged};
use crate::{
    backbone::registry::Spec,
    metrics::Interval,
    protocol::{Failure, HeadClass, Score},
};
use half::f16;
use safetensors::{Dtype, SafeTensorError, SafeTensors};
use std::collections::HashMap;

/// Most bytes of the header; the crate itself would read 100 MB.
const HEADER_LIMIT_BYTES: u64 = 1 << 20;
const MOST_CLASSES: usize = 1000;
const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 200;
const MOST_TESTS: usize = 16;
/// Beyond this a weight is no weight.
const LARGEST_NUMBER: f32 = 1e6;
const TEMPERATURES: std::ops::RangeInclusive<f32> = 1e-6..=1e6;
/// Most characters of a foreign text that are quoted in a failure.
const QUOTED: usize = 60;

/// A name as short as a reader wants it.
pub(super) fn cut_name(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

/// The file and its header are small enough, and the header is all there.
pub(super) fn sizes(bytes: &[u8], limit_bytes: usize) -> Result<(), Failure> {
    if bytes.len() > limit_bytes {
        return Err(not_a_head(format!("{} bytes", bytes.len())));
    }
    let Some(length) = bytes.first_chunk::<8>() else { return Err(not_a_head("no header")) };
    let header_bytes = u64::from_le_bytes(*length);
    if header_bytes > HEADER_LIMIT_BYTES {
        return Err(not_a_head(format!("a header of {header_bytes} bytes")));
    }
    if header_bytes + 8 > bytes.len() as u64 {
        return Err(damaged("cut off in its header"));
    }
    Ok(())
}

/// The texts of the header. A file that is cut off after its header still has them.
pub(super) fn metadata(bytes: &[u8]) -> Result<HashMap<String, String>, Failure> {
    let metadata = match SafeTensors::read_metadata(bytes) {
        Ok((_, metadata)) => metadata.metadata().clone(),
        Err(SafeTensorError::MetadataIncompleteBuffer) => return Err(damaged("cut off, or with bytes too many")),
        Err(SafeTensorError::InvalidHeader(_) | SafeTensorError::InvalidHeaderDeserialization(_)) => {
            return Err(not_a_head("no safetensors header"));
        }
        Err(error) => return Err(damaged(error.to_string())),
    };
    metadata.ok_or_else(|| not_a_head("a safetensors file without metadata"))
}

/// The file says that it is a head, of this version or an older one.
pub(super) fn format(metadata: &HashMap<String, String>, format: &str, version: &str) -> Result<(), Failure> {
    if metadata.get("format").map(String::as_str) != Some(format) {
        return Err(not_a_head("a safetensors file of another kind"));
    }
    let major = |version: &str| version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    let theirs = metadata.get("format_version").ok_or_else(|| damaged("no format version"))?;
    match (major(theirs), major(version)) {
        (Some(theirs_major), Some(ours)) if theirs_major > ours => Err(Failure::NewerHead { version: quote(theirs) }),
        (Some(theirs_major), Some(_)) if theirs_major > 0 => Ok(()),
        _ => Err(damaged(format!("format version {}", quote(theirs)))),
    }
}

/// The head was made for this backbone and these pictures.
pub(super) fn backbone(backbone: &BackboneRef, preprocess: &Preprocess, spec: &Spec) -> Result<(), Failure> {
    let other = |needs: String| Err(Failure::OtherBackbone { needs, has: format!("{} {}", spec.id, spec.version) });
    if backbone.sha256 != spec.sha256 {
        let same_name = backbone.id == spec.id && backbone.version == spec.version;
        let weights = if same_name { " with other weights" } else { "" };
        return other(format!("{} {}{weights}", quote(&backbone.id), quote(&backbone.version)));
    }
    if *preprocess != Preprocess::of(spec) {
        return other(format!("{} with other preprocessing", quote(&backbone.id)));
    }
    if backbone.dim != spec.dim() {
        return Err(damaged(format!("a backbone of {} numbers", backbone.dim)));
    }
    Ok(())
}

/// The transform can be applied; tells its length.
pub(super) fn transform(transform: &Transform, spec: &Spec) -> Result<usize, Failure> {
    let pools = &transform.pools;
    let twice = (1..pools.len()).any(|at| pools[..at].contains(&pools[at]));
    if pools.is_empty() || pools.len() > spec.pools.len() || twice {
        return Err(damaged("pools"));
    }
    let ranges = transform.ranges(spec).ok_or_else(|| damaged("an unknown pool"))?;
    let positive = |value: f32| value.is_finite() && value > 0.0;
    if !positive(transform.power) || transform.power > 4.0 || !positive(transform.scale) {
        return Err(damaged("transform"));
    }
    Ok(ranges.iter().map(std::ops::Range::len).sum())
}

/// There are classes, not too many, with short names; tells how many.
pub(super) fn classes(classes: &[HeadClass]) -> Result<usize, Failure> {
    if classes.is_empty() || classes.len() > MOST_CLASSES {
        return Err(damaged(format!("{} classes", classes.len())));
    }
    if classes.iter().any(|class| class.name.chars().count() > LONGEST_NAME) {
        return Err(damaged("a class name that is too long"));
    }
    Ok(classes.len())
}

/// Every number is one.
pub(super) fn numbers(name: &str, numbers: &[f32]) -> Result<(), Failure> {
    match numbers.iter().find(|number| !number.is_finite() || number.abs() > LARGEST_NUMBER) {
        Some(number) => Err(damaged(format!("{number} in {name}"))),
        None => Ok(()),
    }
}

/// The numbers of a tensor of that type, `F32` or `F16`, and shape.
pub(super) fn tensor(
    tensors: &SafeTensors<'_>,
    name: &str,
    dtype: Dtype,
    shape: &[usize],
) -> Result<Vec<f32>, Failure> {
    let view = tensors.tensor(name).map_err(|error| damaged(error.to_string()))?;
    if view.dtype() != dtype || view.shape() != shape {
        return Err(damaged(format!("{name} is {:?} {:?}, expected {dtype:?} {shape:?}", view.dtype(), view.shape())));
    }
    let values: Vec<f32> = if dtype == Dtype::F16 {
        view.data().as_chunks().0.iter().map(|&pair| f16::from_le_bytes(pair).to_f32()).collect()
    } else {
        view.data().as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect()
    };
    numbers(name, &values)?;
    Ok(values)
}

/// Everything else that a head says.
pub(super) fn details(head: &Head) -> Result<(), Failure> {
    if !TEMPERATURES.contains(&head.temperature) {
        return Err(damaged(format!("temperature {}", head.temperature)));
    }
    let texts = [&head.created, &head.app.name, &head.app.version, &head.method.kind, &head.method.device];
    if texts.into_iter().any(|text| text.chars().count() > LONGEST_TEXT) {
        return Err(damaged("a text that is too long"));
    }
    if head.tests.len() > MOST_TESTS {
        return Err(damaged(format!("{} tests", head.tests.len())));
    }
    head.score.as_ref().map_or(Ok(()), |told| score(told, head.classes.len()))
}

fn score(score: &Score, classes: usize) -> Result<(), Failure> {
    let share = |value: f64| (0.0..=1.0).contains(&value);
    let interval = |interval: &Interval| share(interval.low) && share(interval.high) && interval.low <= interval.high;
    let whole = share(score.accuracy) && share(score.baseline) && interval(&score.interval);
    let parts = score.per_class.iter().all(|class| interval(&class.interval) && class.right <= class.photos);
    if whole && parts && score.per_class.len() == classes { Ok(()) } else { Err(damaged("metrics")) }
}

fn quote(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}

fn not_a_head(detail: impl Into<String>) -> Failure {
    Failure::NotAHead { detail: detail.into() }
}
