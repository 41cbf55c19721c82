//! The test set: photos that judge the head that answers, and never teach one.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "it says what it measured")]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId, Role},
    protocol::{Destination, Event, Failure, Heads, Mark, Request, ScoreProtocol, TestReport},
    store::MemoryStore,
};
use support::{
    desk::{Desk, left_out},
    photos_below,
    pictures::Pattern::{self, Checks, Discs, Stripes},
    shared_data,
};

const PATTERNS: [Pattern; 3] = [Stripes, Discs, Checks];

/// Pictures of the patterns with these numbers, in folders `FOLDER/PATTERN`.
async fn import(
    desk: &mut Desk<MemoryStore>,
    folder: &str,
    numbers: std::ops::Range<u32>,
    into: Destination,
) -> Vec<Event> {
    let mut files = Vec::new();
    for pattern in PATTERNS {
        for number in numbers.clone() {
            files.push(desk.file(&format!("{folder}/{}/{number}.png", pattern.name()), pattern.png(number)));
        }
    }
    let run = desk.run();
    desk.ask(Request::Import { run, files, into }).await
}

fn reports(events: &[Event]) -> Vec<TestReport> {
    let report = |event: &Event| if let Event::Tested(report) = event { Some(report.clone()) } else { None };
    events.iter().filter_map(report).collect()
}

fn last_report(events: &[Event]) -> TestReport {
    reports(events).pop().expect("the test set is judged")
}

fn heads(events: &[Event]) -> Vec<Heads> {
    let heads = |event: &Event| if let Event::Heads(heads) = event { Some(heads.clone()) } else { None };
    events.iter().filter_map(heads).collect()
}

#[tokio::test]
async fn test_photos_judge_the_head_and_never_teach_it() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let events = import(&mut desk, "drawn", 0..6, Destination::Folders).await;
    assert!(reports(&events).is_empty(), "nothing is told where there is no test set");
    let before = heads(&events).pop().expect("an instant head");

    let events = import(&mut desk, "aside", 40..44, Destination::Test).await;
    let report = last_report(&events);
    let score = report.score.clone().expect("a score");
    assert_eq!((score.protocol, score.photos, report.judged.len()), (ScoreProtocol::TestSet, 12, 12));
    assert_eq!((score.accuracy, score.balanced_accuracy, report.not_known), (1.0, Some(1.0), 0));
    assert!(score.interval.low < 1.0 && score.bursts.is_some(), "{score:?}");
    assert_eq!(report.head, before.active);
    // The instant head is fitted again, and is the same one: it knows six photos of each class, not ten.
    for heads in heads(&events) {
        let counts = |heads: &Heads| heads.all[0].classes.iter().map(|class| class.count).collect::<Vec<_>>();
        assert_eq!(counts(&heads), [6, 6, 6]);
    }

    // A training neither.
    let run = desk.run();
    let events = desk.ask(Request::Train { run }).await;
    let all = heads(&events).pop().expect("two heads").all;
    assert!(all.iter().all(|head| head.classes.iter().all(|class| class.count == 6)), "{all:?}");
    // Another head answers: it is tested at once.
    let other = all.iter().map(|head| head.id).find(|id| Some(*id) != before.active);
    let events = desk.ask(Request::UseHead { head: other }).await;
    assert_eq!(last_report(&events).head, other);

    // A reload keeps the roles, and judges again.
    drop(desk);
    let again = Desk::open(store).await;
    let events: Vec<Event> = again.events.borrow().iter().map(|(event, _)| event.clone()).collect();
    let roles = events.iter().find_map(|event| match event {
        Event::Opened { project, .. } => Some(project.photos.iter().filter(|photo| photo.role == Role::Test).count()),
        _ => None,
    });
    assert_eq!(roles, Some(12));
    assert_eq!(last_report(&events).score.map(|score| score.photos), Some(12));
}

#[tokio::test]
async fn a_photo_is_never_on_both_sides_and_a_test_photo_needs_a_class_that_is_there() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    import(&mut desk, "drawn", 0..4, Destination::Folders).await;
    let files = vec![
        desk.file("aside/stripes/new.png", Stripes.png(50)),
        desk.file("aside/stripes/leak.png", Stripes.png(1)),
        desk.file("aside/discs/other.png", Stripes.png(2)),
        desk.file("aside/rings/ring.png", Discs.png(50)),
        desk.file("loose.png", Discs.png(51)),
        desk.file("aside/discs/kitchen/tagged.png", Discs.png(52)),
        desk.file("aside/discs/twice.png", Discs.png(52)),
    ];
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Test }).await;
    let name = |name: &str| name.to_owned();
    assert_eq!(
        left_out(&events),
        [
            (name("aside/stripes/leak.png"), Failure::InTrainingSet { name: name("1.png") }),
            (name("aside/discs/other.png"), Failure::InTrainingSet { name: name("2.png") }),
            (name("aside/rings/ring.png"), Failure::NoSuchClass { name: name("rings") }),
            (name("loose.png"), Failure::NoSuchClass { name: name("") }),
            (name("aside/discs/twice.png"), Failure::Duplicate { name: name("tagged.png") }),
        ]
    );
    assert_eq!(last_report(&events).judged.len(), 2);
    let tags = events.iter().find_map(|event| match event {
        Event::PhotoKept { photo, .. } if photo.name == "tagged.png" => Some(photo.tags.clone()),
        _ => None,
    });
    assert_eq!(tags, Some(vec![name("kitchen")]));

    // The other way round: a photo of the test set teaches nothing.
    let files = vec![desk.file("drawn/stripes/again.png", Stripes.png(50))];
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(left_out(&events), [(name("drawn/stripes/again.png"), Failure::InTestSet { name: name("new.png") })]);
}

#[tokio::test]
async fn the_test_score_follows_what_a_person_does_with_its_photos() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    import(&mut desk, "drawn", 0..6, Destination::Folders).await;
    let events = import(&mut desk, "aside", 40..44, Destination::Test).await;
    let photos: Vec<PhotoId> = last_report(&events).judged.iter().map(|judged| judged.photo).collect();

    // One that is called another class is answered wrong; the photo stays in the test set.
    let events = desk.ask(Request::MovePhotos { photos: photos[..1].to_vec(), class: Some(ClassId(2)) }).await;
    let report = last_report(&events);
    let wrong: Vec<PhotoId> = report.judged.iter().filter(|judged| !judged.right).map(|judged| judged.photo).collect();
    assert_eq!(wrong, photos[..1]);
    assert_eq!(report.score.map(|score| (score.photos, score.accuracy)), Some((12, 11.0 / 12.0)));

    // A person's word on scenes goes for test photos as well.
    let events = desk.ask(Request::Mark { photos: photos.clone(), mark: Mark::Alone }).await;
    let alone = last_report(&events).score.expect("a score");
    let events = desk.ask(Request::Mark { photos: photos[4..].to_vec(), mark: Mark::OneScene }).await;
    let scenes = last_report(&events).score.expect("a score");
    assert_eq!(alone.bursts, Some(12));
    assert!(scenes.bursts < alone.bursts, "{scenes:?}");

    // Removed and brought back.
    let events = desk.ask(Request::Remove { photos, classes: Vec::new() }).await;
    assert_eq!(last_report(&events), TestReport::default());
    let events = desk.ask(Request::Undo).await;
    assert_eq!(last_report(&events).judged.len(), 12);

    // Without heads there is nothing to test.
    let events = desk.ask(Request::Remove { photos: Vec::new(), classes: vec![ClassId(1)] }).await;
    assert_eq!(last_report(&events).judged.len(), 9, "one of the stripes is among the discs");
}

#[tokio::test]
async fn a_smaller_copy_of_a_photo_that_teaches_is_told() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    import(&mut desk, "drawn", 0..4, Destination::Folders).await;
    let picture = image::load_from_memory(&Stripes.png(2)).expect("our own picture").to_rgb8();
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Bmp).expect("encoding into memory");
    let files =
        vec![desk.file("aside/stripes/copy.bmp", bytes.into_inner()), desk.file("aside/discs/new.png", Discs.png(70))];
    let run = desk.run();
    let report = last_report(&desk.ask(Request::Import { run, files, into: Destination::Test }).await);
    assert_eq!((report.judged.len(), report.copies), (2, vec![report.judged[0].photo]));
}

/// What the test folder of a task gives through the engine.
async fn real(task: &str) -> Option<TestReport> {
    let task = shared_data(task)?;
    let mut desk = Desk::open(MemoryStore::default()).await;
    let mut report = None;
    for (part, into) in [("train", Destination::Folders), ("test", Destination::Test)] {
        let mut files = Vec::new();
        for (_, path) in photos_below(&task.join(part)) {
            let below = path.strip_prefix(&task).expect("below it").to_string_lossy().into_owned();
            files.push(desk.file(&below, std::fs::read(&path).expect("readable")));
        }
        let run = desk.run();
        let events = desk.ask(Request::Import { run, files, into }).await;
        assert!(left_out(&events).is_empty(), "{:?}", left_out(&events));
        report = reports(&events).pop();
    }
    report
}

/// A task's test folder gives the test score that is known of the instant head, in percent, within a photo of 240.
async fn known(task: &str, known: f64) {
    let Some(report) = real(task).await else { return };
    let score = report.score.as_ref().expect("a score");
    let percent = |share: f64| share * 100.0;
    println!(
        "{task}: {:.1} % of {} photos in {:?} bursts ({:.1} to {:.1}), balanced {:.1}, {} copies",
        percent(score.accuracy),
        score.photos,
        score.bursts,
        percent(score.interval.low),
        percent(score.interval.high),
        percent(score.balanced_accuracy.unwrap_or_default()),
        report.copies.len(),
    );
    assert!((percent(score.accuracy) - known).abs() < 0.5, "{task}: {:.1}", percent(score.accuracy));
}

#[tokio::test]
async fn the_test_folders_of_real_tasks_give_their_known_scores() {
    for (task, score) in [("grocery10", 87.5), ("trash6", 80.4), ("pacs6", 98.8)] {
        known(task, score).await;
    }
}
