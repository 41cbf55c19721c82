//! The project's classes and photos, as the lists of the page need them.

use super::samples::is_sample;
use crate::{
    dataset::{BurstId, Class, ClassId, PhotoId, ProjectId, Role},
    protocol::{PhotoView, ProjectView},
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Photos of a class that are enough to train: one judges, one is learned from.
pub const NEEDED: usize = 2;
/// Below this a class has too few photos for more than a try.
pub const BIT_FEW_BELOW: usize = 5;
/// From here on the score of a class starts to mean something.
pub const GOOD_FROM: usize = 20;

/// Whether a class has enough photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enough {
    /// None at all.
    None,
    /// Training needs this many more.
    TooFew {
        /// Photos that are missing.
        missing: usize,
    },
    /// It can be trained; with this many more its score starts to mean something.
    BitFew {
        /// Photos that are missing.
        missing: usize,
    },
    /// Enough, and with this many more its score starts to mean something.
    Some {
        /// Photos that are missing.
        missing: usize,
    },
    /// Good.
    Good,
}

impl Enough {
    /// For a class with that many photos.
    pub fn of(count: usize) -> Self {
        let missing = GOOD_FROM.saturating_sub(count);
        match count {
            0 => Self::None,
            _ if count < NEEDED => Self::TooFew { missing: NEEDED - count },
            _ if count < BIT_FEW_BELOW => Self::BitFew { missing },
            _ if count < GOOD_FROM => Self::Some { missing },
            _ => Self::Good,
        }
    }
}

/// Whether the project can be trained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Supply {
    /// It can.
    Enough,
    /// Fewer than two classes have photos.
    TooFewClasses,
    /// A class has photos, but too few.
    TooFewPhotos {
        /// Its name.
        class: String,
        /// How many more it needs.
        missing: usize,
    },
}

/// Classes, and their photos in the order of import. Those of the test set stand apart: heads learn from the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Photos {
    project: Option<ProjectId>,
    classes: Vec<Class>,
    known: HashMap<PhotoId, PhotoView>,
    members: BTreeMap<Option<ClassId>, Vec<PhotoId>>,
    test: BTreeSet<PhotoId>,
    excluded: BTreeSet<PhotoId>,
    /// How many are sample pictures: asked at every change of the page, so it is counted along.
    samples: usize,
}

impl Photos {
    /// As the engine opened them.
    pub fn new(project: ProjectView) -> Self {
        let mut photos = Self { project: Some(project.id), classes: project.classes, ..Self::default() };
        project.photos.into_iter().for_each(|photo| photos.place(photo));
        photos
    }

    /// The project they belong to, once it is open.
    pub fn project(&self) -> Option<ProjectId> {
        self.project
    }

    /// The classes, in order.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// A class.
    pub fn class(&self, id: ClassId) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// Whether there is neither a class nor a photo.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty() && self.known.is_empty()
    }

    /// All photos but those of the test set.
    pub fn total(&self) -> usize {
        self.known.len() - self.test.len()
    }

    /// How many photos are sample pictures.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The photos of the test set.
    pub fn test(&self) -> &BTreeSet<PhotoId> {
        &self.test
    }

    /// Whether a photo is kept and nothing else.
    pub fn is_excluded(&self, photo: PhotoId) -> bool {
        self.excluded.contains(&photo)
    }

    /// The photos of the test set that do not judge.
    pub fn excluded_tests(&self) -> Vec<PhotoId> {
        self.excluded.intersection(&self.test).copied().collect()
    }

    /// How many photos of a class are excluded, those of the test set not counted.
    pub fn excluded_of(&self, class: ClassId) -> usize {
        let is_of = |photo: &&PhotoId| self.class_of(**photo) == Some(class) && !self.test.contains(photo);
        self.excluded.iter().filter(is_of).count()
    }

    /// How many photos of a class heads learn from.
    pub fn teaching(&self, class: ClassId) -> usize {
        self.of(Some(class)).len() - self.excluded_of(class)
    }

    /// How many photos of the test set each class has, in the order of the classes; those without any are left out.
    pub fn test_counts(&self) -> Vec<(ClassId, usize)> {
        let of = |id| self.test.iter().filter(|photo| self.class_of(**photo) == Some(id)).count();
        self.classes.iter().map(|class| (class.id, of(class.id))).filter(|(_, count)| *count > 0).collect()
    }

    /// The photos of a class, or those that wait in the unsorted tray.
    pub fn of(&self, class: Option<ClassId>) -> &[PhotoId] {
        self.members.get(&class).map_or(&[], Vec::as_slice)
    }

    /// A photo's base name.
    pub fn name(&self, photo: PhotoId) -> Option<&str> {
        self.known.get(&photo).map(|known| known.name.as_str())
    }

    /// The class that a photo is in; none for one in the unsorted tray or one that is gone.
    pub fn class_of(&self, photo: PhotoId) -> Option<ClassId> {
        self.known.get(&photo).and_then(|known| known.class)
    }

    /// A photo's tags.
    pub fn tags(&self, photo: PhotoId) -> &[String] {
        self.known.get(&photo).map_or(&[], |known| known.tags.as_slice())
    }

    /// The tags that some photos have, by name.
    pub fn tags_of(&self, photos: &[PhotoId]) -> Vec<String> {
        sorted(photos.iter().flat_map(|photo| self.tags(*photo)))
    }

    /// All tags that photos have, by name.
    pub fn all_tags(&self) -> Vec<String> {
        sorted(self.known.values().flat_map(|known| &known.tags))
    }

    /// The burst that a person put a photo in.
    pub fn burst(&self, photo: PhotoId) -> Option<BurstId> {
        self.known.get(&photo).and_then(|known| known.burst)
    }

    /// Whether training has what it needs.
    pub fn supply(&self) -> Supply {
        let with_photos: Vec<(&Class, usize)> =
            self.classes.iter().map(|class| (class, self.teaching(class.id))).filter(|(_, count)| *count > 0).collect();
        if with_photos.len() < 2 {
            return Supply::TooFewClasses;
        }
        match with_photos.iter().find(|(_, count)| *count < NEEDED) {
            Some((class, count)) => Supply::TooFewPhotos { class: class.name.clone(), missing: NEEDED - count },
            None => Supply::Enough,
        }
    }

    pub(super) fn set_classes(&mut self, classes: Vec<Class>) {
        self.classes = classes;
    }

    /// Puts a photo where it belongs now; ids grow with the order of import, so that order is kept.
    pub(super) fn place(&mut self, photo: PhotoView) {
        self.remove(photo.id);
        match photo.role {
            Role::Training => {
                let members = self.members.entry(photo.class).or_default();
                let at = members.partition_point(|other| *other < photo.id);
                members.insert(at, photo.id);
            }
            Role::Test => drop(self.test.insert(photo.id)),
        }
        if photo.excluded {
            self.excluded.insert(photo.id);
        }
        self.samples += usize::from(is_sample(&photo.name));
        self.known.insert(photo.id, photo);
    }

    pub(super) fn remove(&mut self, photo: PhotoId) {
        self.test.remove(&photo);
        self.excluded.remove(&photo);
        let Some(known) = self.known.remove(&photo) else { return };
        self.samples -= usize::from(is_sample(&known.name));
        if let Some(members) = self.members.get_mut(&known.class)
            && let Ok(at) = members.binary_search(&photo)
        {
            members.remove(at);
        }
    }
}

/// Each of some words once, in order. There are few different ones.
fn sorted<'w>(words: impl Iterator<Item = &'w String>) -> Vec<String> {
    let mut sorted: Vec<String> = Vec::new();
    for word in words {
        if let Err(at) = sorted.binary_search(word) {
            sorted.insert(at, word.clone());
        }
    }
    sorted
}
