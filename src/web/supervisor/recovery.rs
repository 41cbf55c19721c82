//! What happens when a worker dies, cannot start, or is of another version.

use super::{DEATHS_WITHIN_MS, Effect, MOST_RESTARTS, Open, Slot, Supervisor, WorkerId};
use crate::{
    protocol::{DeviceKind, Event, Failure, Outcome, RunId},
    web::{GpuNote, Phase},
};

impl Supervisor {
    /// A worker died, or is given up.
    pub(super) fn lost(&mut self, worker: WorkerId, detail: &str, now_ms: f64) {
        let failed = GpuNote::Failed { detail: detail.to_owned() };
        if self.candidate.as_ref().is_some_and(|slot| slot.id == worker) {
            self.drop_candidate(Some(failed));
        } else if let Some(dead) = self.active.take_if(|slot| slot.id == worker) {
            self.deaths_ms.retain(|death_ms| now_ms - death_ms < DEATHS_WITHIN_MS);
            self.deaths_ms.push(now_ms);
            self.replace(dead, &Failure::DeviceFailed { detail: detail.to_owned() }, failed);
        }
    }

    /// Starts a fresh worker, on the processor: a browser blocks a page whose graphics chip fails twice. It does what the
    /// dead one was doing, from what is saved on.
    pub(super) fn replace(&mut self, dead: Slot, failure: &Failure, gpu: GpuNote) {
        self.effects.push(Effect::Terminate(dead.id));
        self.open = Open::No;
        if dead.kind == DeviceKind::WebGpu {
            self.state.gpu = gpu;
        }
        let lost = self.runs.rescue();
        self.fail(lost.failed, failure);
        self.end(lost.cancelled, Outcome::Cancelled);
        self.end(lost.openings, Outcome::Failed);
        if lost.edit {
            self.effects.push(Effect::Tell(Event::Failed { run: None, failure: failure.clone() }));
        }
        if self.deaths_ms.len() > MOST_RESTARTS {
            return self.give_up(failure.clone());
        }
        let detail = match failure {
            Failure::DeviceFailed { detail } | Failure::DeviceUnavailable { detail } => detail.clone(),
            other => other.to_string(),
        };
        self.state.phase = Phase::Restarting { detail };
        self.state.device = DeviceKind::Cpu;
        if let Some(candidate) = self.candidate.take_if(|slot| slot.kind == DeviceKind::Cpu) {
            let ready = candidate.ready;
            self.active = Some(candidate);
            if ready {
                self.state.phase = Phase::Ready;
                self.open_project();
            }
        } else {
            let slot = self.spawn(DeviceKind::Cpu);
            self.active = Some(slot);
        }
    }

    pub(super) fn replace_wrong_gpu(&mut self) {
        let detail = "the self-test gave wrong numbers".to_owned();
        if let Some(wrong) = self.active.take() {
            self.replace(wrong, &Failure::DeviceFailed { detail }, GpuNote::Wrong);
        }
    }

    /// The worker lives, and its graphics chip does not: nothing that it is asked will ever be done.
    pub(super) fn replace_failed_gpu(&mut self, detail: String) {
        if let Some(failed) = self.active.take() {
            self.replace(failed, &Failure::DeviceFailed { detail: detail.clone() }, GpuNote::Failed { detail });
        }
    }

    /// A worker could not start. Without a graphics chip the processor does it; without the processor nothing does.
    pub(super) fn start_failed(&mut self, dead: Slot, failure: Failure) {
        if dead.kind == DeviceKind::WebGpu {
            let detail = failure.to_string();
            self.replace(dead, &failure, GpuNote::Failed { detail });
        } else {
            self.effects.push(Effect::Terminate(dead.id));
            self.give_up(failure);
        }
    }

    pub(super) fn give_up(&mut self, failure: Failure) {
        self.drop_candidate(None);
        self.runs.give_up();
        let all = self.runs.all();
        self.fail(all, &failure);
        self.state.phase = Phase::Failed(failure.clone());
        self.open = Open::Refused(failure);
    }

    pub(super) fn ask_for_reload(&mut self) {
        self.end_all(Phase::Reload);
    }

    /// Ends all workers; what is asked from now on waits for a page that is loaded again.
    pub(super) fn end_all(&mut self, phase: Phase) {
        self.drop_candidate(None);
        if let Some(active) = self.active.take() {
            self.effects.push(Effect::Terminate(active.id));
        }
        self.open = Open::No;
        self.state.phase = phase;
    }

    pub(super) fn fail(&mut self, runs: Vec<RunId>, failure: &Failure) {
        for run in runs {
            self.effects.push(Effect::Tell(Event::Failed { run: Some(run), failure: failure.clone() }));
            self.end(vec![run], Outcome::Failed);
        }
    }

    fn end(&mut self, runs: Vec<RunId>, outcome: Outcome) {
        for run in runs {
            self.runs.ended(run);
            self.effects.push(Effect::Tell(Event::Finished { run, outcome }));
        }
    }
}
