//! Excluded photos: kept where they are, while they neither teach a head nor judge one.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::PhotoId,
    protocol::{Destination, Event, HeadOrigin, Heads, Mark, Request, Score, TestReport},
    store::MemoryStore,
};
use support::{
    desk::Desk,
    pictures::Pattern::{self, Checks, Discs, Stripes},
};

const PATTERNS: [Pattern; 3] = [Stripes, Discs, Checks];

async fn import(desk: &mut Desk<MemoryStore>, numbers: std::ops::Range<u32>, into: Destination) -> Vec<Event> {
    let mut files = Vec::new();
    for pattern in PATTERNS {
        for number in numbers.clone() {
            files.push(desk.file(&format!("drawn/{}/{number}.png", pattern.name()), pattern.png(number)));
        }
    }
    let run = desk.run();
    desk.ask(Request::Import { run, files, into }).await
}

/// Photos by their numbers; those of the first class come first.
fn first(photos: std::ops::RangeInclusive<u32>) -> Vec<PhotoId> {
    photos.map(PhotoId).collect()
}

async fn mark(desk: &mut Desk<MemoryStore>, photos: &[PhotoId], mark: Mark) -> Vec<Event> {
    desk.ask(Request::Mark { photos: photos.to_vec(), mark }).await
}

fn heads(events: &[Event]) -> Heads {
    let heads = |event: &Event| if let Event::Heads(heads) = event { Some(heads.clone()) } else { None };
    events.iter().rev().find_map(heads).expect("heads are told")
}

/// Photos of each class that each head was made of.
fn counts(heads: &Heads) -> Vec<Vec<u32>> {
    heads.all.iter().map(|head| head.classes.iter().map(|class| class.count).collect()).collect()
}

/// The score of the instant head.
fn score(events: &[Event]) -> Score {
    let instant = heads(events).all.into_iter().find(|head| head.origin == HeadOrigin::Instant);
    instant.and_then(|head| head.score).expect("a score")
}

fn judged(events: &[Event]) -> Vec<PhotoId> {
    let judged = |event: &Event| match event {
        Event::Examined { judged, .. } => Some(judged.iter().map(|judged| judged.photo).collect()),
        _ => None,
    };
    events.iter().rev().find_map(judged).expect("the photos are judged")
}

fn report(events: &[Event]) -> TestReport {
    let report = |event: &Event| if let Event::Tested(report) = event { Some(report.clone()) } else { None };
    events.iter().rev().find_map(report).expect("the test set is judged")
}

#[tokio::test]
async fn an_excluded_photo_counts_as_little_as_one_that_is_not_there_and_comes_back_as_it_was() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let before = score(&import(&mut desk, 0..6, Destination::Folders).await);
    let photos = first(1..=2);

    let excluded = mark(&mut desk, &photos, Mark::Exclude).await;
    assert_eq!(counts(&heads(&excluded)), [[4, 6, 6]]);
    assert!(judged(&excluded).iter().all(|photo| !photos.contains(photo)));
    assert_eq!(score(&excluded).photos, 16);

    // The head that is trained does not know them either.
    let run = desk.run();
    let trained = heads(&desk.ask(Request::Train { run }).await);
    assert_eq!(counts(&trained), [[4, 6, 6], [4, 6, 6]]);

    // Kept over a reload.
    drop(desk);
    let mut desk = Desk::open(store).await;
    let opened = desk.events.borrow().iter().find_map(|(event, _)| match event {
        Event::Opened { project, .. } => Some(project.photos.clone()),
        _ => None,
    });
    let opened = opened.expect("the project opens");
    let kept: Vec<PhotoId> = opened.iter().filter(|photo| photo.excluded).map(|photo| photo.id).collect();
    assert_eq!((kept, opened.len()), (photos.clone(), 18));

    let included = mark(&mut desk, &photos, Mark::Include).await;
    let instant = heads(&included).all.into_iter().find(|head| head.classes.iter().all(|class| class.count == 6));
    assert_eq!(instant.and_then(|head| head.score), Some(before), "as if nothing had been");

    // Without the photos the instant head is the same as with them excluded.
    let removed = desk.ask(Request::Remove { photos, classes: Vec::new() }).await;
    assert_eq!(score(&removed), score(&excluded));
}

#[tokio::test]
async fn an_excluded_test_photo_judges_nothing() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    import(&mut desk, 0..4, Destination::Folders).await;
    let before = report(&import(&mut desk, 40..43, Destination::Test).await);
    assert_eq!(before.judged.len(), 9);
    let photo = before.judged[0].photo;

    let after = report(&mark(&mut desk, &[photo], Mark::Exclude).await);
    assert!(after.judged.iter().all(|judged| judged.photo != photo));
    assert_eq!(after.score.map(|score| score.photos), Some(8));

    // All of them: there is nothing to judge by, and that is told.
    let all: Vec<PhotoId> = before.judged.iter().map(|judged| judged.photo).collect();
    let none = report(&mark(&mut desk, &all, Mark::Exclude).await);
    assert_eq!((none.judged.len(), none.score), (0, None));

    let again = report(&mark(&mut desk, &all, Mark::Include).await);
    assert_eq!((again.score, again.judged), (before.score, before.judged));
}

#[tokio::test]
async fn a_class_whose_photos_are_all_excluded_is_none_that_a_head_knows() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    import(&mut desk, 0..4, Destination::Folders).await;
    let two = heads(&mark(&mut desk, &first(1..=4), Mark::Exclude).await);
    assert_eq!(counts(&two), [[4, 4]]);
    let three = heads(&mark(&mut desk, &first(1..=4), Mark::Include).await);
    assert_eq!(counts(&three), [[4, 4, 4]]);
}
