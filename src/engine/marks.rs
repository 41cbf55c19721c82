//! What a person says of photos beside their class: tags, which of them count, and which of them show one scene.

use super::{Engine, PhotoSource, session::Session};
use crate::{
    dataset::{self, BurstId, Photo, PhotoId},
    protocol::{Failure, Mark},
    store::Store,
};

/// Longest tag, in characters.
const LONGEST: usize = 40;

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Says something of photos, in one commit.
    ///
    /// # Errors
    /// When the store fails; then nothing has changed.
    pub(super) async fn mark(&mut self, photos: &[PhotoId], mark: Mark) -> Result<(), Failure> {
        let mut free = self.session()?.free_burst();
        match mark {
            Mark::Tag { tag } => self.place(photos, |photo| add(photo, &tag)).await,
            Mark::Untag { tag } => self.place(photos, |photo| photo.tags.retain(|other| *other != tag)).await,
            Mark::Tags { tags } => {
                self.place(photos, |photo| {
                    if let Some(tags) = at(photos, photo, &tags) {
                        photo.tags.clone_from(tags);
                    }
                })
                .await
            }
            Mark::Exclude => self.place(photos, |photo| photo.excluded = true).await,
            Mark::Include => self.place(photos, |photo| photo.excluded = false).await,
            Mark::OneScene => self.place(photos, |photo| photo.burst = Some(BurstId(free))).await,
            Mark::Alone => {
                self.place(photos, |photo| {
                    photo.burst = Some(BurstId(free));
                    free += 1;
                })
                .await
            }
            Mark::Bursts { bursts } => {
                self.place(photos, |photo| {
                    if let Some(burst) = at(photos, photo, &bursts) {
                        photo.burst = *burst;
                    }
                })
                .await
            }
        }
    }
}

/// What is told of a photo in a list beside the photos.
fn at<'a, T>(photos: &[PhotoId], photo: &Photo, list: &'a [T]) -> Option<&'a T> {
    photos.iter().position(|id| *id == photo.id).and_then(|at| list.get(at))
}

/// Adds a tag once; one of blanks is none.
fn add(photo: &mut Photo, tag: &str) {
    let tag: String = dataset::name(tag).chars().take(LONGEST).collect();
    if !tag.is_empty() && !photo.tags.contains(&tag) {
        photo.tags.push(tag);
    }
}

impl Session {
    /// A number that no burst of a person's has.
    fn free_burst(&self) -> u32 {
        let all = self.photos.values().chain(self.trash.values());
        all.filter_map(|photo| photo.burst).map(|burst| burst.0 + 1).max().unwrap_or(0)
    }
}
