//! Whether the classes are told by their things or by what lies around them: heads that judge photos of which half is hidden.
//!
//! As when the score is measured, nobody is judged by a head that has seen them: the photos are dealt into five parts, whole
//! bursts each, and each part is judged by the instant head fitted to the other four.

use super::{
    Layer, Transform,
    instant::{Candidate, Decomposition, Feature, Gram, InstantError, InstantHead, Labels},
};
use std::collections::BTreeMap;

/// Parts of the photos that take turns in being judged.
pub const PARTS: usize = 5;

/// The part of each photo. Photos of a burst are in one part, and each class is spread over as many parts as it has bursts, so
/// that no part takes all of a class with it. `labels` and `bursts` are those of the photos.
pub fn parts(labels: &[usize], bursts: &[u32]) -> Vec<usize> {
    let mut members = BTreeMap::<(usize, u32), Vec<usize>>::new();
    for (photo, key) in labels.iter().copied().zip(bursts.iter().copied()).enumerate() {
        members.entry(key).or_default().push(photo);
    }
    let mut order: Vec<((usize, u32), Vec<usize>)> = members.into_iter().collect();
    order.sort_by_key(|((label, _), photos)| (*label, std::cmp::Reverse(photos.len())));
    let (mut part_of, mut sizes, mut of_class) = (vec![0; labels.len()], [0; PARTS], [0; PARTS]);
    let mut class = None;
    for ((label, _), photos) in order {
        if class.replace(label) != Some(label) {
            of_class = [0; PARTS];
        }
        let part = (0..PARTS).min_by_key(|&part| (of_class[part], sizes[part])).unwrap_or(0);
        of_class[part] += photos.len();
        sizes[part] += photos.len();
        photos.into_iter().for_each(|photo| part_of[photo] = part);
    }
    part_of
}

/// A head that has seen some of the photos and judges others.
pub struct Outsider {
    layer: Layer,
    transform: Transform,
}

impl Outsider {
    /// Fits both closed forms to the photos `rows` of `gram` and keeps the better one. `decomposition` and `labels` are theirs.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where these are not of the same photos.
    pub fn fit(
        feature: Feature,
        gram: &Gram,
        rows: &[usize],
        decomposition: &Decomposition,
        labels: &Labels,
    ) -> Result<Self, InstantError> {
        let mut candidates = vec![Candidate::ridge(feature, decomposition, labels)?];
        candidates.extend(Candidate::lda(feature, decomposition, labels)?);
        let head = InstantHead::choose(candidates, labels).ok_or(InstantError::NoPhotos)?;
        Ok(Self { layer: head.layer_of(gram, rows)?, transform: feature.transform() })
    }

    /// The class of a photo, from its pools, [6560].
    pub fn answer(&self, pools: &[f32]) -> usize {
        let feature = self.transform.apply(pools);
        let score = |row: &[f32]| row.iter().zip(&feature).map(|(&a, &b)| f64::from(a) * f64::from(b)).sum::<f64>();
        let rows = self.layer.weight.chunks_exact(feature.len().max(1));
        let scores = rows.zip(&self.layer.bias).map(|(row, &bias)| score(row) + f64::from(bias));
        scores.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(class, _)| class)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bursts_stay_together_and_classes_of_two_bursts_are_never_gone(
            photos in prop::collection::vec((0u32..4, 0u32..6), 1..80),
        ) {
            let labels: Vec<usize> = photos.iter().map(|photo| photo.0 as usize).collect();
            let bursts: Vec<u32> = photos.iter().map(|photo| photo.0 * 10 + photo.1).collect();
            let part_of = parts(&labels, &bursts);
            for (one, burst) in bursts.iter().enumerate() {
                for (other, _) in bursts.iter().enumerate().filter(|(_, other)| *other == burst) {
                    prop_assert_eq!(part_of[one], part_of[other]);
                }
            }
            for class in 0..4 {
                let of_class: Vec<usize> = (0..labels.len()).filter(|&photo| labels[photo] == class).collect();
                let distinct = |of: &dyn Fn(usize) -> usize| of_class.iter().map(|&p| of(p)).collect::<std::collections::BTreeSet<_>>().len();
                let (scenes, taken) = (distinct(&|p| bursts[p] as usize), distinct(&|p| part_of[p]));
                prop_assert!(scenes < 2 || taken >= 2, "{} bursts in {} parts", scenes, taken);
            }
        }
    }
}
