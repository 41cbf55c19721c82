//! How often progress is said aloud: a screen reader that hears every photo says nothing else.

/// At least this much further, 0..1,
const STEP: f64 = 0.1;
/// or this much later, milliseconds.
const PAUSE_MS: f64 = 5_000.0;

/// Remembers what was said last.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Speaker {
    last: Option<(f64, f64)>,
}

impl Speaker {
    /// Whether to say that a job is `share` done, 0..1, at `now_ms`; it counts as said then.
    pub fn should_say(&mut self, share: f64, now_ms: f64) -> bool {
        let due =
            self.last.is_none_or(|(said, at_ms)| share - said >= STEP || (now_ms - at_ms >= PAUSE_MS && share > said));
        if due {
            self.last = Some((share, now_ms));
        }
        due
    }
}
