//! The heads that a project has: kept beside each other, compared, taken away and brought back.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{HeadId, MOST_MADE_HEADS},
    protocol::{Compared, ComparedPhoto, Destination, Event, Failure, FileRef, HeadOrigin, Heads, Outcome, Request},
    store::{MemoryStore, Store, Table},
};
use support::{
    desk::Desk,
    pictures::Pattern::{self, Checks, Discs, Stripes},
};

type Bench = Desk<MemoryStore>;

/// The heads as they were told last.
fn heads(desk: &Bench) -> Heads {
    let told = |(event, _): &(Event, Option<Vec<u8>>)| match event {
        Event::Heads(heads) | Event::Opened { heads, .. } => Some(heads.clone()),
        _ => None,
    };
    desk.events.borrow().iter().rev().find_map(told).expect("told")
}

/// Each head with its name, and which one answers; scores are left out, because a float that went through JSON may
/// differ in its last digit.
fn shelf(desk: &Bench) -> (Vec<(HeadId, String)>, Option<HeadId>) {
    let heads = heads(desk);
    (heads.all.into_iter().map(|head| (head.id, head.name)).collect(), heads.active)
}

/// The heads that were trained or opened.
fn made(desk: &Bench) -> Vec<HeadId> {
    heads(desk).all.iter().filter(|head| head.origin != HeadOrigin::Instant).map(|head| head.id).collect()
}

async fn train(desk: &mut Bench) -> HeadId {
    let run = desk.run();
    let events = desk.ask(Request::Train { run }).await;
    assert_eq!(Bench::outcome(&events), Some(Outcome::Done), "{events:?}");
    *made(desk).last().expect("trained")
}

/// The head of another project, as a file.
async fn head_file(patterns: &[Pattern]) -> Vec<u8> {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(patterns, 6).await;
    desk.ask(Request::ExportHead).await;
    let said = desk.events.borrow();
    said.iter().rev().find_map(|(_, bytes)| bytes.clone()).expect("the file")
}

/// A project with two heads that were trained one after the other.
async fn two_trained(store: MemoryStore) -> (Bench, [HeadId; 2]) {
    let mut desk = Desk::open(store).await;
    desk.import(&Pattern::ALL, 6).await;
    let trained = [train(&mut desk).await, train(&mut desk).await];
    (desk, trained)
}

async fn open_head(desk: &mut Bench, name: &str, bytes: Vec<u8>) -> HeadId {
    let (run, file) = (desk.run(), desk.file(name, bytes));
    desk.ask(Request::OpenHead { run, file }).await;
    *made(desk).last().expect("opened")
}

/// Asks about drawn photos; the files.
async fn ask(desk: &mut Bench, paths: &[(&str, Pattern, u32)]) -> Vec<FileRef> {
    let files: Vec<_> = paths.iter().map(|(path, pattern, number)| desk.file(path, pattern.png(*number))).collect();
    let (run, asked) = (desk.run(), files.iter().map(|file| file.file).collect());
    desk.ask(Request::Predict { run, files }).await;
    asked
}

async fn compare(desk: &mut Bench, heads: [HeadId; 2], files: Vec<FileRef>) -> Result<Vec<Compared>, Failure> {
    let run = desk.run();
    let events = desk.ask(Request::Compare { run, heads, files }).await;
    let found = events.into_iter().find_map(|event| match event {
        Event::Compared { heads: of, photos, .. } => Some(Ok((of, photos))),
        Event::Failed { failure, .. } => Some(Err(failure)),
        _ => None,
    });
    found.expect("an answer").map(|(of, photos)| {
        assert_eq!(of, heads);
        photos
    })
}

#[tokio::test]
async fn heads_are_kept_beside_each_other_and_across_a_reload() {
    let store = MemoryStore::default();
    let (mut desk, [first, second]) = two_trained(store.clone()).await;
    let file = head_file(&[Stripes, Discs]).await;
    let opened = open_head(&mut desk, "from/afar/Two.head.safetensors", file).await;
    assert_eq!(made(&desk), [first, second, opened]);
    assert_eq!(heads(&desk).active, Some(opened), "what was opened answers");
    assert_eq!(heads(&desk).all.last().map(|head| head.name.clone()).as_deref(), Some("Two.head.safetensors"));
    desk.ask(Request::UseHead { head: Some(first) }).await;
    let before = shelf(&desk);
    assert_eq!(before.1, Some(first));
    let desk = Desk::open(store).await;
    assert_eq!(shelf(&desk), before);
}

#[tokio::test]
async fn two_heads_answer_the_same_photos() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&Pattern::ALL, 6).await;
    let trained = train(&mut desk).await;
    let file = head_file(&[Stripes, Discs]).await;
    let opened = open_head(&mut desk, "two.head.safetensors", file).await;
    // Two photos set aside for judging, beside those that are asked about. Of one, neither head knows the class.
    let test =
        [desk.file("test/checks/90.png", Checks.png(90)), desk.file("test/discs/91.png", Discs.png(91))].to_vec();
    let run = desk.run();
    desk.ask(Request::Import { run, files: test, into: Destination::Test }).await;
    let paths = [("ask/stripes/95.png", Stripes, 95), ("ask/else/96.png", Discs, 96)];
    let files = ask(&mut desk, &paths).await;
    let photos = compare(&mut desk, [trained, opened], files.clone()).await.expect("both are there");
    let told: Vec<_> =
        photos.iter().map(|photo| (photo.label.as_deref(), [0, 1].map(|at| &photo.answers[at].class[..]))).collect();
    assert_eq!(told[..2], [(Some("stripes"), ["stripes", "stripes"]), (None, ["discs", "discs"])]);
    assert_eq!(
        (told[2].0, told[2].1[0]),
        (Some("checks"), "checks"),
        "the head of two classes cannot know it: {told:?}"
    );
    assert_ne!(told[2].1[1], "checks");
    assert_eq!(told[3], (Some("discs"), ["discs", "discs"]));
    assert!(matches!(photos[0].photo, ComparedPhoto::Asked(file) if file == files[0]));
    assert!(matches!(photos[2].photo, ComparedPhoto::Test(_)));
    // What each says alone is what it says beside the other.
    desk.ask(Request::UseHead { head: Some(opened) }).await;
    let (run, file) = (desk.run(), desk.file("again.png", Stripes.png(95)));
    let alone = Bench::answers(&desk.ask(Request::Predict { run, files: vec![file] }).await).remove(0);
    assert!((alone.2 - photos[0].answers[1].probability).abs() < 1e-3, "{alone:?} {:?}", photos[0]);
    // A photo that was never asked about is passed over; a head that is gone is told.
    assert_eq!(compare(&mut desk, [trained, opened], vec![FileRef(9_999)]).await.expect("both are there").len(), 2);
    desk.ask(Request::RemoveHead { head: opened }).await;
    assert_eq!(compare(&mut desk, [trained, opened], files).await, Err(Failure::NoHead));
}

#[tokio::test]
async fn a_removed_head_comes_back_with_its_place_and_its_choice() {
    let store = MemoryStore::default();
    let (mut desk, [first, second]) = two_trained(store.clone()).await;
    desk.ask(Request::UseHead { head: Some(first) }).await;
    let before = shelf(&desk);
    desk.ask(Request::RemoveHead { head: first }).await;
    assert_eq!(made(&desk), [second]);
    assert_ne!(heads(&desk).active, Some(first));
    drop(desk);
    let mut desk = Desk::open(store.clone()).await;
    assert_eq!(made(&desk), [second]);
    desk.ask(Request::Undo).await;
    assert_eq!(shelf(&desk), before);
    desk.ask(Request::Redo).await;
    assert_eq!(made(&desk), [second]);
    // With the trash goes the head: nothing of it is left.
    desk.ask(Request::EmptyTrash).await;
    let left = store.scan(Table::HeadFiles, "").await.expect("memory");
    assert_eq!(left.len(), heads(&desk).all.len());
    drop(desk);
    assert_eq!(made(&Desk::open(store).await), [second]);
}

#[tokio::test]
async fn the_oldest_head_that_does_not_answer_makes_room() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Discs], 6).await;
    let file = head_file(&[Stripes, Discs]).await;
    let mut all = Vec::new();
    for number in 0..MOST_MADE_HEADS {
        all.push(open_head(&mut desk, &format!("{number}.head.safetensors"), file.clone()).await);
    }
    desk.ask(Request::UseHead { head: Some(all[0]) }).await;
    let last = open_head(&mut desk, "last.head.safetensors", file).await;
    all.remove(0);
    all.push(last);
    assert_eq!(made(&desk), all, "what was opened last answers, so the oldest one goes");
    assert_eq!(store.scan(Table::HeadFiles, "").await.expect("memory").len(), MOST_MADE_HEADS + 1);
}

#[tokio::test]
async fn a_removed_head_makes_room_first_and_its_undo_overfills_nothing() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&[Stripes, Discs], 6).await;
    let file = head_file(&[Stripes, Discs]).await;
    for number in 0..MOST_MADE_HEADS {
        open_head(&mut desk, &format!("{number}.head.safetensors"), file.clone()).await;
    }
    let gone = made(&desk)[3];
    desk.ask(Request::RemoveHead { head: gone }).await;
    open_head(&mut desk, "last.head.safetensors", file).await;
    let all = made(&desk);
    assert_eq!(all.len(), MOST_MADE_HEADS, "the removed one went, and no other");
    // It is gone for good: a project never has more heads than its file may carry.
    desk.ask(Request::Undo).await;
    assert_eq!(made(&desk), all);
    assert_eq!(store.scan(Table::HeadFiles, "").await.expect("memory").len(), MOST_MADE_HEADS + 1);
}

#[tokio::test]
async fn a_project_file_brings_all_heads_along_and_no_removed_one() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&[Stripes, Discs], 6).await;
    let file = head_file(&[Stripes, Discs]).await;
    for name in ["a", "b", "c"] {
        open_head(&mut desk, &format!("{name}.head.safetensors"), file.clone()).await;
    }
    let gone = made(&desk)[1];
    desk.ask(Request::RemoveHead { head: gone }).await;
    let run = desk.run();
    desk.ask(Request::SaveProject { run }).await;
    let parts: Vec<u8> = desk
        .events
        .borrow()
        .iter()
        .filter(|(event, _)| matches!(event, Event::ProjectPart { .. } | Event::ProjectFile { .. }))
        .flat_map(|(_, bytes)| bytes.clone().unwrap_or_default())
        .collect();
    let names = |desk: &Bench| -> Vec<String> {
        heads(desk).all.iter().filter(|head| head.origin == HeadOrigin::Opened).map(|head| head.name.clone()).collect()
    };
    let expected = ["a.head.safetensors", "c.head.safetensors"];
    assert_eq!(names(&desk), expected);
    let mut other = Desk::open(MemoryStore::default()).await;
    let (run, file) = (other.run(), other.file("project.headstart.zip", parts));
    other.ask(Request::OpenProject { run, file }).await;
    assert_eq!(names(&other), expected);
    let run = other.run();
    other.ask(Request::DuplicateProject { run, name: "copy".to_owned() }).await;
    assert_eq!(names(&other), expected, "and so does a copy");
}
