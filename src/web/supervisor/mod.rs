//! Decides which worker runs, which one owns the project and what is sent where. Plain state: it is told what happened and
//! answers with what to do, so that every turn of it is tested without a browser.
//!
//! The *active* worker owns the project. Behind it a *candidate* may load: the one with the graphics chip, which takes over
//! at an idle moment if it is right and faster, or the other device when the person asks for it.

mod runs;

use super::{DeviceChoice, EngineState, GpuNote, Phase};
use crate::protocol::{DeviceKind, Event, Failure, Outcome, PROTOCOL_VERSION, Request, RunId};
use runs::Runs;

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
    /// It cannot have it, or there is no worker any more: everything asked is answered with this.
    Refused(Failure),
}

impl Supervisor {
    /// With what the person chose.
    pub fn new(choice: DeviceChoice) -> Self {
        let device = if choice == DeviceChoice::WebGpu { DeviceKind::WebGpu } else { DeviceKind::Cpu };
        let phase = Phase::Loading { done_bytes: 0, total_bytes: 0 };
        Self {
            state: EngineState { phase, device, choice, gpu: GpuNote::Unknown, open_run: None },
            active: None,
            candidate: None,
            open: Open::No,
            adapter: None,
            adapter_asked: false,
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
                (Open::Yes, Some(active)) => this.effects.push(Effect::Post(active.id, request)),
                (Open::Refused(failure), _) => {
                    let failure = failure.clone();
                    if let Some(run) = runs::of_request(&request) {
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
            if this.active.as_ref().is_some_and(|slot| slot.id == from) {
                this.event_of_active(event);
            } else if this.candidate.as_ref().is_some_and(|slot| slot.id == from) {
                this.event_of_candidate(event);
            }
        })
    }

    /// A worker died.
    pub fn died(&mut self, worker: WorkerId, detail: &str, now_ms: f64) -> Vec<Effect> {
        self.turn(|this| {
            if this.candidate.as_ref().is_some_and(|slot| slot.id == worker) {
                this.drop_candidate(Some(GpuNote::Failed { detail: detail.to_owned() }));
            } else if let Some(dead) = this.active.take_if(|slot| slot.id == worker) {
                this.deaths_ms.retain(|death_ms| now_ms - death_ms < DEATHS_WITHIN_MS);
                this.deaths_ms.push(now_ms);
                let failure = Failure::DeviceFailed { detail: detail.to_owned() };
                this.replace(dead, &failure, GpuNote::Failed { detail: detail.to_owned() });
            }
        })
    }

    /// Runs one turn: the change, then everything that has become possible by it.
    fn turn(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect> {
        let before = self.state.clone();
        change(self);
        self.pursue();
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
                if self.open == Open::Releasing {
                    self.hand_over();
                }
            }
            Event::Failed { run: None, failure } if !active.ready => {
                let failure = failure.clone();
                if let Some(dead) = self.active.take() {
                    self.start_failed(dead, failure);
                }
            }
            Event::Opened { .. } => {
                self.open = Open::Yes;
                self.effects.push(Effect::PassOn);
                let id = active.id;
                self.effects.extend(self.runs.take_waiting().map(|request| Effect::Post(id, request)));
            }
            _ => self.pass_on(event),
        }
    }

    fn pass_on(&mut self, event: &Event) {
        let run = runs::of_event(event);
        if run.is_some_and(|run| !self.runs.is_live(run)) {
            return;
        }
        if let Event::Failed { failure, .. } = event
            && self.open == Open::Asked
        {
            // Nothing else was asked before the project is open.
            self.open = Open::Refused(failure.clone());
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

    /// Starts or drops the candidate, so that it is the one that the choice asks for.
    fn pursue(&mut self) {
        let Some(active) = self.active.as_ref().filter(|active| active.ready) else { return };
        if self.open == Open::Releasing {
            return; // the takeover under way ends first
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
    fn consider_takeover(&mut self) {
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

    fn hand_over(&mut self) {
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
    fn open_project(&mut self) {
        let Some(active) = &mut self.active else { return };
        let run = self.runs.next();
        self.open = Open::Asked;
        self.state.open_run = Some(run);
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

    /// Ends what the dead worker was doing and starts a fresh one, on the processor: a browser blocks a page whose graphics
    /// chip fails twice.
    fn replace(&mut self, dead: Slot, failure: &Failure, gpu: GpuNote) {
        self.effects.push(Effect::Terminate(dead.id));
        self.open = Open::No;
        if dead.kind == DeviceKind::WebGpu {
            self.state.gpu = gpu;
        }
        let given = self.runs.given();
        self.fail(given, failure);
        if self.deaths_ms.len() > MOST_RESTARTS {
            return self.give_up(failure.clone());
        }
        self.state.phase = Phase::Restarting { detail: failure.to_string() };
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

    fn replace_wrong_gpu(&mut self) {
        let detail = "the self-test gave wrong numbers".to_owned();
        if let Some(wrong) = self.active.take() {
            self.replace(wrong, &Failure::DeviceFailed { detail }, GpuNote::Wrong);
        }
    }

    /// A worker could not start. Without a graphics chip the processor does it; without the processor nothing does.
    fn start_failed(&mut self, dead: Slot, failure: Failure) {
        if dead.kind == DeviceKind::WebGpu {
            let detail = failure.to_string();
            self.replace(dead, &failure, GpuNote::Failed { detail });
        } else {
            self.effects.push(Effect::Terminate(dead.id));
            self.give_up(failure);
        }
    }

    fn give_up(&mut self, failure: Failure) {
        self.drop_candidate(None);
        let all = self.runs.all();
        self.fail(all, &failure);
        self.state.phase = Phase::Failed(failure.clone());
        self.open = Open::Refused(failure);
    }

    fn ask_for_reload(&mut self) {
        self.drop_candidate(None);
        if let Some(active) = self.active.take() {
            self.effects.push(Effect::Terminate(active.id));
        }
        self.open = Open::No;
        self.state.phase = Phase::Reload;
    }

    /// Ends the candidate. `note` says why, if it was its own fault.
    fn drop_candidate(&mut self, note: Option<GpuNote>) {
        let Some(candidate) = self.candidate.take() else { return };
        self.effects.push(Effect::Terminate(candidate.id));
        match (candidate.kind, note) {
            (DeviceKind::WebGpu, Some(note)) => self.state.gpu = note,
            // The processor could not start while the graphics chip works: stay on it instead of trying for ever.
            (DeviceKind::Cpu, Some(_)) => self.state.choice = DeviceChoice::WebGpu,
            (_, None) => {}
        }
    }

    fn fail(&mut self, runs: Vec<RunId>, failure: &Failure) {
        for run in runs {
            self.runs.ended(run);
            self.effects.push(Effect::Tell(Event::Failed { run: Some(run), failure: failure.clone() }));
            self.effects.push(Effect::Tell(Event::Finished { run, outcome: Outcome::Failed }));
        }
    }

    fn spawn(&mut self, kind: DeviceKind) -> Slot {
        self.next_worker += 1;
        let id = WorkerId(self.next_worker);
        self.effects.push(Effect::Spawn(id, kind));
        Slot { id, kind, ready: false, measured: Measured::No }
    }
}
