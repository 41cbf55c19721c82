//! Which files are still to be read, written down before the first of them is: a browser does not let a page open them again
//! after a reload, so the person is told what is missing and chooses the folder once more.
//!
//! An import has one entry: its list of paths and sizes, and beside it how many of them are through, which is written in the
//! same commit as each photo. The entry ends with the import, or when the person does not want to be told any more.
//! When files of an entry come again, those that were through are known by their path and size and are not opened at all;
//! any others that are there already are noticed by their hash, as always.

use super::{
    Background, Engine, PhotoSource,
    import::Import,
    session::{Session, json, parse},
};
use crate::{
    dataset::ProjectId,
    protocol::{Destination, Event, Failure, Incoming, Unfinished},
    store::{Store, Table, Write, keys},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};

/// Files whose size is asked for in one step: the browser looks on the disk for each, a third of a millisecond.
const SIZES: usize = 64;

/// The list of an entry: the files of an import in the order in which they are read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct List {
    into: Destination,
    /// Path below the chosen folder, and size in bytes.
    files: Vec<(String, u64)>,
}

/// An entry whose import was interrupted.
#[derive(Debug, Clone)]
pub(super) struct Interrupted {
    list: List,
    /// How many of the files are through.
    through: usize,
}

/// How an import stands in the journal.
pub(super) enum Journaled {
    /// Not yet; the sizes of its first files are known.
    Coming(Vec<u64>),
    /// Its entry has this number.
    As(u32),
    /// Not at all: it has no files, or the store has no room.
    Not,
}

impl Interrupted {
    /// What the page needs to know.
    fn view(&self, entry: u32) -> Unfinished {
        let count = |files: usize| u32::try_from(files).unwrap_or(u32::MAX);
        let total = self.list.files.len();
        Unfinished { entry, into: self.list.into, left: count(total - self.through), total: count(total) }
    }

    /// Whether a new list has files that this one waits for.
    fn goes_on_in(&self, list: &List) -> bool {
        let waiting: HashSet<&str> = self.list.files[self.through..].iter().map(|(path, _)| path.as_str()).collect();
        self.list.into == list.into && list.files.iter().any(|(path, _)| waiting.contains(path.as_str()))
    }
}

/// The entries in the store but those of `running` imports, and the writes that end those of which nothing is left.
///
/// # Errors
/// When the store fails.
pub(super) async fn load(
    store: &impl Store,
    project: &crate::dataset::Project,
    running: &[u32],
) -> Result<(BTreeMap<u32, Interrupted>, Vec<Write>), Failure> {
    let (mut found, mut through, mut ended) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (key, bytes) in store.scan(Table::Journal, &keys::of_project(project.id)).await? {
        match (keys::last_number(&key), keys::journaled_through(&key)) {
            (Some(entry), _) => drop(found.insert(entry, bytes)),
            (None, Some(entry)) => drop(through.insert(entry, parse::<usize>(&bytes)?)),
            (None, None) => {}
        }
    }
    let mut interrupted = BTreeMap::new();
    for (entry, bytes) in found.into_iter().filter(|(entry, _)| !running.contains(entry)) {
        let list: List = parse(&bytes)?;
        let through = through.get(&entry).copied().unwrap_or(0);
        let has_place = match list.into {
            Destination::Class(class) | Destination::Burst(class) => project.class(class).is_some(),
            _ => true,
        };
        if has_place && through < list.files.len() {
            interrupted.insert(entry, Interrupted { list, through });
        } else {
            ended.extend(end(project.id, entry));
        }
    }
    Ok((interrupted, ended))
}

/// The writes that end an entry.
fn end(project: ProjectId, entry: u32) -> [Write; 2] {
    [keys::journal(project, entry), keys::journal_through(project, entry)].map(|key| Write::Delete(Table::Journal, key))
}

impl Journaled {
    /// The write that says how many files of an import are through.
    pub(super) fn through(&self, project: ProjectId, files: usize) -> Option<Write> {
        let Self::As(entry) = self else { return None };
        Some(Write::Put(Table::Journal, keys::journal_through(project, *entry), json(&files)))
    }

    /// The writes that end its entry.
    pub(super) fn end(&self, project: ProjectId) -> Vec<Write> {
        if let Self::As(entry) = self { end(project, *entry).to_vec() } else { Vec::new() }
    }
}

impl Session {
    /// What the page needs to know of the imports that were interrupted.
    pub(super) fn unfinished(&self) -> Vec<Unfinished> {
        self.interrupted.iter().map(|(entry, interrupted)| interrupted.view(*entry)).collect()
    }

    /// A free number for an entry.
    fn next_entry(&mut self) -> u32 {
        self.last_entry = self.interrupted.keys().copied().max().unwrap_or(0).max(self.last_entry) + 1;
        self.last_entry
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Whether files were handed over that are not in the journal yet.
    pub(super) fn journal_is_due(&self) -> bool {
        self.session.is_some() && self.background.iter().any(is_coming)
    }

    /// Asks for the sizes of some files; when all of an import are known, it is journaled.
    pub(super) async fn step_journal(&mut self) {
        let Some(at) = self.background.iter().position(is_coming) else { return };
        let Some(mut job) = self.background.remove(at) else { return };
        if let Background::Import(import) = &mut job {
            self.journal(import).await;
        }
        self.background.insert(at, job);
    }

    async fn journal(&mut self, job: &mut Import) {
        // Before all else, as it is their files that are read.
        if self.step_zip(job).await {
            return;
        }
        let Journaled::Coming(mut sizes) = std::mem::replace(&mut job.journaled, Journaled::Not) else { return };
        let next: Vec<Incoming> = job.files().skip(sizes.len()).take(SIZES).cloned().collect();
        for incoming in &next {
            // A file that cannot be opened is told of when its turn comes.
            sizes.push(self.size_of(job, incoming).await.unwrap_or(0));
        }
        if !next.is_empty() && sizes.len() < job.files().len() {
            job.journaled = Journaled::Coming(sizes);
            return;
        }
        let files = job.files().map(|incoming| incoming.path.clone()).zip(sizes).collect();
        let list = List { into: job.into, files };
        let Ok(session) = self.session() else { return };
        let entry = session.next_entry();
        let key = keys::journal(session.project.id, entry);
        let mut writes = vec![Write::Put(Table::Journal, key, json(&list))];
        let gone_on: Vec<u32> = session
            .interrupted
            .iter()
            .filter(|(_, interrupted)| interrupted.goes_on_in(&list))
            .map(|(entry, _)| *entry)
            .collect();
        writes.extend(gone_on.iter().flat_map(|entry| end(session.project.id, *entry)));
        // Without room the first photo will meet the same, and that is told.
        if self.store.commit(writes).await.is_ok()
            && let Ok(session) = self.session()
        {
            job.journaled = Journaled::As(entry);
            for interrupted in gone_on.iter().filter_map(|entry| session.interrupted.remove(entry)) {
                let through = interrupted.list.files.into_iter().take(interrupted.through);
                job.known.extend(through);
            }
            if !gone_on.is_empty() {
                self.tell_unfinished();
            }
        }
    }

    /// An import could not go on: what it had not read is told.
    pub(super) async fn interrupted(&mut self) -> Result<(), Failure> {
        let running: Vec<u32> = self
            .background
            .iter()
            .filter_map(|job| match job {
                Background::Import(Import { journaled: Journaled::As(entry), .. }) => Some(*entry),
                _ => None,
            })
            .collect();
        let Some(session) = &mut self.session else { return Ok(()) };
        (session.interrupted, _) = load(&self.store, &session.project, &running).await?;
        self.tell_unfinished();
        Ok(())
    }

    /// The person does not want to be told any more of files that were not read.
    pub(super) async fn forget_unfinished(&mut self, entry: u32) -> Result<(), Failure> {
        let session = self.session()?;
        let writes = end(session.project.id, entry).to_vec();
        session.interrupted.remove(&entry);
        self.store.commit(writes).await?;
        self.tell_unfinished();
        Ok(())
    }

    pub(super) fn tell_unfinished(&self) {
        let all = self.session.as_ref().map(Session::unfinished).unwrap_or_default();
        self.emit(Event::Unfinished { all });
    }
}

fn is_coming(job: &Background) -> bool {
    matches!(job, Background::Import(Import { journaled: Journaled::Coming(_), .. }))
}
