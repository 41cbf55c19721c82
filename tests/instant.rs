//! The instant head, as the engine keeps it: fitted as photos arrive, move and leave, without anybody asking.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    backbone::registry::LITE0,
    dataset::{ClassId, PhotoId},
    protocol::{Event, HeadOrigin, Heads, InstantState, Judged, Request, ScoreProtocol},
    store::MemoryStore,
};
use support::{
    desk::Desk,
    pictures::Pattern::{self, Discs, Stripes},
};

async fn predict(desk: &mut Desk<MemoryStore>, pattern: Pattern) -> Option<String> {
    let files = vec![desk.file("asked.png", pattern.png(90))];
    let run = desk.run();
    let events = desk.ask(Request::Predict { run, files }).await;
    Desk::<MemoryStore>::answers(&events).first().map(|(_, answer, _)| answer.clone())
}

async fn is_unknown(desk: &mut Desk<MemoryStore>, bytes: Vec<u8>) -> bool {
    let files = vec![desk.file("asked.png", bytes)];
    let run = desk.run();
    let events = desk.ask(Request::Predict { run, files }).await;
    events.iter().any(|event| matches!(event, Event::Predicted { unknown: true, .. }))
}

fn states(events: &[Event]) -> Vec<InstantState> {
    let state = |event: &Event| if let Event::Instant { state } = event { Some(*state) } else { None };
    events.iter().filter_map(state).collect()
}

fn last_heads(events: &[Event]) -> Heads {
    let heads = |event: &Event| if let Event::Heads(heads) = event { Some(heads.clone()) } else { None };
    events.iter().rev().find_map(heads).expect("the heads are told")
}

fn last_judged(events: &[Event]) -> Vec<Judged> {
    let judged = |event: &Event| if let Event::Examined { judged, .. } = event { Some(judged.clone()) } else { None };
    events.iter().rev().find_map(judged).expect("the photos are judged")
}

/// From which distance on a photo is unknown, as the head's file says.
async fn threshold(desk: &mut Desk<MemoryStore>) -> f32 {
    desk.ask(Request::ExportHead).await;
    let file = desk.events.borrow().iter().rev().find_map(|(_, bytes)| bytes.clone()).expect("a head file");
    let head = headstart::head::file::read(&file, &LITE0).expect("our own file");
    head.unknown.expect("it tells strangers").threshold
}

#[tokio::test]
async fn predictions_work_before_anybody_trains() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let events = desk.import(&Pattern::ALL, 6).await;

    assert_eq!(states(&events).last(), Some(&InstantState::Ready));
    let heads = last_heads(&events);
    let head = &heads.all[0];
    assert_eq!(
        (heads.all.len(), head.origin, heads.active, heads.chosen),
        (1, HeadOrigin::Instant, Some(head.id), false)
    );
    let score = head.score.as_ref().expect("a score");
    assert_eq!((score.protocol, score.photos), (ScoreProtocol::LeaveOneBurstOut, 18));
    assert!(score.interval.low <= score.accuracy && score.accuracy <= score.interval.high, "{score:?}");

    let judged = last_judged(&events);
    assert_eq!(judged.len(), 18);
    let right = judged.iter().filter(|judged| judged.answer == judged.class).count();
    assert!((right as f64 / 18.0 - score.accuracy).abs() < 1e-9);
    for pattern in Pattern::ALL {
        assert_eq!(predict(&mut desk, pattern).await.as_deref(), Some(pattern.name()));
    }
    assert!(!is_unknown(&mut desk, Discs.png(91)).await);
    let stranger = image::RgbImage::from_fn(90, 90, |x, y| {
        image::Rgb([x * y % 256, 255, x * 2].map(|value| u8::try_from(value).unwrap_or(0)))
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    stranger.write_to(&mut bytes, image::ImageFormat::Png).expect("encoding into memory");
    assert!(is_unknown(&mut desk, bytes.into_inner()).await);
}

#[tokio::test]
async fn it_follows_photos_that_move_and_leave_and_goes_with_the_second_class() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let events = desk.import(&[Stripes], 3).await;
    assert_eq!(states(&events).last(), Some(&InstantState::None));
    assert_eq!(predict(&mut desk, Stripes).await, None);

    desk.import(&[Discs], 3).await;
    assert_eq!(predict(&mut desk, Discs).await.as_deref(), Some("discs"));

    // All stripes become discs and the other way round: the answers follow at once.
    let (stripes, discs): (Vec<PhotoId>, Vec<PhotoId>) = ((1..4).map(PhotoId).collect(), (4..7).map(PhotoId).collect());
    desk.ask(Request::MovePhotos { photos: stripes, class: Some(ClassId(2)) }).await;
    desk.ask(Request::MovePhotos { photos: discs.clone(), class: Some(ClassId(1)) }).await;
    assert_eq!(predict(&mut desk, Discs).await.as_deref(), Some("stripes"));

    let events = desk.ask(Request::Remove { photos: discs, classes: Vec::new() }).await;
    assert_eq!(states(&events).last(), Some(&InstantState::None));
    assert_eq!((last_heads(&events).all, last_heads(&events).active), (Vec::new(), None));
    assert_eq!(predict(&mut desk, Discs).await, None);

    desk.ask(Request::Undo).await;
    assert_eq!(predict(&mut desk, Discs).await.as_deref(), Some("stripes"));
}

#[tokio::test]
async fn the_better_head_answers_until_the_person_chooses() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    desk.import(&Pattern::ALL, 6).await;
    let run = desk.run();
    let heads = last_heads(&desk.ask(Request::Train { run }).await);
    let (instant, trained) = (heads.all[0].id, heads.all[1].id);
    // Compared on the same photos, the held-back ones.
    let accuracy = heads.all[1].score.as_ref().expect("a score").accuracy;
    let instant_accuracy = heads.all[1].instant_accuracy.expect("the instant head judged the same photos");
    let better = if accuracy > instant_accuracy { trained } else { instant };
    assert_eq!((heads.active, heads.chosen), (Some(better), false));

    let other = if better == instant { trained } else { instant };
    let heads = last_heads(&desk.ask(Request::UseHead { head: Some(other) }).await);
    assert_eq!((heads.active, heads.chosen), (Some(other), true));

    // The choice outlives a reload, and another fit of the instant head.
    drop(desk);
    let mut again = Desk::open(store).await;
    let events = again.import(&[Stripes], 8).await;
    let heads = last_heads(&events);
    assert_eq!((heads.active, heads.chosen), (Some(other), true));
    let heads = last_heads(&again.ask(Request::UseHead { head: None }).await);
    assert!(!heads.chosen && heads.active.is_some());
}

#[tokio::test]
async fn how_many_of_the_own_photos_may_be_unknown_can_be_chosen() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let told = desk.import(&Pattern::ALL, 8).await;
    assert_eq!(last_heads(&told).false_unknown_percent, 5);
    let usual = threshold(&mut desk).await;
    let told = desk.ask(Request::SetFalseUnknown { percent: 40 }).await;
    assert_eq!(last_heads(&told).false_unknown_percent, 40);
    assert!(threshold(&mut desk).await < usual);

    // It outlives a reload and the next fit.
    drop(desk);
    let mut again = Desk::open(store).await;
    let told = again.import(&[Stripes], 9).await;
    assert_eq!(last_heads(&told).false_unknown_percent, 40);
    let strict = threshold(&mut again).await;
    again.ask(Request::SetFalseUnknown { percent: 5 }).await;
    assert!(threshold(&mut again).await > strict);
}

#[tokio::test]
async fn a_class_that_is_renamed_while_it_is_fitted_answers_with_its_new_name() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&Pattern::ALL, 4).await;
    let is_fitting = |(event, _): &(Event, _)| matches!(event, Event::Instant { state: InstantState::Fitting });
    desk.events.borrow_mut().clear();
    desk.engine.push(Request::Remove { photos: vec![PhotoId(1)], classes: Vec::new() });
    while !desk.events.borrow().iter().any(is_fitting) {
        desk.engine.step().await;
    }
    let events = desk.ask(Request::RenameClass { class: ClassId(2), name: "rounds".to_owned() }).await;
    let heads = last_heads(&events);
    assert!(heads.all[0].classes.iter().any(|class| class.name == "rounds"), "{heads:?}");
    assert_eq!(predict(&mut desk, Discs).await.as_deref(), Some("rounds"));
}

#[tokio::test]
async fn it_is_not_called_ready_before_it_knows_the_last_photo() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    // Enough for a fit on the way.
    let events = desk.import(&Pattern::ALL, 9).await;
    let end = events.iter().position(|event| matches!(event, Event::Finished { .. })).expect("it ends");
    assert!(states(&events[..end]).contains(&InstantState::Ready), "fitted on the way");
    assert_eq!(states(&events[..end]).last(), Some(&InstantState::Fitting));
    assert_eq!(states(&events).last(), Some(&InstantState::Ready));
}
