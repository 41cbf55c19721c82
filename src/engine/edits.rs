//! What a person changes: names, classes, where photos belong and what is said of them. Each is one step of the history.

use super::{Engine, PhotoSource};
use crate::{
    dataset::{self, ClassId, Deed, PhotoId, Side},
    protocol::{Failure, Request},
    store::Store,
};
use std::collections::BTreeSet;

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
            Request::SplitClass { photos, name } => self.split(photos, &name).await,
            Request::ShiftClass { class, up } => self.shift(class, up).await,
            Request::RemoveHead { head } => self.remove_head(head).await,
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

    /// Photos become a class of their own.
    async fn split(&mut self, photos: Vec<PhotoId>, name: &str) -> Result<(), Failure> {
        let name = dataset::name(name);
        if name.is_empty() || photos.is_empty() {
            return Ok(());
        }
        self.make(photos, |draft| match draft.project.class_named(&name) {
            (class, true) => {
                draft.photos.iter_mut().for_each(|photo| photo.class = Some(class));
                Ok(Deed::Moved { photos: draft.count(), to: Some(name) })
            }
            (_, false) => Err(Failure::ClassExists { name }),
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
}
