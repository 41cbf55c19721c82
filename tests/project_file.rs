//! A project saved as a file and opened elsewhere is the same project; one that is opened is there whole or not at all.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    archive::Archive,
    dataset::{ClassId, PhotoId, ProjectId},
    protocol::{Destination, Event, Failure, Heads, Mark, Outcome, PhotoView, ProjectView, Request},
    store::{MemoryStore, Store, Table},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};
use support::{
    desk::{Desk, kept},
    pictures::Pattern,
};

/// A project with everything in it: classes, tags, bursts, an excluded photo, one of the test set, the trash, both heads.
async fn filled(store: MemoryStore) -> Desk<MemoryStore> {
    let mut desk = Desk::open(store).await;
    assert_eq!(kept(&desk.import(&Pattern::ALL, 5).await), 15);
    let file = desk.file("checks/900.png", Pattern::Checks.png(900));
    let run = desk.run();
    assert_eq!(kept(&desk.ask(Request::Import { run, files: vec![file], into: Destination::Test }).await), 1);
    let photos = |ids: &[u32]| ids.iter().copied().map(PhotoId).collect::<Vec<_>>();
    desk.ask(Request::RenameProject { name: "Drawn <things>".to_owned() }).await;
    desk.ask(Request::Mark { photos: photos(&[1, 6]), mark: Mark::Tag { tag: "night".to_owned() } }).await;
    desk.ask(Request::Mark { photos: photos(&[2, 3]), mark: Mark::OneScene }).await;
    desk.ask(Request::Mark { photos: photos(&[4]), mark: Mark::Exclude }).await;
    desk.ask(Request::Remove { photos: photos(&[5]), classes: Vec::new() }).await;
    desk.ask(Request::SetFalseUnknown { percent: 10 }).await;
    let run = desk.run();
    let events = desk.ask(Request::Train { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
    desk
}

/// The project as a file, and its name.
async fn save(desk: &mut Desk<MemoryStore>) -> (String, Vec<u8>) {
    let before = desk.events.borrow().len();
    let run = desk.run();
    let events = desk.ask(Request::SaveProject { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
    let (mut file, mut called) = (Vec::new(), None);
    for (event, bytes) in &desk.events.borrow()[before..] {
        match event {
            Event::ProjectPart { .. } => file.extend(bytes.clone().expect("a part has bytes")),
            Event::ProjectFile { name, .. } => {
                file.extend(bytes.clone().expect("the last part has bytes"));
                called = Some(name.clone());
            }
            _ => {}
        }
    }
    (called.expect("a name"), file)
}

async fn open(desk: &mut Desk<MemoryStore>, file: Vec<u8>) -> Vec<Event> {
    let file = desk.file("some.headstart.zip", file);
    let run = desk.run();
    desk.ask(Request::OpenProject { run, file }).await
}

/// What was told when a project was opened last, and the heads as they are now.
fn told(desk: &Desk<MemoryStore>) -> (ProjectView, Heads) {
    let (mut project, mut heads) = (None, Heads::default());
    for (event, _) in desk.events.borrow().iter() {
        match event {
            Event::Opened { project: opened, heads: all, .. } => (project, heads) = (Some(opened.clone()), all.clone()),
            Event::Heads(all) => heads = all.clone(),
            _ => {}
        }
    }
    (project.expect("opened"), heads)
}

async fn answers(desk: &mut Desk<MemoryStore>) -> Vec<(String, String, f32)> {
    let files = Pattern::ALL.map(|pattern| desk.file(&format!("{}.png", pattern.name()), pattern.png(90))).to_vec();
    let run = desk.run();
    Desk::<MemoryStore>::answers(&desk.ask(Request::Predict { run, files }).await)
}

/// Values by table and key.
type Contents = BTreeMap<(&'static str, String), Vec<u8>>;

/// Everything in a store.
async fn all(store: &MemoryStore) -> Contents {
    let mut all = BTreeMap::new();
    for table in Table::ALL {
        for (key, value) in store.scan(table, "").await.expect("store") {
            all.insert((table.name(), key), value);
        }
    }
    all
}

/// Both stores hold the same; otherwise names what differs.
fn same(left: &Contents, right: &Contents) {
    let keys: BTreeSet<_> = left.keys().chain(right.keys()).collect();
    let differ: Vec<_> = keys.into_iter().filter(|key| left.get(*key) != right.get(*key)).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

/// The photos of a store that is opened by a fresh engine.
async fn photos(store: &MemoryStore) -> Vec<PhotoView> {
    told(&Desk::open(store.clone()).await).0.photos
}

#[tokio::test]
async fn a_saved_project_is_the_same_elsewhere() {
    let (here, there) = (MemoryStore::new(), MemoryStore::new());
    let mut desk = filled(here.clone()).await;
    let (name, file) = save(&mut desk).await;
    assert_eq!(name, "Drawn-things.headstart.zip");
    let expected = answers(&mut desk).await;

    let mut elsewhere = Desk::open(there.clone()).await;
    let events = open(&mut elsewhere, file).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done), "{:?}", events.last());
    // As a reload of the first one tells it, but for its number in the store.
    drop(desk);
    let (before, heads) = told(&Desk::open(here.clone()).await);
    let (after, heads_after) = told(&elsewhere);
    assert_eq!(ProjectView { id: before.id, ..after }, before);
    assert_eq!(before.photos.len(), 15, "one is in the trash");
    assert_eq!(heads_after, heads);
    let answers = answers(&mut elsewhere).await;
    assert_eq!(answers, expected, "what was computed again is the same to the last bit");
    // Copies, thumbnails and records are the same bytes under another number.
    let photos = |all: Contents| {
        let of_photos = ["photos", "copies", "thumbs"];
        let all = all.into_iter().filter(move |((table, _), _)| of_photos.contains(table));
        all.map(|((table, key), value)| (table, key[9..].to_owned(), value)).collect::<Vec<_>>()
    };
    Desk::open(here.clone()).await.ask(Request::EmptyTrash).await;
    let purged = all(&here).await;
    assert!(photos(all(&there).await) == photos(purged));
    // And it goes on: numbers that were given once are not given again.
    assert_eq!(kept(&elsewhere.import(&[Pattern::Discs], 7).await), 2);
    assert_eq!(photos_of(&there).await, 17);
}

async fn photos_of(store: &MemoryStore) -> usize {
    photos(store).await.len()
}

#[tokio::test]
async fn a_project_that_is_opened_stands_beside_the_one_that_was_open() {
    let mut desk = filled(MemoryStore::new()).await;
    let (_, file) = save(&mut desk).await;
    let store = MemoryStore::new();
    let mut other = Desk::open(store.clone()).await;
    assert_eq!(kept(&other.import(&[Pattern::Stripes, Pattern::Discs], 3).await), 6);
    let old = |all: Contents| {
        all.into_iter()
            .filter(|((_, key), _)| key.starts_with("00000001") || key == "project/00000001")
            .collect::<Contents>()
    };
    let before = old(all(&store).await);
    open(&mut other, file).await;
    assert_eq!(told(&other).0.id, ProjectId(2));
    assert_eq!(photos_of(&store).await, 15, "it is the one that is opened next time");
    same(&old(all(&store).await), &before);
}

#[tokio::test]
async fn a_file_that_is_refused_changes_nothing() {
    let mut desk = filled(MemoryStore::new()).await;
    let (_, file) = save(&mut desk).await;
    let store = MemoryStore::new();
    let mut other = Desk::open(store.clone()).await;
    other.import(&[Pattern::Stripes, Pattern::Discs], 2).await;
    let before = all(&store).await;
    // No zip, cut off, and right up to its last photo: its picture is another one, with the right checksum of the zip.
    let mut changed = file.clone();
    let jpegs = (0..changed.len() - 3).filter(|&at| changed[at..].starts_with(b"\xFF\xD8\xFF")).collect::<Vec<_>>();
    changed[jpegs[jpegs.len() - 1] + 200] ^= 1;
    for refused in [b"no zip".to_vec(), file[..file.len() - 100].to_vec(), changed] {
        let events = open(&mut other, refused).await;
        assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Failed));
        let why = events.iter().find_map(|event| match event {
            Event::Failed { failure, .. } => Some(failure.clone()),
            _ => None,
        });
        assert!(matches!(why, Some(Failure::NotAProject { .. } | Failure::DamagedProject { .. })), "{why:?}");
        same(&all(&store).await, &before);
    }
    // The engine has the old project as before.
    let class = Some(ClassId(1));
    let events = other.ask(Request::MovePhotos { photos: vec![PhotoId(3)], class }).await;
    assert!(events.iter().any(|event| matches!(event, Event::PhotosPlaced { .. })));
}

#[tokio::test]
async fn an_opening_that_is_stopped_or_cut_off_leaves_nothing() {
    let mut desk = filled(MemoryStore::new()).await;
    let (_, file) = save(&mut desk).await;
    let store = MemoryStore::new();
    let mut other = Desk::open(store.clone()).await;
    other.import(&[Pattern::Stripes, Pattern::Discs], 2).await;
    let before = all(&store).await;

    // Until the first photos are kept, then stopped.
    let incoming = other.file("some.headstart.zip", file.clone());
    let run = other.run();
    other.engine.push(Request::OpenProject { run, file: incoming });
    while all(&store).await.len() < before.len() + 6 {
        other.engine.step().await;
    }
    let events = other.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
    same(&all(&store).await, &before);

    // The same, but the worker dies; the next one clears it up.
    let incoming = other.file("some.headstart.zip", file.clone());
    let run = other.run();
    other.engine.push(Request::OpenProject { run, file: incoming });
    while all(&store).await.len() < before.len() + 6 {
        other.engine.step().await;
    }
    drop(other);
    assert_eq!(photos_of(&store).await, 4);
    // The instant head was fitted anew, and the order of the texts in its file is left to chance.
    let without_file = |all: Contents| all.into_iter().filter(|((table, _), _)| *table != "head-files").collect();
    same(&without_file(all(&store).await), &without_file(before));
}

#[tokio::test]
async fn a_full_device_keeps_the_project_that_was_there() {
    let mut desk = filled(MemoryStore::new()).await;
    let (_, file) = save(&mut desk).await;
    let store = MemoryStore::with_limit(400_000);
    let mut other = Desk::open(store.clone()).await;
    assert_eq!(kept(&other.import(&[Pattern::Stripes, Pattern::Discs], 2).await), 4);
    let before = all(&store).await;
    let room = 400_000 - before.values().map(Vec::len).sum::<usize>();
    assert!(room < file.len(), "{room} bytes are left for {}", file.len());
    let events = open(&mut other, file).await;
    assert!(events.iter().any(|event| matches!(event, Event::Failed { failure: Failure::StorageFull, .. })));
    same(&all(&store).await, &before);
}

#[tokio::test]
async fn what_was_asked_of_the_old_project_ends_with_it() {
    let mut desk = filled(MemoryStore::new()).await;
    let (_, file) = save(&mut desk).await;
    let mut other = Desk::open(MemoryStore::new()).await;
    other.import(&[Pattern::Stripes, Pattern::Discs], 2).await;
    let incoming = other.file("some.headstart.zip", file);
    let opening = other.run();
    other.engine.push(Request::OpenProject { run: opening, file: incoming });
    let late = other.file("late.png", Pattern::Discs.png(77));
    let run = other.run();
    let events = other.ask(Request::Import { run, files: vec![late], into: Destination::Class(ClassId(1)) }).await;
    let ends: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Finished { run, outcome } => Some((*run, *outcome)),
            _ => None,
        })
        .collect();
    assert_eq!(ends, [(run, Outcome::Cancelled), (opening, Outcome::Done)]);
}

#[tokio::test]
async fn saving_can_be_stopped_and_what_happens_meanwhile_is_not_in_the_file() {
    let mut desk = Desk::open(MemoryStore::new()).await;
    desk.import(&Pattern::ALL, 5).await;
    let run = desk.run();
    desk.engine.push(Request::SaveProject { run });
    desk.engine.step().await;
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
    assert!(!events.iter().any(|event| matches!(event, Event::ProjectFile { .. })));

    let run = desk.run();
    desk.engine.push(Request::SaveProject { run });
    desk.engine.step().await;
    desk.ask(Request::Remove { photos: vec![PhotoId(15)], classes: Vec::new() }).await;
    let file = desk.events.borrow().iter().rev().find_map(|(_, bytes)| bytes.clone()).expect("a file");
    let mut archive = Archive::open(Cursor::new(file)).expect("a project");
    assert_eq!(archive.manifest().photos.len(), 15);
    assert!(archive.pictures(14).expect("its pictures").copy.is_some());
}
