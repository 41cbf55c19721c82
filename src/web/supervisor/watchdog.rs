//! Notices a worker that hangs: every [`TICK_MS`] each worker is asked which step of its work it is in.
//!
//! Ticks of the page's own timer are counted, not time: a computer that sleeps, and a tab that the browser slows down, let
//! neither worker nor timer run.

use super::{Effect, Slot, Supervisor, WorkerId};

/// Milliseconds between two ticks.
pub const TICK_MS: u32 = 5_000;
/// Ticks without a word: a step on the processor takes a tenth of a second, on a slow phone perhaps two.
const MOST_SILENT: u32 = 6;
/// Ticks in one and the same step: the graphics chip in software takes half a minute for one, a fault of a driver for ever.
const MOST_IN_A_STEP: u32 = 24;

/// What is known of a worker's life, in ticks.
#[derive(Debug, Default)]
pub(super) struct Life {
    silent: u32,
    in_step: u32,
    step: Option<u32>,
}

impl Life {
    /// It told something of its work.
    pub(super) fn told(&mut self) {
        (self.silent, self.in_step) = (0, 0);
    }

    /// It answered, from within a step or between two.
    fn answered(&mut self, step: Option<u32>) {
        self.silent = 0;
        if step.is_none() || step != self.step {
            self.in_step = 0;
        }
        self.step = step;
    }

    /// One more tick; why it is given up, if it is.
    fn tick(&mut self) -> Option<String> {
        self.silent += 1;
        self.in_step += 1;
        let seconds = |ticks: u32| ticks * TICK_MS / 1_000;
        if self.silent > MOST_SILENT {
            Some(format!("no answer for {} seconds", seconds(MOST_SILENT)))
        } else if self.in_step > MOST_IN_A_STEP {
            Some(format!("no progress for {} seconds", seconds(MOST_IN_A_STEP)))
        } else {
            None
        }
    }
}

impl Supervisor {
    /// [`TICK_MS`] have passed.
    pub fn tick(&mut self, now_ms: f64) -> Vec<Effect> {
        self.turn(|this| {
            let slots = [&mut this.active, &mut this.candidate].into_iter().flatten();
            let lives: Vec<(WorkerId, Option<String>)> = slots.map(|slot| (slot.id, slot.life.tick())).collect();
            for (id, given_up) in lives {
                match given_up {
                    Some(why) => this.lost(id, &why, now_ms),
                    None => this.effects.push(Effect::Ping(id)),
                }
            }
        })
    }

    /// A worker answered [`Effect::Ping`] with the step that it is in.
    pub fn alive(&mut self, worker: WorkerId, step: Option<u32>) -> Vec<Effect> {
        self.turn(|this| {
            if let Some(slot) = this.slot(worker) {
                slot.life.answered(step);
            }
        })
    }

    pub(super) fn slot(&mut self, worker: WorkerId) -> Option<&mut Slot> {
        [&mut self.active, &mut self.candidate].into_iter().flatten().find(|slot| slot.id == worker)
    }
}
