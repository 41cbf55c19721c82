//! A change as it is made: drafted, noted as a step, kept in one commit, and told after it is complete.

use super::{
    Engine, PhotoSource, history, no_project,
    session::{Session, photo_view},
};
use crate::{
    dataset::{Class, ClassId, Deed, Photo, PhotoId, Project, Step},
    protocol::{Event, Failure},
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

    pub(super) fn class_name(&self, id: ClassId) -> Option<String> {
        self.project.class(id).map(|class| class.name.clone())
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
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
        let heads_changed = session.project.made_heads != before.made_heads;
        self.tell_project(&before);
        self.take_photos(changed);
        self.tell_classes(&before.classes).await?;
        if heads_changed { self.follow_heads().await } else { Ok(()) }
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
    async fn tell_classes(&mut self, before: &[Class]) -> Result<(), Failure> {
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
