//! An engine at work natively, with files in memory instead of a browser.

use super::pictures::Pattern;
use headstart::{
    backbone::{Backbone, registry::LITE0},
    engine::{Engine, PhotoSource, Seekable},
    protocol::{Destination, DeviceKind, Event, Failure, FileRef, Incoming, Outcome, Request, RunId},
    store::Store,
};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// The files that requests name.
#[derive(Clone, Default)]
pub struct Files(Rc<RefCell<HashMap<FileRef, Vec<u8>>>>);

impl PhotoSource for Files {
    async fn size_bytes(&self, file: FileRef) -> Result<u64, Failure> {
        self.0.borrow().get(&file).map(|bytes| bytes.len() as u64).ok_or(Failure::UnreadableFile)
    }

    async fn bytes(&self, file: FileRef) -> Result<Vec<u8>, Failure> {
        self.0.borrow().get(&file).cloned().ok_or(Failure::UnreadableFile)
    }

    async fn open(&self, file: FileRef) -> Result<Box<dyn Seekable>, Failure> {
        Ok(Box::new(std::io::Cursor::new(self.bytes(file).await?)))
    }

    fn forget(&self, file: FileRef) {
        self.0.borrow_mut().remove(&file);
    }
}

/// What the engine said, with the bytes beside it.
pub type Said = (Event, Option<Vec<u8>>);

/// An engine, its files, and everything it said.
pub struct Desk<S> {
    pub engine: Engine<S, Files>,
    pub files: Files,
    pub events: Rc<RefCell<Vec<Said>>>,
    next: u32,
}

fn clock() -> f64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs_f64() * 1000.0
}

/// The weights that the app ships.
pub fn weights() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/static/models/");
    std::fs::read(format!("{path}{}", LITE0.file)).expect("the weights are part of the repository")
}

impl<S: Store> Desk<S> {
    /// An engine on the processor, with its project open.
    pub async fn open(store: S) -> Self {
        let mut desk = Self::closed(store);
        let run = desk.run();
        desk.ask(Request::Open { run }).await;
        desk
    }

    /// An engine on the processor that has opened no project.
    pub fn closed(store: S) -> Self {
        let backbone = Backbone::on_processor(&LITE0, &weights()).expect("our own weights");
        let events = Rc::<RefCell<Vec<Said>>>::default();
        let heard = events.clone();
        let emit = Rc::new(move |event, bytes| heard.borrow_mut().push((event, bytes)));
        let files = Files::default();
        let engine = Engine::new(store, files.clone(), backbone, DeviceKind::Cpu, clock, emit);
        Self { engine, files, events, next: 1 }
    }

    /// A fresh run.
    pub fn run(&mut self) -> RunId {
        self.next += 1;
        RunId(self.next)
    }

    /// Lays a file on the desk.
    pub fn file(&mut self, path: &str, bytes: Vec<u8>) -> Incoming {
        self.next += 1;
        let file = FileRef(self.next);
        self.files.0.borrow_mut().insert(file, bytes);
        Incoming { file, path: path.to_owned() }
    }

    /// Asks, and lets the engine work until nothing is left; what it said since.
    pub async fn ask(&mut self, request: Request) -> Vec<Event> {
        let before = self.events.borrow().len();
        self.engine.push(request);
        while self.engine.has_work() {
            self.engine.step().await;
        }
        self.events.borrow()[before..].iter().map(|(event, _)| event.clone()).collect()
    }

    /// Imports drawn pictures from folders: so many of each pattern.
    pub async fn import(&mut self, patterns: &[Pattern], photos: u32) -> Vec<Event> {
        let mut files = Vec::new();
        for pattern in patterns {
            for number in 0..photos {
                files.push(self.file(&format!("drawn/{}/{number}.png", pattern.name()), pattern.png(number)));
            }
        }
        let run = self.run();
        self.ask(Request::Import { run, files, into: Destination::Folders }).await
    }

    /// The answers among what the engine said: file name, best class, its probability.
    pub fn answers(events: &[Event]) -> Vec<(String, String, f32)> {
        events
            .iter()
            .filter_map(|event| match event {
                Event::Predicted { name, ranking, .. } => {
                    Some((name.clone(), ranking[0].name.clone(), ranking[0].probability))
                }
                _ => None,
            })
            .collect()
    }

    /// How a run ended.
    pub fn outcome(events: &[Event]) -> Option<Outcome> {
        events.iter().rev().find_map(|event| match event {
            Event::Finished { outcome, .. } => Some(*outcome),
            _ => None,
        })
    }
}

/// How many photos were kept.
pub fn kept(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::PhotoKept { .. })).count()
}

/// The files that were left out, and why.
pub fn left_out(events: &[Event]) -> Vec<(String, Failure)> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::LeftOut { path, failure, .. } => Some((path.clone(), failure.clone())),
            _ => None,
        })
        .collect()
}
