//! The learning curve, the head start, and classes that are short of photos.

use crate::support::{class, head, ids, opened_with, photo, ready};
use headstart::{
    dataset::{ClassId, PhotoId},
    metrics::{Interval, Shortage},
    protocol::{Event, HeadOrigin, InstantState, LearningCurve, Missed, Outlook, SizePoint},
    ui::state::{Network, State},
};

fn point(photos: f64, accuracy: f64, missed: &[(u32, u32, u32)]) -> SizePoint {
    let missed = missed.iter().map(|&(photo, class, answer)| Missed {
        photo: PhotoId(photo),
        class: ClassId(class),
        answer: ClassId(answer),
        probability: 0.8,
    });
    let interval = Interval { low: accuracy - 0.1, high: accuracy + 0.1 };
    SizePoint { photos, accuracy, interval, missed: missed.collect() }
}

fn curve(points: Vec<SizePoint>) -> LearningCurve {
    LearningCurve { points, line: Vec::new(), outlook: Outlook::TooFew }
}

/// Photos 1 and 3 are Oak, 2 and 4 Birch; all but 4 were taken for the other class after two photos of each.
fn measured() -> State {
    let mut state = ready();
    let points = vec![point(2.0, 0.5, &[(1, 1, 2), (2, 2, 1), (3, 1, 2)]), point(8.0, 0.9, &[])];
    state.apply(Event::Learning { curve: Some(curve(points)) }, 0.0);
    state
}

fn missed(state: &State) -> Vec<u32> {
    state.missed(Network::Ready, 0).iter().map(|missed| missed.photo.0).collect()
}

#[test]
fn photos_behind_a_point_are_those_that_still_stand_where_they_were_judged() {
    let mut state = measured();
    assert_eq!(missed(&state), [1, 2, 3]);
    state.examined.act(&ids(&[3]));
    assert_eq!(missed(&state), [1, 2]);
    state.apply(Event::PhotosPlaced { photos: vec![photo(2, Some(1))] }, 0.0);
    assert_eq!(missed(&state), [1]);
    assert!(state.missed(Network::Ready, 7).is_empty() && state.missed(Network::Random, 0).is_empty());
}

#[test]
fn the_curve_is_of_the_photos_until_the_head_is_fitted_again() {
    let mut state = measured();
    assert!(state.learning.current);
    state.apply(Event::Instant { state: InstantState::Fitting }, 0.0);
    assert!(!state.learning.current && state.learning.ready.is_some(), "the old curve stays on the page meanwhile");
    state.apply(Event::Learning { curve: None }, 0.0);
    assert!(state.learning.current && state.learning.ready.is_none());
}

#[test]
fn the_head_start_compares_both_networks_after_the_same_photos() {
    let mut state = measured();
    assert_eq!(state.learning.head_start(), None);
    let revision = state.examined.revision();
    state.apply(Event::HeadStart { curve: curve(vec![point(2.0, 0.2, &[]), point(4.0, 0.3, &[])]) }, 0.0);
    assert_ne!(state.examined.revision(), revision);
    let found = state.learning.head_start().expect("both are there");
    // Four is half-way from two to eight.
    assert_eq!((found.photos, found.random), (4.0, 0.3));
    assert!((found.ready - 0.7).abs() < 1e-12, "{}", found.ready);
    state.apply(Event::HeadStart { curve: curve(vec![point(60.0, 0.4, &[])]) }, 0.0);
    assert_eq!(
        state.learning.head_start().map(|found| found.ready),
        Some(0.9),
        "nothing is made up beyond the last point"
    );
}

#[test]
fn a_class_short_of_photos_is_named_while_it_is() {
    let photos = (1..=40).map(|id| photo(id, Some(1))).chain((41..=46).map(|id| photo(id, Some(2)))).collect();
    let mut state = State::default();
    let classes = vec![class(1, "Oak"), class(2, "Birch"), class(3, "Maple")];
    state.apply(opened_with(classes, photos, Some(head(HeadOrigin::Instant))), 0.0);
    let short = state.short_classes();
    assert_eq!(short.len(), 1);
    assert_eq!((short[0].class, short[0].shortage), (ClassId(2), Shortage::Imbalance { photos: 6, others: 40 }));
    assert_eq!(state.found(ClassId(2)), None, "nothing was judged");
    state.apply(Event::PhotosPlaced { photos: (47..=60).map(|id| photo(id, Some(2))).collect() }, 0.0);
    assert!(state.short_classes().is_empty());
}
