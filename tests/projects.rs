//! Several projects: each is kept as it was left, copied, deleted and brought back as a whole.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use headstart::{
    dataset::{ClassId, Project, ProjectId},
    protocol::{Destination, Event, Outcome, ProjectEntry, ProjectView, Request},
    store::{MemoryStore, Store, Table, Write, keys},
};
use std::collections::BTreeSet;
use support::{
    desk::{Desk, kept},
    pictures::Pattern,
};

type Bench = Desk<MemoryStore>;

/// What was told when a project was opened last.
fn opened(desk: &Bench) -> ProjectView {
    let project = |(event, _): &(Event, Option<Vec<u8>>)| match event {
        Event::Opened { project, .. } => Some(project.clone()),
        _ => None,
    };
    desk.events.borrow().iter().rev().find_map(project).expect("opened")
}

/// What was told last of the projects beside the open one.
fn others(desk: &Bench) -> Vec<ProjectEntry> {
    let told = |(event, _): &(Event, Option<Vec<u8>>)| match event {
        Event::Projects { others } | Event::Opened { others, .. } => Some(others.clone()),
        _ => None,
    };
    desk.events.borrow().iter().rev().find_map(told).expect("told")
}

fn entry(id: u32, name: &str, classes: &[&str], trashed: bool) -> ProjectEntry {
    let classes = classes.iter().map(|name| (*name).to_owned()).collect();
    ProjectEntry { id: ProjectId(id), name: name.to_owned(), classes, trashed }
}

async fn go_to(desk: &mut Bench, project: Option<u32>) -> Vec<Event> {
    let run = desk.run();
    desk.ask(Request::OpenOther { run, project: project.map(ProjectId) }).await
}

async fn delete(desk: &mut Bench, project: u32) -> Vec<Event> {
    let run = desk.run();
    desk.ask(Request::DeleteProject { run, project: ProjectId(project) }).await
}

async fn restore(desk: &mut Bench, project: u32) -> Vec<Event> {
    let run = desk.run();
    desk.ask(Request::RestoreProject { run, project: ProjectId(project) }).await
}

/// A project of six photos and a name.
async fn filled(store: MemoryStore) -> Bench {
    let mut desk = Desk::open(store).await;
    assert_eq!(kept(&desk.import(&[Pattern::Stripes, Pattern::Discs], 3).await), 6);
    desk.ask(Request::RenameProject { name: "first".to_owned() }).await;
    desk
}

/// The projects that anything in the store belongs to.
async fn in_store(store: &MemoryStore) -> BTreeSet<String> {
    let mut projects = BTreeSet::new();
    for table in Table::ALL {
        let keys = store.scan(table, "").await.expect("store").into_iter().map(|(key, _)| key);
        projects
            .extend(keys.filter(|key| key != keys::SETTINGS).map(|key| key.replace("project/", "")[..8].to_owned()));
    }
    projects
}

#[tokio::test]
async fn each_project_is_as_it_was_left_and_the_last_one_opens() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    let first = opened(&Desk::open(store.clone()).await);
    go_to(&mut desk, None).await;
    assert_eq!((opened(&desk).id, opened(&desk).photos.len()), (ProjectId(2), 0));
    assert_eq!(others(&desk), [entry(1, "first", &["stripes", "discs"], false)]);
    assert_eq!(kept(&desk.import(&[Pattern::Checks], 2).await), 2);
    desk.ask(Request::Undo).await;
    desk.ask(Request::Redo).await;
    let second = opened(&Desk::open(store.clone()).await);
    assert_eq!((second.id, second.photos.len()), (ProjectId(2), 2));

    let events = go_to(&mut desk, Some(1)).await;
    assert_eq!(Bench::outcome(&events), Some(Outcome::Done));
    assert_eq!(opened(&desk), first);
    assert!(!events.iter().any(|event| matches!(event, Event::Progressed { .. })), "nothing is computed again");
    assert!(events.iter().any(|event| matches!(event, Event::History { undo: Some(_), .. })), "steps of its own");
    assert_eq!(opened(&Desk::open(store.clone()).await), first, "it is the last one now");
    go_to(&mut desk, Some(2)).await;
    assert_eq!(opened(&desk), second);
}

#[tokio::test]
async fn a_project_that_nobody_would_miss_leaves_nothing() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    go_to(&mut desk, None).await;
    go_to(&mut desk, None).await;
    assert_eq!(opened(&desk).id, ProjectId(2), "an empty one is fresh enough");
    go_to(&mut desk, Some(1)).await;
    assert_eq!(others(&desk), []);
    assert_eq!(in_store(&store).await, ["00000001".to_owned()].into());
    // A class makes the difference.
    go_to(&mut desk, None).await;
    desk.ask(Request::AddClass { name: "moss".to_owned() }).await;
    go_to(&mut desk, Some(1)).await;
    assert_eq!(others(&desk), [entry(2, "", &["moss"], false)]);
}

#[tokio::test]
async fn a_copy_is_the_same_and_changes_alone() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    let first = opened(&Desk::open(store.clone()).await);
    let run = desk.run();
    let events = desk.ask(Request::DuplicateProject { run, name: "second".to_owned() }).await;
    assert_eq!(Bench::outcome(&events), Some(Outcome::Done));
    let copy = opened(&desk);
    assert_eq!(copy, ProjectView { id: ProjectId(2), name: "second".to_owned(), ..first.clone() });
    let read =
        |event: &&Event| matches!(event, Event::Progressed { run: of, progress } if *of == run && progress.total == 0);
    assert_eq!(events.iter().filter(read).count(), 0);
    for table in [Table::Photos, Table::Copies, Table::Thumbs, Table::Features] {
        let of = |project: u32| {
            let store = store.clone();
            async move {
                let all = store.scan(table, &keys::of_project(ProjectId(project))).await.expect("store");
                all.into_iter().map(|(key, value)| (key[9..].to_owned(), value)).collect::<Vec<_>>()
            }
        };
        assert!(of(1).await == of(2).await, "{}", table.name());
    }
    desk.ask(Request::Remove { photos: Vec::new(), classes: vec![ClassId(1)] }).await;
    go_to(&mut desk, Some(1)).await;
    assert_eq!(opened(&desk), first);
}

#[tokio::test]
async fn a_copy_is_of_the_moment_when_it_was_begun() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    let first = opened(&Desk::open(store.clone()).await);
    let run = desk.run();
    desk.engine.push(Request::DuplicateProject { run, name: "second".to_owned() });
    while !in_store(&store).await.contains("00000002") {
        desk.engine.step().await;
    }
    // A class goes before the copy is through, and the head with it.
    let events = desk.ask(Request::Remove { photos: Vec::new(), classes: vec![ClassId(1)] }).await;
    assert!(events.iter().any(|event| matches!(event, Event::Heads(heads) if heads.all.is_empty())), "{events:?}");
    let with_head = |event: &Event| matches!(event, Event::Opened { heads, .. } if heads.active.is_some());
    assert!(events.iter().any(with_head), "the copy opens with its head, before one is fitted again");
    assert_eq!(opened(&desk), ProjectView { id: ProjectId(2), name: "second".to_owned(), ..first });
}

#[tokio::test]
async fn a_copy_that_is_stopped_leaves_nothing() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    let run = desk.run();
    desk.engine.push(Request::DuplicateProject { run, name: "second".to_owned() });
    while !in_store(&store).await.contains("00000002") {
        desk.engine.step().await;
    }
    let events = desk.ask(Request::Cancel { run }).await;
    assert_eq!(Bench::outcome(&events), Some(Outcome::Cancelled));
    assert_eq!(in_store(&store).await, ["00000001".to_owned()].into());
}

#[tokio::test]
async fn a_deleted_project_comes_back_whole_or_is_purged_after_a_week() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    let first = opened(&Desk::open(store.clone()).await);
    let classes = ["stripes", "discs"];
    delete(&mut desk, 1).await;
    assert_eq!((opened(&desk).id, opened(&desk).photos.len()), (ProjectId(2), 0), "a fresh one");
    assert_eq!(others(&desk), [entry(1, "first", &classes, true)]);
    restore(&mut desk, 1).await;
    assert_eq!((opened(&desk), others(&desk)), (first.clone(), Vec::new()));

    // One that is not open goes without disturbing the one that is.
    go_to(&mut desk, None).await;
    desk.ask(Request::AddClass { name: "moss".to_owned() }).await;
    let events = delete(&mut desk, 1).await;
    assert!(!events.iter().any(|event| matches!(event, Event::Opened { .. })));
    assert_eq!(others(&desk), [entry(1, "first", &classes, true)]);
    // The open one goes, and there is none besides: the trash is nowhere to go.
    delete(&mut desk, 2).await;
    assert_eq!(opened(&desk).id, ProjectId(3));
    restore(&mut desk, 2).await;

    let age = |days: u64| {
        let store = store.clone();
        async move {
            let key = keys::project(ProjectId(1));
            let record = store.get(Table::Projects, &key).await.expect("store").expect("a record");
            let mut project: Project = serde_json::from_slice(&record).expect("a project");
            project.trashed_ms = project.trashed_ms.map(|then| then - days * 24 * 3600 * 1000);
            let record = serde_json::to_vec(&project).expect("plain data");
            store.commit(vec![Write::Put(Table::Projects, key, record)]).await.expect("room");
        }
    };
    age(6).await;
    assert_eq!(others(&Desk::open(store.clone()).await).len(), 1);
    age(2).await;
    assert_eq!(others(&Desk::open(store.clone()).await), []);
    assert_eq!(in_store(&store).await, ["00000002".to_owned()].into());
}

#[tokio::test]
async fn emptying_the_trash_purges_deleted_projects() {
    let store = MemoryStore::new();
    let mut desk = filled(store.clone()).await;
    delete(&mut desk, 1).await;
    desk.ask(Request::AddClass { name: "moss".to_owned() }).await;
    desk.ask(Request::EmptyTrash).await;
    assert_eq!(others(&desk), []);
    assert_eq!(in_store(&store).await, ["00000002".to_owned()].into());
    let events = restore(&mut desk, 1).await;
    assert_eq!(Bench::outcome(&events), Some(Outcome::Failed), "it is gone, and the other one stays open");
    assert!(!desk.ask(Request::Undo).await.iter().any(|event| matches!(event, Event::Failed { .. })));
}

#[tokio::test]
async fn what_runs_ends_with_its_project_and_what_was_not_read_is_told_when_it_opens_again() {
    let store = MemoryStore::new();
    let mut desk = filled(store).await;
    let files: Vec<_> =
        (10..30).map(|number| desk.file(&format!("discs/{number}.png"), Pattern::Discs.png(number))).collect();
    let (import, predict, change) = (desk.run(), desk.run(), desk.run());
    desk.engine.push(Request::Import { run: import, files, into: Destination::Folders });
    while kept(&desk.events.borrow().iter().map(|(event, _)| event.clone()).collect::<Vec<_>>()) < 10 {
        desk.engine.step().await;
    }
    let late = desk.file("late.png", Pattern::Discs.png(77));
    desk.engine.push(Request::OpenOther { run: change, project: None });
    let events = desk.ask(Request::Predict { run: predict, files: vec![late] }).await;
    let end = |of| {
        events.iter().find_map(|event| match event {
            Event::Finished { run, outcome } if *run == of => Some(*outcome),
            _ => None,
        })
    };
    assert_eq!(
        [end(import), end(predict), end(change)],
        [Some(Outcome::Cancelled), Some(Outcome::Cancelled), Some(Outcome::Done)]
    );
    assert!(opened(&desk).photos.is_empty());
    let events = go_to(&mut desk, Some(1)).await;
    assert!(opened(&desk).photos.len() >= 10);
    assert!(events.iter().any(|event| matches!(event, Event::Unfinished { all } if all.len() == 1)));
}
