//! How far jobs are, and what is said of it.

use crate::support::{RUN, class, engine, finished, progressed, ready};
use headstart::{
    dataset::ProjectId,
    protocol::{Event, Heads, Outcome, ProjectView, RunId},
    ui::state::{Badge, JobKind, Speaker, State, TimeLeft},
    web::Phase,
};

#[test]
fn time_left_is_smoothed_and_covers_what_waits_behind() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 100, 0.0);
    assert_eq!(state.jobs.time_left(JobKind::Read), None);
    // Ten photos a second.
    for done in 1..=20 {
        state.apply(progressed(done, 100), f64::from(done) * 100.0);
    }
    assert_eq!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Seconds(8)));
    // One slow photo changes the estimate, but does not throw it about: 2 s a photo would be 158 s.
    state.apply(progressed(21, 100), 4_000.0);
    let TimeLeft::Seconds(seconds) = state.jobs.time_left(JobKind::Read).expect("an estimate") else {
        panic!("seconds")
    };
    assert!((8..15).contains(&seconds), "{seconds}");
    state.jobs.begin(RunId(8), JobKind::Read, 1_000, 4_000.0);
    assert!(matches!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Minutes(2 | 3))));
}

#[test]
fn photos_of_one_batch_in_the_same_millisecond_are_measured_together() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 100, 0.0);
    for done in 1..=8 {
        state.apply(progressed(done, 100), 800.0);
    }
    for done in 9..=16 {
        state.apply(progressed(done, 100), 1_600.0);
    }
    assert!(matches!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Seconds(_) | TimeLeft::Minutes(_))));
}

#[test]
fn the_bar_does_not_jump_back_when_one_of_two_imports_ends() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 10, 0.0);
    state.jobs.begin(RunId(8), JobKind::Read, 10, 0.0);
    state.apply(progressed(10, 10), 10.0);
    state.apply(finished(Outcome::Done), 11.0);
    let sum = state.jobs.sum(JobKind::Read);
    assert_eq!((sum.done, sum.total), (10, 20));
    state.apply(Event::Finished { run: RunId(8), outcome: Outcome::Cancelled }, 12.0);
    // The last count stays readable, and the next import counts from nothing.
    assert_eq!(state.jobs.sum(JobKind::Read).total, 20);
    state.jobs.begin(RunId(9), JobKind::Read, 5, 13.0);
    assert_eq!(state.jobs.sum(JobKind::Read).total, 5);
}

#[test]
fn what_a_reload_interrupted_goes_on_as_a_job() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    let project =
        ProjectView { id: ProjectId(1), name: String::new(), classes: vec![class(1, "Oak")], photos: Vec::new() };
    state.apply(
        Event::Opened {
            project,
            heads: Heads::default(),
            unread: 12,
            run: RunId(1),
            durable: true,
            others: Vec::new(),
        },
        0.0,
    );
    assert_eq!(state.badge(), Badge::Reading);
    assert_eq!(state.jobs.sum(JobKind::Read).total, 12);
    state.apply(Event::Finished { run: RunId(1), outcome: Outcome::Done }, 1.0);
    assert_eq!(state.badge(), Badge::Ready);
}

#[test]
fn progress_is_said_every_tenth_or_after_five_seconds() {
    let mut speaker = Speaker::default();
    let said: Vec<u32> =
        (0..=100).filter(|done| speaker.should_say(f64::from(*done) / 100.0, f64::from(*done))).collect();
    assert!((10..=11).contains(&said.len()), "{said:?}");
    let mut slow = Speaker::default();
    assert!(slow.should_say(0.0, 0.0));
    assert!(!slow.should_say(0.01, 4_000.0));
    assert!(slow.should_say(0.02, 5_000.0));
}
