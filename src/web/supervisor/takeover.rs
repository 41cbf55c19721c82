//! The candidate: when it starts, how it is tried, when it takes over. And another tab, which takes over too.

use super::{Effect, Measured, Open, Supervisor};
use crate::{
    protocol::{DeviceKind, Event, Request},
    web::{DeviceChoice, GpuNote},
};

impl Supervisor {
    /// Starts or drops the candidate, so that it is the one that the choice asks for.
    pub(super) fn pursue(&mut self) {
        let Some(active) = self.active.as_ref().filter(|active| active.ready) else { return };
        if matches!(self.open, Open::Releasing | Open::Giving | Open::Refused(_)) {
            return; // the takeover under way ends first; and what cannot be opened needs no faster worker
        }
        let unknown = self.state.gpu == GpuNote::Unknown;
        let wanted = match (self.state.choice, active.kind) {
            (DeviceChoice::Cpu, DeviceKind::WebGpu) => Some(DeviceKind::Cpu),
            (DeviceChoice::WebGpu, DeviceKind::Cpu) if unknown => Some(DeviceKind::WebGpu),
            (DeviceChoice::Auto, DeviceKind::Cpu) if unknown && self.adapter == Some(true) => Some(DeviceKind::WebGpu),
            (DeviceChoice::Auto, DeviceKind::Cpu) if unknown && !self.adapter_asked => {
                self.adapter_asked = true;
                self.effects.push(Effect::AskAdapter);
                None
            }
            _ => None,
        };
        if wanted != self.candidate.as_ref().map(|candidate| candidate.kind) {
            self.drop_candidate(None);
            if let Some(kind) = wanted {
                let slot = self.spawn(kind);
                self.candidate = Some(slot);
            }
        }
    }

    /// Lets the candidate take over, at a moment when nothing is running, if it should.
    pub(super) fn consider_takeover(&mut self) {
        if self.open != Open::Yes || !self.runs.is_idle() {
            return;
        }
        let (Some(active), Some(candidate)) = (&mut self.active, &mut self.candidate) else { return };
        if !candidate.ready {
            return;
        }
        let take_over = if candidate.kind == DeviceKind::Cpu {
            true
        } else {
            // One after the other: at the same time they would slow each other down.
            match (candidate.measured, active.measured) {
                (Measured::No, _) => {
                    candidate.measured = Measured::Asked;
                    self.effects.push(Effect::Post(candidate.id, Request::Measure));
                    return;
                }
                (Measured::Done { correct: false, .. }, _) => return self.drop_candidate(Some(GpuNote::Wrong)),
                (Measured::Done { .. }, _) if self.state.choice == DeviceChoice::WebGpu => true,
                (Measured::Done { .. }, Measured::No) => {
                    active.measured = Measured::Asked;
                    self.effects.push(Effect::Post(active.id, Request::Measure));
                    return;
                }
                (Measured::Done { photo_ms: gpu_ms, .. }, Measured::Done { photo_ms: cpu_ms, correct }) => {
                    gpu_ms < cpu_ms || !correct
                }
                (Measured::Asked, _) | (_, Measured::Asked) => return,
            }
        };
        if take_over {
            self.open = Open::Releasing;
            self.effects.push(Effect::Post(active.id, Request::Release));
        } else {
            self.drop_candidate(Some(GpuNote::Slower));
        }
    }

    /// Lets another tab have the project, at a moment when nothing is running, if it asked for it.
    pub(super) fn consider_giving(&mut self) {
        if !self.asked_to_give || self.open != Open::Yes || !self.runs.is_idle() {
            return;
        }
        let Some(active) = &self.active else { return };
        self.asked_to_give = false;
        self.open = Open::Giving;
        self.effects.push(Effect::Post(active.id, Request::Release));
        // Told here and not by the worker: from now on nothing may be changed.
        self.effects.push(Effect::Tell(Event::OpenElsewhere));
    }

    pub(super) fn hand_over(&mut self) {
        if let Some(old) = self.active.take() {
            self.effects.push(Effect::Terminate(old.id));
            if old.kind == DeviceKind::WebGpu {
                self.state.gpu = GpuNote::Unknown;
            }
        }
        self.active = self.candidate.take();
        self.open_project();
    }

    /// Asks the active worker, which is ready, to open the project.
    pub(super) fn open_project(&mut self) {
        let Some(active) = &mut self.active else { return };
        let run = self.runs.next();
        self.open = Open::Asked;
        self.state.device = active.kind;
        self.runs.began(&Request::Open { run });
        self.effects.push(Effect::Post(active.id, Request::Open { run }));
        if active.kind == DeviceKind::WebGpu {
            self.state.gpu = GpuNote::InUse;
            if active.measured == Measured::No {
                active.measured = Measured::Asked; // it was started without a candidate's trial
                self.effects.push(Effect::Post(active.id, Request::Measure));
            }
        }
    }

    /// Ends the candidate. `note` says why, if it was its own fault.
    pub(super) fn drop_candidate(&mut self, note: Option<GpuNote>) {
        let Some(candidate) = self.candidate.take() else { return };
        self.effects.push(Effect::Terminate(candidate.id));
        match (candidate.kind, note) {
            (DeviceKind::WebGpu, Some(note)) => self.state.gpu = note,
            // The processor could not start while the graphics chip works: stay on it instead of trying for ever.
            (DeviceKind::Cpu, Some(_)) => self.state.choice = DeviceChoice::WebGpu,
            (_, None) => {}
        }
    }
}
