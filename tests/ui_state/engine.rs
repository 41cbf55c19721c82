//! The badge, the layouts before anything is there, and what is told of the engine.

use crate::support::{RUN, class, engine, finished, opened_with, photo, ready};
use headstart::{
    dataset::{Deed, ProjectId},
    protocol::{Event, Failure, Heads, News, Outcome, ProjectView, RunId},
    ui::state::{Badge, History, JobKind, Layout, NoticeKind, State, TrainBlock},
    web::Phase,
};

#[test]
fn a_first_visit_is_empty_and_loads() {
    let state = State::default();
    assert_eq!(state.layout(), Layout::Empty);
    assert_eq!(state.badge(), Badge::Loading { done_bytes: 0, total_bytes: 0 });
    assert_eq!(state.badge().code(), "loading");
    assert_eq!(state.train_block(), Some(TrainBlock::Loading));
}

#[test]
fn the_badge_is_ready_when_the_project_is_open_and_not_before() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Loading { done_bytes: 4, total_bytes: 7 }));
    assert_eq!(state.badge(), Badge::Loading { done_bytes: 4, total_bytes: 7 });
    state.engine_changed(engine(Phase::Ready));
    assert_eq!(state.badge().code(), "loading");
    state.apply(opened_with(Vec::new(), Vec::new(), None), 0.0);
    assert_eq!(state.badge(), Badge::Ready);
    assert_eq!(state.layout(), Layout::Empty);
}

#[test]
fn accepted_files_make_it_busy_at_once_also_while_it_loads() {
    let mut state = State::default();
    state.jobs.begin(RUN, JobKind::Read, 3, 0.0);
    assert_eq!(state.badge().code(), "busy");
    assert_eq!(state.layout(), Layout::Gathering);
    state.engine_changed(engine(Phase::Ready));
    state.apply(opened_with(Vec::new(), Vec::new(), None), 0.0);
    assert_eq!(state.badge().code(), "busy");
    state.apply(finished(Outcome::Done), 1.0);
    assert_eq!(state.badge().code(), "ready");
}

#[test]
fn a_restart_and_a_project_open_elsewhere_are_told() {
    let mut state = ready();
    state.engine_changed(engine(Phase::Restarting { detail: "trap".to_owned() }));
    assert_eq!(state.badge().code(), "loading");
    assert!(matches!(state.notices.all()[0].kind, NoticeKind::Restarted { .. }));
    state.engine_changed(engine(Phase::Ready));
    state.apply(Event::OpenElsewhere, 0.0);
    assert_eq!(state.badge(), Badge::Elsewhere);
    state.apply(opened_with(Vec::new(), Vec::new(), None), 1.0);
    assert_eq!(state.badge(), Badge::Ready);
    state.engine_changed(engine(Phase::Failed(Failure::WeightsDamaged)));
    assert_eq!(state.badge().code(), "failed");
}

#[test]
fn a_project_of_another_tab_is_shown_and_nothing_of_it_can_be_taken_back() {
    let mut state = ready();
    let deed = Deed::Removed { photos: 1, classes: Vec::new() };
    let news = News::Done(deed.clone());
    state.apply(Event::History { undo: Some(deed), redo: None, trashed: 1, news }, 0.0);
    state.notices.say(NoticeKind::Failed(Failure::NoHead));
    state.apply(Event::OpenElsewhere, 0.0);
    assert!(state.notices.toasts().is_empty() && state.notices.all().len() == 1);
    assert_eq!(state.history, History::default());
    assert_eq!(state.train_block(), Some(TrainBlock::OpenElsewhere));

    let (classes, photos) = (vec![class(1, "oak")], vec![photo(1, Some(1)), photo(2, Some(1))]);
    let project = ProjectView { id: ProjectId(1), name: "trees".to_owned(), classes, photos };
    state.apply(Event::Seen { project, heads: Heads::default() }, 1.0);
    assert_eq!((state.photos.total(), state.name.as_str()), (2, "trees"));
    assert!(state.open_elsewhere, "seeing is not having");

    state.notices.say(NoticeKind::Elsewhere);
    state.asked_to_give = true;
    state.apply(opened_with(Vec::new(), Vec::new(), None), 2.0);
    assert!(!state.open_elsewhere && !state.asked_to_give);
    assert!(!state.notices.all().iter().any(|notice| notice.kind == NoticeKind::Elsewhere));
}

#[test]
fn a_project_that_the_other_tab_emptied_was_not_deleted_by_the_browser() {
    let mut state = State { remembered: 9, ..State::default() };
    let project = ProjectView { id: ProjectId(1), name: String::new(), classes: Vec::new(), photos: Vec::new() };
    state.apply(Event::OpenElsewhere, 0.0);
    state.apply(Event::Seen { project: project.clone(), heads: Heads::default() }, 0.0);
    state.apply(
        Event::Opened { project, heads: Heads::default(), unread: 0, run: RunId(1), durable: true, others: Vec::new() },
        1.0,
    );
    assert_eq!(state.notices.all(), []);
}

#[test]
fn a_project_that_is_not_kept_is_told() {
    let mut state = State::default();
    let project = ProjectView { id: ProjectId(1), name: String::new(), classes: Vec::new(), photos: Vec::new() };
    state.apply(
        Event::Opened {
            project,
            heads: Heads::default(),
            unread: 0,
            run: RunId(1),
            durable: false,
            others: Vec::new(),
        },
        0.0,
    );
    assert_eq!(state.notices.all()[0].kind, NoticeKind::NotKept);
}
