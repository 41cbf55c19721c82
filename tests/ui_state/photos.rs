//! Classes and photos, and what was left out, removed or renamed.

use crate::support::{RUN, class, finished, ids, photo, ready};
use headstart::{
    dataset::{ClassId, Deed, PhotoId},
    protocol::{Event, Failure, News, Outcome, PhotoView},
    ui::state::{Enough, JobKind, NoticeKind, SAMPLE_PREFIX, State, Told},
};

#[test]
fn photos_stand_in_their_class_in_the_order_of_import() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 2, 0.0);
    state.apply(Event::PhotoKept { run: RUN, photo: photo(6, Some(1)) }, 0.0);
    state.apply(Event::PhotoKept { run: RUN, photo: photo(5, Some(1)) }, 0.0);
    assert_eq!(state.photos.of(Some(ClassId(1))), ids(&[1, 3, 5, 6]));
    state.apply(Event::PhotosPlaced { photos: vec![photo(3, Some(2)), photo(5, None)] }, 0.0);
    assert_eq!(state.photos.of(Some(ClassId(1))), ids(&[1, 6]));
    assert_eq!(state.photos.of(Some(ClassId(2))), ids(&[2, 3, 4]));
    assert_eq!(state.photos.of(None), ids(&[5]));
    assert_eq!(state.photos.total(), 6);
    assert_eq!(state.photos.name(PhotoId(5)), Some("5.jpg"));
}

#[test]
fn photos_of_a_run_that_is_over_are_not_taken_in() {
    let mut state = ready();
    state.apply(Event::PhotoKept { run: RUN, photo: photo(9, Some(1)) }, 0.0);
    assert_eq!(state.photos.total(), 4);
}

#[test]
fn files_left_out_of_one_run_share_a_notice_that_stays_until_closed() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 2, 0.0);
    for path in ["a/1.heic", "a/2.txt"] {
        state.apply(Event::LeftOut { run: RUN, path: path.to_owned(), failure: Failure::NotAPicture }, 0.0);
    }
    state.apply(finished(Outcome::Done), 0.0);
    let [notice] = state.notices.all() else { panic!("one notice, not {:?}", state.notices.all()) };
    let NoticeKind::LeftOut { files, .. } = &notice.kind else { panic!("{notice:?}") };
    assert_eq!(files.len(), 2);
    let id = notice.id;
    state.notices.close(id);
    assert!(state.notices.all().is_empty());
}

fn history(undo: Option<Deed>, redo: Option<Deed>, news: News) -> Event {
    Event::History { undo, redo, trashed: 0, news }
}

#[test]
fn the_last_thing_that_was_done_is_told_and_can_be_turned_round() {
    let mut state = ready();
    let told = |state: &State| state.notices.toasts().iter().map(|toast| toast.told.clone()).collect::<Vec<_>>();
    let removed = Deed::Removed { photos: 2, classes: vec!["Birch".to_owned()] };
    let moved = Deed::Moved { photos: 1, to: Some("Oak".to_owned()) };
    state.apply(history(Some(removed.clone()), None, News::Done(removed.clone())), 0.0);
    assert_eq!(told(&state), [Told::Done(removed.clone())]);
    state.notices.tell(Told::Kept { settled: Vec::new() });
    state.apply(history(Some(moved.clone()), None, News::Done(moved.clone())), 0.0);
    let kept = Told::Kept { settled: Vec::new() };
    assert_eq!(told(&state), [kept.clone(), Told::Done(moved.clone())], "only the last step can be taken back");
    state.apply(history(Some(removed.clone()), Some(moved.clone()), News::Undone(moved.clone())), 0.0);
    assert_eq!(told(&state), [kept.clone(), Told::Undone(moved.clone())]);
    assert_eq!((&state.history.undo, &state.history.redo), (&Some(removed), &Some(moved)));
    let toast = state.notices.toasts()[1].id;
    assert!(matches!(state.notices.take_toast(toast), Some(Told::Undone(_))));
    assert_eq!(state.notices.take_toast(toast), None);
    // What shows where it was done needs no toast, but the one before it is over.
    let added = Deed::Added { photos: 3 };
    state.apply(history(Some(added.clone()), None, News::Done(added)), 0.0);
    assert_eq!(told(&state), [kept]);
}

#[test]
fn how_many_photos_are_enough_is_said_at_the_numbers_that_count() {
    let counts = [
        (0, Enough::None),
        (1, Enough::TooFew { missing: 1 }),
        (2, Enough::BitFew { missing: 18 }),
        (5, Enough::Some { missing: 15 }),
        (20, Enough::Good),
    ];
    for (count, enough) in counts {
        assert_eq!(Enough::of(count), enough, "{count}");
    }
}

#[test]
fn names_change_when_the_engine_says_so() {
    let mut state = ready();
    state.apply(Event::ProjectRenamed { name: "Trees".to_owned() }, 0.0);
    state.apply(Event::Classes { classes: vec![class(1, "Oak"), class(2, "Beech")] }, 0.0);
    assert_eq!(state.name, "Trees");
    assert_eq!(state.key_of("Beech"), Some(1));
    assert_eq!(state.key_of("Birch"), None);
}

#[test]
fn sample_pictures_are_counted_as_they_come_and_go() {
    let mut state = ready();
    let sample = |id, class| PhotoView { name: format!("{SAMPLE_PREFIX}oak-{id}.webp"), ..photo(id, Some(class)) };
    let before = state.photos.samples();
    state.apply(Event::PhotosPlaced { photos: vec![sample(11, 1), sample(12, 1), sample(13, 2)] }, 0.0);
    // One that moves is still one.
    state.apply(Event::PhotosPlaced { photos: vec![sample(11, 2)] }, 0.0);
    assert_eq!((before, state.photos.samples()), (0, 3));
    state.apply(Event::PhotosGone { photos: ids(&[12, 13]) }, 0.0);
    assert_eq!(state.photos.samples(), 1);
    let (_, left) = state.samples();
    assert_eq!(left, ids(&[11]), "among other photos of its class");
}
