//! Trainings: why not, how far, how they end.

use crate::support::{RUN, finished, head, heads, ids, photo, point, ready};
use headstart::{
    protocol::{Event, Failure, HeadOrigin, Outcome, RunId},
    ui::state::{Badge, JobKind, Layout, NoticeKind, TimeLeft, TrainBlock, TrainingState},
};

#[test]
fn training_says_why_it_cannot_start() {
    let mut state = ready();
    assert_eq!(state.train_block(), None);
    state.jobs.begin(RUN, JobKind::Read, 1, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::Reading));
    state.apply(finished(Outcome::Done), 0.0);
    state.apply(Event::PhotosGone { photos: ids(&[1]) }, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::TooFewPhotos { class: "Oak".to_owned(), missing: 1 }));
    state.apply(Event::PhotosGone { photos: ids(&[3]) }, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::TooFewClasses));
    state.apply(Event::PhotosPlaced { photos: vec![photo(1, Some(1)), photo(3, Some(1))] }, 0.0);
    assert_eq!(state.train_block(), None);
    state.apply(Event::OpenElsewhere, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::OpenElsewhere));
}

#[test]
fn a_training_draws_its_curve_and_ends_with_the_kept_step() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    assert_eq!(state.training.state.code(), "training");
    assert_eq!(state.layout(), Layout::Trained);
    assert_eq!(state.badge(), Badge::Training);
    for (at, step) in [(1_000.0, 10), (2_000.0, 20)] {
        state.apply(Event::TrainingStep { run: RUN, point: point(step), of_steps: 100, done_steps: step }, at);
    }
    // The refit goes on with the last point.
    state.apply(Event::TrainingStep { run: RUN, point: point(20), of_steps: 100, done_steps: 50 }, 5_000.0);
    assert_eq!(state.training.curve.len(), 2);
    assert_eq!(state.training.time_left(), Some(TimeLeft::Seconds(5)));
    // A point of another run is not drawn.
    state.apply(Event::TrainingStep { run: RunId(99), point: point(90), of_steps: 100, done_steps: 90 }, 6_000.0);
    assert_eq!(state.training.curve.len(), 2);
    state.apply(Event::Heads(heads(vec![head(HeadOrigin::Trained)])), 7_000.0);
    state.apply(finished(Outcome::Done), 7_000.0);
    assert_eq!(state.training.state, TrainingState::Trained);
    assert_eq!(state.training.kept_step, Some(10));
    assert_eq!(state.training.took_ms, Some(1_500));
    assert!(state.jobs.is_empty());
}

#[test]
fn a_training_stopped_before_anything_leaves_things_as_they_were() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    state.apply(finished(Outcome::Cancelled), 1.0);
    assert_eq!(state.training.state, TrainingState::Idle);
    assert_eq!(state.layout(), Layout::Gathering);

    state.apply(Event::Heads(heads(vec![head(HeadOrigin::Trained)])), 2.0);
    let before = state.training.clone();
    state.train_started(RunId(8), 3.0);
    state.apply(Event::Finished { run: RunId(8), outcome: Outcome::Cancelled }, 4.0);
    assert_eq!(state.training, before);
}

#[test]
fn a_failed_training_says_so_once() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    let failure = Failure::DeviceFailed { detail: "lost".to_owned() };
    state.apply(Event::Failed { run: Some(RUN), failure: failure.clone() }, 1.0);
    state.apply(finished(Outcome::Failed), 1.0);
    state.apply(Event::Failed { run: Some(RUN), failure: failure.clone() }, 2.0);
    assert_eq!(state.training.state.code(), "failed");
    let kinds: Vec<&NoticeKind> = state.notices.all().iter().map(|notice| &notice.kind).collect();
    assert_eq!(kinds, [&NoticeKind::Failed(failure)]);
    assert_eq!(state.train_block(), None);
}
