//! The engine's whole story, natively: photos in, a head out, everything kept.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Destination, Event, Failure, HeadOrigin, Outcome, Request},
    store::{MemoryStore, Store},
};
use support::{
    desk::{Desk, kept, left_out},
    pictures::Pattern::{self, Discs, Stripes},
};

async fn train<S: Store>(desk: &mut Desk<S>) -> Vec<Event> {
    let run = desk.run();
    desk.ask(Request::Train { run }).await
}

/// Classifies pictures that were not imported.
async fn predict<S: Store>(desk: &mut Desk<S>) -> Vec<(String, String, f32)> {
    let files = Pattern::ALL.map(|pattern| desk.file(&format!("{}.png", pattern.name()), pattern.png(90))).to_vec();
    let run = desk.run();
    let events = desk.ask(Request::Predict { run, files }).await;
    Desk::<S>::answers(&events)
}

#[tokio::test]
async fn photos_become_a_head_that_survives_a_reload_and_works_elsewhere() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;

    let events = desk.import(&Pattern::ALL, 6).await;
    assert_eq!(kept(&events), 18);
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));

    let events = train(&mut desk).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done), "{events:?}");
    assert!(events.iter().any(|event| matches!(event, Event::TrainingStep { .. })));
    let answers = predict(&mut desk).await;
    for (pattern, (file, answer, probability)) in Pattern::ALL.iter().zip(&answers) {
        assert_eq!(pattern.name(), answer, "{file} {probability}");
    }

    // A reload: a new engine on the same store has all of it, recomputes nothing, and answers the same.
    let mut again = Desk::open(store).await;
    let opened = again.events.borrow().iter().find_map(|(event, _)| match event {
        Event::Opened { project, heads, unread, .. } => Some((project.clone(), heads.clone(), *unread)),
        _ => None,
    });
    let (project, heads, unread) = opened.expect("the project opens");
    assert_eq!((project.photos.len(), project.classes.len(), unread), (18, 3, 0));
    let origins: Vec<HeadOrigin> = heads.all.iter().map(|head| head.origin).collect();
    assert_eq!(origins, [HeadOrigin::Instant, HeadOrigin::Trained]);
    assert_eq!(predict(&mut again).await, answers);

    // The head as a file, opened where there is nothing else.
    again.ask(Request::ExportHead).await;
    let bytes = again.events.borrow().iter().rev().find_map(|(_, bytes)| bytes.clone()).expect("a head file");
    let mut elsewhere = Desk::open(MemoryStore::default()).await;
    let file = elsewhere.file("drawn.head.safetensors", bytes);
    let run = elsewhere.run();
    let events = elsewhere.ask(Request::OpenHead { run, file }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done), "{events:?}");
    for (here, there) in answers.iter().zip(predict(&mut elsewhere).await) {
        assert_eq!((&here.0, &here.1), (&there.0, &there.1));
        assert!((here.2 - there.2).abs() <= 1e-5, "{here:?} {there:?}");
    }
}

#[tokio::test]
async fn a_broken_photo_is_one_warning_and_the_same_photo_is_kept_once() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let files = vec![
        desk.file("mix/stripes/1.png", Stripes.png(1)),
        desk.file("mix/stripes/broken.jpg", b"no picture at all".to_vec()),
        desk.file("mix/stripes/again.png", Stripes.png(1)),
        desk.file("mix/discs/1.png", Discs.png(1)),
        desk.file("mix/discs/empty.png", Vec::new()),
    ];
    let run = desk.run();
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(kept(&events), 2);
    assert_eq!(
        left_out(&events),
        [
            ("mix/stripes/broken.jpg".to_owned(), Failure::NotAPicture),
            ("mix/stripes/again.png".to_owned(), Failure::Duplicate { name: "1.png".to_owned() }),
            ("mix/discs/empty.png".to_owned(), Failure::EmptyFile),
        ]
    );
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done));
}

#[tokio::test]
async fn a_folder_that_is_chosen_again_brings_no_photo_back_that_was_put_into_another_class() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let folder = |desk: &mut Desk<MemoryStore>, root: &str| {
        [Stripes, Discs].map(|of| desk.file(&format!("{root}/{}/1.png", of.name()), of.png(1))).to_vec()
    };
    let (run, files) = (desk.run(), folder(&mut desk, "mix"));
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(kept(&events), 2);
    // The photo of the stripes is said to show discs.
    desk.ask(Request::MovePhotos { photos: vec![PhotoId(1)], class: Some(ClassId(2)) }).await;
    let (run, files) = (desk.run(), folder(&mut desk, "mix"));
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(kept(&events), 0, "{events:?}");
    let twins = left_out(&events);
    assert!(twins.iter().all(|(_, why)| matches!(why, Failure::Duplicate { .. })), "{twins:?}");
    // Another folder says otherwise: then it is in two classes, and the doctor tells.
    let (run, files) = (desk.run(), folder(&mut desk, "other"));
    let events = desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    assert_eq!(kept(&events), 1, "{events:?}");
}

#[tokio::test]
async fn an_import_that_was_cut_off_goes_on_after_a_reload() {
    let store = MemoryStore::default();
    let mut desk = Desk::open(store.clone()).await;
    let files: Vec<_> = (0..5).map(|number| desk.file(&format!("{number}.png"), Discs.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Unsorted });
    // One step notes the files in the journal, then each reads one.
    for _ in 0..3 {
        desk.engine.step().await;
    }
    let acknowledged = kept(&desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>());
    assert_eq!(acknowledged, 2);
    drop(desk);

    let again = Desk::open(store).await;
    let events: Vec<Event> = again.events.borrow().iter().map(|(event, _)| event.clone()).collect();
    let opened = events.iter().find_map(|event| match event {
        Event::Opened { project, unread, .. } => Some((project.photos.len(), *unread)),
        _ => None,
    });
    assert_eq!(opened, Some((2, 2)));
    let last = events.iter().rev().find_map(|event| match event {
        Event::Progressed { progress, .. } => Some(*progress),
        _ => None,
    });
    assert_eq!(last.map(|progress| (progress.done, progress.total, progress.failed)), Some((2, 2, 0)));
}

#[tokio::test]
async fn a_cancelled_import_keeps_what_is_done_and_a_cancelled_training_keeps_a_head() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let files: Vec<_> = (0..6).map(|number| desk.file(&format!("{number}.png"), Discs.png(number))).collect();
    let run = desk.run();
    desk.engine.push(Request::Import { run, files, into: Destination::Unsorted });
    desk.engine.step().await;
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
    assert!(kept(&events) < 5);

    desk.import(&Pattern::ALL, 5).await;
    let run = desk.run();
    desk.engine.push(Request::Train { run });
    let far_enough = |event: &Event| matches!(event, Event::TrainingStep { done_steps, .. } if *done_steps >= 60);
    while !desk.events.borrow().iter().any(|(event, _)| far_enough(event)) {
        desk.engine.step().await;
    }
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
    assert!(
        events.iter().any(|event| matches!(event, Event::Heads(heads) if heads.all.iter().any(|head| head.cancelled)))
    );
    assert_eq!(predict(&mut desk).await.len(), 3);
}

#[tokio::test]
async fn training_and_predicting_say_what_they_lack() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    let failure = |events: &[Event]| {
        events.iter().find_map(|event| match event {
            Event::Failed { failure, .. } => Some(failure.clone()),
            _ => None,
        })
    };
    assert_eq!(failure(&train(&mut desk).await), Some(Failure::TooFewClasses));
    let run = desk.run();
    let files = vec![desk.file("a.png", Discs.png(1))];
    assert_eq!(failure(&desk.ask(Request::Predict { run, files }).await), Some(Failure::NoHead));
    assert_eq!(failure(&desk.ask(Request::ExportHead).await), Some(Failure::NoHead));
    desk.ask(Request::AddClass { name: "Oak".to_owned() }).await;
    let events = desk.ask(Request::AddClass { name: "Oak".to_owned() }).await;
    assert_eq!(failure(&events), Some(Failure::ClassExists { name: "Oak".to_owned() }));
}

#[tokio::test]
async fn real_photos_are_told_apart() {
    let Some(task) = support::shared_data("pacs6") else { return };
    let mut desk = Desk::open(MemoryStore::default()).await;
    let photos = |part: &str, most: usize| -> Vec<(String, Vec<u8>)> {
        let mut photos = Vec::new();
        for class in ["dog", "guitar", "house"] {
            let mut files: Vec<_> =
                std::fs::read_dir(task.join(part).join(class)).expect("a class folder").flatten().collect();
            files.sort_by_key(std::fs::DirEntry::path);
            for file in files.into_iter().take(most) {
                let path = format!("{class}/{}", file.file_name().to_string_lossy());
                photos.push((path, std::fs::read(file.path()).expect("a photo")));
            }
        }
        photos
    };
    let files: Vec<_> = photos("train", 8).into_iter().map(|(path, bytes)| desk.file(&path, bytes)).collect();
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    train(&mut desk).await;
    let test = photos("test", 8);
    let files: Vec<_> = test.iter().map(|(path, bytes)| desk.file(path, bytes.clone())).collect();
    let run = desk.run();
    let answers = Desk::<MemoryStore>::answers(&desk.ask(Request::Predict { run, files }).await);
    let right =
        test.iter().zip(&answers).filter(|((path, _), (_, answer, _))| path.starts_with(answer.as_str())).count();
    assert!(right * 100 >= test.len() * 95, "{right} of {}", test.len());
}

#[tokio::test]
async fn an_answer_tells_the_class_that_the_files_folder_names() {
    let mut desk = Desk::open(MemoryStore::default()).await;
    desk.import(&Pattern::ALL, 6).await;
    let files = [("walk/stripes/a.png", Stripes), ("walk/other/b.png", Discs), ("c.png", Discs)];
    let files = files.map(|(path, pattern)| desk.file(path, pattern.png(90))).to_vec();
    let run = desk.run();
    let events = desk.ask(Request::Predict { run, files }).await;
    let labels: Vec<Option<&str>> = events
        .iter()
        .filter_map(|event| match event {
            Event::Predicted { label, .. } => Some(label.as_deref()),
            _ => None,
        })
        .collect();
    assert_eq!(labels, [Some("stripes"), None, None], "a folder that is no class says nothing");
}
