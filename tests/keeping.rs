//! What the engine keeps: edits, the trash, and everything up to the photo for which there was no room.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Destination, Event, Failure, InstantState, Outcome, Request},
    store::{MemoryStore, Store, StoreError, Table, Write},
};
use std::{cell::Cell, rc::Rc};
use support::{
    desk::{Desk, kept, left_out},
    pictures::Pattern::{self, Discs},
};

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
    let removed = desk.ask(Request::Remove { photos: Vec::new(), classes: vec![class] }).await;
    assert!(removed.contains(&Event::PhotosGone { photos: photos.clone() }));
    desk.ask(Request::Undo).await;
    desk.ask(Request::Remove { photos: vec![PhotoId(2)], classes: Vec::new() }).await;
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
    drop(again);

    // What is purged from the trash is gone for good, pixels included.
    Desk::open(store.clone()).await.ask(Request::EmptyTrash).await;
    for table in [Table::Photos, Table::Copies, Table::Thumbs] {
        assert_eq!(store.scan(table, "").await.expect("store").len(), 1, "{table:?}");
    }
}

#[tokio::test]
async fn a_tab_that_waits_for_the_project_sees_it_and_changes_nothing() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let files = vec![desk.file("1.png", Discs.png(1)), desk.file("2.png", Discs.png(2))];
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Unsorted }).await;
    desk.ask(Request::AddClass { name: "Discs".to_owned() }).await;
    desk.ask(Request::MovePhotos { photos: vec![PhotoId(1)], class: Some(ClassId(1)) }).await;
    desk.ask(Request::Remove { photos: vec![PhotoId(2)], classes: Vec::new() }).await;
    let mut lying = Vec::new();
    for table in Table::ALL {
        lying.push(store.scan(table, "").await.expect("store"));
    }

    let watching = Desk::closed(store.clone());
    let Ok(Event::Seen { project, .. }) = watching.engine.look().await else { panic!("it cannot be seen") };
    assert_eq!(project.classes[0].name, "Discs");
    let photos: Vec<_> = project.photos.iter().map(|photo| (photo.id, photo.class)).collect();
    assert_eq!(photos, [(PhotoId(1), Some(ClassId(1)))]);
    for (table, before) in Table::ALL.into_iter().zip(lying) {
        assert_eq!(store.scan(table, "").await.expect("store"), before, "{table:?}");
    }
    // The other tab still has its trash.
    desk.ask(Request::Undo).await;
    let Ok(Event::Seen { project, .. }) = watching.engine.look().await else { panic!("it cannot be seen") };
    assert_eq!(project.photos.len(), 2);
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
    let left = Rc::new(Cell::new(4)); // the journal, and three photos
    let mut desk = Desk::open(Filling { inner: inner.clone(), left: left.clone() }).await;
    let events = desk.import(&Pattern::ALL, 2).await;
    assert_eq!(kept(&events), 3);
    assert!(
        events.iter().any(|event| matches!(event, Event::Failed { failure: Failure::StorageFull, .. })),
        "{events:?}"
    );
    assert_eq!(Desk::<Filling>::outcome(&events), Some(Outcome::Failed));
    drop(desk);

    // With room again, the rest can be added; what is there is passed over, and nothing is doubled.
    let mut again = Desk::open(inner).await;
    let events = again.import(&Pattern::ALL, 2).await;
    assert_eq!((kept(&events), left_out(&events).len()), (3, 0));
    let events = again.import(&Pattern::ALL, 2).await;
    assert_eq!((kept(&events), left_out(&events).len()), (0, 6));
}

#[tokio::test]
async fn a_disk_that_fills_up_while_a_head_is_fitted_leaves_the_one_from_before() {
    let left = Rc::new(Cell::new(u32::MAX));
    let mut desk = Desk::open(Filling { inner: MemoryStore::default(), left: left.clone() }).await;
    desk.import(&Pattern::ALL, 3).await;
    left.set(1); // for the edit itself
    let events = desk.ask(Request::Remove { photos: vec![PhotoId(1)], classes: Vec::new() }).await;
    assert!(events.contains(&Event::PhotosGone { photos: vec![PhotoId(1)] }));
    assert!(events.contains(&Event::Failed { run: None, failure: Failure::StorageFull }), "{events:?}");
    let state = events.iter().rev().find_map(|event| match event {
        Event::Instant { state } => Some(*state),
        _ => None,
    });
    assert_eq!(state, Some(InstantState::Ready));
    let files = vec![desk.file("asked.png", Discs.png(90))];
    let run = desk.run();
    let events = desk.ask(Request::Predict { run, files }).await;
    assert_eq!(Desk::<Filling>::answers(&events)[0].1, "discs");
}
