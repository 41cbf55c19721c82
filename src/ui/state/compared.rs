//! Two heads that answered the same photos.

use super::State;
use crate::{
    dataset::HeadId,
    metrics::sign_test,
    protocol::{Compared, HeadAnswer},
};

/// A difference that chance alone brings about less often than this is more than chance.
const CHANCE_BELOW: f64 = 0.05;

/// What the two said.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Which two.
    pub heads: [HeadId; 2],
    /// The photos; those that they answer differently first, of these the ones of a known class first.
    pub photos: Vec<Compared>,
}

/// How often each was right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// Photos of a known class.
    pub of: u32,
    /// Those that each head answered right.
    pub right: [u32; 2],
    /// Whether chance alone could explain the difference.
    pub chance: bool,
}

/// Whether an answer is the known class; an answer of "unknown" counts by its most probable class, as in every score.
pub fn is_right(answer: &HeadAnswer, label: &str) -> bool {
    answer.class == label
}

/// Whether both heads say the same of a photo.
pub fn agree(compared: &Compared) -> bool {
    let [one, other] = &compared.answers;
    one.unknown == other.unknown && (one.unknown || one.class == other.class)
}

impl Comparison {
    pub(super) fn new(heads: [HeadId; 2], mut photos: Vec<Compared>) -> Self {
        photos.sort_by_key(|photo| (agree(photo), photo.label.is_none()));
        Self { heads, photos }
    }

    /// Photos of which both say the same.
    pub fn same(&self) -> usize {
        self.photos.iter().filter(|photo| agree(photo)).count()
    }

    /// How often each was right; none without a photo of a known class.
    pub fn rights(&self) -> Option<Rights> {
        let (mut of, mut right, mut alone) = (0, [0, 0], [0, 0]);
        for photo in &self.photos {
            let Some(label) = &photo.label else { continue };
            of += 1;
            let [one, other] = [0, 1].map(|at| is_right(&photo.answers[at], label));
            right[0] += u32::from(one);
            right[1] += u32::from(other);
            alone[0] += u32::from(one && !other);
            alone[1] += u32::from(other && !one);
        }
        (of > 0).then(|| Rights { of, right, chance: sign_test(alone[0], alone[1]) >= CHANCE_BELOW })
    }
}

impl State {
    /// Whether there are photos that two heads can answer: some that were asked about, or a test set.
    pub fn can_compare(&self) -> bool {
        !self.predictions.answers().is_empty() || !self.photos.test().is_empty()
    }

    /// Forgets a comparison with a head that is gone.
    pub(super) fn check_comparison(&mut self) {
        let is_there = |id: &HeadId| self.heads.all.iter().any(|head| head.id == *id);
        if self.compared.as_ref().is_some_and(|compared| !compared.heads.iter().all(is_there)) {
            self.compared = None;
        }
    }
}
