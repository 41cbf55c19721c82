//! Which head answers, and what the page does when that changes.

use crate::support::{RUN, class, engine, finished, head, heads, opened_with, photo, ready};
use headstart::{
    dataset::{HeadId, PhotoId},
    metrics::Interval,
    protocol::{
        Compared, ComparedPhoto, Event, FileRef, HeadAnswer, HeadOrigin, HeadView, Heads, InstantState, Outcome, RunId,
    },
    ui::state::{HeadName, JobKind, Layout, Rights, State, TrainingState, Verdict},
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
    let rivals: Vec<(HeadName, bool)> = state.rivals().into_iter().map(|rival| (rival.name, rival.active)).collect();
    assert_eq!(rivals, [(HeadName::Trained, false), (HeadName::Instant, true)]);
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

/// Heads of several kinds, made at several moments.
fn several() -> Vec<HeadView> {
    let made = |id: u32, origin, name: &str, created: &str| {
        let mut view = head(origin);
        (view.id, view.name, view.created) = (HeadId(id), name.to_owned(), created.to_owned());
        view
    };
    vec![
        made(2, HeadOrigin::Instant, "", ""),
        made(3, HeadOrigin::Trained, "", "2026-11-01T10:00:00Z"),
        made(4, HeadOrigin::Opened, "Garden.head.safetensors", "2026-10-01T10:00:00Z"),
        made(5, HeadOrigin::Trained, "", "2026-11-02T10:00:00Z"),
    ]
}

#[test]
fn heads_are_called_by_what_tells_them_apart() {
    let mut state = ready();
    state.apply(Event::Heads(heads(several())), 0.0);
    let names: Vec<HeadName> = state.rivals().into_iter().map(|rival| rival.name).collect();
    let at = |moment: &str| HeadName::TrainedAt(moment.to_owned());
    let garden = HeadName::Opened("Garden".to_owned());
    assert_eq!(names, [HeadName::Instant, at("2026-11-01T10:00:00Z"), garden.clone(), at("2026-11-02T10:00:00Z")]);
    // A head that went is no new one.
    state.at_results = false;
    let mut left = several();
    left.pop();
    state.apply(Event::Heads(heads(left)), 1.0);
    assert!(!state.at_results);
    let names: Vec<HeadName> = state.rivals().into_iter().map(|rival| rival.name).collect();
    assert_eq!(names, [HeadName::Instant, HeadName::Trained, garden]);
}

fn compared(photo: u32, label: Option<&str>, answers: [(&str, bool); 2]) -> Compared {
    let answer = |(class, unknown): (&str, bool)| HeadAnswer { class: class.to_owned(), probability: 0.9, unknown };
    Compared {
        photo: if label.is_some() { ComparedPhoto::Test(PhotoId(photo)) } else { ComparedPhoto::Asked(FileRef(photo)) },
        label: label.map(str::to_owned),
        answers: answers.map(answer),
    }
}

#[test]
fn two_heads_are_compared_on_what_both_answered() {
    let mut state = ready();
    assert!(!state.can_compare());
    state.apply(Event::Heads(heads(several())), 0.0);
    let two = [HeadId(3), HeadId(4)];
    let mut photos = vec![
        compared(1, None, [("Oak", false), ("Oak", false)]),
        compared(2, None, [("Oak", false), ("Elm", false)]),
        compared(3, None, [("Oak", true), ("Elm", true)]),
        compared(4, Some("Oak"), [("Oak", false), ("Elm", false)]),
    ];
    state.apply(Event::Compared { run: RunId(7), heads: two, photos: photos.clone() }, 1.0);
    let found = state.compared.as_ref().expect("both are there");
    let order: Vec<Option<&str>> = found.photos.iter().map(|photo| photo.label.as_deref()).collect();
    assert_eq!(order, [Some("Oak"), None, None, None], "those that differ first, of these the ones that are known");
    assert_eq!(found.same(), 2, "two that are like none of the classes are the same answer");
    assert_eq!(found.rights(), Some(Rights { of: 1, right: [1, 0], chance: true }));
    // Six of six that only one of them has right are more than chance: 2 / 64.
    photos.extend((5..10).map(|photo| compared(photo, Some("Oak"), [("Oak", false), ("Elm", false)])));
    state.apply(Event::Compared { run: RunId(8), heads: two, photos }, 2.0);
    let rights = state.compared.as_ref().and_then(headstart::ui::state::Comparison::rights);
    assert_eq!(rights, Some(Rights { of: 6, right: [6, 0], chance: false }));
    // With one of the heads goes the comparison.
    state.apply(Event::Heads(heads(several().into_iter().take(2).collect())), 3.0);
    assert_eq!(state.compared, None);
}
