//! The learning curve and the head start, as the engine measures them: the one while nobody asks, the other when asked.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Event, Failure, LearningCurve, Outcome, Outlook, Request},
    store::MemoryStore,
};
use support::{desk::Desk, pictures::Pattern};

/// The curves that were told, in order.
fn curves(events: &[Event]) -> Vec<Option<LearningCurve>> {
    let curve = |event: &Event| if let Event::Learning { curve } = event { Some(curve.clone()) } else { None };
    events.iter().filter_map(curve).collect()
}

#[tokio::test]
async fn the_curve_follows_the_photos_and_waits_for_everything_else() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let events = desk.import(&Pattern::ALL, 10).await;
    let told = curves(&events);
    assert_eq!(told.len(), 1, "measured once, when all photos were there");
    let curve = told[0].as_ref().expect("a curve");
    let sizes: Vec<f64> = curve.points.iter().map(|point| point.photos).collect();
    assert_eq!((sizes[0], sizes.last()), (2.0, Some(&10.0)));
    assert!(sizes.is_sorted() && sizes.len() >= 3, "{sizes:?}");
    for point in &curve.points {
        assert!(point.interval.holds(point.accuracy), "{point:?}");
        assert!(point.missed.iter().all(|missed| missed.answer != missed.class));
    }
    let last = events.iter().rposition(|event| matches!(event, Event::Learning { .. }));
    let finished = events.iter().rposition(|event| matches!(event, Event::Finished { .. }));
    assert!(last > finished, "the import is over before it begins");

    // A photo that moves changes what all others teach.
    let events = desk.ask(Request::MovePhotos { photos: vec![PhotoId(1)], class: Some(ClassId(2)) }).await;
    assert_eq!(curves(&events).len(), 1);
    // Without two classes there is nothing to tell.
    let photos: Vec<PhotoId> = (2..11).chain(21..31).map(PhotoId).collect();
    let events = desk.ask(Request::Remove { photos, classes: Vec::new() }).await;
    assert_eq!(curves(&events), [None]);
}

#[tokio::test]
async fn few_photos_have_a_curve_that_promises_nothing() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let told = curves(&desk.import(&Pattern::ALL, 5).await);
    let curve = told[0].as_ref().expect("a curve");
    assert_eq!((curve.outlook, curve.line.len()), (Outlook::TooFew, 0));
}

#[tokio::test]
async fn the_head_start_is_measured_on_the_same_photos_and_can_be_stopped() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let run = desk.run();
    let events = desk.ask(Request::MeasureHeadStart { run }).await;
    assert!(events.contains(&Event::Failed { run: Some(run), failure: Failure::NoHead }), "{events:?}");

    desk.import(&Pattern::ALL, 6).await;
    let run = desk.run();
    let events = desk.ask(Request::MeasureHeadStart { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
    let curve = events.iter().find_map(|event| if let Event::HeadStart { curve } = event { Some(curve) } else { None });
    let last = curve.and_then(|curve| curve.points.last()).expect("a curve");
    assert!((3.0..6.0).contains(&last.photos), "{last:?}");
    let done = events.iter().filter_map(|event| match event {
        Event::Progressed { progress, .. } => Some((progress.done, progress.total)),
        _ => None,
    });
    let done: Vec<(u32, u32)> = done.collect();
    assert_eq!((done[0], done.last()), ((0, 18), Some(&(18, 18))));
    assert!(curves(&events).is_empty(), "the photos are the same");

    let run = desk.run();
    desk.engine.push(Request::MeasureHeadStart { run });
    for _ in 0..4 {
        desk.engine.step().await;
    }
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
    assert!(!events.iter().any(|event| matches!(event, Event::HeadStart { .. })));
}
