//! New metrics; the files move to `metrics/`.

mod learning_curve;

pub use learning_curve::{Forecast, LearningPoint, forecast};
