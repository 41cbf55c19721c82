//! What a person changes: names, classes, where photos belong and what is said of them. Each is one commit, told after it is
//! complete, and one step of the history.

use super::{
    Engine, PhotoSource, history, no_project,
    session::{Session, photo_view},
};
use crate::{
    dataset::{self, ClassId, Deed, Photo, PhotoId, Project, Side, Step},
    protocol::{Event, Failure, Request},
    store::{Store, Write},
};
use std::collections::BTreeSet;

/// A project and some of its photos as they are to be.
pub(super) struct Draft {
    pub(super) project: Project,
    pub(super) photos: Vec<Photo>,
}

impl Session {
    /// What is there of the project and of these photos, to be changed.
    pub(super) fn draft(&self, photos: impl IntoIterator<Item = PhotoId>) -> Draft {
        let ids: BTreeSet<PhotoId> = photos.into_iter().collect();
        Draft {
            project: self.project.clone(),
            photos: ids.into_iter().filter_map(|id| self.photo(id)).cloned().collect(),
        }
    }

    /// A photo, in the trash or not.
    pub(super) fn photo(&self, id: PhotoId) -> Option<&Photo> {
        self.photos.get(&id).or_else(|| self.trash.get(&id))
    }
}

impl Draft {
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.photos.len()).unwrap_or(u32::MAX)
    }

    fn class_name(&self, id: ClassId) -> Option<String> {
        self.project.class(id).map(|class| class.name.clone())
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Serves one edit.
    ///
    /// # Errors
    /// When a name is taken or the store fails; then nothing has changed.
    pub(super) async fn edit(&mut self, request: Request) -> Result<(), Failure> {
        match request {
            Request::RenameProject { name } => {
                let name = dataset::name(&name);
                self.make([], |draft| {
                    draft.project.name.clone_from(&name);
                    Ok(Deed::ProjectRenamed { name })
                })
                .await
            }
            Request::AddClass { name } => self.add_class(&name).await,
            Request::RenameClass { class, name } => self.rename_class(class, &name).await,
            Request::MovePhotos { photos, class } => {
                self.make(photos, |draft| {
                    for photo in &mut draft.photos {
                        photo.class = class;
                        photo.trashed_ms = None;
                    }
                    Ok(Deed::Moved { photos: draft.count(), to: class.and_then(|class| draft.class_name(class)) })
                })
                .await
            }
            Request::Mark { photos, mark } => self.mark(photos, mark).await,
            Request::Remove { photos, classes } => self.remove(photos, &classes).await,
            Request::MergeClasses { from, into } => self.merge(from, into).await,
            Request::ShiftClass { class, up } => self.shift(class, up).await,
            Request::Undo => self.travel(Side::Before).await,
            Request::Redo => self.travel(Side::After).await,
            Request::EmptyTrash => self.empty_trash().await,
            _ => Ok(()),
        }
    }

    async fn add_class(&mut self, name: &str) -> Result<(), Failure> {
        let name = dataset::name(name);
        if name.is_empty() {
            return Ok(());
        }
        self.make([], |draft| match draft.project.class_named(&name) {
            (_, true) => Ok(Deed::ClassAdded { name }),
            (_, false) => Err(Failure::ClassExists { name }),
        })
        .await
    }

    async fn rename_class(&mut self, id: ClassId, name: &str) -> Result<(), Failure> {
        let name = dataset::name(name);
        if name.is_empty() {
            return Ok(());
        }
        self.make([], |draft| {
            let from = draft.class_name(id).unwrap_or_default();
            if draft.project.classes.iter().any(|class| class.name == name && class.id != id) {
                return Err(Failure::ClassExists { name });
            }
            let class = draft.project.classes.iter_mut().find(|class| class.id == id);
            class.into_iter().for_each(|class| class.name.clone_from(&name));
            Ok(Deed::ClassRenamed { from, to: name })
        })
        .await
    }

    /// Photos go to the trash, and so do classes with theirs.
    async fn remove(&mut self, mut photos: Vec<PhotoId>, classes: &[ClassId]) -> Result<(), Failure> {
        let now_ms = self.now_ms();
        let session = self.session()?;
        let of_classes = session.photos.values().filter(|photo| photo.class.is_some_and(|id| classes.contains(&id)));
        photos.extend(of_classes.map(|photo| photo.id));
        photos.retain(|id| session.photos.contains_key(id));
        self.make(photos, |draft| {
            draft.photos.iter_mut().for_each(|photo| photo.trashed_ms = Some(now_ms));
            let names = classes.iter().filter_map(|id| draft.class_name(*id)).collect();
            draft.project.classes.retain(|class| !classes.contains(&class.id));
            Ok(Deed::Removed { photos: draft.count(), classes: names })
        })
        .await
    }

    /// Photos of one class go into another; those that are there already go to the trash.
    async fn merge(&mut self, from: ClassId, into: ClassId) -> Result<(), Failure> {
        let now_ms = self.now_ms();
        let session = self.session()?;
        let of = |class| session.photos.values().filter(move |photo| photo.class == Some(class));
        let there: BTreeSet<String> = of(into).map(|photo| photo.sha256.clone()).collect();
        let photos: Vec<PhotoId> = of(from).map(|photo| photo.id).collect();
        self.make(photos, |draft| {
            let (Some(from_name), Some(into_name), true) =
                (draft.class_name(from), draft.class_name(into), from != into)
            else {
                return Ok(Deed::Moved { photos: 0, to: None });
            };
            for photo in &mut draft.photos {
                if there.contains(&photo.sha256) {
                    photo.trashed_ms = Some(now_ms);
                }
                photo.class = Some(into);
            }
            draft.project.classes.retain(|class| class.id != from);
            Ok(Deed::Merged { from: from_name, into: into_name })
        })
        .await
    }

    async fn shift(&mut self, class: ClassId, up: bool) -> Result<(), Failure> {
        self.make([], |draft| {
            let classes = &mut draft.project.classes;
            let at = classes.iter().position(|other| other.id == class);
            let to =
                at.and_then(|at| if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < classes.len()) });
            if let (Some(at), Some(to)) = (at, to) {
                classes.swap(at, to);
            }
            Ok(Deed::ClassShifted { name: draft.class_name(class).unwrap_or_default() })
        })
        .await
    }

    /// Makes an edit: a change of the project and of some photos, which says what it did.
    ///
    /// # Errors
    /// Those of the change, and when the store fails; then nothing has changed.
    pub(super) async fn make(
        &mut self,
        photos: impl IntoIterator<Item = PhotoId>,
        change: impl FnOnce(&mut Draft) -> Result<Deed, Failure>,
    ) -> Result<(), Failure> {
        let session = self.session()?;
        let mut draft = session.draft(photos);
        let deed = change(&mut draft)?;
        let pairs = draft.photos.iter().filter_map(|photo| Some((session.photo(photo.id)?, photo)));
        let step = Step::between(deed, (&session.project, &draft.project), pairs);
        if step.is_empty() {
            return Ok(());
        }
        let writes = history::note(&step, &mut draft.project);
        self.keep_draft(draft, writes).await?;
        self.noted(step.deed)
    }

    /// Makes a draft what is, in one commit together with other writes, and tells what is other than before.
    ///
    /// # Errors
    /// When the store fails; then nothing has changed.
    pub(super) async fn keep_draft(&mut self, draft: Draft, mut writes: Vec<Write>) -> Result<(), Failure> {
        let session = self.session.as_mut().ok_or_else(no_project)?;
        let Draft { project, photos } = draft;
        let before = std::mem::replace(&mut session.project, project);
        let changed: Vec<Photo> = photos.into_iter().filter(|photo| session.photo(photo.id) != Some(photo)).collect();
        writes.extend(session.project_writes());
        writes.extend(changed.iter().map(|photo| session.photo_write(photo)));
        if let Err(error) = self.store.commit(writes).await {
            session.project = before;
            return Err(error.into());
        }
        self.tell_project(&before);
        self.take_photos(changed);
        self.tell_classes(&before.classes).await
    }

    fn tell_project(&self, before: &Project) {
        if let Some(session) = &self.session
            && session.project.name != before.name
        {
            self.emit(Event::ProjectRenamed { name: session.project.name.clone() });
        }
    }

    /// Takes changed photos over into memory, and tells where they are.
    fn take_photos(&mut self, changed: Vec<Photo>) {
        let Some(session) = self.session.as_mut().filter(|_| !changed.is_empty()) else { return };
        // What only tags say changes no head.
        let as_before = |photo: &Photo| {
            let before = session.photos.get(&photo.id);
            before.is_some_and(|before| Photo { tags: before.tags.clone(), ..photo.clone() } == *before)
        };
        if changed.iter().all(as_before) {
            session.tags_revision += 1;
        } else {
            session.revision += 1;
        }
        let (mut placed, mut gone) = (Vec::new(), Vec::new());
        for photo in changed {
            session.photos.remove(&photo.id);
            session.trash.remove(&photo.id);
            if photo.trashed_ms.is_some() {
                gone.push(photo.id);
                session.trash.insert(photo.id, photo);
            } else {
                placed.push(photo_view(&photo));
                session.photos.insert(photo.id, photo);
            }
        }
        if !placed.is_empty() {
            self.emit(Event::PhotosPlaced { photos: placed });
        }
        if !gone.is_empty() {
            self.emit(Event::PhotosGone { photos: gone });
        }
    }

    /// Tells classes that are other than before; heads follow their names.
    async fn tell_classes(&mut self, before: &[dataset::Class]) -> Result<(), Failure> {
        let session = self.session()?;
        let classes = session.project.classes.clone();
        if classes == before {
            return Ok(());
        }
        session.heads_revision += 1;
        let renamed: Vec<(String, String)> = before
            .iter()
            .filter_map(|was| Some((was, session.project.class(was.id)?)))
            .filter(|(was, is)| was.name != is.name)
            .map(|(was, is)| (was.name.clone(), is.name.clone()))
            .collect();
        if !renamed.is_empty() {
            // A head that is being fitted has the old names.
            session.revision += 1;
        }
        self.emit(Event::Classes { classes });
        for (from, to) in renamed {
            self.rename_in_heads(&from, &to).await?;
        }
        Ok(())
    }
}
