//! Everything that a person changes can be taken back and made again, one step after the other, across reloads.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, Deed, PhotoId},
    protocol::{Destination, Event, Failure, Mark, News, ProjectView, Request},
    store::{MemoryStore, Store, Table, Write, keys},
};
use support::{
    desk::{Desk, kept},
    pictures::Pattern::{self, Checks, Discs, Stripes},
};

/// What a person sees of the project.
async fn seen(store: &MemoryStore) -> ProjectView {
    match Desk::closed(store.clone()).engine.look().await {
        Ok(Event::Seen { project, .. }) => project,
        other => panic!("{other:?}"),
    }
}

/// What can be taken back and made again, as it was told last.
fn history(desk: &Desk<MemoryStore>) -> (Option<Deed>, Option<Deed>) {
    let told = desk.events.borrow().iter().rev().find_map(|(event, _)| match event {
        Event::History { undo, redo, .. } => Some((undo.clone(), redo.clone())),
        _ => None,
    });
    told.expect("told when the project opens")
}

fn photos(ids: &[u32]) -> Vec<PhotoId> {
    ids.iter().copied().map(PhotoId).collect()
}

/// One of each edit.
fn edits() -> Vec<Request> {
    let mark = |ids: &[u32], mark| Request::Mark { photos: photos(ids), mark };
    vec![
        Request::RenameProject { name: "Drawn".to_owned() },
        Request::AddClass { name: "empty".to_owned() },
        Request::RenameClass { class: ClassId(1), name: "lines".to_owned() },
        Request::MovePhotos { photos: photos(&[1, 5]), class: Some(ClassId(3)) },
        Request::MovePhotos { photos: photos(&[2]), class: None },
        Request::ShiftClass { class: ClassId(3), up: true },
        Request::ShiftClass { class: ClassId(1), up: false },
        Request::MergeClasses { from: ClassId(2), into: ClassId(1) },
        mark(&[1, 2, 3], Mark::Tag { tag: "night".to_owned() }),
        mark(&[1, 3], Mark::Untag { tag: "night".to_owned() }),
        mark(&[3, 4], Mark::Exclude),
        mark(&[4], Mark::Include),
        mark(&[5, 6, 7], Mark::OneScene),
        mark(&[7], Mark::Alone),
        Request::Remove { photos: photos(&[6]), classes: Vec::new() },
        Request::Remove { photos: photos(&[2]), classes: vec![ClassId(1), ClassId(3)] },
        Request::RenameProject { name: String::new() },
    ]
}

#[tokio::test]
async fn every_edit_is_taken_back_and_made_again_across_reloads() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let mut views = vec![seen(&store).await];
    assert_eq!(history(&desk), (None, None));
    desk.import(&[Stripes, Discs], 4).await;
    views.push(seen(&store).await);
    for edit in edits() {
        let events = desk.ask(edit.clone()).await;
        let done = events.iter().filter(|event| matches!(event, Event::History { news: News::Done(_), .. })).count();
        assert_eq!(done, 1, "{edit:?}: {events:?}");
        views.push(seen(&store).await);
        assert_ne!(views[views.len() - 2], views[views.len() - 1], "{edit:?} changed nothing");
    }

    for round in 0..2 {
        for (at, view) in views.iter().enumerate().rev().skip(1) {
            if at % 4 == round {
                desk = Desk::open(store.clone()).await;
            }
            let events = desk.ask(Request::Undo).await;
            let failed = events.iter().any(|event| matches!(event, Event::Failed { .. }));
            assert!(!failed, "{events:?}");
            assert_eq!(seen(&store).await, *view, "back to step {at}");
        }
        assert_eq!(history(&desk).0, None);
        assert_eq!(desk.ask(Request::Undo).await, [Event::Served], "there is nothing before the first step");
        for (at, view) in views.iter().enumerate().skip(1) {
            if at % 3 == round {
                desk = Desk::open(store.clone()).await;
            }
            desk.ask(Request::Redo).await;
            assert_eq!(seen(&store).await, *view, "again at step {at}");
        }
        assert_eq!(history(&desk).1, None);
    }
}

#[tokio::test]
async fn photos_that_come_back_have_their_pools_and_the_head_its_names() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Discs], 4).await;
    let run = desk.run();
    desk.ask(Request::Train { run }).await;
    desk.ask(Request::RenameClass { class: ClassId(1), name: "lines".to_owned() }).await;
    desk.ask(Request::Remove { photos: Vec::new(), classes: vec![ClassId(2)] }).await;
    drop(desk);

    let mut desk = Desk::open(store).await;
    desk.ask(Request::Undo).await;
    let events = desk.ask(Request::Undo).await;
    let names = events.iter().rev().find_map(|event| match event {
        Event::Heads(heads) => heads.all.first().map(|head| head.classes.clone()),
        _ => None,
    });
    let names: Vec<String> = names.expect("told").into_iter().map(|class| class.name).collect();
    assert_eq!(names, ["stripes", "discs"]);
    let opened = desk.events.borrow().iter().any(|(event, _)| matches!(event, Event::Opened { unread: 0, .. }));
    assert!(opened, "no pools are missing");
}

#[tokio::test]
async fn a_new_edit_ends_what_was_taken_back_and_old_steps_make_room() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    for name in ["a", "b", "c"] {
        desk.ask(Request::AddClass { name: name.to_owned() }).await;
    }
    desk.ask(Request::Undo).await;
    desk.ask(Request::Undo).await;
    let named = |name: &str| Some(Deed::ClassAdded { name: name.to_owned() });
    assert_eq!(history(&desk), (named("a"), named("b")));
    desk.ask(Request::AddClass { name: "d".to_owned() }).await;
    assert_eq!(history(&desk), (named("d"), None));
    assert_eq!(store.scan(Table::Steps, "").await.expect("memory").len(), 2);

    // What changes nothing is no step.
    desk.ask(Request::RenameClass { class: ClassId(1), name: "a".to_owned() }).await;
    desk.ask(Request::Remove { photos: photos(&[77]), classes: vec![ClassId(77)] }).await;
    assert_eq!(history(&desk), (named("d"), None));

    for number in 0..120 {
        desk.ask(Request::RenameProject { name: format!("{number}") }).await;
    }
    assert_eq!(store.scan(Table::Steps, "").await.expect("memory").len(), 100);
    for _ in 0..120 {
        desk.ask(Request::Undo).await;
    }
    assert_eq!((seen(&store).await.name.as_str(), history(&desk).0), ("19", None));
}

#[tokio::test]
async fn what_came_beside_a_step_stays_when_it_is_taken_back() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.ask(Request::AddClass { name: "discs".to_owned() }).await;
    let files = (0..4).map(|number| desk.file(&format!("drawn/discs/{number}.png"), Discs.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Folders });
    while kept(&desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>()) < 2 {
        desk.engine.step().await;
    }
    // An edit while photos are read: the photos that come after it are there all the same.
    desk.ask(Request::Mark { photos: photos(&[1]), mark: Mark::Exclude }).await;
    assert_eq!(history(&desk).0, Some(Deed::Added { photos: 4 }));
    desk.ask(Request::Undo).await;
    assert_eq!(seen(&store).await.photos.len(), 0);
    desk.ask(Request::Undo).await;
    assert_eq!(seen(&store).await.photos.len(), 0, "what was added after an edit does not come back with it");
    desk.ask(Request::Redo).await;
    desk.ask(Request::Redo).await;
    let now = seen(&store).await;
    assert_eq!(now.photos.iter().map(|photo| photo.excluded).collect::<Vec<_>>(), [true, false, false, false]);

    // An import that was cut off is no step: taking the class back leaves its photos, without a class.
    let run = desk.run();
    let file = desk.file("drawn/discs/9.png", Discs.png(9));
    desk.engine.push(Request::Import { run, files: vec![file], into: Destination::Folders });
    desk.engine.step().await;
    desk.engine.step().await;
    drop(desk);
    let mut desk = Desk::open(store.clone()).await;
    for _ in 0..3 {
        desk.ask(Request::Undo).await;
    }
    let now = seen(&store).await;
    assert_eq!((now.classes.len(), now.photos.len()), (0, 1));
    assert_eq!(now.photos[0].class, None);
}

#[tokio::test]
async fn a_photo_whose_like_was_added_meanwhile_stays_in_the_trash() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Checks], 2).await;
    desk.ask(Request::Remove { photos: photos(&[1, 2]), classes: Vec::new() }).await;
    // Cut off before its end: no step of its own lies in between.
    let run = desk.run();
    let file = desk.file("drawn/stripes/again.png", Stripes.png(0));
    desk.engine.push(Request::Import { run, files: vec![file], into: Destination::Folders });
    desk.engine.step().await;
    desk.engine.step().await;
    drop(desk);

    let mut desk = Desk::open(store.clone()).await;
    let events = desk.ask(Request::Undo).await;
    let told = Event::Failed { run: None, failure: Failure::Duplicate { name: "again.png".to_owned() } };
    assert!(events.contains(&told), "{events:?}");
    let now = seen(&store).await;
    assert_eq!(now.photos.iter().map(|photo| photo.id.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
}

#[tokio::test]
async fn the_trash_is_purged_after_a_week_or_at_once_and_steps_that_led_to_it_do_no_harm() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes], 3).await;
    desk.ask(Request::Remove { photos: photos(&[1]), classes: Vec::new() }).await;
    drop(desk);
    // Eight days go by.
    let project = seen(&store).await.id;
    let key = keys::photo(project, PhotoId(1));
    let record = store.get(Table::Photos, &key).await.expect("memory").expect("kept");
    let mut photo: headstart::dataset::Photo = serde_json::from_slice(&record).expect("a photo");
    photo.trashed_ms = photo.trashed_ms.map(|ms| ms - 8 * 24 * 60 * 60 * 1_000);
    let older = serde_json::to_vec(&photo).expect("plain data");
    store.commit(vec![Write::Put(Table::Photos, key.clone(), older)]).await.expect("memory");

    let mut desk = Desk::open(store.clone()).await;
    assert_eq!(store.get(Table::Copies, &key).await.expect("memory"), None);
    desk.ask(Request::Undo).await;
    assert_eq!(seen(&store).await.photos.len(), 2);

    desk.ask(Request::Remove { photos: photos(&[2]), classes: Vec::new() }).await;
    let events = desk.ask(Request::EmptyTrash).await;
    assert!(events.iter().any(|event| matches!(event, Event::History { trashed: 0, undo: None, .. })), "{events:?}");
    for table in [Table::Photos, Table::Copies, Table::Thumbs] {
        assert_eq!(store.scan(table, "").await.expect("memory").len(), 1, "{table:?}");
    }
    assert_eq!(store.scan(Table::Steps, "").await.expect("memory").len(), 0);
    assert_eq!(desk.ask(Request::Undo).await, [Event::Served]);
}

#[tokio::test]
async fn a_merged_class_brings_its_photos_and_none_is_there_twice() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Discs], 3).await;
    // One of the stripes is among the discs as well.
    let run = desk.run();
    let file = desk.file("drawn/discs/same.png", Stripes.png(0));
    desk.ask(Request::Import { run, files: vec![file], into: Destination::Class(ClassId(2)) }).await;
    let before = seen(&store).await;
    assert_eq!(before.photos.len(), 7);
    desk.ask(Request::MergeClasses { from: ClassId(1), into: ClassId(2) }).await;
    let now = seen(&store).await;
    assert_eq!(now.classes.iter().map(|class| class.name.as_str()).collect::<Vec<_>>(), ["discs"]);
    assert_eq!(now.photos.len(), 6);
    assert!(now.photos.iter().all(|photo| photo.class == Some(ClassId(2))));
    let told = Some(Deed::Merged { from: "stripes".to_owned(), into: "discs".to_owned() });
    assert_eq!(history(&desk).0, told);
    // With itself, or with one that is not there, nothing happens.
    desk.ask(Request::MergeClasses { from: ClassId(2), into: ClassId(2) }).await;
    desk.ask(Request::MergeClasses { from: ClassId(2), into: ClassId(9) }).await;
    assert_eq!(history(&desk).0, told);
    desk.ask(Request::Undo).await;
    assert_eq!(seen(&store).await, before);
}

#[tokio::test]
async fn a_class_is_split_in_one_step() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&Pattern::ALL, 4).await;
    let ids: Vec<PhotoId> = [1, 2].map(PhotoId).to_vec();
    let split = |name: &str| Request::SplitClass { photos: ids.clone(), name: name.to_owned() };
    let events = desk.ask(split(" thin stripes ")).await;
    let moved = events.iter().find_map(|event| match event {
        Event::PhotosPlaced { photos } => Some(photos.iter().map(|photo| (photo.id, photo.class)).collect::<Vec<_>>()),
        _ => None,
    });
    let class = events.iter().find_map(|event| match event {
        Event::Classes { classes } => classes.iter().find(|class| class.name == "thin stripes").map(|class| class.id),
        _ => None,
    });
    assert_eq!(moved.expect("moved"), ids.iter().map(|id| (*id, class)).collect::<Vec<_>>());
    let taken = desk.ask(split("thin stripes")).await;
    assert!(taken.iter().any(|event| matches!(event, Event::Failed { failure: Failure::ClassExists { .. }, .. })));
    let events = desk.ask(Request::Undo).await;
    let classes = events.iter().find_map(|event| match event {
        Event::Classes { classes } => Some(classes.len()),
        _ => None,
    });
    assert_eq!(classes, Some(3), "the class goes with the photos");
}
