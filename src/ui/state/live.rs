//! What the head says of the camera's picture right now, and how often it says so.

use crate::protocol::Ranked;
use std::collections::VecDeque;

/// Answers of so long, in milliseconds, tell how many there are a second.
const SPAN_MS: f64 = 2_000.0;

/// After so long, in milliseconds, a frame is taken to be lost with its worker, and another one is asked about.
const PATIENCE_MS: f64 = 3_000.0;

/// The newest answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Live {
    /// The best classes, most probable first; none before there is an answer.
    pub ranking: Vec<Ranked>,
    /// Whether the picture is like none of the classes.
    pub unknown: bool,
    /// When the last answers came, milliseconds.
    answers_ms: VecDeque<f64>,
    /// The frame that is being answered, and when it was asked about, milliseconds.
    asked: Option<(u32, f64)>,
    last: u32,
}

impl Live {
    /// Whether a frame is being answered. One at a time: so the next one is always of now, however slow the engine.
    pub fn is_asked(&self, now_ms: f64) -> bool {
        self.asked.is_some_and(|(_, asked_ms)| now_ms - asked_ms < PATIENCE_MS)
    }

    /// A number for a frame that is about to be asked about.
    pub fn ask(&mut self, now_ms: f64) -> u32 {
        self.last += 1;
        self.asked = Some((self.last, now_ms));
        self.last
    }

    /// Takes an answer in; one of a frame that is not waited for any more is nothing.
    pub fn answer(&mut self, frame: u32, ranking: Vec<Ranked>, unknown: bool, now_ms: f64) {
        if self.asked.is_none_or(|(asked, _)| asked != frame) {
            return;
        }
        self.asked = None;
        if ranking.is_empty() {
            return self.forget();
        }
        (self.ranking, self.unknown) = (ranking, unknown);
        self.answers_ms.push_back(now_ms);
        while self.answers_ms.front().is_some_and(|first_ms| now_ms - first_ms > SPAN_MS) {
            self.answers_ms.pop_front();
        }
    }

    /// The picture stands or is gone: what was said of it is not said any more.
    pub fn forget(&mut self) {
        *self = Self { last: self.last, ..Self::default() };
    }

    /// Answers a second, lately.
    pub fn per_second(&self) -> f64 {
        match (self.answers_ms.front(), self.answers_ms.back()) {
            (Some(first_ms), Some(last_ms)) if last_ms > first_ms => {
                let gaps = u32::try_from(self.answers_ms.len() - 1).unwrap_or(u32::MAX);
                f64::from(gaps) * 1_000.0 / (last_ms - first_ms)
            }
            _ => 0.0,
        }
    }
}
