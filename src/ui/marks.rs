//! What a person says of photos beside their class, as requests to the engine: tags, scenes, and which of them count.

use super::{page::Page, state::Deed};
use crate::{
    dataset::{BurstId, PhotoId},
    protocol::{Mark, Request},
};

impl Page {
    fn mark(self, photos: Vec<PhotoId>, mark: Mark) {
        self.send(Request::Mark { photos, mark });
    }

    /// Gives photos a tag, or takes it off; a toast offers to take that back.
    pub(super) fn tag_photos(self, photos: Vec<PhotoId>, tag: &str, on: bool) {
        let tag = tag.trim().to_owned();
        if photos.is_empty() || tag.is_empty() {
            return;
        }
        self.update(|state| {
            let before = photos.iter().map(|photo| (*photo, state.photos.tags(*photo).to_vec())).collect();
            state.notices.done(Deed::Tagged { tag: tag.clone(), on, before });
        });
        self.mark(photos, if on { Mark::Tag { tag } } else { Mark::Untag { tag } });
    }

    /// Photos are kept and nothing else, or count again; a toast offers to take that back.
    pub(super) fn exclude_photos(self, mut photos: Vec<PhotoId>, on: bool) {
        photos.retain(|photo| self.with_untracked(|state| state.photos.is_excluded(*photo)) != on);
        if !photos.is_empty() {
            self.say_excluded(photos.clone(), on);
            self.update(|state| {
                state.examined.act(&photos);
                state.notices.done(Deed::Excluded { photos, on });
            });
        }
    }

    pub(super) fn say_excluded(self, photos: Vec<PhotoId>, on: bool) {
        self.mark(photos, if on { Mark::Exclude } else { Mark::Include });
    }

    /// Photos show one scene; a toast offers to take that back.
    pub(super) fn same_scene(self, photos: Vec<PhotoId>) {
        self.say_scenes(photos, true);
    }

    /// Each of these photos shows a scene of its own; a toast offers to take that back.
    pub(super) fn part_scene(self, photos: Vec<PhotoId>) {
        self.say_scenes(photos, false);
    }

    fn say_scenes(self, photos: Vec<PhotoId>, one: bool) {
        self.update(|state| {
            let before = state.bursts_of(&photos);
            state.notices.done(Deed::Scenes { one, before });
        });
        self.mark(photos, if one { Mark::OneScene } else { Mark::Alone });
    }

    pub(super) fn put_tags_back(self, before: Vec<(PhotoId, Vec<String>)>) {
        let (photos, tags) = before.into_iter().unzip();
        self.mark(photos, Mark::Tags { tags });
    }

    pub(super) fn put_scenes_back(self, before: Vec<(PhotoId, Option<BurstId>)>) {
        let (photos, bursts) = before.into_iter().unzip();
        self.mark(photos, Mark::Bursts { bursts });
    }
}
