//! Changing from one project to another.

use crate::support::ready;
use headstart::{
    dataset::ProjectId,
    protocol::{Event, Heads, Outcome, ProjectEntry, ProjectView, RunId},
    ui::state::{JobKind, Layout, NoticeKind, State, Told},
};

const CHANGE: RunId = RunId(20);

fn entry(id: u32, trashed: bool) -> ProjectEntry {
    ProjectEntry { id: ProjectId(id), name: format!("project {id}"), classes: Vec::new(), trashed }
}

fn opened(id: u32) -> Event {
    let project = ProjectView { id: ProjectId(id), name: String::new(), classes: Vec::new(), photos: Vec::new() };
    Event::Opened { project, heads: Heads::default(), unread: 0, run: CHANGE, durable: true, others: Vec::new() }
}

fn changing() -> State {
    let mut state = ready();
    state.jobs.begin(CHANGE, JobKind::Change, 0, 0.0);
    state
}

#[test]
fn nothing_can_be_changed_until_the_other_project_is_there() {
    let mut state = changing();
    assert!(state.is_held());
    assert_eq!(state.badge().code(), "busy");
    state.apply(opened(2), 1.0);
    assert!(!state.is_held());
    assert_eq!((state.photos.total(), state.layout(), state.changes), (0, Layout::Empty, 1));
}

#[test]
fn what_is_asked_meanwhile_is_over_at_once_and_files_are_told_of() {
    let mut state = changing();
    state.jobs.begin(RunId(21), JobKind::SaveProject, 0, 0.0);
    state.refuse(Some(RunId(21)));
    assert!(!state.jobs.is_current(RunId(21)) && state.notices.all().is_empty());
    state.jobs.begin(RunId(22), JobKind::Read, 3, 0.0);
    state.refuse(Some(RunId(22)));
    assert!(!state.jobs.is_current(RunId(22)));
    assert_eq!(state.notices.all()[0].kind, NoticeKind::Changing);
    assert!(state.is_held(), "the change goes on");
}

#[test]
fn a_change_that_failed_leaves_the_project_in_use() {
    let mut state = changing();
    state.apply(Event::Finished { run: CHANGE, outcome: Outcome::Failed }, 1.0);
    assert!(!state.is_held());
    assert_eq!((state.photos.total(), state.changes), (4, 0));
}

#[test]
fn a_deleted_project_can_be_brought_back_from_a_toast_of_the_next_one() {
    let mut state = changing();
    state.projects.delete(ProjectId(1), "Leaves".to_owned());
    state.apply(Event::Projects { others: vec![entry(2, false)] }, 1.0);
    assert!(state.notices.toasts().is_empty(), "not deleted yet");
    state.apply(opened(2), 2.0);
    state.apply(Event::Projects { others: vec![entry(1, true), entry(3, false)] }, 2.0);
    let told = Told::ProjectDeleted { project: ProjectId(1), name: "Leaves".to_owned() };
    assert_eq!(state.notices.toasts()[0].told, told);
    assert_eq!(state.projects.kept().map(|entry| entry.id.0).collect::<Vec<_>>(), [3]);
    assert_eq!(state.projects.trashed().map(|entry| entry.id.0).collect::<Vec<_>>(), [1]);
    // It is told once.
    let toast = state.notices.toasts()[0].id;
    state.notices.take_toast(toast);
    state.apply(Event::Projects { others: vec![entry(1, true)] }, 3.0);
    assert!(state.notices.toasts().is_empty());
}
