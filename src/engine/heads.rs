//! Heads: kept in the store as the very file that is shared, written out, and read in.

use super::{
    Engine, PhotoSource,
    instant::Instant,
    session::parse,
    shelf::{KeptHead, Shelf},
};
use crate::{
    backbone::registry::Spec,
    dataset::{self, Deed, FolderEntry, HeadId, Project, head_file_name},
    head::{self, Head, Unknown},
    protocol::{CurvePoint, Event, Failure, HeadOrigin, HeadView, Incoming},
    store::{Store, Table, keys},
};
use std::rc::Rc;

/// The most bytes a head file may have, checked before it is read.
const HEAD_LIMIT_BYTES: u64 = head::file::LIMIT_BYTES as u64;

/// A head that was just made or read.
pub(super) struct NewHead {
    pub(super) head: Head,
    pub(super) origin: HeadOrigin,
    pub(super) curve: Vec<CurvePoint>,
    pub(super) kept_step: u32,
    pub(super) trained_ms: u32,
    pub(super) cancelled: bool,
    /// See [`HeadView::instant_accuracy`].
    pub(super) instant_accuracy: Option<f64>,
    /// Of one that was opened: the file's name.
    pub(super) name: String,
}

impl NewHead {
    /// A head without a training of this page behind it.
    pub(super) fn without_curve(head: Head, origin: HeadOrigin) -> Self {
        Self {
            head,
            origin,
            curve: Vec::new(),
            kept_step: 0,
            trained_ms: 0,
            cancelled: false,
            instant_accuracy: None,
            name: String::new(),
        }
    }

    fn keep(self, id: HeadId, file_bytes: usize) -> KeptHead {
        let view = HeadView {
            id,
            origin: self.origin,
            classes: self.head.classes.clone(),
            score: self.head.score.clone(),
            dim: u32::try_from(self.head.transform.dim()).expect("a feature is short"),
            file_bytes: file_bytes as u64,
            unknown_bytes: self.head.unknown.as_ref().map_or(0, Unknown::file_bytes),
            instant_accuracy: self.instant_accuracy,
            created: self.head.created.clone(),
            name: self.name,
            method: self.head.method.kind.clone(),
            curve: self.curve,
            kept_step: self.kept_step,
            trained_ms: self.trained_ms,
            cancelled: self.cancelled,
        };
        KeptHead { head: Rc::new(self.head), view }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Reads the heads that the project had when it was last open.
    ///
    /// # Errors
    /// When one was made for another backbone or is damaged; the project itself is open all the same.
    pub(super) async fn load_heads(&mut self) -> Result<(), Failure> {
        let mut project = self.session.as_ref().expect("called with an open project").project.clone();
        let (shelf, trouble) = self.read_shelf(&mut project).await;
        let session = self.session()?;
        session.project = project;
        session.shelf = shelf;
        session.pick_active();
        trouble.map_or(Ok(()), Err)
    }

    /// The heads that a project names, as far as they can be read, and why one cannot.
    pub(super) async fn read_shelf(&self, project: &mut Project) -> (Shelf, Option<Failure>) {
        let spec = self.backbone.spec();
        // Projects of the first version know the active head alone.
        if project.instant_head.is_none() && project.made_heads.is_empty() {
            project.made_heads.extend(project.active_head);
        }
        let (mut shelf, mut trouble) = (Shelf::default(), None);
        for id in project.made_heads.iter().chain(&project.instant_head) {
            match load(&self.store, project, *id, spec).await {
                Ok(Some(kept)) if Some(*id) == project.instant_head => shelf.instant = Some(kept),
                Ok(Some(kept)) => shelf.made.push(kept),
                Ok(None) => {}
                Err(failure) => trouble = Some(failure),
            }
        }
        (shelf, trouble)
    }

    /// Reads the heads anew after some were taken away or brought back.
    ///
    /// # Errors
    /// When one cannot be read, or the store fails.
    pub(super) async fn follow_heads(&mut self) -> Result<(), Failure> {
        self.load_heads().await?;
        let writes = self.session()?.project_writes();
        self.store.commit(writes).await?;
        self.tell_heads()
    }

    /// Takes a head away, as a step that can be taken back.
    ///
    /// # Errors
    /// When the store fails; then it is still there.
    pub(super) async fn remove_head(&mut self, head: HeadId) -> Result<(), Failure> {
        self.make([], |draft| {
            draft.project.remove_head(head);
            Ok(Deed::HeadRemoved)
        })
        .await
    }

    /// Keeps a head in one commit and lets the better one answer; a head that was opened answers in any case.
    pub(super) async fn keep_head(&mut self, new: NewHead) -> Result<(), Failure> {
        let file = head::file::write(&new.head);
        let session = self.session.as_mut().ok_or_else(super::no_project)?;
        let before = (session.project.clone(), session.shelf.clone());
        let is_instant = new.origin == HeadOrigin::Instant;
        let id = session.project.instant_head.filter(|_| is_instant).unwrap_or(HeadId(session.project.next_head));
        session.project.next_head = session.project.next_head.max(id.0 + 1);
        let ended = session.put_on_shelf(new.keep(id, file.len()));
        session.pick_active();
        let mut writes = session.project_writes();
        writes.extend(session.shelf.get(id).into_iter().flat_map(|kept| session.head_writes(kept, file.clone())));
        writes.extend(ended.into_iter().flat_map(|head| session.head_end(head)));
        if let Err(error) = self.store.commit(writes).await {
            (session.project, session.shelf) = before;
            return Err(error.into());
        }
        self.tell_heads()
    }

    /// Takes the instant head away: too few classes have photos.
    pub(super) async fn drop_instant(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        if session.shelf.instant.take().is_none() {
            return Ok(());
        }
        let ended = session.project.instant_head.take();
        session.pick_active();
        let mut writes = session.project_writes();
        writes.extend(ended.into_iter().flat_map(|head| session.head_end(head)));
        self.store.commit(writes).await?;
        self.tell_heads()
    }

    /// Lets one head answer, or again the better one.
    pub(super) async fn use_head(&mut self, head: Option<HeadId>) -> Result<(), Failure> {
        let session = self.session()?;
        session.project.head_chosen = head.is_some();
        if head.is_some() {
            session.project.active_head = head;
        }
        session.pick_active();
        let writes = session.project_writes();
        self.store.commit(writes).await?;
        self.tell_heads()
    }

    pub(super) fn tell_heads(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        session.heads_revision += 1;
        let heads = session.heads();
        self.emit(Event::Heads(heads));
        Ok(())
    }

    /// A class of the project has a new name: the heads that were fitted here answer with that name.
    pub(super) async fn rename_in_heads(&mut self, old: &str, new: &str) -> Result<(), Failure> {
        let changed = self.change_heads(|head, _| {
            let mut named = head.classes.iter_mut().filter(|class| class.name == old).peekable();
            let changes = named.peek().is_some();
            named.for_each(|class| new.clone_into(&mut class.name));
            changes
        });
        if changed.await? { self.tell_heads() } else { Ok(()) }
    }

    /// Changes the heads that were made here, where `change` says that it did, and keeps them in one commit; whether any was
    /// changed.
    pub(super) async fn change_heads(
        &mut self,
        mut change: impl FnMut(&mut Head, &Instant) -> bool,
    ) -> Result<bool, Failure> {
        let session = self.session.as_mut().ok_or_else(super::no_project)?;
        let mut files = Vec::new();
        for kept in session.shelf.instant.iter_mut().chain(&mut session.shelf.made) {
            if kept.view.origin != HeadOrigin::Opened && change(Rc::make_mut(&mut kept.head), &session.instant) {
                let file = head::file::write(&kept.head);
                kept.view.classes.clone_from(&kept.head.classes);
                kept.view.file_bytes = file.len() as u64;
                files.push((kept.view.id, file));
            }
        }
        let mut writes = Vec::new();
        for (id, file) in &files {
            writes.extend(session.shelf.get(*id).into_iter().flat_map(|kept| session.head_writes(kept, file.clone())));
        }
        if !writes.is_empty() {
            self.store.commit(writes).await?;
        }
        Ok(!files.is_empty())
    }

    /// Hands the active head over as a file.
    pub(super) async fn export_head(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        let active = session.active().ok_or(Failure::NoHead)?;
        let bytes = head::file::write(&active.head);
        let name = head_file_name(&session.project.name);
        (self.emit)(Event::HeadFile { name }, Some(bytes));
        Ok(())
    }

    /// Reads a head file and makes it the one that answers. A file that is refused changes nothing.
    pub(super) async fn open_head(&mut self, incoming: &Incoming) -> Result<(), Failure> {
        let size_bytes = self.source.size_bytes(incoming.file).await?;
        if size_bytes > HEAD_LIMIT_BYTES {
            return Err(Failure::NotAHead { detail: format!("{size_bytes} bytes") });
        }
        let bytes = self.source.bytes(incoming.file).await?;
        let head = head::file::read(&bytes, self.backbone.spec())?;
        let name = dataset::plain(FolderEntry::parse(&incoming.path).name);
        self.keep_head(NewHead { name, ..NewHead::without_curve(head, HeadOrigin::Opened) }).await
    }
}

/// A head from the store; none where there is none.
///
/// # Errors
/// When it was made for another backbone or is damaged.
async fn load(store: &impl Store, project: &Project, id: HeadId, spec: &Spec) -> Result<Option<KeptHead>, Failure> {
    let key = keys::head(project.id, id);
    let record = store.get(Table::Heads, &key).await?;
    let file = store.get(Table::HeadFiles, &key).await?;
    let (Some(record), Some(file)) = (record, file) else { return Ok(None) };
    Ok(Some(KeptHead { head: Rc::new(head::file::read(&file, spec)?), view: parse(&record)? }))
}
