//! What an interrupted import had not read: told after a reload, and gone on with when the files come again.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::ClassId,
    protocol::{Destination, Event, Failure, Incoming, Outcome, Request, RunId, Unfinished},
    store::{MemoryStore, Store, Table},
};
use support::{
    desk::{Desk, kept, left_out},
    pictures::Pattern,
};

const PHOTOS: u32 = 6;

/// A folder of two classes, some of whose files are replaced by what is no picture, of the same size.
fn folder(desk: &mut Desk<MemoryStore>, replaced: usize) -> Vec<Incoming> {
    let mut files = Vec::new();
    for pattern in [Pattern::Discs, Pattern::Stripes] {
        for number in 0..PHOTOS {
            let png = pattern.png(number);
            let bytes = if files.len() < replaced { vec![0; png.len()] } else { png };
            files.push(desk.file(&format!("drawn/{}/{number}.png", pattern.name()), bytes));
        }
    }
    files
}

/// Asks, and works until so many photos are kept.
async fn begin(desk: &mut Desk<MemoryStore>, files: Vec<Incoming>, photos: usize) -> RunId {
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Folders });
    let all =
        |desk: &Desk<MemoryStore>| desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>();
    while kept(&all(desk)) < photos {
        desk.engine.step().await;
    }
    run
}

/// What was told last of unfinished imports.
fn unfinished(desk: &Desk<MemoryStore>) -> Option<Vec<Unfinished>> {
    desk.events.borrow().iter().rev().find_map(|(event, _)| match event {
        Event::Unfinished { all } => Some(all.clone()),
        _ => None,
    })
}

async fn entries(store: &MemoryStore) -> usize {
    store.scan(Table::Journal, "").await.expect("store").len()
}

#[tokio::test]
async fn a_reload_tells_what_was_not_read_and_choosing_again_opens_only_that() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    assert_eq!(unfinished(&desk), None, "there is nothing to tell of a new project");
    let files = folder(&mut desk, 0);
    begin(&mut desk, files, 5).await;
    drop(desk); // a reload: what the engine had in its hands is gone

    let mut desk = Desk::open(store.clone()).await;
    let told = unfinished(&desk).expect("told");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].left, told[0].total, told[0].into), (7, 12, Destination::Folders));

    // The five that are through would be no pictures, if they were opened.
    let files = folder(&mut desk, 5);
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!((kept(&events), left_out(&events)), (7, Vec::new()));
    assert_eq!(events.iter().filter(|event| matches!(event, Event::Known { .. })).count(), 5);
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
    assert_eq!(unfinished(&desk), Some(Vec::new()), "the notice goes as soon as it is gone on with");
    assert_eq!(entries(&store).await, 0, "and the entry with the import");
}

#[tokio::test]
async fn a_file_of_another_size_is_read_though_its_path_is_known() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let files = folder(&mut desk, 0);
    begin(&mut desk, files, 5).await;
    let mut desk = Desk::open(store).await;
    let mut files = folder(&mut desk, 0);
    files[2] = desk.file("drawn/discs/2.png", Pattern::Checks.png(50));
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(kept(&events), 8);
}

#[tokio::test]
async fn an_entry_ends_with_its_import_by_cancelling_and_by_closing_the_notice() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let files = folder(&mut desk, 0);
    let run = begin(&mut desk, files, 3).await;
    assert!(entries(&store).await > 0);
    desk.ask(Request::Cancel { run }).await;
    assert_eq!(entries(&store).await, 0, "cancelled");

    let files = vec![desk.file("a.png", Pattern::Checks.png(1)), desk.file("b.png", Pattern::Checks.png(2))];
    begin(&mut desk, files, 4).await;
    drop(desk);
    let mut desk = Desk::open(store.clone()).await;
    let entry = unfinished(&desk).expect("told")[0].entry;
    desk.ask(Request::ForgetUnfinished { entry }).await;
    assert_eq!(unfinished(&desk), Some(Vec::new()));
    assert_eq!(entries(&store).await, 0, "closed");
    drop(desk);
    assert_eq!(unfinished(&Desk::open(store).await), None, "and not told again");
}

#[tokio::test]
async fn files_that_wait_behind_another_import_are_journaled_before_their_turn() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let (first, run) = (folder(&mut desk, 0), desk.run());
    let waiting = vec![desk.file("later.png", Pattern::Checks.png(1))];
    desk.engine.push(Request::Import { run, files: waiting, into: Destination::Unsorted });
    begin(&mut desk, first, 2).await;
    drop(desk);
    let told = unfinished(&Desk::open(store).await).expect("told");
    // The one that waited went first: it was asked for first.
    assert_eq!(told.iter().map(|one| (one.left, one.total)).collect::<Vec<_>>(), [(11, 12)]);
}

#[tokio::test]
async fn a_full_disk_leaves_its_list_and_a_class_that_is_gone_takes_its_list_along() {
    let store = MemoryStore::with_limit(60_000);
    let mut desk = Desk::open(store.clone()).await;
    desk.ask(Request::AddClass { name: "Discs".to_owned() }).await;
    let files: Vec<Incoming> =
        (0..9).map(|number| desk.file(&format!("{number}.png"), Pattern::Discs.png(number))).collect();
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Class(ClassId(1)) }).await;
    assert!(events.contains(&Event::Failed { run: Some(run), failure: Failure::StorageFull }), "{events:?}");
    let told = unfinished(&desk).expect("told");
    assert_eq!((told[0].total, told[0].left as usize), (9, 9 - kept(&events)));

    desk.ask(Request::Remove { photos: Vec::new(), classes: vec![ClassId(1)] }).await;
    drop(desk);
    let desk = Desk::open(store.clone()).await;
    assert_eq!(unfinished(&desk), None, "there is no class for them any more");
    assert_eq!(entries(&store).await, 0);
}
