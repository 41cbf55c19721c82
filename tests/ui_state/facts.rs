//! The test set, tags and bursts, as the page is told of them.

use crate::support::{RUN, class, head, heads, ids, opened_with, photo, ready, test_photo};
use headstart::{
    dataset::{BurstId, ClassId, HeadId, PhotoId},
    metrics::Interval,
    protocol::{Event, HeadOrigin, Judged, PhotoView, Score, ScoreProtocol, TestJudged, TestReport},
    ui::state::{JobKind, Promise, State},
};
use std::collections::BTreeSet;

/// Two classes, two photos each; photos 5 and 6 test.
fn with_test_set() -> State {
    let mut state = ready();
    let photos = vec![
        photo(1, Some(1)),
        photo(2, Some(2)),
        photo(3, Some(1)),
        photo(4, Some(2)),
        test_photo(5, 1),
        test_photo(6, 2),
    ];
    state.apply(opened_with(vec![class(1, "Oak"), class(2, "Birch")], photos, Some(head(HeadOrigin::Trained))), 0.0);
    state
}

fn score(accuracy: f64, low: f64, high: f64) -> Score {
    Score {
        protocol: ScoreProtocol::TestSet,
        accuracy,
        interval: Interval { low, high },
        balanced_accuracy: None,
        photos: 2,
        bursts: Some(2),
        baseline: 0.5,
        per_class: Vec::new(),
    }
}

fn report(score: Option<Score>) -> Event {
    let judged = |photo, class, answer: &str, right| TestJudged {
        photo: PhotoId(photo),
        class: ClassId(class),
        answer: answer.to_owned(),
        right,
        probability: 0.9,
    };
    let judged = vec![judged(5, 1, "Birch", false), judged(6, 2, "Birch", true)];
    Event::Tested(TestReport { head: Some(HeadId(1)), score, judged, not_known: 0, copies: vec![PhotoId(6)] })
}

#[test]
fn test_photos_stand_apart_from_those_that_teach() {
    let mut state = with_test_set();
    assert_eq!((state.photos.total(), state.photos.test().len()), (4, 2));
    assert_eq!(state.photos.of(Some(ClassId(1))), ids(&[1, 3]));
    assert_eq!(state.photos.test_counts(), [(ClassId(1), 1), (ClassId(2), 1)]);
    assert_eq!((state.photos.name(PhotoId(5)), state.photos.class_of(PhotoId(5))), (Some("5.jpg"), Some(ClassId(1))));
    state.apply(Event::PhotosPlaced { photos: vec![test_photo(5, 2)] }, 0.0);
    assert_eq!(state.photos.test_counts(), [(ClassId(2), 2)]);
    state.apply(Event::PhotosGone { photos: ids(&[5, 6]) }, 0.0);
    assert_eq!((state.photos.total(), state.photos.test().len()), (4, 0));
    state.jobs.begin(RUN, JobKind::Read, 1, 0.0);
    state.apply(Event::PhotoKept { run: RUN, photo: test_photo(7, 1) }, 0.0);
    assert_eq!((state.photos.total(), state.photos.test().len()), (4, 1));
}

#[test]
fn the_test_score_is_of_the_head_in_use_and_is_held_against_its_promise() {
    let mut state = with_test_set();
    assert_eq!((state.test_score(), state.promise()), (None, None));
    // The head promises 50 to 90 %.
    for (accuracy, low, high, promise) in
        [(0.5, 0.2, 0.8, Promise::Kept), (0.2, 0.1, 0.4, Promise::Harder), (1.0, 0.95, 1.0, Promise::Easier)]
    {
        state.apply(report(Some(score(accuracy, low, high))), 0.0);
        assert_eq!((state.test_score().map(|score| score.accuracy), state.promise()), (Some(accuracy), Some(promise)));
    }
    let mut other = head(HeadOrigin::Opened);
    other.id = HeadId(2);
    state.apply(Event::Heads(heads(vec![other])), 0.0);
    assert_eq!(state.test_score(), None, "the head that answers now has not been tested yet");
}

#[test]
fn wrong_test_photos_leave_the_list_when_they_are_put_right_or_removed() {
    let mut state = with_test_set();
    state.apply(report(Some(score(0.5, 0.1, 0.9))), 0.0);
    assert_eq!((state.test_wrong(), state.test_copies().len()), (1, 1));
    state.examined.act(&ids(&[5]));
    assert_eq!(state.test_wrong(), 0);
    state.apply(Event::PhotosPlaced { photos: vec![test_photo(5, 1)] }, 0.0);
    assert_eq!(state.test_wrong(), 1, "put back");
    state.apply(Event::PhotosPlaced { photos: vec![test_photo(5, 2)] }, 0.0);
    assert_eq!(state.test_wrong(), 0, "moved");
}

/// Photos 1 to 4 of one class, 1 and 2 in one burst.
fn with_bursts(hand: Option<u32>) -> State {
    let mut state = ready();
    let view = |id| PhotoView { burst: hand.map(BurstId), ..photo(id, Some(1)) };
    state.apply(opened_with(vec![class(1, "Oak")], [1, 2, 3, 4].map(view).to_vec(), None), 0.0);
    let judged = |(photo, burst)| Judged {
        photo: PhotoId(photo),
        class: ClassId(1),
        answer: ClassId(1),
        probability: 0.9,
        plain: 0.9,
        own: 0.9,
        burst,
    };
    let judged = [(1, 0), (2, 0), (3, 1), (4, 2)].map(judged).to_vec();
    state.apply(Event::Examined { judged, findings: Vec::new() }, 0.0);
    state
}

#[test]
fn bursts_are_listed_and_joined_with_all_their_photos() {
    let state = with_bursts(None);
    let scenes = state.scenes();
    assert_eq!(scenes.len(), 1);
    assert_eq!((scenes[0].class, &scenes[0].photos, scenes[0].by_hand), (ClassId(1), &ids(&[1, 2]), false));
    assert!(with_bursts(Some(3)).scenes()[0].by_hand);

    let joined = |chosen: &[u32]| state.joined(&chosen.iter().copied().map(PhotoId).collect::<BTreeSet<_>>());
    assert_eq!(joined(&[3, 4]), Some(ids(&[3, 4])));
    assert_eq!(joined(&[2, 3]), Some(ids(&[2, 3, 1])), "whoever shows the scene of one shows that of all");
    assert_eq!((joined(&[1, 2]), joined(&[3]), joined(&[])), (None, None, None));
    assert!(state.can_be_one_scene(&ids(&[3, 4])) && !state.can_be_one_scene(&ids(&[1, 2, 3])));
}

#[test]
fn tags_of_photos_are_known() {
    let mut state = ready();
    let tagged = |id, tags: &[&str]| PhotoView {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..photo(id, Some(1))
    };
    state.apply(Event::PhotosPlaced { photos: vec![tagged(1, &["park", "dark"]), tagged(3, &["park"])] }, 0.0);
    assert_eq!(state.photos.tags(PhotoId(1)), ["park", "dark"]);
    assert_eq!(state.photos.tags(PhotoId(2)), [""; 0]);
    assert_eq!(
        (state.photos.all_tags(), state.photos.tags_of(&ids(&[3]))),
        (vec!["dark".to_owned(), "park".to_owned()], vec!["park".to_owned()])
    );
}
