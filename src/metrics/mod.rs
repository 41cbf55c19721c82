//! Scores and their uncertainty: numbers in, numbers out.

mod balance;
mod bursts;
mod calibration;
mod confusion;
mod interval;
mod learning;
mod order;
mod power_law;
mod rates;
mod score;
mod shortcut;
mod sign_test;
mod tags;

pub use balance::{Shortage, shortages};
pub use bursts::{burst_interval, burst_score, by_burst, test_score};
pub use calibration::{Calibration, STEPS, Step, step_of};
pub use confusion::{Confusion, MixUp};
pub use interval::{Interval, wilson};
pub use learning::{Measured, learning_curve};
pub use order::falling;
pub use power_law::{Mistakes, PowerLaw};
pub use rates::Rates;
pub use score::{balanced_accuracy, held_back_score};
pub use shortcut::border_verdict;
pub use sign_test::sign_test;
pub use tags::{Answered, OfTag, by_tag, largest_gap};

/// A part of a whole, 0..1; 0 where there is nothing.
fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}
