//! The worker's end: takes requests in, lets the engine work, sends its events.

use super::{
    frames::Frames,
    inbox::Inbox,
    owner::Owner,
    photo_source::{Files, Handles},
    pulse::Pulse,
    readers::{self, Readers},
    requests::Watch,
    weights,
    wire::{FromPage, FromWorker, detail_of, files_of},
    yield_now::yield_now,
};
use crate::{
    backbone::registry::LITE0,
    engine::{self, Emit, Engine},
    protocol::{DeviceKind, Event, Failure, Outcome, PROTOCOL_VERSION, Request, RunId},
    store::{AnyStore, DATABASE, IndexedDbStore, MemoryStore, Store, StoreError},
};
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{DedicatedWorkerGlobalScope, ImageBitmap, MessageEvent, PromiseRejectionEvent};

/// What arrived for the engine.
enum Arrived {
    Request(Request),
    /// A frame of the camera, with its number.
    Frame(u32, ImageBitmap),
}

/// Starts the engine in this worker, on a device, or what the worker's name says.
pub fn run(device: DeviceKind) {
    report_death();
    let watch = Watch::begin(&[], |asked| post(&FromWorker::Asked(asked)));
    let name = scope().name();
    if [readers::READER, readers::DECODER].contains(&name.as_str()) {
        wasm_bindgen_futures::spawn_local(async move {
            if let Err(failure) = readers::serve(name == readers::READER, &watch).await {
                post(&FromWorker::Died(failure.to_string()));
            }
        });
        return;
    }
    let inbox = Rc::new(Inbox::default());
    let files = Handles::default();
    let pulse = Rc::new(Pulse::default());
    listen(inbox.clone(), files.clone(), pulse.clone());
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(failure) = serve(device, &inbox, files, &watch, &pulse).await {
            send(Event::Failed { run: None, failure }, None);
        }
    });
}

/// This worker.
pub(super) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn send(event: Event, payload: Option<Vec<u8>>) {
    post(&FromWorker::Event(event, payload.map(|bytes| Uint8Array::from(bytes.as_slice()))));
}

/// Sends a message.
pub(super) fn post(message: &FromWorker) {
    post_with(message.to_message());
}

/// Sends a message with what is handed over instead of copied.
pub(super) fn post_with((message, handed_over): (JsValue, Array)) {
    let _ = scope().post_message_with_transfer(&message, &handed_over); // plain text and bytes always go through
}

/// A panic ends this instance for good, and a trap within an async function is seen by nobody but `unhandledrejection`: the
/// page is told by both ways, and starts a fresh worker.
fn report_death() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        let why = panic.payload_as_str().unwrap_or("a panic without words");
        post(&FromWorker::Died(why.to_owned()));
    }));
    let rejected = Closure::<dyn Fn(PromiseRejectionEvent)>::new(|rejection: PromiseRejectionEvent| {
        post(&FromWorker::Died(detail_of(&rejection.reason())));
    });
    let rejected = rejected.into_js_value();
    // It fails only for a scope that is no event target.
    let _ = scope().add_event_listener_with_callback("unhandledrejection", rejected.unchecked_ref());
}

/// A request is only laid down: the engine may be in the middle of a step.
fn listen(inbox: Rc<Inbox<Arrived>>, files: Handles, pulse: Rc<Pulse>) {
    let message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        match FromPage::from_message(&message.data()) {
            Some(FromPage::Asked { request, files: handles }) => {
                if let Some(request) = &request {
                    files.expect(files_of(request).iter().map(|incoming| incoming.file));
                }
                files.add(handles);
                if let Some(request) = request {
                    inbox.push(Arrived::Request(request));
                }
            }
            Some(FromPage::Frame { number, picture }) => inbox.push(Arrived::Frame(number, picture)),
            Some(FromPage::Ping) => post(&FromWorker::Alive(pulse.now())),
            None => post(&FromWorker::Died("a message that this worker does not know".to_owned())),
        }
    });
    scope().set_onmessage(Some(message.into_js_value().unchecked_ref()));
}

/// Starts the engine and serves the page until the worker ends.
///
/// # Errors
/// When the engine cannot start.
async fn serve(
    kind: DeviceKind,
    inbox: &Inbox<Arrived>,
    handles: Handles,
    watch: &Watch,
    pulse: &Pulse,
) -> Result<(), Failure> {
    let tell = |done_bytes| send(Event::Loading { done_bytes, total_bytes: LITE0.bytes }, None);
    tell(0);
    let device = pulse.step(engine::device::open(kind)).await?; // before the download, which is in vain without a device
    let weights = weights::fetch(&LITE0, tell).await?;
    let backbone = engine::device::load(&LITE0, &weights, &device, kind)?;
    drop(weights);
    let (store, refused) = open_store().await;

    let kept = store.is_durable();
    let owner = Owner::join();
    let emit: Emit = {
        let owner = owner.clone();
        Rc::new(move |event, payload| {
            owner.told(&event);
            send(event, payload);
        })
    };
    let readers = Readers::beside(kind);
    let files = Files { handles, readers: readers.clone() };
    let mut engine = Engine::new(store, files, backbone, kind, js_sys::Date::now, emit);
    let mut frames = Frames::default();
    watch.loaded();
    send(Event::Ready { protocol: PROTOCOL_VERSION, device: kind, backbone: LITE0.id.to_owned() }, None);
    loop {
        let mut asked = if engine.has_work() { inbox.take() } else { Some(inbox.wait().await) };
        while let Some(arrived) = asked {
            match (arrived, &refused) {
                (Arrived::Frame(number, picture), _) => {
                    // One that cannot be read is not answered; the page takes another.
                    if let Some(frame) = frames.read(number, &picture) {
                        engine.watch(frame);
                    }
                }
                (Arrived::Request(Request::Open { run }), Some(failure)) => refuse(run, failure.clone()),
                (Arrived::Request(request @ Request::Open { .. }), None) => {
                    // What is in memory is this tab's alone.
                    if kept {
                        owner.wait(&engine, |event| send(event, None)).await;
                    }
                    // Not before: a worker that only shows how fast it is must have the processors to itself.
                    readers.start();
                    engine.push(request);
                }
                (Arrived::Request(request), _) => engine.push(request),
            }
            asked = inbox.take();
        }
        if engine.has_work() {
            pulse.step(engine.step()).await;
            yield_now().await;
        }
    }
}

fn refuse(run: RunId, failure: Failure) {
    send(Event::Failed { run: Some(run), failure }, None);
    send(Event::Finished { run, outcome: Outcome::Failed }, None);
}

/// The store, or why the project must not be opened: a newer version's data is not hidden behind an empty project.
async fn open_store() -> (AnyStore, Option<Failure>) {
    match IndexedDbStore::open(DATABASE).await {
        Ok(store) => (AnyStore::IndexedDb(store), None),
        Err(StoreError::Newer) => (AnyStore::Memory(MemoryStore::new()), Some(Failure::StorageNewer)),
        Err(error) => {
            web_sys::console::warn_1(&format!("nothing can be kept: {error}").into());
            (AnyStore::Memory(MemoryStore::new()), None)
        }
    }
}
