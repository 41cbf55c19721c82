//! The training that runs, or the last one.

use super::TimeLeft;
use crate::protocol::{CurvePoint, HeadOrigin, HeadView, Outcome, RunId};

/// Where training stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TrainingState {
    /// Nothing was trained.
    #[default]
    Idle,
    /// It runs.
    Training,
    /// There is a trained head.
    Trained,
    /// The last one failed.
    Failed,
}

impl TrainingState {
    /// The state that scripts read.
    pub fn code(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Training => "training",
            Self::Trained => "trained",
            Self::Failed => "failed",
        }
    }
}

/// A training and its curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Training {
    /// Where it stands.
    pub state: TrainingState,
    /// The run, while it runs.
    pub run: Option<RunId>,
    /// The curves so far.
    pub curve: Vec<CurvePoint>,
    /// The step that was kept, once it is through.
    pub kept_step: Option<u32>,
    /// Steps done, refit included.
    pub done_steps: u32,
    /// The most steps it can take.
    pub of_steps: u32,
    /// How long it took, once it is through.
    pub took_ms: Option<u32>,
    /// Whether the person stopped it.
    pub cancelled: bool,
    started_ms: f64,
    last_ms: f64,
}

impl Training {
    /// As it was when the project was closed.
    pub(super) fn of(head: Option<&HeadView>) -> Self {
        let mut training = Self::default();
        if let Some(head) = head {
            training.head_changed(head);
        }
        training
    }

    /// The time until the most steps are done, at the mean speed so far; it may stop earlier by itself.
    pub fn time_left(&self) -> Option<TimeLeft> {
        let took_ms = self.last_ms - self.started_ms;
        if self.state != TrainingState::Training || self.done_steps == 0 || took_ms <= 0.0 {
            return None;
        }
        let left = f64::from(self.of_steps.saturating_sub(self.done_steps));
        Some(TimeLeft::of_seconds(left * took_ms / f64::from(self.done_steps) / 1000.0))
    }

    pub(super) fn start(&mut self, run: RunId, now_ms: f64) {
        *self = Self {
            state: TrainingState::Training,
            run: Some(run),
            started_ms: now_ms,
            last_ms: now_ms,
            ..Self::default()
        };
    }

    pub(super) fn step(&mut self, run: RunId, point: CurvePoint, of_steps: u32, done_steps: u32, now_ms: f64) {
        if self.run != Some(run) {
            return;
        }
        // A worker died, and the next one began anew.
        if self.curve.last().is_some_and(|last| last.step > point.step) {
            self.curve.clear();
            self.started_ms = now_ms;
        }
        // A refit tells how far it is with the last point again.
        if self.curve.last().is_none_or(|last| last.step < point.step) {
            self.curve.push(point);
        }
        (self.of_steps, self.done_steps, self.last_ms) = (of_steps, done_steps, now_ms);
    }

    pub(super) fn head_changed(&mut self, head: &HeadView) {
        match head.origin {
            HeadOrigin::Trained => {
                self.curve.clone_from(&head.curve);
                self.kept_step = Some(head.kept_step);
                self.took_ms = Some(head.trained_ms);
                self.cancelled = head.cancelled;
                if self.run.is_none() {
                    self.state = TrainingState::Trained;
                }
            }
            // Nothing was trained for it.
            HeadOrigin::Instant => {}
            HeadOrigin::Opened => {
                if self.run.is_none() {
                    *self = Self::default();
                }
            }
        }
    }

    pub(super) fn failed(&mut self, run: RunId) {
        if self.run == Some(run) {
            self.state = TrainingState::Failed;
        }
    }

    pub(super) fn finished(&mut self, run: RunId, outcome: Outcome, head: Option<&HeadView>) {
        if self.run != Some(run) {
            return;
        }
        self.run = None;
        let trained = head.is_some_and(|head| head.origin == HeadOrigin::Trained);
        self.state = match outcome {
            Outcome::Failed => TrainingState::Failed,
            Outcome::Done | Outcome::Cancelled if trained => TrainingState::Trained,
            Outcome::Done | Outcome::Cancelled => TrainingState::Idle,
        };
        // Stopped before anything was worth keeping: the head from before still stands, with its own curves.
        if outcome == Outcome::Cancelled && self.took_ms.is_none() {
            *self = Self::of(head);
        }
    }
}
