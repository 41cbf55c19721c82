//! Which head answers, and what the page does when that changes.

use crate::support::{RUN, class, engine, finished, head, heads, opened_with, photo, ready};
use headstart::{
    dataset::HeadId,
    metrics::Interval,
    protocol::{Event, HeadOrigin, HeadView, Heads, InstantState, Outcome},
    ui::state::{JobKind, Layout, State, TrainingState, Verdict},
    web::Phase,
};

#[test]
fn an_opened_head_answers_and_is_no_training() {
    let mut state = ready();
    assert!(!state.can_predict());
    state.jobs.begin(RUN, JobKind::OpenHead, 1, 0.0);
    assert!(state.can_predict(), "photos dropped right after a head file are for that head");
    let mut opened = head(HeadOrigin::Opened);
    opened.classes[0].name = "Elm".to_owned();
    state.apply(Event::Heads(heads(vec![opened])), 1.0);
    state.apply(finished(Outcome::Done), 1.0);
    assert_eq!(state.training.state.code(), "idle");
    assert_eq!(state.layout(), Layout::Trained);
    assert!(!state.head_fits());
    state.apply(Event::Heads(heads(vec![head(HeadOrigin::Opened)])), 2.0);
    assert!(state.head_fits());
}

#[test]
fn a_project_with_a_head_opens_at_its_results() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    state.apply(opened_with(vec![class(1, "Oak")], vec![photo(1, Some(1))], Some(head(HeadOrigin::Trained))), 0.0);
    assert_eq!(state.layout(), Layout::Trained);
    assert_eq!(state.training.state, TrainingState::Trained);
    // Opened again after the engine was restarted: the person stays where they are.
    state.at_results = false;
    state.apply(opened_with(vec![class(1, "Oak")], vec![photo(1, Some(1))], Some(head(HeadOrigin::Trained))), 1.0);
    assert_eq!(state.layout(), Layout::Gathering);
}

/// An instant head, with an interval for its score.
fn instant(accuracy: f64, low: f64, high: f64) -> HeadView {
    let mut view = head(HeadOrigin::Instant);
    view.id = HeadId(2);
    view.curve = Vec::new();
    let score = view.score.as_mut().expect("heads of these tests have a score");
    (score.accuracy, score.interval) = (accuracy, Interval { low, high });
    view
}

#[test]
fn an_instant_head_answers_and_leaves_the_room_to_the_photos() {
    let mut state = ready();
    assert_eq!(state.instant, InstantState::None);
    state.apply(Event::Instant { state: InstantState::Fitting }, 0.0);
    state.apply(Event::Heads(heads(vec![instant(0.8, 0.7, 0.9)])), 1.0);
    state.apply(Event::Instant { state: InstantState::Ready }, 1.0);
    assert!(state.can_predict() && state.is_instant() && state.has_instant());
    assert_eq!((state.layout(), state.training.state), (Layout::Gathering, TrainingState::Idle));
    // The person may look at its results, and it changing does not take them back.
    state.at_results = true;
    state.apply(Event::Heads(heads(vec![instant(0.9, 0.8, 0.95)])), 2.0);
    assert_eq!(state.layout(), Layout::Trained);
    // Without photos it goes again.
    state.apply(Event::Heads(Heads::default()), 3.0);
    assert!(!state.can_predict());
    assert_eq!(state.layout(), Layout::Gathering);
}

#[test]
fn a_trained_head_keeps_its_curves_while_the_instant_one_answers() {
    let mut state = ready();
    state.apply(Event::Heads(heads(vec![instant(0.8, 0.7, 0.9)])), 0.0);
    state.apply(Event::Heads(heads(vec![instant(0.8, 0.7, 0.9), head(HeadOrigin::Trained)])), 1.0);
    assert_eq!(state.layout(), Layout::Trained);
    let trained = state.training.clone();
    assert_eq!(trained.curve.len(), 2);
    state.at_results = false;
    let all = vec![head(HeadOrigin::Trained), instant(0.8, 0.7, 0.9)];
    state.apply(Event::Heads(Heads { chosen: true, ..heads(all) }), 2.0);
    assert!(state.is_instant() && state.heads.chosen);
    assert_eq!(state.training, trained);
    assert_eq!(state.layout(), Layout::Gathering, "choosing is no reason to leave the photos");
    let rivals: Vec<(HeadOrigin, bool)> = state.rivals().iter().map(|rival| (rival.origin, rival.active)).collect();
    assert_eq!(rivals, [(HeadOrigin::Instant, true), (HeadOrigin::Trained, false)]);
}

#[test]
fn a_difference_counts_only_where_the_intervals_leave_no_room_for_chance() {
    let mut state = ready();
    let trained = || head(HeadOrigin::Trained); // 0.75, from 0.5 to 0.9
    let cases = [
        (instant(0.8, 0.7, 0.85), Some(Verdict::Chance)),
        (instant(0.3, 0.2, 0.45), Some(Verdict::Better)),
        (instant(0.97, 0.95, 0.99), Some(Verdict::Worse)),
        (HeadView { score: None, ..instant(0.0, 0.0, 0.0) }, Some(Verdict::Unscored)),
    ];
    for (other, verdict) in cases {
        state.apply(Event::Heads(heads(vec![other, trained()])), 0.0);
        assert_eq!(state.verdict(), verdict);
    }
    state.apply(Event::Heads(heads(vec![trained()])), 0.0);
    assert_eq!(state.verdict(), None);
}

#[test]
fn a_project_with_nothing_but_an_instant_head_opens_at_its_photos() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    state.apply(opened_with(vec![class(1, "Oak")], vec![photo(1, Some(1))], Some(instant(0.8, 0.7, 0.9))), 0.0);
    assert_eq!(state.layout(), Layout::Gathering);
    assert!(state.can_predict());
}
