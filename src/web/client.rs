//! The page's end of the worker: sends requests, hands on events, and does what the supervisor decides.

use super::{
    Asked, DeviceChoice, EngineState, device,
    supervisor::{Effect, Supervisor, TICK_MS, WorkerId},
    wire::{FromPage, FromWorker, HANDLES_PER_MESSAGE, files_of},
    yield_now::yield_now,
};
use crate::protocol::{DeviceKind, Event, FileRef, Request, RunId};
use gloo::timers::callback::Interval;
use js_sys::Uint8Array;
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, HashMap, VecDeque},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{ErrorEvent, File, ImageBitmap, MessageEvent, Worker, WorkerOptions, WorkerType};

/// What the page does with what the engine tells.
pub struct Handlers {
    /// An event, with the bytes that travel beside it.
    pub event: Box<dyn Fn(Event, Option<Uint8Array>)>,
    /// The engine's state is another one now.
    pub engine: Box<dyn Fn(EngineState)>,
    /// Requests of the workers.
    pub asked: Box<dyn Fn(Vec<Asked>)>,
}

/// The page's end of the engine. A clone is another handle on the same one.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    handlers: Handlers,
    supervisor: RefCell<Supervisor>,
    workers: RefCell<BTreeMap<WorkerId, Worker>>,
    /// Handles of the files that a run still needs: when a worker dies, the next one gets them once more.
    files: RefCell<HashMap<FileRef, File>>,
    /// Which run needs which.
    needed: RefCell<BTreeMap<RunId, Vec<FileRef>>>,
    last_file: Cell<u32>,
    /// What is still to be done, in order: a handler may ask for more while it is being told something.
    todo: RefCell<VecDeque<(Effect, Option<Told>)>>,
    busy: Cell<bool>,
}

/// The event that [`Effect::PassOn`] speaks of.
type Told = (Event, Option<Uint8Array>);

impl Client {
    /// Starts the engine on the device that the address names, or else the one that was chosen last.
    pub fn start(handlers: Handlers) -> Self {
        let client = Self(Rc::new(Inner {
            handlers,
            supervisor: RefCell::new(Supervisor::new(device::initial_choice(), device::initial_note())),
            workers: RefCell::default(),
            files: RefCell::default(),
            needed: RefCell::default(),
            last_file: Cell::default(),
            todo: RefCell::default(),
            busy: Cell::default(),
        }));
        client.turn(None, Supervisor::start);
        let watched = client.clone();
        let tick = move || watched.turn(None, |supervisor| supervisor.tick(js_sys::Date::now()));
        Interval::new(TICK_MS, tick).forget(); // for the life of the page
        client
    }

    /// A run that was never used.
    pub fn next_run(&self) -> RunId {
        self.0.supervisor.borrow_mut().next_run()
    }

    /// Names a file; its handle travels with the next request that names it.
    pub fn register(&self, file: File) -> FileRef {
        self.0.last_file.set(self.0.last_file.get() + 1);
        let name = FileRef(self.0.last_file.get());
        self.0.files.borrow_mut().insert(name, file);
        name
    }

    /// Asks something of the engine, as soon as it has the project.
    pub fn send(&self, request: Request) {
        if let Some(run) = request.run() {
            let files: Vec<FileRef> = files_of(&request).iter().map(|incoming| incoming.file).collect();
            if !files.is_empty() {
                self.0.needed.borrow_mut().insert(run, files);
            }
        }
        self.turn(None, |supervisor| supervisor.send(request));
    }

    /// Hands a frame of the camera to the engine that has the project; there may be none. Nothing waits for its answer: a frame
    /// that is lost with its worker is not asked again.
    pub fn watch(&self, number: u32, picture: ImageBitmap) {
        let active = self.0.supervisor.borrow().owner();
        match active {
            Some(id) => self.post_message(id, &FromPage::Frame { number, picture }),
            None => picture.close(),
        }
    }

    /// Computes on another device, from the next idle moment on, and remembers it.
    pub fn choose_device(&self, choice: DeviceChoice) {
        device::remember(choice);
        self.turn(None, |supervisor| supervisor.choose(choice));
    }

    /// Another tab asks for the project; it gets it at an idle moment.
    pub fn give(&self) {
        self.turn(None, Supervisor::give);
    }

    /// Ends all workers for good, whatever they do: what they keep is about to be deleted.
    pub fn close(&self) {
        self.turn(None, Supervisor::close);
    }

    /// One turn of the supervisor, and everything it asks for.
    fn turn(&self, told: Option<Told>, decide: impl FnOnce(&mut Supervisor) -> Vec<Effect>) {
        let effects = decide(&mut self.0.supervisor.borrow_mut());
        let mut told = told;
        self.0.todo.borrow_mut().extend(effects.into_iter().map(|effect| {
            let told = if effect == Effect::PassOn { told.take() } else { None };
            (effect, told)
        }));
        if self.0.busy.replace(true) {
            return; // a handler asked: the loop below, further up the stack, goes on with it
        }
        while let Some((effect, told)) = self.next_effect() {
            self.perform(effect, told);
        }
        self.0.busy.set(false);
    }

    fn next_effect(&self) -> Option<(Effect, Option<Told>)> {
        self.0.todo.borrow_mut().pop_front()
    }

    fn perform(&self, effect: Effect, told: Option<Told>) {
        match effect {
            Effect::Spawn(id, kind) => self.spawn(id, kind),
            Effect::Terminate(id) => self.terminate(id),
            Effect::Post(id, request) => self.post(id, request),
            Effect::Ping(id) => self.post_message(id, &FromPage::Ping),
            Effect::AskAdapter => {
                let client = self.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    let found = device::has_adapter().await;
                    client.turn(None, |supervisor| supervisor.adapter(found));
                });
            }
            Effect::PassOn => {
                if let Some((event, payload)) = told {
                    self.tell(event, payload);
                }
            }
            Effect::Tell(event) => self.tell(event, None),
            Effect::State(state) => {
                device::remember_note(&state.gpu);
                (self.0.handlers.engine)(state);
            }
        }
    }

    fn tell(&self, event: Event, payload: Option<Uint8Array>) {
        if let Event::Finished { run, .. } = event {
            let files = self.0.needed.borrow_mut().remove(&run).unwrap_or_default();
            let mut registered = self.0.files.borrow_mut();
            files.iter().for_each(|file| drop(registered.remove(file)));
        }
        (self.0.handlers.event)(event, payload);
    }

    /// Sends a request with the first of its files' handles, and the others bit by bit, so that the page stays responsive.
    fn post(&self, id: WorkerId, request: Request) {
        let registered = self.0.files.borrow();
        let named = files_of(&request).iter();
        let mut files: Vec<_> =
            named.filter_map(|named| Some((named.file, registered.get(&named.file)?.clone()))).collect();
        drop(registered);
        let later = files.split_off(files.len().min(HANDLES_PER_MESSAGE));
        self.post_message(id, &FromPage::Asked { request: Some(request), files });
        if !later.is_empty() {
            let client = self.clone();
            wasm_bindgen_futures::spawn_local(async move { client.post_later(id, later).await });
        }
    }

    async fn post_later(&self, id: WorkerId, files: Vec<(FileRef, File)>) {
        let mut files = files.into_iter().peekable();
        while files.peek().is_some() {
            yield_now().await;
            let files = files.by_ref().take(HANDLES_PER_MESSAGE).collect();
            self.post_message(id, &FromPage::Asked { request: None, files });
        }
    }

    fn post_message(&self, id: WorkerId, message: &FromPage) {
        let (message, handed_over) = message.to_message();
        let post = |worker: &Worker| worker.post_message_with_transfer(&message, &handed_over);
        let posted = self.0.workers.borrow().get(&id).map(post);
        if let Some(Err(thrown)) = posted {
            self.died(id, &super::wire::detail_of(&thrown));
        }
    }

    fn spawn(&self, id: WorkerId, kind: DeviceKind) {
        let script = match kind {
            DeviceKind::Cpu => "worker-boot.js",
            DeviceKind::WebGpu => "worker-gpu-boot.js",
        };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        match Worker::new_with_options(script, &options) {
            Ok(worker) => {
                self.listen(id, &worker);
                self.0.workers.borrow_mut().insert(id, worker);
            }
            Err(thrown) => self.died(id, &super::wire::detail_of(&thrown)),
        }
    }

    /// The closures are kept for the life of the page: there are a handful of workers in it.
    fn listen(&self, id: WorkerId, worker: &Worker) {
        let client = self.clone();
        let message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            match FromWorker::from_message(&message.data()) {
                Some(FromWorker::Event(event, payload)) => {
                    client.turn(Some((event.clone(), payload)), |supervisor| supervisor.event(id, &event));
                }
                Some(FromWorker::Asked(asked)) => (client.0.handlers.asked)(asked),
                Some(FromWorker::Alive(step)) => client.turn(None, |supervisor| supervisor.alive(id, step)),
                Some(FromWorker::Died(detail)) => client.died(id, &detail),
                // A worker of another version: its first message is `Ready`, but even that may have changed.
                None => client.died(id, "a message that this page does not know"),
            }
        });
        worker.set_onmessage(Some(message.into_js_value().unchecked_ref()));
        let client = self.clone();
        let error = Closure::<dyn FnMut(web_sys::Event)>::new(move |error: web_sys::Event| {
            // A script that does not load sends a plain `Event`, which has no message.
            let detail = error.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
            client.died(id, &detail.unwrap_or_else(|| "the worker's script did not load".to_owned()));
        });
        let error: JsValue = error.into_js_value();
        worker.set_onerror(Some(error.unchecked_ref()));
        let client = self.clone();
        let unreadable = Closure::<dyn FnMut(web_sys::Event)>::new(move |_: web_sys::Event| {
            client.died(id, "a message that cannot be read");
        });
        worker.set_onmessageerror(Some(unreadable.into_js_value().unchecked_ref()));
    }

    fn died(&self, id: WorkerId, detail: &str) {
        web_sys::console::warn_1(&format!("the engine's worker died: {detail}").into());
        self.turn(None, |supervisor| supervisor.died(id, detail, js_sys::Date::now()));
    }

    fn terminate(&self, id: WorkerId) {
        if let Some(worker) = self.0.workers.borrow_mut().remove(&id) {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.set_onmessageerror(None);
            worker.terminate();
        }
    }
}
