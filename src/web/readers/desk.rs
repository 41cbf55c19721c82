//! The engine's end of the readers: hands photos out, and takes them back from a reader that dies.

use super::{
    DECODER, MOST_READERS, READER,
    message::{self, FromReader},
};
use crate::{
    engine::reading::{ReadPhoto, Reading},
    protocol::{DeviceKind, Failure},
    web::{
        bridge::{post, scope},
        decoding::read_photo,
        wire::FromWorker,
    },
};
use futures_channel::oneshot;
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Photos that a reader has at once: one that it reads and the next.
const AT_HAND: usize = 2;
/// Readers that may die before the engine reads by itself.
const MOST_DEATHS: u32 = 3;
/// Readers that may die of one photo before it counts as damaged.
const DEATHS_OF_ONE_PHOTO: u32 = 2;

/// The readers. A clone is another handle on the same ones.
#[derive(Clone)]
pub(in crate::web) struct Readers(Rc<Desk>);

struct Desk {
    /// Readers that are wanted; 0 once too many have died.
    wanted: Cell<usize>,
    name: &'static str,
    readers: RefCell<Vec<Reader>>,
    waiting: RefCell<VecDeque<Job>>,
    last_id: Cell<u32>,
    deaths: Cell<u32>,
}

struct Reader {
    id: u32,
    worker: Worker,
    is_ready: bool,
    jobs: VecDeque<Job>,
}

struct Job {
    id: u32,
    /// Kept until the photo is read: a reader may die of it.
    bytes: Vec<u8>,
    deaths: u32,
    tell: oneshot::Sender<Told>,
}

enum Told {
    Read(Result<ReadPhoto, Failure>),
    /// There are no readers any more.
    Unread(Vec<u8>),
}

impl Readers {
    /// As many as there are processors; none where there is only one.
    pub(in crate::web) fn beside(engine: DeviceKind) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number")]
        let processors = scope().navigator().hardware_concurrency() as usize;
        let name = match engine {
            DeviceKind::Cpu => READER,
            DeviceKind::WebGpu => DECODER,
        };
        Self(Rc::new(Desk {
            wanted: Cell::new(if processors < 2 { 0 } else { processors.min(MOST_READERS) }),
            name,
            readers: RefCell::default(),
            waiting: RefCell::default(),
            last_id: Cell::default(),
            deaths: Cell::default(),
        }))
    }

    /// Starts them. They load while the network is surely there: a person may switch it off before the first photo.
    pub(in crate::web) fn start(&self) {
        while self.0.readers.borrow().len() < self.count() && self.spawn() {}
    }

    /// Photos that are read at once.
    pub(in crate::web) fn count(&self) -> usize {
        self.0.wanted.get()
    }

    /// Begins to read a photo.
    pub(in crate::web) fn read(&self, bytes: Vec<u8>) -> Reading {
        if self.count() == 0 {
            return Box::pin(read_photo(bytes));
        }
        let (tell, told) = oneshot::channel();
        let job = Job { id: self.next_id(), bytes, deaths: 0, tell };
        self.0.waiting.borrow_mut().push_back(job);
        self.hand_out();
        Box::pin(async move {
            match told.await {
                Ok(Told::Read(read)) => read,
                Ok(Told::Unread(bytes)) => read_photo(bytes).await,
                Err(oneshot::Canceled) => Err(Failure::UnreadableFile), // never: a job is told before it is dropped
            }
        })
    }

    fn next_id(&self) -> u32 {
        self.0.last_id.set(self.0.last_id.get().wrapping_add(1));
        self.0.last_id.get()
    }

    /// Gives waiting photos to readers that have room.
    fn hand_out(&self) {
        let mut readers = self.0.readers.borrow_mut();
        let mut waiting = self.0.waiting.borrow_mut();
        while !waiting.is_empty() {
            let free = readers.iter_mut().filter(|reader| reader.is_ready && reader.jobs.len() < AT_HAND);
            let Some(reader) = free.min_by_key(|reader| reader.jobs.len()) else { return };
            let Some(job) = waiting.pop_front() else { return };
            let (message, handed_over) = message::job(job.id, &job.bytes);
            let _ = reader.worker.post_message_with_transfer(&message, &handed_over); // bytes always go through
            reader.jobs.push_back(job);
        }
    }

    /// Starts a reader; whether the browser let it.
    fn spawn(&self) -> bool {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(self.0.name);
        let id = self.next_id();
        match Worker::new_with_options("worker-boot.js", &options) {
            Ok(worker) => {
                self.listen(id, &worker);
                let reader = Reader { id, worker, is_ready: false, jobs: VecDeque::new() };
                self.0.readers.borrow_mut().push(reader);
                true
            }
            Err(_) => {
                self.close();
                false
            }
        }
    }

    fn listen(&self, id: u32, worker: &Worker) {
        let readers = self.clone();
        let message =
            Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                match FromReader::from_message(&message.data()) {
                    Some(FromReader::Ready) => readers.ready(id),
                    Some(FromReader::Answer(job, read)) => readers.answered(id, job, read),
                    Some(FromReader::Asked(asked)) => post(&FromWorker::Asked(asked)),
                    Some(FromReader::Died(detail)) => readers.died(id, &detail),
                    None => readers.died(id, "a message that the engine does not know"),
                }
            });
        worker.set_onmessage(Some(message.into_js_value().unchecked_ref()));
        let readers = self.clone();
        let error = Closure::<dyn Fn(JsValue)>::new(move |_: JsValue| readers.died(id, "its script did not load"));
        worker.set_onerror(Some(error.into_js_value().unchecked_ref()));
    }

    fn ready(&self, id: u32) {
        if let Some(reader) = self.0.readers.borrow_mut().iter_mut().find(|reader| reader.id == id) {
            reader.is_ready = true;
        }
        self.hand_out();
    }

    fn answered(&self, id: u32, job: u32, read: Result<ReadPhoto, Failure>) {
        let job = self.0.readers.borrow_mut().iter_mut().find(|reader| reader.id == id).and_then(|reader| {
            let at = reader.jobs.iter().position(|other| other.id == job)?;
            reader.jobs.remove(at)
        });
        if let Some(job) = job {
            let _ = job.tell.send(Told::Read(read)); // nobody waits for a photo of a job that was cancelled
        }
        self.hand_out();
    }

    /// Its photos go to another reader, but not the one that it died of twice.
    fn died(&self, id: u32, detail: &str) {
        let at = self.0.readers.borrow().iter().position(|reader| reader.id == id);
        let Some(at) = at else { return };
        web_sys::console::warn_1(&format!("a reader died: {detail}").into());
        let reader = self.0.readers.borrow_mut().remove(at);
        reader.worker.terminate();
        self.0.deaths.set(self.0.deaths.get() + 1);
        let mut jobs = reader.jobs;
        if let Some(mut first) = jobs.pop_front() {
            first.deaths += 1;
            if first.deaths >= DEATHS_OF_ONE_PHOTO {
                let _ = first.tell.send(Told::Read(Err(Failure::DamagedPicture))); // as above
            } else {
                jobs.push_front(first);
            }
        }
        let mut waiting = self.0.waiting.borrow_mut();
        for job in jobs.into_iter().rev() {
            waiting.push_front(job);
        }
        drop(waiting);
        if self.0.deaths.get() >= MOST_DEATHS {
            self.close();
        } else if self.spawn() {
            self.hand_out();
        }
    }

    /// From now on the engine reads by itself.
    fn close(&self) {
        self.0.wanted.set(0);
        let readers = std::mem::take(&mut *self.0.readers.borrow_mut());
        let waiting = std::mem::take(&mut *self.0.waiting.borrow_mut());
        for reader in &readers {
            reader.worker.terminate();
        }
        for job in readers.into_iter().flat_map(|reader| reader.jobs).chain(waiting) {
            let _ = job.tell.send(Told::Unread(job.bytes)); // as above
        }
    }
}
