//! Live answers: a camera's frames, the newest first, and what a hold of the camera's button brings.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{BurstId, ClassId},
    engine::Frame,
    image,
    protocol::{Destination, Event, Request},
    store::{MemoryStore, Store, Table},
};
use support::{
    desk::{Desk, kept},
    pictures::Pattern::{self, Checks, Discs, Stripes},
};

fn frame(number: u32, pattern: Pattern) -> Frame {
    let picture = image::read(&pattern.png(90)).expect("a picture");
    let rgba = picture.rgb.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect();
    Frame { number, width_px: picture.width_px, height_px: picture.height_px, rgba }
}

/// Hands a frame over, and lets the engine work for so many steps.
async fn look<S: Store>(desk: &mut Desk<S>, number: u32, pattern: Pattern, steps: usize) -> Vec<Event> {
    let before = desk.events.borrow().len();
    desk.engine.watch(frame(number, pattern));
    for _ in 0..steps {
        desk.engine.step().await;
    }
    desk.events.borrow()[before..].iter().map(|(event, _)| event.clone()).collect()
}

/// The frames that were answered, and with what.
fn looked(events: &[Event]) -> Vec<(u32, Option<String>)> {
    let answer = |event: &Event| match event {
        Event::Live { frame, ranking, .. } => Some((*frame, ranking.first().map(|best| best.name.clone()))),
        _ => None,
    };
    events.iter().filter_map(answer).collect()
}

#[tokio::test]
async fn a_frame_is_answered_as_a_photo_is() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    assert_eq!(looked(&look(&mut desk, 1, Discs, 1).await), [(1, None)], "without a head");
    desk.import(&Pattern::ALL, 6).await;
    for (number, pattern) in (2..).zip(Pattern::ALL) {
        let answer = (number, Some(pattern.name().to_owned()));
        assert_eq!(looked(&look(&mut desk, number, pattern, 1).await), [answer]);
    }
    assert!(!desk.engine.has_work());
}

#[tokio::test]
async fn only_the_newest_frame_is_answered_and_before_the_photos_that_wait() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&Pattern::ALL, 6).await;
    let files: Vec<_> = (0..4).map(|number| desk.file(&format!("{number}.png"), Stripes.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Predict { run, files });
    look(&mut desk, 1, Discs, 0).await;
    let events = look(&mut desk, 2, Checks, 1).await;
    assert_eq!(looked(&events), [(2, Some("checks".to_owned()))]);
    assert!(Desk::<MemoryStore>::answers(&events).is_empty());
    while desk.engine.has_work() {
        desk.engine.step().await;
    }
    let events: Vec<Event> = desk.events.borrow().iter().map(|(event, _)| event.clone()).collect();
    assert_eq!(Desk::<MemoryStore>::answers(&events).len(), 4, "nothing else is lost");
}

#[tokio::test]
async fn an_import_is_answered_between_its_photos() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&Pattern::ALL, 6).await;
    let files: Vec<_> = (10..16).map(|number| desk.file(&format!("{number}.png"), Stripes.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Class(ClassId(1)) });
    let mut answered = 0;
    for number in 0..6 {
        answered += looked(&look(&mut desk, number, Discs, 2).await).len();
    }
    assert_eq!(answered, 6, "a frame waits for one step at most");
    assert!(kept(&desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>()) > 18);
}

#[tokio::test]
async fn the_photos_of_a_hold_are_one_burst() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.ask(Request::AddClass { name: "Oak".to_owned() }).await;
    let mut bursts = Vec::new();
    for hold in 0..2 {
        let name = |number: u32| format!("camera {hold} {number}.png");
        let files = (0..3).map(|number| desk.file(&name(number), Discs.png(10 * hold + number))).collect();
        let run = desk.run();
        let events = desk.ask(Request::Import { run, files, into: Destination::Burst(ClassId(1)) }).await;
        let views = events.iter().filter_map(|event| match event {
            Event::PhotoKept { photo, .. } => Some((photo.class, photo.burst)),
            _ => None,
        });
        bursts.extend(views);
    }
    let one = (Some(ClassId(1)), Some(BurstId(0)));
    let other = (Some(ClassId(1)), Some(BurstId(1)));
    assert_eq!(bursts, [one, one, one, other, other, other]);
    // What was not read cannot be chosen again, so nothing asks for it.
    assert_eq!(store.scan(Table::Journal, "").await.expect("store"), []);
    // A hold is one step, and so it is taken back.
    desk.ask(Request::Undo).await;
    let again = Desk::open(store).await;
    let opened = again.events.borrow().iter().find_map(|(event, _)| match event {
        Event::Opened { project, .. } => Some(project.photos.len()),
        _ => None,
    });
    assert_eq!(opened, Some(3));
}
