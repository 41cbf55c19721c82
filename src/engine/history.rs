//! What a person did, step by step: noted with each edit, in the same commit, so that it can be taken back and made again after
//! a reload too.

use super::{
    Engine, PhotoSource,
    draft::Draft,
    import::Import,
    projects,
    session::{Session, hash_of, json, parse, purge},
};
use crate::{
    dataset::{Class, ClassId, Deed, Photo, PhotoId, Project, ProjectId, Side, Step, Steps},
    protocol::{Event, Failure, News},
    store::{Store, Table, Write, keys},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::HashSet;

/// Steps that are kept.
const MOST_STEPS: u32 = 100;
/// Photos stay in the trash for so long, a week; then the next opening of the project purges them.
const TRASH_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// The next steps each way, as they are told.
#[derive(Debug, Default)]
pub(super) struct History {
    undo: Option<Deed>,
    redo: Option<Deed>,
}

impl History {
    /// Of a project that is being opened.
    pub(super) async fn of(store: &impl Store, project: &Project) -> Result<Self, Failure> {
        let Steps { first, at, end } = project.steps;
        let mut history = Self::default();
        if at > first {
            history.undo = deed(store, project.id, at - 1).await?;
        }
        if at < end {
            history.redo = deed(store, project.id, at).await?;
        }
        Ok(history)
    }
}

async fn read<T: DeserializeOwned>(store: &impl Store, project: ProjectId, step: u32) -> Result<Option<T>, Failure> {
    let bytes = store.get(Table::Steps, &keys::step(project, step)).await?;
    bytes.map(|bytes| parse(&bytes)).transpose()
}

/// What a step did, without what it changed: that may be thousands of photos.
async fn deed(store: &impl Store, project: ProjectId, step: u32) -> Result<Option<Deed>, Failure> {
    #[derive(Deserialize)]
    struct Done {
        deed: Deed,
    }
    Ok(read::<Done>(store, project, step).await?.map(|done| done.deed))
}

/// Whether a photo has been in the trash for long enough.
pub(super) fn is_stale(photo: &Photo, now_ms: u64) -> bool {
    photo.trashed_ms.is_some_and(|trashed_ms| is_past(trashed_ms, now_ms))
}

/// Whether what went to the trash then may be purged.
pub(super) fn is_past(trashed_ms: u64, now_ms: u64) -> bool {
    trashed_ms.saturating_add(TRASH_MS) < now_ms
}

/// The writes that note a step in the project of a draft: what was taken back cannot be made again after it.
pub(super) fn note(step: &Step, project: &mut Project) -> Vec<Write> {
    let Steps { first, at, end } = project.steps;
    let mut writes: Vec<Write> =
        (at..end).map(|step| Write::Delete(Table::Steps, keys::step(project.id, step))).collect();
    writes.push(Write::Put(Table::Steps, keys::step(project.id, at), json(step)));
    let kept_from = first.max((at + 1).saturating_sub(MOST_STEPS));
    writes.extend((first..kept_from).map(|step| Write::Delete(Table::Steps, keys::step(project.id, step))));
    project.steps = Steps { first: kept_from, at: at + 1, end: at + 1 };
    writes
}

/// The writes that forget all steps of a project.
pub(super) fn forget(project: &mut Project) -> Vec<Write> {
    let Steps { first, end, .. } = std::mem::take(&mut project.steps);
    (first..end).map(|step| Write::Delete(Table::Steps, keys::step(project.id, step))).collect()
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Brings the project to before its last step, or to after the one that was taken back last.
    ///
    /// # Errors
    /// When a class of the same name has come in between, or the store fails: then nothing has changed. When some photos have
    /// to stay in the trash, for the same ones were added again.
    pub(super) async fn travel(&mut self, side: Side) -> Result<(), Failure> {
        let session = self.session()?;
        let (id, Steps { first, at, end }) = (session.project.id, session.project.steps);
        let number = match side {
            Side::Before if at > first => at - 1,
            Side::After if at < end => at,
            _ => return Ok(()),
        };
        let Some(step) = read::<Step>(&self.store, id, number).await? else { return self.forget_steps().await };
        let mut draft = self.session()?.draft(step.photos());
        step.apply(side, &mut draft.project, &mut draft.photos);
        if let Some(name) = twice(&draft.project.classes) {
            return Err(Failure::ClassExists { name });
        }
        let refused = self.session()?.settle(&mut draft);
        draft.project.steps.at = if side == Side::Before { number } else { number + 1 };
        self.keep_draft(draft, Vec::new()).await?;
        let project = &self.session()?.project.clone();
        let history = History::of(&self.store, project).await?;
        self.session()?.history = history;
        self.tell_history(if side == Side::Before { News::Undone(step.deed) } else { News::Redone(step.deed) });
        refused.map_or(Ok(()), Err)
    }

    /// Notes the photos and classes that came by an import.
    pub(super) async fn note_added(&mut self, job: &Import) -> Result<(), Failure> {
        let now_ms = self.now_ms();
        let session = self.session()?;
        let added: Vec<&Photo> = job.added.iter().filter_map(|id| session.photos.get(id)).collect();
        let mut before = session.project.clone();
        before.classes.retain(|class| !job.made.contains(&class.id));
        let deed = Deed::Added { photos: u32::try_from(added.len()).unwrap_or(u32::MAX) };
        let step = Step::adding(deed, (&before, &session.project), added.into_iter(), now_ms);
        if step.is_empty() {
            return Ok(());
        }
        let mut draft = session.draft(std::iter::empty());
        let writes = note(&step, &mut draft.project);
        self.keep_draft(draft, writes).await?;
        self.noted(step.deed)
    }

    /// A step was made and noted.
    pub(super) fn noted(&mut self, deed: Deed) -> Result<(), Failure> {
        self.session()?.history = History { undo: Some(deed.clone()), redo: None };
        self.tell_history(News::Done(deed));
        Ok(())
    }

    /// Purges the trash for good, deleted projects too, with all steps: many of them would lead back to it.
    pub(super) async fn empty_trash(&mut self) -> Result<(), Failure> {
        self.save_features().await?;
        let mut writes: Vec<Write> =
            projects::trash(&self.store).await?.into_iter().flat_map(projects::purge).collect();
        let session = self.session()?;
        let mut project = session.project.clone();
        writes.extend(forget(&mut project));
        writes.extend(project.removed_heads.drain(..).flat_map(|head| session.head_end(head)));
        writes.extend(session.trash.keys().flat_map(|photo| purge(project.id, *photo)));
        let stay: HashSet<_> = session.photos.values().filter_map(hash_of).collect();
        writes.extend(session.features.keep_only(&stay));
        session.trash.clear();
        self.keep_draft(Draft { project, photos: Vec::new() }, writes).await?;
        self.session()?.history = History::default();
        self.tell_history(News::Forgotten);
        self.tell_projects().await
    }

    /// A step that is not there leads nowhere, and neither do those behind it.
    async fn forget_steps(&mut self) -> Result<(), Failure> {
        let mut draft = self.session()?.draft(std::iter::empty());
        let writes = forget(&mut draft.project);
        self.keep_draft(draft, writes).await?;
        self.session()?.history = History::default();
        self.tell_history(News::Forgotten);
        Ok(())
    }

    /// Tells what can be taken back and made again.
    pub(super) fn tell_history(&self, news: News) {
        if let Some(session) = &self.session {
            let History { undo, redo } = &session.history;
            let trashed = u32::try_from(session.trash.len()).unwrap_or(u32::MAX);
            self.emit(Event::History { undo: undo.clone(), redo: redo.clone(), trashed, news });
        }
    }
}

/// A name that two classes have.
fn twice(classes: &[Class]) -> Option<String> {
    let mut names = HashSet::new();
    classes.iter().find(|class| !names.insert(&class.name)).map(|class| class.name.clone())
}

impl Session {
    /// Makes a draft whole that a step led to: photos whose like is there stay in the trash, and those of a class that is not
    /// there any more come into the unsorted tray. Why some stay, if any do.
    fn settle(&self, draft: &mut Draft) -> Option<Failure> {
        let mut refused = None;
        draft.photos.retain(|photo| {
            let returns = photo.trashed_ms.is_none() && self.trash.contains_key(&photo.id);
            let twin = returns.then(|| self.may_return(photo).err()).flatten();
            let stays = twin.is_some();
            refused = twin.or(refused.take());
            !stays
        });
        let is_there = |class: &ClassId| draft.project.class(*class).is_some();
        let drafted: HashSet<PhotoId> = draft.photos.iter().map(|photo| photo.id).collect();
        let others = self.photos.values().filter(|photo| !drafted.contains(&photo.id));
        draft.photos.extend(others.filter(|photo| photo.class.is_some_and(|class| !is_there(&class))).cloned());
        for photo in draft.photos.iter_mut().filter(|photo| photo.trashed_ms.is_none()) {
            photo.class = photo.class.filter(is_there);
        }
        refused
    }
}
