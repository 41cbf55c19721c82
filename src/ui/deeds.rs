//! What a person does to the photos and classes, and takes back. The engine notes each as one step.

use super::{
    page::Page,
    state::{Settled, Told},
};
use crate::{
    dataset::{ClassId, PhotoId},
    protocol::Request,
};
use leptos::prelude::*;

impl Page {
    /// Removes a class with its photos.
    pub(super) fn remove_class(self, class: ClassId) {
        self.remove(Vec::new(), vec![class]);
    }

    /// Moves photos to the trash.
    pub(super) fn remove_photos(self, photos: Vec<PhotoId>) {
        if !photos.is_empty() {
            self.update(|state| state.examined.act(&photos));
            self.remove(photos, Vec::new());
        }
    }

    /// Puts a class into another one.
    pub(super) fn merge_classes(self, from: ClassId, into: ClassId) {
        self.send(Request::MergeClasses { from, into });
    }

    /// Makes a class of photos of others.
    pub(super) fn split_class(self, photos: Vec<PhotoId>, name: String) {
        self.update(|state| state.examined.act(&photos));
        self.send(Request::SplitClass { photos, name });
    }

    /// Lets a class change places with its neighbour.
    pub(super) fn shift_class(self, class: ClassId, up: bool) {
        self.send(Request::ShiftClass { class, up });
    }

    /// Moves the test set to the trash.
    pub(super) fn remove_test_set(self) {
        self.remove_photos(self.with_untracked(|state| state.photos.test().iter().copied().collect()));
    }

    /// Moves photos to the trash, and classes with theirs, in one step.
    pub(super) fn remove(self, photos: Vec<PhotoId>, classes: Vec<ClassId>) {
        self.send(Request::Remove { photos, classes });
    }

    /// Puts photos into a class.
    pub(super) fn move_photos(self, photos: Vec<PhotoId>, class: ClassId) {
        if !photos.is_empty() {
            self.update(|state| {
                state.examined.act(&photos);
                // Whoever puts a photo into a class by hand need not be asked whether it belongs there.
                state.examined.settle(photos.iter().map(|photo| Settled::Right(*photo, class)));
            });
            self.send(Request::MovePhotos { photos, class: Some(class) });
        }
    }

    /// Photos are right where they are, and are not asked about again; a toast offers to take that back.
    pub(super) fn keep_photos(self, settled: Vec<Settled>) {
        if !settled.is_empty() {
            self.update(|state| {
                state.examined.settle(settled.iter().copied());
                state.notices.tell(Told::Kept { settled });
            });
        }
    }

    /// Takes the last step back, if there is one.
    pub(super) fn undo(self) {
        if self.with_untracked(|state| state.history.undo.is_some()) {
            self.send(Request::Undo);
        }
    }

    /// Makes the step again that was taken back last, if there is one.
    pub(super) fn redo(self) {
        if self.with_untracked(|state| state.history.redo.is_some()) {
            self.send(Request::Redo);
        }
    }

    /// Turns round what a toast tells.
    pub(super) fn turn_round(self, toast: u32) {
        match self.state.try_update(|state| state.notices.take_toast(toast)).flatten() {
            Some(Told::Done(_)) => self.undo(),
            Some(Told::Undone(_)) => self.redo(),
            Some(Told::ProjectDeleted { project, .. }) => self.restore_project(project),
            Some(Told::Kept { settled }) => self.update(|state| state.examined.unsettle(&settled)),
            None => {}
        }
    }

    /// Purges the trash for good.
    pub(super) fn empty_trash(self) {
        self.send(Request::EmptyTrash);
    }
}
