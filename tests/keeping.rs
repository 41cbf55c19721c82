//! What the engine keeps: edits, the trash, and everything up to the photo for which there was no room.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Destination, Event, Failure, Outcome, Request},
    store::{MemoryStore, Store, StoreError, Table, Write},
};
use std::{cell::Cell, rc::Rc};
use support::{
    desk::Desk,
    pictures::Pattern::{self, Checks, Discs, Stripes},
};

const PATTERNS: [Pattern; 3] = [Stripes, Discs, Checks];

/// Imports `photos` pictures of each pattern from folders.
async fn import<S: Store>(desk: &mut Desk<S>, photos: u32) -> Vec<Event> {
    let mut files = Vec::new();
    for pattern in PATTERNS {
        for number in 0..photos {
            files.push(desk.file(&format!("drawn/{}/{number}.png", pattern.name()), pattern.png(number)));
        }
    }
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Folders }).await
}

fn kept(events: &[Event]) -> usize {
    events.iter().filter(|event| matches!(event, Event::PhotoKept { .. })).count()
}

fn left_out(events: &[Event]) -> Vec<(String, Failure)> {
    events
        .iter()
        .filter_map(|event| match event {
            Event::LeftOut { path, failure, .. } => Some((path.clone(), failure.clone())),
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn edits_are_kept_and_the_trash_gives_back() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let files = vec![desk.file("1.png", Discs.png(1)), desk.file("2.png", Discs.png(2))];
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Unsorted }).await;
    desk.ask(Request::AddClass { name: "Discs".to_owned() }).await;
    let class = ClassId(1);
    let photos = vec![PhotoId(1), PhotoId(2)];
    desk.ask(Request::MovePhotos { photos: photos.clone(), class: Some(class) }).await;
    desk.ask(Request::RenameClass { class, name: "Rounds".to_owned() }).await;
    let removed = desk.ask(Request::RemoveClass { class }).await;
    assert!(removed.contains(&Event::PhotosGone { photos: photos.clone() }));
    let back = headstart::dataset::Class { id: class, name: "Rounds".to_owned() };
    desk.ask(Request::RestoreClass { class: back, at: 0, photos: photos.clone() }).await;
    desk.ask(Request::TrashPhotos { photos: vec![PhotoId(2)] }).await;
    drop(desk);

    let again = Desk::open(store.clone()).await;
    let view = again.events.borrow().iter().find_map(|(event, _)| match event {
        Event::Opened { project, .. } => Some(project.clone()),
        _ => None,
    });
    let view = view.expect("opened");
    assert_eq!(view.classes.len(), 1);
    assert_eq!(view.classes[0].name, "Rounds");
    assert_eq!(
        view.photos.iter().map(|photo| (photo.id, photo.class)).collect::<Vec<_>>(),
        [(PhotoId(1), Some(class))]
    );
    // What lay in the trash is gone for good, pixels included.
    for table in [Table::Photos, Table::Copies, Table::Thumbs] {
        assert_eq!(store.scan(table, "").await.expect("store").len(), 1, "{table:?}");
    }
}

/// A store that is full after a number of commits.
struct Filling {
    inner: MemoryStore,
    left: Rc<Cell<u32>>,
}

impl Store for Filling {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.get(table, key).await
    }

    async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        self.inner.scan(table, prefix).await
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let left = self.left.get().checked_sub(1).ok_or(StoreError::Full)?;
        self.left.set(left);
        self.inner.commit(writes).await
    }

    fn is_durable(&self) -> bool {
        true
    }
}

#[tokio::test]
async fn a_full_disk_is_told_and_what_was_kept_stays() {
    let inner = MemoryStore::default();
    let left = Rc::new(Cell::new(3));
    let mut desk = Desk::open(Filling { inner: inner.clone(), left: left.clone() }).await;
    let events = import(&mut desk, 2).await;
    assert_eq!(kept(&events), 3);
    assert!(
        events.iter().any(|event| matches!(event, Event::Failed { failure: Failure::StorageFull, .. })),
        "{events:?}"
    );
    assert_eq!(Desk::<Filling>::outcome(&events), Some(Outcome::Failed));
    drop(desk);

    // With room again, the rest can be added; nothing is doubled.
    let mut again = Desk::open(inner).await;
    let events = import(&mut again, 2).await;
    assert_eq!((kept(&events), left_out(&events).len()), (3, 3));
}
