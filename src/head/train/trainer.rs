//! A training, slice by slice.

use super::{
    FLOPS_PER_SLICE, MOST_PHOTOS, TrainConfig, TrainSlice, TrainStep, TrainedHead, check,
    descent::{Descent, Heads},
    gram::Gram,
    read,
    select::Selection,
    trained::hyperparameters,
};
use crate::{
    dataset::stratified,
    metrics,
    protocol::{CurvePoint, Failure, HeadClass},
};
use burn::tensor::{Device, Tensor, TensorData};

/// A training under way.
pub struct Trainer {
    config: TrainConfig,
    classes: usize,
    labels: Vec<usize>,
    device: Device,
    /// Features less their mean, [photos, dim].
    features: Tensor<2>,
    /// Mean of the features, [dim].
    mean: Vec<f32>,
    selection: Selection,
    train: Vec<usize>,
    /// The index of each photo among those that were given.
    given: Vec<usize>,
    phase: Phase,
    slice: TrainSlice,
    stopped: bool,
}

enum Phase {
    /// Computing the photos' dot products.
    Preparing(Gram),
    /// Choosing decay and step.
    Selecting(Box<Selecting>),
    /// Fitting the chosen head to all photos.
    Refitting(Box<Descent>),
    /// There is a layer, but where the training was stopped too early for one.
    Done { layer: Option<Layer>, refitted: bool },
}

struct Selecting {
    descent: Descent,
    /// [photos, photos]
    gram: Tensor<2>,
    variance: f64,
}

/// A linear layer for features whose mean is not taken away.
struct Layer {
    /// [classes, dim]
    weight: Vec<f32>,
    /// [classes]
    bias: Vec<f32>,
}

impl Trainer {
    /// Gets ready to train on features, one row a photo, with the index of each photo's class and the number of its burst.
    ///
    /// # Errors
    /// As [`check`].
    pub fn new(
        rows: Vec<Vec<f32>>,
        labels: Vec<usize>,
        bursts: &[u32],
        classes: &[HeadClass],
        config: TrainConfig,
        device: &Device,
    ) -> Result<Self, Failure> {
        check(classes)?;
        let given = bounded(&labels, bursts, config.seed);
        let part = |of: &[u32]| given.iter().map(|&photo| of[photo]).collect::<Vec<u32>>();
        let bursts = part(bursts);
        let labels: Vec<usize> = given.iter().map(|&photo| labels[photo]).collect();
        let mut rows = rows;
        let rows: Vec<Vec<f32>> = given.iter().map(|&photo| std::mem::take(&mut rows[photo])).collect();
        let (photos, dim) = (rows.len(), rows[0].len());
        let mean = mean(&rows);
        let mut centred = Vec::with_capacity(photos * dim);
        for row in rows {
            centred.extend(row.iter().zip(&mean).map(|(value, mean)| value - mean));
        }
        let split = stratified(&labels, &bursts, config.seed);
        let even = 1.0 / classes.len() as f32;
        let (loss, accuracy) = (-even.ln(), even);
        let point = CurvePoint {
            step: 0,
            train_loss: loss,
            train_accuracy: accuracy,
            valid_loss: loss,
            valid_accuracy: accuracy,
        };
        Ok(Self {
            classes: classes.len(),
            device: device.clone(),
            features: Tensor::from_data(TensorData::new(centred, [photos, dim]), device),
            mean,
            train: split.train.clone(),
            given,
            selection: Selection::new(labels.clone(), classes.len(), split, config.weight_decays.len()),
            phase: Phase::Preparing(Gram::new(photos, dim)),
            slice: TrainSlice { point, done_steps: 0, of_steps: 2 * config.most_steps },
            stopped: false,
            labels,
            config,
        })
    }

    /// Does one slice of work: on one thread of a browser under 250 ms for 600 photos of ten classes.
    ///
    /// # Errors
    /// [`Failure::DeviceFailed`]; the training is then lost.
    pub async fn step(&mut self) -> Result<TrainStep, Failure> {
        if self.stopped && !matches!(self.phase, Phase::Done { .. }) {
            let layer = match &self.selection.best {
                Some(best) => Some(self.layer(&best.heads, best.decay).await?),
                None => None,
            };
            self.phase = Phase::Done { layer, refitted: false };
        }
        match &mut self.phase {
            Phase::Preparing(gram) => {
                gram.step(&self.features).await?;
                if gram.is_complete() {
                    self.begin_selecting();
                }
            }
            Phase::Selecting(_) => self.select().await?,
            Phase::Refitting(_) => self.refit().await?,
            Phase::Done { .. } => return Ok(TrainStep::Done),
        }
        Ok(TrainStep::More(self.slice))
    }

    /// Stops: the next [`Self::step`] keeps the best head so far, without the refit, and is done.
    pub fn stop(&mut self) {
        self.stopped = true;
    }

    /// The head, after [`TrainStep::Done`]; none where the training was stopped before it had one.
    pub fn finish(self) -> Option<TrainedHead> {
        let Phase::Done { layer: Some(Layer { weight, bias }), refitted } = self.phase else { return None };
        let truth = self.selection.truth();
        let valid = self.selection.valid().to_vec();
        let best = self.selection.best?;
        let is_right = truth.iter().zip(&best.answers).map(|(label, answer)| label == answer);
        let held_back = valid.iter().map(|&photo| self.given[photo]).zip(is_right).collect();
        let weight_decay = self.config.weight_decays[best.decay];
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let temperature = best.temperature as f32;
        Some(TrainedHead {
            weight,
            bias,
            temperature,
            score: metrics::held_back_score(&truth, &best.answers, self.classes),
            held_back,
            curve: self.selection.curves.into_iter().nth(best.decay).unwrap_or_default(),
            kept_step: best.step,
            hyperparameters: hyperparameters(&self.config, weight_decay, best.step, refitted),
            seed: self.config.seed,
        })
    }

    fn begin_selecting(&mut self) {
        let placeholder = Phase::Done { layer: None, refitted: false };
        let Phase::Preparing(gram) = std::mem::replace(&mut self.phase, placeholder) else { return };
        let variance = gram.largest_variance();
        let gram = gram.upload(&self.device);
        let decays = &self.config.weight_decays;
        let descent =
            Descent::new(gram.clone(), variance, &self.labels, self.classes, &self.train, decays, &self.config);
        self.phase = Phase::Selecting(Box::new(Selecting { descent, gram, variance }));
    }

    async fn select(&mut self) -> Result<(), Failure> {
        let Phase::Selecting(selecting) = &mut self.phase else { return Ok(()) };
        let Selecting { descent, gram, variance } = selecting.as_mut();
        for _ in 0..steps_per_slice(descent.flops()) {
            descent.step();
            self.slice.done_steps += 1;
            if self.slice.done_steps.is_multiple_of(self.config.measure_every) {
                break;
            }
        }
        let step = self.slice.done_steps;
        let ended = step >= self.config.most_steps;
        if step.is_multiple_of(self.config.measure_every) || ended {
            let may_keep = step >= self.config.first_step || ended;
            let logits = descent.logits().await?;
            self.slice.point = self.selection.measure(step, &logits, may_keep, &descent.heads());
        }
        let Some(best) = &self.selection.best else { return Ok(()) };
        if ended || step >= best.step + self.config.patience {
            let all: Vec<usize> = (0..self.labels.len()).collect();
            let decay = [self.config.weight_decays[best.decay]];
            let refit = Descent::new(gram.clone(), *variance, &self.labels, self.classes, &all, &decay, &self.config);
            self.slice.of_steps = step + best.step;
            self.phase = Phase::Refitting(Box::new(refit));
        }
        Ok(())
    }

    async fn refit(&mut self) -> Result<(), Failure> {
        let Phase::Refitting(descent) = &mut self.phase else { return Ok(()) };
        let most = steps_per_slice(descent.flops()).min(self.config.measure_every);
        for _ in 0..most.min(self.slice.of_steps - self.slice.done_steps) {
            descent.step();
            self.slice.done_steps += 1;
        }
        let heads = descent.heads();
        // Waits for the device, which would otherwise fall far behind the progress that is told.
        read(heads.bias.clone()).await?;
        if self.slice.done_steps == self.slice.of_steps {
            let layer = self.layer(&heads, 0).await?;
            self.phase = Phase::Done { layer: Some(layer), refitted: true };
        }
        Ok(())
    }

    /// The layer of one of some heads.
    async fn layer(&self, heads: &Heads, decay: usize) -> Result<Layer, Failure> {
        let columns = decay * self.classes..(decay + 1) * self.classes;
        let photos = self.labels.len();
        let shares = heads.shares.clone().slice([0..photos, columns.clone()]); // [photos, classes]
        let weight = read(shares.transpose().matmul(self.features.clone())).await?; // [classes, dim]
        let bias = read(heads.bias.clone().slice([0..1, columns])).await?; // [classes]
        let at_mean = |row: &[f32]| row.iter().zip(&self.mean).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let shifted =
            weight.chunks_exact(self.mean.len()).zip(&bias).map(|(row, &bias)| (f64::from(bias) - at_mean(row)) as f32);
        let bias: Vec<f32> = shifted.collect();
        if weight.iter().chain(&bias).any(|number| !number.is_finite()) {
            return Err(Failure::DeviceFailed { detail: "the weights are not finite".to_owned() });
        }
        Ok(Layer { weight, bias })
    }
}

/// Gradient steps in one slice.
fn steps_per_slice(flops: usize) -> u32 {
    u32::try_from(FLOPS_PER_SLICE / flops.max(1)).unwrap_or(u32::MAX).max(1)
}

/// Leaves photos out of every class until the rest is small enough; the indices of those that stay.
fn bounded(labels: &[usize], bursts: &[u32], seed: u64) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..labels.len()).collect();
    while kept.len() > MOST_PHOTOS {
        let labels: Vec<usize> = kept.iter().map(|&photo| labels[photo]).collect();
        let bursts: Vec<u32> = kept.iter().map(|&photo| bursts[photo]).collect();
        let part = stratified(&labels, &bursts, seed).train;
        if part.len() == kept.len() {
            break;
        }
        kept = part.into_iter().map(|at| kept[at]).collect();
    }
    kept
}

/// The mean row.
#[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
fn mean(rows: &[Vec<f32>]) -> Vec<f32> {
    let mut sums = vec![0f64; rows[0].len()];
    for row in rows {
        for (sum, &value) in sums.iter_mut().zip(row) {
            *sum += f64::from(value);
        }
    }
    sums.iter().map(|sum| (sum / rows.len() as f64) as f32).collect()
}
