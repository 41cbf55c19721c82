//! Decides which worker runs, which one owns the project and what is sent where. Plain state: it is told what happened and
//! answers with what to do, so that every turn of it is tested without a browser.
//!
//! The *active* worker owns the project. Behind it a *candidate* may load: the one with the graphics chip, which takes over
//! at an idle moment if it is right and faster, or the other device when the person asks for it.

mod recovery;
mod runs;
mod takeover;
#[cfg(test)]
mod tests;
mod watchdog;

use super::{DeviceChoice, EngineState, GpuNote, Phase};
use crate::protocol::{DeviceKind, Event, Failure, PROTOCOL_VERSION, Request, RunId};
use runs::Runs;
use watchdog::Life;
pub use watchdog::TICK_MS;

/// Names a worker of this page; never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WorkerId(pub u32);

/// What the client is to do, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a worker.
    Spawn(WorkerId, DeviceKind),
    /// End a worker.
    Terminate(WorkerId),
    /// Send a request to a worker.
    Post(WorkerId, Request),
    /// Ask a worker how it gets on and tell [`Supervisor::alive`].
    Ping(WorkerId),
    /// Ask the browser for a graphics adapter and tell [`Supervisor::adapter`].
    AskAdapter,
    /// Hand the event that was just received to the page, with its payload.
    PassOn,
    /// Hand an event made here to the page.
    Tell(Event),
    /// The engine's state is another one now.
    State(EngineState),
}

/// After this many deaths within [`DEATHS_WITHIN_MS`] the engine is given up: something is broken for good.
const MOST_RESTARTS: usize = 3;
const DEATHS_WITHIN_MS: f64 = 60_000.0;

/// The deciding state. See the module.
#[derive(Debug)]
pub struct Supervisor {
    state: EngineState,
    active: Option<Slot>,
    candidate: Option<Slot>,
    open: Open,
    /// Whether there is a graphics adapter, once known.
    adapter: Option<bool>,
    adapter_asked: bool,
    /// Whether another tab asked for the project.
    asked_to_give: bool,
    runs: Runs,
    next_worker: u32,
    /// When active workers died, milliseconds.
    deaths_ms: Vec<f64>,
    effects: Vec<Effect>,
}

#[derive(Debug)]
struct Slot {
    id: WorkerId,
    kind: DeviceKind,
    ready: bool,
    measured: Measured,
    life: Life,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Measured {
    No,
    Asked,
    Done { photo_ms: f64, correct: bool },
}

/// Whether the active worker has the project.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Open {
    No,
    Asked,
    Yes,
    /// It is letting go, for the candidate.
    Releasing,
    /// It is letting go, for another tab.
    Giving,
    /// It cannot have it, or there is no worker any more: everything asked is answered with this.
    Refused(Failure),
}

impl Supervisor {
    /// With what the person chose, and what is known of the graphics chip from before.
    pub fn new(choice: DeviceChoice, gpu: GpuNote) -> Self {
        let on_gpu = choice == DeviceChoice::WebGpu && gpu == GpuNote::Unknown;
        let device = if on_gpu { DeviceKind::WebGpu } else { DeviceKind::Cpu };
        let phase = Phase::Loading { done_bytes: 0, total_bytes: 0 };
        Self {
            state: EngineState { phase, device, choice, gpu },
            active: None,
            candidate: None,
            open: Open::No,
            adapter: None,
            adapter_asked: false,
            asked_to_give: false,
            runs: Runs::default(),
            next_worker: 0,
            deaths_ms: Vec::new(),
            effects: Vec::new(),
        }
    }

    /// The engine as the page shows it.
    pub fn state(&self) -> &EngineState {
        &self.state
    }

    /// The worker that has the project.
    pub fn owner(&self) -> Option<WorkerId> {
        self.active.as_ref().filter(|_| self.open == Open::Yes).map(|slot| slot.id)
    }

    /// A run that was never used.
    pub fn next_run(&mut self) -> RunId {
        self.runs.next()
    }

    /// Start the first worker.
    pub fn start(&mut self) -> Vec<Effect> {
        let slot = self.spawn(self.state.device);
        self.active = Some(slot);
        let mut effects = std::mem::take(&mut self.effects);
        effects.insert(0, Effect::State(self.state.clone()));
        effects
    }

    /// The page asks something.
    pub fn send(&mut self, request: Request) -> Vec<Effect> {
        self.turn(|this| {
            this.runs.began(&request);
            match (&this.open, &this.active) {
                (Open::Yes, Some(active)) => {
                    let id = active.id;
                    this.post(id, request);
                }
                (Open::Refused(failure), _) => {
                    let failure = failure.clone();
                    if let Some(run) = request.run() {
                        this.fail(vec![run], &failure);
                    }
                }
                _ => this.runs.wait(request),
            }
        })
    }

    /// The person chooses a device; it changes at an idle moment.
    pub fn choose(&mut self, choice: DeviceChoice) -> Vec<Effect> {
        self.turn(|this| {
            this.state.choice = choice;
            if choice == DeviceChoice::WebGpu && this.state.gpu != GpuNote::InUse {
                this.state.gpu = GpuNote::Unknown; // asked for: tried once more, whatever happened before
            }
        })
    }

    /// Another tab asks for the project; it gets it at an idle moment.
    pub fn give(&mut self) -> Vec<Effect> {
        // A tab that has not got it has nothing to give.
        self.turn(|this| this.asked_to_give |= matches!(this.open, Open::Yes | Open::Releasing))
    }

    /// Ends all workers for good; nothing is served any more.
    pub fn close(&mut self) -> Vec<Effect> {
        self.turn(|this| this.end_all(Phase::Closed))
    }

    /// The browser answered [`Effect::AskAdapter`].
    pub fn adapter(&mut self, found: bool) -> Vec<Effect> {
        self.turn(|this| {
            this.adapter = Some(found);
            if !found && this.state.gpu == GpuNote::Unknown {
                this.state.gpu = GpuNote::None;
            }
        })
    }

    /// A worker told something.
    pub fn event(&mut self, from: WorkerId, event: &Event) -> Vec<Effect> {
        self.turn(|this| {
            if let Some(slot) = this.slot(from) {
                slot.life.told();
            }
            if this.active.as_ref().is_some_and(|slot| slot.id == from) {
                this.event_of_active(event);
            } else if this.candidate.as_ref().is_some_and(|slot| slot.id == from) {
                this.event_of_candidate(event);
            }
        })
    }

    /// A worker died.
    pub fn died(&mut self, worker: WorkerId, detail: &str, now_ms: f64) -> Vec<Effect> {
        self.turn(|this| this.lost(worker, detail, now_ms))
    }

    /// Runs one turn: the change, then everything that has become possible by it.
    fn turn(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect> {
        let before = self.state.clone();
        change(self);
        self.pursue();
        self.consider_giving();
        self.consider_takeover();
        let mut effects = std::mem::take(&mut self.effects);
        if self.state != before {
            effects.insert(0, Effect::State(self.state.clone()));
        }
        effects
    }

    fn event_of_active(&mut self, event: &Event) {
        let Some(active) = &mut self.active else { return };
        match event {
            Event::Loading { done_bytes, total_bytes } => {
                if !active.ready {
                    self.state.phase = Phase::Loading { done_bytes: *done_bytes, total_bytes: *total_bytes };
                }
            }
            Event::Ready { protocol, .. } => {
                if *protocol == PROTOCOL_VERSION {
                    active.ready = true;
                    self.state.phase = Phase::Ready;
                    self.open_project();
                } else {
                    self.ask_for_reload();
                }
            }
            Event::Measured { photo_ms, correct } => {
                active.measured = Measured::Done { photo_ms: *photo_ms, correct: *correct };
                if !correct && active.kind == DeviceKind::WebGpu {
                    self.replace_wrong_gpu();
                }
            }
            Event::Released => {
                match self.open {
                    Open::Releasing => self.hand_over(),
                    // Behind the other tab, which waits already.
                    Open::Giving => self.open_project(),
                    _ => {}
                }
            }
            Event::Failed { run: None, failure } if !active.ready => {
                let failure = failure.clone();
                if let Some(dead) = self.active.take() {
                    self.start_failed(dead, failure);
                }
            }
            Event::Failed { failure: Failure::DeviceFailed { detail }, .. } if active.kind == DeviceKind::WebGpu => {
                let detail = detail.clone();
                self.replace_failed_gpu(detail);
            }
            Event::Opened { .. } => {
                let id = active.id;
                self.effects.push(Effect::PassOn);
                // A worker that has the project already, and opened it from a file, has these too.
                if self.open != Open::Yes {
                    self.effects.extend(self.runs.unserved().map(|request| Effect::Post(id, request)));
                }
                self.open = Open::Yes;
                for request in self.runs.take_waiting() {
                    self.post(id, request);
                }
            }
            Event::Served => self.runs.served(),
            _ => self.pass_on(event),
        }
    }

    /// Hands what the page asks to the worker that has the project.
    fn post(&mut self, worker: WorkerId, request: Request) {
        self.runs.posted(&request);
        self.effects.push(Effect::Post(worker, request));
    }

    fn pass_on(&mut self, event: &Event) {
        let run = event.run();
        self.runs.told(event);
        if run.is_some_and(|run| !self.runs.is_live(run)) {
            return;
        }
        if let Event::Failed { failure, .. } = event
            && self.open == Open::Asked
        {
            // Nothing else was asked before the project is open.
            self.open = Open::Refused(failure.clone());
            self.state.phase = Phase::Failed(failure.clone());
            let waiting = self.runs.waiting();
            self.fail(waiting, failure);
        }
        if let Event::Finished { run, .. } = event {
            self.runs.ended(*run);
        }
        self.effects.push(Effect::PassOn);
    }

    fn event_of_candidate(&mut self, event: &Event) {
        let Some(candidate) = &mut self.candidate else { return };
        match event {
            Event::Ready { protocol, .. } if *protocol != PROTOCOL_VERSION => self.ask_for_reload(),
            Event::Ready { .. } => candidate.ready = true,
            Event::Measured { photo_ms, correct } => {
                candidate.measured = Measured::Done { photo_ms: *photo_ms, correct: *correct };
            }
            Event::Failed { run: None, failure } => {
                let detail = failure.to_string();
                self.drop_candidate(Some(GpuNote::Failed { detail }));
            }
            _ => {}
        }
    }

    fn spawn(&mut self, kind: DeviceKind) -> Slot {
        self.next_worker += 1;
        let id = WorkerId(self.next_worker);
        self.effects.push(Effect::Spawn(id, kind));
        Slot { id, kind, ready: false, measured: Measured::No, life: Life::default() }
    }
}
