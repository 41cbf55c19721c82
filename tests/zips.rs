//! Zips of photos: their folders are read as folders are, and what is wrong in one costs nothing else.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    protocol::{Destination, Event, Failure, Outcome, Request},
    store::{MemoryStore, Store, Table},
};
use std::io::{Cursor, Write};
use support::{
    desk::{Desk, kept, left_out},
    pictures::Pattern::{Discs, Stripes},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A zip of these files, packed as most programs do.
fn packed(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*path, options).expect("a path");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

fn leaves() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("leaves/oak/2.png", Stripes.png(2)),
        ("leaves/oak/1.png", Stripes.png(1)),
        ("leaves/birch/1.png", Discs.png(1)),
        ("__MACOSX/leaves/oak/._1.png", b"litter".to_vec()),
        ("leaves/.DS_Store", b"litter".to_vec()),
    ]
}

async fn import<S: Store>(desk: &mut Desk<S>, name: &str, zip: Vec<u8>) -> Vec<Event> {
    let file = desk.file(name, zip);
    let run = desk.run();
    desk.ask(Request::Import { run, files: vec![file], into: Destination::Folders }).await
}

/// Class and name of each photo that was kept, in order.
fn photos(events: &[Event]) -> Vec<String> {
    let photo = |event: &Event| match event {
        Event::PhotoKept { photo, .. } => Some(photo.name.clone()),
        _ => None,
    };
    events.iter().filter_map(photo).collect()
}

#[tokio::test]
async fn the_folders_of_a_zip_are_classes_and_litter_is_passed_over() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let events = import(&mut desk, "Leaves.ZIP", packed(&leaves())).await;
    assert_eq!(photos(&events), ["1.png", "1.png", "2.png"]);
    assert_eq!(left_out(&events), []);
    let classes = events.iter().rev().find_map(|event| match event {
        Event::Classes { classes } => Some(classes.iter().map(|class| class.name.clone()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(classes.expect("classes"), ["birch", "oak"]);
    let total = events.iter().rev().find_map(|event| match event {
        Event::Progressed { progress, .. } => Some((progress.done, progress.total)),
        _ => None,
    });
    assert_eq!(total, Some((3, 3)));
    assert_eq!(store.scan(Table::Journal, "").await.expect("store"), [], "nothing is left to be read");
    // One undo takes back all of it, and the same zip once more brings nothing twice.
    let again = import(&mut desk, "Leaves.zip", packed(&leaves())).await;
    assert_eq!((kept(&again), left_out(&again).len()), (0, 3));
}

#[tokio::test]
async fn a_zip_that_was_interrupted_goes_on_where_it_was() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let file = desk.file("leaves.zip", packed(&leaves()));
    let run = desk.run();
    desk.engine.push(Request::Import { run, files: vec![file], into: Destination::Folders });
    while kept(&desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>()) == 0 {
        desk.engine.step().await;
    }
    let mut again = Desk::open(store).await;
    let told =
        again.events.borrow().iter().any(|(event, _)| matches!(event, Event::Unfinished { all } if !all.is_empty()));
    assert!(told, "what was not read is told");
    let events = import(&mut again, "leaves.zip", packed(&leaves())).await;
    assert_eq!((kept(&events), left_out(&events)), (2, Vec::new()), "what was there is passed over without a word");
}

#[tokio::test]
async fn what_is_wrong_in_a_zip_costs_nothing_else() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let mut files = leaves();
    files.push(("leaves/oak/notes.txt", b"no picture".to_vec()));
    files.push(("leaves/oak/inner.zip", packed(&leaves())));
    files.push(("../../outside/3.png", Stripes.png(3)));
    let mut zip = packed(&files);
    // One byte of the first photo's packed bytes is another one.
    zip[60] ^= 0xFF;
    let events = import(&mut desk, "leaves.zip", zip).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
    let wrong = left_out(&events);
    assert!(wrong.contains(&("leaves/oak/notes.txt".to_owned(), Failure::NotAPicture)), "{wrong:?}");
    assert!(wrong.contains(&("leaves/oak/2.png".to_owned(), Failure::UnreadableFile)), "{wrong:?}");
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert_eq!(photos(&events), ["3.png", "1.png", "1.png"], "a path that leads out of it is only a name");
}

#[tokio::test]
async fn a_zip_that_cannot_be_one_is_left_out_and_the_files_beside_it_are_read() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let whole = packed(&leaves());
    let cases = [
        ("noise.zip", b"PK\x03\x04 and nothing more".to_vec(), Failure::UnreadableZip),
        ("cut.zip", whole[..whole.len() / 2].to_vec(), Failure::UnreadableZip),
        ("project.zip", packed(&[("headstart.json", b"{}".to_vec())]), Failure::IsProject),
    ];
    for (name, bytes, failure) in cases {
        let zip = desk.file(name, bytes);
        let photo = desk.file(&format!("with/{name}.png"), Stripes.png(u32::try_from(name.len()).expect("short")));
        let run = desk.run();
        let events = desk.ask(Request::Import { run, files: vec![zip, photo], into: Destination::Folders }).await;
        assert_eq!(left_out(&events), [(name.to_owned(), failure)]);
        assert_eq!(kept(&events), 1, "{name}");
    }
}

#[tokio::test]
async fn an_entry_that_expands_without_end_is_refused_before_it_takes_room() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    // 300 MB of zeros are 300 KB in a zip.
    let zip = packed(&[("bomb/zeros.png", vec![0; 300 << 20]), ("bomb/1.png", Discs.png(5))]);
    assert!(zip.len() < 1 << 20);
    let events = import(&mut desk, "bomb.zip", zip).await;
    assert!(matches!(left_out(&events).as_slice(), [(_, Failure::FileTooLarge { .. })]), "{:?}", left_out(&events));
    assert_eq!(kept(&events), 1);
}
