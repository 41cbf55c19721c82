//! What a person changes: classes and where photos belong. Each is one commit, told after it is complete.

use super::{
    Engine, PhotoSource, no_project,
    session::{Session, photo_view},
};
use crate::{
    dataset::{self, Class, ClassId, Photo, PhotoId},
    protocol::{Event, Failure, Request},
    store::{Store, Write},
};

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Serves one edit.
    ///
    /// # Errors
    /// When a name is taken or the store fails; then nothing has changed.
    pub(super) async fn edit(&mut self, request: Request) -> Result<(), Failure> {
        match request {
            Request::RenameProject { name } => self.rename_project(name).await,
            Request::AddClass { name } => self.add_class(&name).await,
            Request::RenameClass { class, name } => self.rename_class(class, &name).await,
            Request::RemoveClass { class } => self.remove_class(class).await,
            Request::RestoreClass { class, at, photos } => self.restore_class(class, at, &photos).await,
            Request::MovePhotos { photos, class } => {
                self.place(&photos, |photo| {
                    photo.class = class;
                    photo.trashed_ms = None;
                })
                .await
            }
            Request::Mark { photos, mark } => self.mark(&photos, mark).await,
            Request::RestorePhotos { photos } => self.restore(photos).await,
            Request::TrashPhotos { photos } => {
                let now = self.now_ms();
                self.place(&photos, |photo| photo.trashed_ms = Some(now)).await
            }
            _ => Ok(()),
        }
    }

    async fn rename_project(&mut self, name: String) -> Result<(), Failure> {
        let name = dataset::name(&name);
        self.change_project(|session| {
            session.project.name.clone_from(&name);
            Ok(())
        })
        .await?;
        self.emit(Event::ProjectRenamed { name });
        Ok(())
    }

    async fn add_class(&mut self, name: &str) -> Result<(), Failure> {
        let name = &dataset::name(name);
        if name.is_empty() {
            return Ok(());
        }
        self.change_project(|session| match session.project.class_named(name) {
            (_, true) => Ok(()),
            (_, false) => Err(Failure::ClassExists { name: name.to_owned() }),
        })
        .await?;
        self.tell_classes()
    }

    async fn rename_class(&mut self, id: ClassId, name: &str) -> Result<(), Failure> {
        let name = &dataset::name(name);
        if name.is_empty() {
            return Ok(());
        }
        let mut old_name = None;
        self.change_project(|session| {
            if session.project.classes.iter().any(|class| class.name == *name && class.id != id) {
                return Err(Failure::ClassExists { name: name.to_owned() });
            }
            if let Some(class) = session.project.classes.iter_mut().find(|class| class.id == id) {
                old_name = Some(std::mem::replace(&mut class.name, name.to_owned()));
                // A head that is being fitted has the old name.
                session.revision += 1;
            }
            Ok(())
        })
        .await?;
        self.tell_classes()?;
        match old_name {
            Some(old_name) => self.rename_in_heads(&old_name, name).await,
            None => Ok(()),
        }
    }

    async fn remove_class(&mut self, id: ClassId) -> Result<(), Failure> {
        let session = self.session()?;
        let photos: Vec<PhotoId> =
            session.photos.values().filter(|photo| photo.class == Some(id)).map(|photo| photo.id).collect();
        let now = self.now_ms();
        self.change_both(
            |session| {
                session.project.classes.retain(|class| class.id != id);
                Ok(())
            },
            &photos,
            |photo| photo.trashed_ms = Some(now),
        )
        .await?;
        self.tell_classes()
    }

    async fn restore_class(&mut self, class: Class, at: usize, photos: &[PhotoId]) -> Result<(), Failure> {
        let id = class.id;
        self.change_both(
            |session| {
                let classes = &mut session.project.classes;
                if classes.iter().any(|other| other.name == class.name) {
                    return Err(Failure::ClassExists { name: class.name });
                }
                let at = at.min(classes.len());
                classes.insert(at, class);
                session.revision += 1;
                Ok(())
            },
            photos,
            |photo| {
                photo.class = Some(id);
                photo.trashed_ms = None;
            },
        )
        .await?;
        self.tell_classes()
    }

    /// Takes photos out of the trash, but those whose like has taken their place or is on the other side meanwhile.
    async fn restore(&mut self, mut photos: Vec<PhotoId>) -> Result<(), Failure> {
        let session = self.session()?;
        let mut refused = None;
        photos.retain(|id| match session.may_return(*id) {
            Ok(()) => true,
            Err(failure) => {
                refused = Some(failure);
                false
            }
        });
        self.place(&photos, |photo| photo.trashed_ms = None).await?;
        refused.map_or(Ok(()), Err)
    }

    /// Changes the project's record, commits it, and takes the change back if that fails.
    pub(super) async fn change_project(
        &mut self,
        change: impl FnOnce(&mut Session) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let session = self.session.as_mut().ok_or_else(no_project)?;
        let before = session.project.clone();
        let result = match change(session) {
            Ok(()) => self.store.commit(session.project_writes()).await.map_err(Failure::from),
            Err(failure) => Err(failure),
        };
        if result.is_err() {
            session.project = before;
        }
        result
    }

    /// Changes the project's record and those of photos in one commit, so that no class is without its photos in between.
    async fn change_both(
        &mut self,
        change: impl FnOnce(&mut Session) -> Result<(), Failure>,
        photos: &[PhotoId],
        change_photo: impl FnMut(&mut Photo),
    ) -> Result<(), Failure> {
        let session = self.session()?;
        let before = session.project.clone();
        let result = match change(session) {
            Ok(()) => {
                let writes = session.project_writes();
                self.place_with(writes, photos, change_photo).await
            }
            Err(failure) => Err(failure),
        };
        if result.is_err() {
            self.session()?.project = before;
        }
        result
    }

    /// Changes photos' records in one commit, and tells where they are now.
    pub(super) async fn place(&mut self, ids: &[PhotoId], change: impl FnMut(&mut Photo)) -> Result<(), Failure> {
        self.place_with(Vec::new(), ids, change).await
    }

    /// The same, together with other writes.
    async fn place_with(
        &mut self,
        mut writes: Vec<Write>,
        ids: &[PhotoId],
        mut change: impl FnMut(&mut Photo),
    ) -> Result<(), Failure> {
        let session = self.session.as_mut().ok_or_else(no_project)?;
        let changed: Vec<Photo> = ids
            .iter()
            .filter_map(|id| session.photos.get(id).or_else(|| session.trash.get(id)).cloned())
            .map(|mut photo| {
                change(&mut photo);
                photo
            })
            .collect();
        writes.extend(changed.iter().map(|photo| session.photo_write(photo)));
        if writes.is_empty() {
            return Ok(());
        }
        self.store.commit(writes).await?;
        if changed.is_empty() {
            return Ok(());
        }
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
        Ok(())
    }

    fn tell_classes(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        session.heads_revision += 1;
        let classes = session.project.classes.clone();
        self.emit(Event::Classes { classes });
        Ok(())
    }
}
