//! What a person says of photos beside their class, as requests to the engine: tags, scenes, and which of them count.

use super::page::Page;
use crate::{
    dataset::PhotoId,
    protocol::{Mark, Request},
};

impl Page {
    fn mark(self, photos: Vec<PhotoId>, mark: Mark) {
        if !photos.is_empty() {
            self.send(Request::Mark { photos, mark });
        }
    }

    /// Gives photos a tag, or takes it off.
    pub(super) fn tag_photos(self, photos: Vec<PhotoId>, tag: &str, on: bool) {
        let tag = tag.trim().to_owned();
        if !tag.is_empty() {
            self.mark(photos, if on { Mark::Tag { tag } } else { Mark::Untag { tag } });
        }
    }

    /// Photos are kept and nothing else, or count again.
    pub(super) fn exclude_photos(self, mut photos: Vec<PhotoId>, on: bool) {
        photos.retain(|photo| self.with_untracked(|state| state.photos.is_excluded(*photo)) != on);
        self.update(|state| state.examined.act(&photos));
        self.mark(photos, if on { Mark::Exclude } else { Mark::Include });
    }

    /// Photos show one scene.
    pub(super) fn same_scene(self, photos: Vec<PhotoId>) {
        self.mark(photos, Mark::OneScene);
    }

    /// Each of these photos shows a scene of its own.
    pub(super) fn part_scene(self, photos: Vec<PhotoId>) {
        self.mark(photos, Mark::Alone);
    }
}
