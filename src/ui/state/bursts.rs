//! The bursts among the judged photos: what the engine found, and what a person says of them.

use super::State;
use crate::{
    dataset::{ClassId, PhotoId},
    metrics::falling,
};
use std::collections::BTreeSet;

/// Photos of one scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// Their class.
    pub class: ClassId,
    /// The photos, in the order of import; more than one.
    pub photos: Vec<PhotoId>,
    /// Whether a person said so.
    pub by_hand: bool,
}

impl State {
    /// The bursts of more than one photo, the largest first.
    pub fn scenes(&self) -> Vec<Scene> {
        let scenes = self.bursts();
        let sizes: Vec<f64> = scenes.iter().map(|scene| scene.photos.len() as f64).collect();
        falling(&sizes).into_iter().map(|at| scenes[at].clone()).filter(|scene| scene.photos.len() > 1).collect()
    }

    /// The photos that show one scene once these do: they, and those of their bursts. None where there is nothing to join,
    /// or where they are not all of one class.
    pub fn joined(&self, photos: &BTreeSet<PhotoId>) -> Option<Vec<PhotoId>> {
        let class = self.photos.class_of(*photos.first()?)?;
        if photos.len() < 2 || photos.iter().any(|photo| self.photos.class_of(*photo) != Some(class)) {
            return None;
        }
        let mut all: Vec<PhotoId> = photos.iter().copied().collect();
        for burst in self.bursts() {
            let chosen = burst.photos.iter().filter(|photo| photos.contains(photo)).count();
            // All of them are in one burst already.
            if chosen == photos.len() {
                return None;
            }
            if chosen > 0 {
                all.extend(burst.photos.into_iter().filter(|photo| !photos.contains(photo)));
            }
        }
        Some(all)
    }

    /// Whether so many photos of a class can be one scene: a class without its largest burst must still be learnt.
    pub fn can_be_one_scene(&self, photos: &[PhotoId]) -> bool {
        let class = photos.first().and_then(|photo| self.photos.class_of(*photo));
        2 * photos.len() <= self.photos.of(class).len()
    }

    /// All bursts, by their number; those of photos that have left are empty.
    fn bursts(&self) -> Vec<Scene> {
        let mut bursts: Vec<Scene> = Vec::new();
        for judged in self.judged() {
            let at = usize::try_from(judged.burst).unwrap_or(0);
            while bursts.len() <= at {
                bursts.push(Scene { class: judged.class, photos: Vec::new(), by_hand: true });
            }
            let burst = &mut bursts[at];
            burst.class = judged.class;
            burst.photos.push(judged.photo);
            burst.by_hand &= self.photos.burst(judged.photo).is_some();
        }
        bursts
    }
}
