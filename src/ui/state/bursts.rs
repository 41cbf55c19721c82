//! The bursts among the judged photos: what the engine found, and what a person says of them.

use super::State;
use crate::{
    dataset::{BurstId, ClassId, PhotoId},
    metrics::falling,
};
use std::collections::{BTreeMap, BTreeSet};

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
        let scene = |((class, _), photos): ((ClassId, u32), BTreeSet<PhotoId>)| {
            let by_hand = photos.iter().all(|photo| self.photos.burst(*photo).is_some());
            Scene { class, photos: photos.into_iter().collect(), by_hand }
        };
        let scenes = self.bursts().into_iter().filter(|(_, photos)| photos.len() > 1);
        let scenes: Vec<Scene> = scenes.map(scene).collect();
        let sizes: Vec<f64> = scenes.iter().map(|scene| scene.photos.len() as f64).collect();
        falling(&sizes).into_iter().map(|at| scenes[at].clone()).collect()
    }

    /// The photos that show one scene once these do: they, and those of their bursts. None where there is nothing to join,
    /// or where they are not all of one class.
    pub fn joined(&self, photos: &BTreeSet<PhotoId>) -> Option<Vec<PhotoId>> {
        let class = self.photos.class_of(*photos.first()?)?;
        if photos.len() < 2 || photos.iter().any(|photo| self.photos.class_of(*photo) != Some(class)) {
            return None;
        }
        let mut all = photos.clone();
        let bursts = self.bursts();
        let touched: Vec<&BTreeSet<PhotoId>> = bursts.values().filter(|burst| !burst.is_disjoint(photos)).collect();
        // All of them are in one burst already.
        if touched.iter().any(|burst| burst.is_superset(photos)) {
            return None;
        }
        all.extend(touched.into_iter().flatten());
        Some(all.into_iter().collect())
    }

    /// Whether so many photos of a class can be one scene: a class without its largest burst must still be learnt.
    pub fn can_be_one_scene(&self, photos: &[PhotoId]) -> bool {
        let class = photos.first().and_then(|photo| self.photos.class_of(*photo));
        2 * photos.len() <= self.photos.of(class).len()
    }

    /// The bursts that a person put photos in, to bring them back.
    pub fn bursts_of(&self, photos: &[PhotoId]) -> Vec<(PhotoId, Option<BurstId>)> {
        photos.iter().map(|photo| (*photo, self.photos.burst(*photo))).collect()
    }

    fn bursts(&self) -> BTreeMap<(ClassId, u32), BTreeSet<PhotoId>> {
        let mut bursts = BTreeMap::<(ClassId, u32), BTreeSet<PhotoId>>::new();
        for judged in self.judged() {
            bursts.entry((judged.class, judged.burst)).or_default().insert(judged.photo);
        }
        bursts
    }
}
