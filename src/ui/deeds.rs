//! What a person does to the photos and can take back.

use super::{
    page::Page,
    state::{Deed, Settled},
};
use crate::{
    dataset::{ClassId, PhotoId},
    protocol::Request,
};
use leptos::prelude::*;
use std::collections::BTreeMap;

impl Page {
    /// Removes a class with its photos; a toast offers to bring it back.
    pub(super) fn remove_class(self, id: ClassId) {
        let Some((class, at, photos)) = self.with_untracked(|state| state.class_for_undo(id)) else { return };
        self.send(Request::RemoveClass { class: id });
        self.update(|state| state.notices.done(Deed::ClassRemoved { class, at, photos }));
    }

    /// Moves photos to the trash; a toast offers to bring them back.
    pub(super) fn remove_photos(self, photos: Vec<PhotoId>) {
        if !photos.is_empty() {
            self.send(Request::TrashPhotos { photos: photos.clone() });
            self.update(|state| {
                state.examined.act(&photos);
                state.notices.done(Deed::PhotosRemoved { photos });
            });
        }
    }

    /// Moves the test set to the trash; a toast offers to bring it back.
    pub(super) fn remove_test_set(self) {
        let photos: Vec<PhotoId> = self.with_untracked(|state| state.photos.test().iter().copied().collect());
        if !photos.is_empty() {
            self.send(Request::TrashPhotos { photos: photos.clone() });
            self.update(|state| {
                state.examined.act(&photos);
                state.notices.done(Deed::TestSetRemoved { photos });
            });
        }
    }

    /// Puts photos into a class; a toast offers to put them back.
    pub(super) fn move_photos(self, photos: Vec<PhotoId>, class: ClassId) {
        if !photos.is_empty() {
            self.send(Request::MovePhotos { photos: photos.clone(), class: Some(class) });
            self.update(|state| {
                state.examined.act(&photos);
                // Whoever puts a photo into a class by hand need not be asked whether it belongs there.
                state.examined.settle(photos.iter().map(|photo| Settled::Right(*photo, class)));
                let from = photos.iter().map(|photo| (*photo, state.photos.class_of(*photo))).collect();
                state.notices.done(Deed::PhotosMoved { from, to: class });
            });
        }
    }

    /// Photos are right where they are, and are not asked about again; a toast offers to take that back.
    pub(super) fn keep_photos(self, settled: Vec<Settled>) {
        if !settled.is_empty() {
            self.update(|state| {
                state.examined.settle(settled.iter().copied());
                state.notices.done(Deed::Kept { settled });
            });
        }
    }

    /// Takes back what a toast tells.
    pub(super) fn undo(self, toast: u32) {
        let deed = self.state.try_update(|state| state.notices.take_toast(toast)).flatten();
        match deed {
            Some(Deed::PhotosRemoved { photos } | Deed::TestSetRemoved { photos }) => {
                self.send(Request::RestorePhotos { photos })
            }
            Some(Deed::Excluded { photos, on }) => self.say_excluded(photos, !on),
            Some(Deed::PhotosMoved { from, .. }) => self.put_back(from),
            Some(Deed::Tagged { before, .. }) => self.put_tags_back(before),
            Some(Deed::Scenes { before, .. }) => self.put_scenes_back(before),
            Some(Deed::Kept { settled }) => self.update(|state| state.examined.unsettle(&settled)),
            Some(Deed::ClassRemoved { class, at, photos }) => self.send(Request::RestoreClass { class, at, photos }),
            Some(Deed::SamplesRemoved { classes, photos }) => {
                for (class, at, photos) in classes {
                    self.send(Request::RestoreClass { class, at, photos });
                }
                self.send(Request::RestorePhotos { photos });
            }
            None => {}
        }
    }

    fn put_back(self, from: Vec<(PhotoId, Option<ClassId>)>) {
        let mut classes: BTreeMap<Option<ClassId>, Vec<PhotoId>> = BTreeMap::new();
        from.into_iter().for_each(|(photo, class)| classes.entry(class).or_default().push(photo));
        classes.into_iter().for_each(|(class, photos)| self.send(Request::MovePhotos { photos, class }));
    }
}
