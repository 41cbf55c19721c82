//! What a person says of photos beside their class: tags, which of them count, and which of them show one scene.

use super::{Engine, PhotoSource, session::Session};
use crate::{
    dataset::{self, BurstId, Deed, Photo, PhotoId},
    protocol::{Failure, Mark},
    store::Store,
};

/// Longest tag, in characters.
const LONGEST: usize = 40;

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Says something of photos, in one step.
    ///
    /// # Errors
    /// When the store fails; then nothing has changed.
    pub(super) async fn mark(&mut self, photos: Vec<PhotoId>, mark: Mark) -> Result<(), Failure> {
        let mut free = self.session()?.free_burst();
        self.make(photos, |draft| {
            for photo in &mut draft.photos {
                match &mark {
                    Mark::Tag { tag } => add(photo, tag),
                    Mark::Untag { tag } => photo.tags.retain(|other| other != tag),
                    Mark::Exclude => photo.excluded = true,
                    Mark::Include => photo.excluded = false,
                    Mark::OneScene => photo.burst = Some(BurstId(free)),
                    Mark::Alone => {
                        photo.burst = Some(BurstId(free));
                        free += 1;
                    }
                }
            }
            Ok(deed(mark, draft.count()))
        })
        .await
    }
}

fn deed(mark: Mark, photos: u32) -> Deed {
    match mark {
        Mark::Tag { tag } => Deed::Tagged { photos, tag, on: true },
        Mark::Untag { tag } => Deed::Tagged { photos, tag, on: false },
        Mark::Exclude => Deed::Excluded { photos, on: true },
        Mark::Include => Deed::Excluded { photos, on: false },
        Mark::OneScene => Deed::Scenes { photos, one: true },
        Mark::Alone => Deed::Scenes { photos, one: false },
    }
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
    pub(super) fn free_burst(&self) -> u32 {
        let all = self.photos.values().chain(self.trash.values());
        all.filter_map(|photo| photo.burst).map(|burst| burst.0 + 1).max().unwrap_or(0)
    }
}
