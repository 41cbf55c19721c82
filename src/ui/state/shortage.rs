//! Classes whose number of photos holds the head back.

use super::{Settled, State};
use crate::{
    dataset::ClassId,
    metrics::{Rates, Shortage, shortages},
};

/// A class that is short of photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortClass {
    /// Which one.
    pub class: ClassId,
    /// What is the matter.
    pub shortage: Shortage,
}

impl State {
    /// The classes that have too few photos, or far fewer than the others, in their order, but for those that
    /// the person leaves as they are.
    pub fn short_classes(&self) -> Vec<ShortClass> {
        let classes = self.photos.classes();
        let counts: Vec<usize> = classes.iter().map(|class| self.photos.teaching(class.id)).collect();
        let short = classes.iter().zip(shortages(&counts));
        short
            .filter(|(class, _)| !self.examined.is_settled(Settled::Few(class.id)))
            .filter_map(|(class, shortage)| Some(ShortClass { class: class.id, shortage: shortage? }))
            .collect()
    }

    /// Of the photos of a class, the share that the instant head found, 0..1, where they were judged.
    pub fn found(&self, class: ClassId) -> Option<f64> {
        let (judged, confusion) = self.mix_ups();
        let place = judged.iter().position(|other| *other == class)?;
        Rates::of(&confusion, place).recall
    }
}
