//! The test for background shortcuts: on classes that only their border tells, on classes that only their centre tells, and on
//! real photos.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

mod support;

use headstart::{
    protocol::{BorderTest, BorderVerdict, Destination, Event, Incoming, Outcome, Request},
    store::MemoryStore,
};
use image::{ImageFormat, Rgb, RgbImage};
use std::{
    io::Cursor,
    path::{Path, PathBuf},
    time::Instant,
};
use support::{desk::Desk, photos_below, shared_data};

/// Imports files whose folders are classes, and tests them.
async fn tested(files: Vec<(String, Vec<u8>)>) -> BorderTest {
    let mut desk = Desk::open(MemoryStore::new()).await;
    let files: Vec<Incoming> = files.into_iter().map(|(path, bytes)| desk.file(&path, bytes)).collect();
    let run = desk.run();
    desk.ask(Request::Import { run, files, into: Destination::Folders }).await;
    let run = desk.run();
    let began = Instant::now();
    let events = desk.ask(Request::TestBorder { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Done), "{events:?}");
    let last = events.iter().rev().find_map(|event| match event {
        Event::Progressed { progress, .. } => Some(*progress),
        _ => None,
    });
    let found = events.into_iter().find_map(|event| match event {
        Event::BorderTested { found, .. } => Some(found),
        _ => None,
    });
    let (found, last) = (found.unwrap(), last.unwrap());
    assert_eq!((last.done, last.failed), (last.total, 0));
    assert_eq!(found.photos, last.total);
    println!("{:.1} s: {found:?}", began.elapsed().as_secs_f64());
    found
}

/// A picture with a square thing in the middle of some ground, each in stripes of a colour and a slant. The line that hides the
/// one or the other runs 42 pixels from the edge.
fn picture(thing: ([u8; 3], u32), ground: ([u8; 3], u32), edge: u32, number: u32) -> Vec<u8> {
    let mut noise = number.wrapping_mul(2_654_435_761) | 1;
    let picture = RgbImage::from_fn(200, 200, |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let inside = (edge..200 - edge).contains(&x) && (edge..200 - edge).contains(&y);
        let (colour, slant) = if inside { thing } else { ground };
        let stripe = ((x * slant + y + number * 7) / (9 + number % 5)).is_multiple_of(2);
        let colour = if stripe { colour } else { colour.map(|value| value / 2) };
        Rgb(colour.map(|value| value.saturating_add((noise % 40) as u8)))
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

const COLOURS: [[u8; 3]; 3] = [[180, 40, 40], [40, 160, 50], [50, 60, 190]];
const GREYS: [[u8; 3]; 3] = [[90, 90, 90], [130, 120, 110], [110, 120, 130]];

fn classes(picture_of: impl Fn(u32, u32) -> Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let of = |class: u32, number: u32| (format!("photos/class-{class}/{number}.png"), picture_of(class, number));
    (0..3)
        .flat_map(|class| (0..24).map(move |number| (class, number)))
        .map(|(class, number)| of(class, number))
        .collect()
}

#[tokio::test]
async fn a_coloured_border_that_gives_the_class_away_is_found_out() {
    let found = tested(classes(|class, number| {
        let any = (number * 7 + class) as usize % 3;
        picture((GREYS[any], 1 + (number * 5 + 1) % 3), (COLOURS[class as usize], 1 + class), 38, 100 * class + number)
    }))
    .await;
    assert_eq!(found.verdict, BorderVerdict::Background);
}

#[tokio::test]
async fn things_on_any_ground_are_what_it_looks_at() {
    let found = tested(classes(|class, number| {
        let any = (number * 7 + class) as usize % 3;
        picture((COLOURS[class as usize], 1 + class), (GREYS[any], 1 + (number * 5 + 1) % 3), 46, 100 * class + number)
    }))
    .await;
    assert_eq!(found.verdict, BorderVerdict::Things);
}

fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let file = |(_, path): (usize, PathBuf)| {
        let below = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (format!("photos/{below}"), std::fs::read(&path).unwrap())
    };
    photos_below(folder).into_iter().map(file).collect()
}

#[tokio::test]
async fn real_photos_are_tested() {
    for task in ["pacs6", "grocery10", "trash6"] {
        let Some(folder) = shared_data(task) else { return };
        println!("{task}");
        let found = tested(files_of(&folder.join("train"))).await;
        assert_ne!(found.verdict, BorderVerdict::KnowsLittle, "{task}");
    }
}

#[tokio::test]
async fn it_stops_when_asked_and_wants_two_classes() {
    let mut desk = Desk::open(MemoryStore::new()).await;
    let run = desk.run();
    let refused = desk.ask(Request::TestBorder { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&refused), Some(Outcome::Failed));
    let run = desk.run();
    desk.engine.push(Request::TestBorder { run });
    desk.engine.push(Request::Cancel { run });
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Desk::<MemoryStore>::outcome(&events), Some(Outcome::Cancelled));
}
