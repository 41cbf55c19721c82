//! What accuracies with hidden borders and with hidden centres say of a head.

use crate::protocol::{BorderVerdict, Share};

/// A head that keeps more than this share of what it knows with the things hidden may know them by their background.
const MUCH: f64 = 0.5;

/// Compares what is left of the accuracy without the border and without the centre. `guessing` is the share of right answers of
/// one who always says the largest class, 0..1; what is above it is what the head knows.
pub fn border_verdict(whole: Share, border_hidden: Share, centre_hidden: Share, guessing: f64) -> BorderVerdict {
    if whole.interval.low <= guessing {
        return BorderVerdict::KnowsLittle;
    }
    let left = |share: Share| ((share.accuracy - guessing) / (whole.accuracy - guessing)).clamp(0.0, 1.0);
    let by_chance = border_hidden.interval.overlaps(&centre_hidden.interval);
    match (left(border_hidden), left(centre_hidden)) {
        (things, border) if things < MUCH && border < MUCH => BorderVerdict::NeedsBoth,
        (things, border) if border > things && !by_chance => BorderVerdict::Background,
        (things, border) if things > border && !by_chance && border < MUCH => BorderVerdict::Things,
        _ => BorderVerdict::Either,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Interval;

    fn share(accuracy: f64) -> Share {
        Share { accuracy, interval: Interval { low: accuracy - 0.08, high: (accuracy + 0.08).min(1.0) } }
    }

    fn verdict(whole: f64, border_hidden: f64, centre_hidden: f64) -> BorderVerdict {
        border_verdict(share(whole), share(border_hidden), share(centre_hidden), 0.25)
    }

    #[test]
    fn the_half_that_is_needed_is_named() {
        assert_eq!(verdict(0.9, 0.8, 0.4), BorderVerdict::Things);
        assert_eq!(verdict(0.9, 0.4, 0.8), BorderVerdict::Background);
        assert_eq!(verdict(0.9, 0.8, 0.75), BorderVerdict::Either);
        assert_eq!(verdict(0.9, 0.85, 0.65), BorderVerdict::Either);
        assert_eq!(verdict(0.9, 0.45, 0.4), BorderVerdict::NeedsBoth);
        assert_eq!(verdict(0.3, 0.3, 0.1), BorderVerdict::KnowsLittle);
    }
}
