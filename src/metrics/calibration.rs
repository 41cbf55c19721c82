//! Whether a head is as sure as it should be.

use super::{Interval, share, wilson};

/// Steps of a tenth: few enough that each has photos.
pub const STEPS: usize = 10;

/// The photos whose answers had a probability in one tenth of the scale.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// How many there are.
    pub photos: u32,
    /// How many of the answers are right.
    pub right: u32,
    /// Mean probability of the answers, 0..1; 0 without photos.
    pub said: f64,
}

impl Step {
    /// The share of right answers, 0..1.
    pub fn share(&self) -> f64 {
        share(self.right, self.photos)
    }

    /// Its 95 % interval.
    pub fn interval(&self) -> Interval {
        wilson(self.right, self.photos)
    }
}

/// How sure a head is, against how often it is right.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Calibration {
    /// By the probability of the answer, in tenths.
    pub steps: [Step; STEPS],
    /// Expected calibration error (Naeini et al. 2015), 0..1: the mean distance between what it says and how often it is
    /// right, each step weighed by its photos.
    pub error: f64,
    /// Mean probability minus the share of right answers: above 0 it is too sure.
    pub too_sure: f64,
}

/// The step that a probability belongs to. The upper end belongs to the step, as in the usual definition.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number from 0 to 9")]
pub fn step_of(probability: f64) -> usize {
    #[allow(clippy::cast_precision_loss, reason = "ten")]
    let steps = STEPS as f64;
    // A probability in single precision may lie a hair above a tenth that it means.
    ((probability * steps - 1e-6).ceil() - 1.0).clamp(0.0, steps - 1.0) as usize
}

impl Calibration {
    /// From the probability of each answer, 0..1, and whether it is right.
    pub fn new(answers: impl IntoIterator<Item = (f64, bool)>) -> Self {
        let mut calibration = Self::default();
        for (probability, right) in answers {
            let step = &mut calibration.steps[step_of(probability)];
            step.photos += 1;
            step.right += u32::from(right);
            step.said += probability;
        }
        let photos: u32 = calibration.steps.iter().map(|step| step.photos).sum();
        for step in calibration.steps.iter_mut().filter(|step| step.photos > 0) {
            let weight = share(step.photos, photos);
            step.said /= f64::from(step.photos);
            let gap = step.said - step.share();
            calibration.error += weight * gap.abs();
            calibration.too_sure += weight * gap;
        }
        calibration
    }

    /// All photos.
    pub fn photos(&self) -> u32 {
        self.steps.iter().map(|step| step.photos).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_agrees_with_the_one_computed_by_hand() {
        // 0.91 and 0.99, one right: says .95, is .5. 0.55 and 0.6, both right: says .575, is 1.
        let answers = [(0.91, true), (0.99, false), (0.55, true), (0.6, true)];
        let calibration = Calibration::new(answers);
        let last = calibration.steps[9];
        assert_eq!((last.photos, last.right, last.share()), (2, 1, 0.5));
        assert!((last.said - 0.95).abs() < 1e-12);
        assert!((calibration.error - (0.5 * 0.45 + 0.5 * 0.425)).abs() < 1e-12);
        assert!((calibration.too_sure - (0.5 * 0.45 - 0.5 * 0.425)).abs() < 1e-12);
        assert_eq!(calibration.photos(), 4);
    }

    #[test]
    fn the_ends_of_the_scale_and_the_tenths_have_their_step() {
        let steps =
            [(0.0, 0), (0.05, 0), (0.1, 0), (0.1001, 1), (0.9, 8), (f64::from(0.9_f32), 8), (0.901, 9), (1.0, 9)];
        for (probability, step) in steps {
            assert_eq!(step_of(probability), step, "{probability}");
        }
    }

    #[test]
    fn without_answers_there_is_no_error() {
        assert_eq!(Calibration::new([]), Calibration::default());
    }
}
