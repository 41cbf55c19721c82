//! Projects that every version of the store has written, opened by this one. `HEADSTART_WRITE_SCHEMA=1` writes the one of the
//! present version: once, when [`SCHEMA`] has been counted up; those that are there stay as they are.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Destination, Event, HeadOrigin, Heads, Mark, ProjectView, Request},
    store::{MemoryStore, SCHEMA, Store, Table, Write},
};
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Read, Write as _},
    path::PathBuf,
};
use support::{
    desk::Desk,
    pictures::Pattern::{self, Discs, Stripes},
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

/// What the version that wrote a project said of it.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Told {
    /// Names of the classes, in order.
    classes: Vec<String>,
    /// The class of each photo that is not in the trash.
    labels: BTreeMap<u32, Option<u32>>,
    /// The trained head's best class for a picture that it never saw, and its probability.
    answer: (String, f32),
    /// Files that an import still had to read.
    left: u32,
}

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/schema"))
}

/// A version's store, what it told of it, and the picture that it answered.
struct Written {
    tables: BTreeMap<Table, Vec<(String, Vec<u8>)>>,
    told: Told,
    unseen: Vec<u8>,
}

fn read(name: &str) -> Written {
    let file = File::open(folder().join(name)).expect("part of the repository");
    let mut archive = ZipArchive::new(file).expect("a zip");
    let (mut tables, mut told, mut unseen) = (BTreeMap::<_, Vec<_>>::new(), None, None);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let (name, mut bytes) = (entry.name().expect("text").into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).expect("readable");
        match name.as_str() {
            "told.json" => told = Some(serde_json::from_slice(&bytes).expect("what was told")),
            "unseen.png" => unseen = Some(bytes),
            name => {
                let (table, key) = name.split_once('/').expect("table and key");
                let table = Table::ALL.into_iter().find(|it| it.name() == table).expect("tables are never renamed");
                tables.entry(table).or_default().push((key.to_owned(), bytes));
            }
        }
    }
    Written { tables, told: told.expect("in every file"), unseen: unseen.expect("in every file") }
}

fn opened(events: &[Event]) -> (ProjectView, Heads, u32) {
    let found = events.iter().find_map(|event| match event {
        Event::Opened { project, heads, unread, .. } => Some((project.clone(), heads.clone(), *unread)),
        _ => None,
    });
    found.expect("a project that opens")
}

fn left(events: &[Event]) -> u32 {
    let unfinished = events.iter().find_map(|event| match event {
        Event::Unfinished { all } => Some(all.iter().map(|one| one.left).sum()),
        _ => None,
    });
    unfinished.unwrap_or_default()
}

/// What this version says of the project that is open.
async fn tell(desk: &mut Desk<MemoryStore>, unseen: &[u8]) -> Told {
    let events: Vec<Event> = desk.events.borrow().iter().map(|(event, _)| event.clone()).collect();
    let (project, heads, _) = opened(&events);
    // Another version fits the instant head in another way.
    let trained = heads.all.iter().find(|head| head.origin == HeadOrigin::Trained).expect("it was trained");
    desk.ask(Request::UseHead { head: Some(trained.id) }).await;
    let (run, file) = (desk.run(), desk.file("unseen.png", unseen.to_vec()));
    let answers = desk.ask(Request::Predict { run, files: vec![file] }).await;
    let (_, class, probability) = Desk::<MemoryStore>::answers(&answers).remove(0);
    Told {
        classes: project.classes.iter().map(|class| class.name.clone()).collect(),
        labels: project.photos.iter().map(|photo| (photo.id.0, photo.class.map(|class| class.0))).collect(),
        answer: (class, probability),
        left: left(&events),
    }
}

#[tokio::test]
async fn every_version_of_the_store_is_opened_whole_and_goes_on() {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("part of the repository")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let newest = names.last().expect("at least one").split('-').next().map(str::to_owned);
    assert_eq!(newest, Some(SCHEMA.to_string()), "the present version has its file too");
    for name in names {
        let Written { tables, told, unseen } = read(&name);
        let store = MemoryStore::default();
        for (table, rows) in tables {
            let writes = rows.into_iter().map(|(key, bytes)| Write::Put(table, key, bytes)).collect();
            store.commit(writes).await.expect("memory");
        }
        let mut desk = Desk::open(store.clone()).await;
        let events: Vec<Event> = desk.events.borrow().iter().map(|(event, _)| event.clone()).collect();
        assert_eq!(opened(&events).2, 0, "{name}: all pools are there, nothing is computed again");
        let now = tell(&mut desk, &unseen).await;
        assert!((now.answer.1 - told.answer.1).abs() < 1e-3, "{name}: {} is now {}", told.answer.1, now.answer.1);
        assert_eq!(Told { answer: told.answer.clone(), ..now }, told, "{name}");
        assert_eq!(now.answer.0, told.answer.0, "{name}");

        // It can be changed, and is there as it was left.
        let class = ClassId(1);
        desk.ask(Request::RenameClass { class, name: "other".to_owned() }).await;
        desk.import(&[Stripes], 12).await;
        desk.ask(Request::Remove { photos: vec![PhotoId(1)], classes: Vec::new() }).await;
        drop(desk);
        let again = Desk::open(store).await;
        let events: Vec<Event> = again.events.borrow().iter().map(|(event, _)| event.clone()).collect();
        let (project, _, unread) = opened(&events);
        assert_eq!((project.classes[0].name.as_str(), unread), ("other", 0), "{name}");
        let before = told.labels.keys().filter(|id| **id != 1).all(|id| project.photos.iter().any(|p| p.id.0 == *id));
        assert!(before && project.photos.len() > told.labels.len(), "{name}: {:?}", project.photos);
    }
}

/// A project with everything that a person can make of it.
async fn write(store: &MemoryStore) -> Desk<MemoryStore> {
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Discs], 4).await;
    desk.ask(Request::RenameClass { class: ClassId(2), name: "rounds".to_owned() }).await;
    desk.ask(Request::MovePhotos { photos: vec![PhotoId(4)], class: Some(ClassId(2)) }).await;
    desk.ask(Request::Mark { photos: vec![PhotoId(3)], mark: Mark::Exclude }).await;
    let run = desk.run();
    desk.ask(Request::Train { run }).await;
    desk.ask(Request::Remove { photos: vec![PhotoId(8)], classes: Vec::new() }).await;
    let files = (0..3).map(|number| desk.file(&format!("more/{number}.png"), Pattern::Checks.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Unsorted });
    // One step notes the files in the journal, the next reads the first.
    for _ in 0..2 {
        desk.engine.step().await;
    }
    desk
}

#[tokio::test]
async fn the_present_version_writes_its_file_when_it_is_asked_to() {
    let store = MemoryStore::default();
    drop(write(&store).await);
    let mut again = Desk::open(store.clone()).await;
    let unseen = Stripes.png(9);
    let told = tell(&mut again, &unseen).await;
    assert_eq!((told.left, told.classes.len()), (2, 2));
    if std::env::var_os("HEADSTART_WRITE_SCHEMA").is_none() {
        return;
    }
    let mut archive = ZipWriter::new(File::create(folder().join(format!("{SCHEMA}-first.zip"))).expect("writable"));
    let mut put = |name: &str, bytes: &[u8]| {
        archive.start_file(name, SimpleFileOptions::default()).expect("a zip");
        archive.write_all(bytes).expect("writable");
    };
    put("unseen.png", &unseen);
    put("told.json", &serde_json::to_vec(&told).expect("plain data"));
    for table in Table::ALL {
        for (key, bytes) in store.scan(table, "").await.expect("memory") {
            put(&format!("{}/{key}", table.name()), &bytes);
        }
    }
    archive.finish().expect("writable");
}
