//! Sample pictures among the photos. They are known by their file names, so that a reload knows them too.

use super::State;
use crate::dataset::{ClassId, PhotoId};

/// How the file names of sample pictures begin.
pub const SAMPLE_PREFIX: &str = "headstart-sample-";

impl State {
    /// The classes of sample pictures alone, and the samples in other classes.
    pub fn samples(&self) -> (Vec<ClassId>, Vec<PhotoId>) {
        let (mut classes, mut photos) = (Vec::new(), Vec::new());
        for class in self.photos.classes() {
            let own = self.photos.of(Some(class.id));
            let samples: Vec<PhotoId> = own.iter().copied().filter(|photo| self.is_sample(*photo)).collect();
            if samples.len() < own.len() {
                photos.extend(samples);
            } else if !samples.is_empty() {
                classes.push(class.id);
            }
        }
        photos.extend(self.photos.of(None).iter().copied().filter(|photo| self.is_sample(*photo)));
        (classes, photos)
    }

    fn is_sample(&self, photo: PhotoId) -> bool {
        self.photos.name(photo).is_some_and(is_sample)
    }
}

/// Whether a file of that name is a sample picture.
pub(super) fn is_sample(name: &str) -> bool {
    name.starts_with(SAMPLE_PREFIX)
}
