//! Tags and bursts by hand: what a person says of photos, and what the score makes of it.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::PhotoId,
    protocol::{Destination, Event, InstantState, Judged, Mark, PhotoView, Request, Score, TagReport},
    store::MemoryStore,
};
use support::{
    desk::Desk,
    pictures::Pattern::{Checks, Discs, Stripes},
};

/// Twelve pictures of each pattern below `drawn`, half of them in a folder `park`, the others in `home`.
async fn tagged(desk: &mut Desk<MemoryStore>) -> Vec<Event> {
    let mut files = Vec::new();
    for pattern in [Stripes, Discs, Checks] {
        for number in 0..12 {
            let place = if number % 2 == 0 { "park" } else { "home" };
            files.push(desk.file(&format!("drawn/{}/{place}/{number}.png", pattern.name()), pattern.png(number)));
        }
    }
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Folders }).await
}

fn reports(events: &[Event]) -> Vec<TagReport> {
    let report = |event: &Event| if let Event::ByTag(report) = event { Some(report.clone()) } else { None };
    events.iter().filter_map(report).collect()
}

fn placed(events: &[Event]) -> Vec<PhotoView> {
    let placed = |event: &Event| if let Event::PhotosPlaced { photos } = event { Some(photos.clone()) } else { None };
    events.iter().filter_map(placed).flatten().collect()
}

fn judged(events: &[Event]) -> Vec<Judged> {
    let judged = |event: &Event| if let Event::Examined { judged, .. } = event { Some(judged.clone()) } else { None };
    events.iter().rev().find_map(judged).expect("the photos are judged")
}

fn score(events: &[Event]) -> Score {
    let score = |event: &Event| if let Event::Heads(heads) = event { heads.all[0].score.clone() } else { None };
    events.iter().rev().find_map(score).expect("a score")
}

#[tokio::test]
async fn folders_inside_of_a_class_are_tags_and_each_is_counted() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let events = tagged(&mut desk).await;
    let classes = events.iter().rev().find_map(|event| match event {
        Event::Classes { classes } => Some(classes.iter().map(|class| class.name.clone()).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(classes.map(|classes| classes.len()), Some(3), "home and park are no classes");
    let report = reports(&events).pop().expect("the tags are told");
    let told: Vec<(&str, u32)> = report.tags.iter().map(|tag| (tag.tag.as_str(), tag.of.photos)).collect();
    assert_eq!(told, [("home", 18), ("park", 18)]);
    for tag in &report.tags {
        assert!(tag.of.interval.low <= f64::from(tag.of.right) / 18.0 && tag.of.others.is_some(), "{tag:?}");
    }
    assert_eq!(report.largest, None, "made pictures are the same everywhere: {report:?}");

    // By hand; no head is fitted again for it.
    let photos: Vec<PhotoId> = (1..=3).map(PhotoId).collect();
    let events = desk.ask(Request::Mark { photos: photos.clone(), mark: Mark::Tag { tag: " dark ".to_owned() } }).await;
    assert!(!events.iter().any(|event| matches!(event, Event::Instant { state: InstantState::Fitting })), "{events:?}");
    assert!(placed(&events).iter().all(|photo| photo.tags.contains(&"dark".to_owned())));
    let report = reports(&events).pop().expect("told again");
    assert_eq!(report.tags.iter().map(|tag| tag.of.photos).collect::<Vec<_>>(), [3, 18, 18]);

    // Kept over a reload, taken off, and taken back.
    drop(desk);
    let mut desk = Desk::open(store).await;
    let opened: Vec<Event> = desk.events.borrow().iter().map(|(event, _)| event.clone()).collect();
    assert_eq!(reports(&opened).pop().map(|report| report.tags.len()), Some(3));
    let events = desk.ask(Request::Mark { photos, mark: Mark::Untag { tag: "dark".to_owned() } }).await;
    assert_eq!(reports(&events).pop().map(|report| report.tags.len()), Some(2));
    let events = desk.ask(Request::Undo).await;
    assert!(placed(&events).iter().all(|photo| photo.tags.contains(&"dark".to_owned())));
    assert_eq!(reports(&events).pop().map(|report| report.tags.len()), Some(3));
}

#[tokio::test]
async fn bursts_by_hand_change_the_score_at_once_and_can_be_taken_back() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let before = judged(&tagged(&mut desk).await);
    let all: Vec<PhotoId> = before.iter().map(|judged| judged.photo).collect();

    // Every photo alone: as many bursts as photos.
    let events = desk.ask(Request::Mark { photos: all.clone(), mark: Mark::Alone }).await;
    assert_eq!(score(&events).bursts, Some(36));

    // Three of one class are one scene.
    let mates = &all[..3];
    assert_eq!(before[0].class, before[2].class);
    let events = desk.ask(Request::Mark { photos: mates.to_vec(), mark: Mark::OneScene }).await;
    assert_eq!(score(&events).bursts, Some(34));
    let after = judged(&events);
    let numbers: Vec<u32> =
        after.iter().filter(|judged| mates.contains(&judged.photo)).map(|judged| judged.burst).collect();
    assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");

    // A reload keeps it.
    drop(desk);
    let mut desk = Desk::open(store).await;
    let hand = desk.events.borrow().iter().find_map(|(event, _)| match event {
        Event::Opened { project, .. } => Some(project.photos[..3].iter().map(|photo| photo.burst).collect::<Vec<_>>()),
        _ => None,
    });
    let hand = hand.expect("the project opens");
    assert!(hand[0].is_some() && hand.iter().all(|burst| *burst == hand[0]), "{hand:?}");

    // Taken back: the pictures decide again.
    desk.ask(Request::Undo).await;
    let events = desk.ask(Request::Undo).await;
    let bursts = |judged: &[Judged]| judged.iter().map(|judged| (judged.photo, judged.burst)).collect::<Vec<_>>();
    assert_eq!(bursts(&judged(&events)), bursts(&before));
}
