//! Parts of the photos that grow, and the photos that judge what is learned from each: what a learning curve is measured on.
//!
//! The bursts of every class are dealt out to five folds. The photos of one fold judge heads that learn from more and more
//! photos of the other four, burst by burst in a drawn order: a person who goes on taking photos adds scenes, not single
//! photos out of scenes that are there already. So no photo is judged by a head that saw it or another one of its burst, and
//! every photo is judged once in each round, at every size.

use super::SplitMix64;
use std::collections::BTreeMap;

/// Folds: with more of them a part can be larger, and every further one costs as much as the others.
const FOLDS: usize = 5;

/// Photos to learn from, in the order in which they are added, and photos that judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draw {
    /// Of each class, burst after burst.
    learn: Vec<Vec<usize>>,
    /// In rising order.
    pub judge: Vec<usize>,
}

impl Draw {
    /// The first photos of each class, at most `each` of one.
    pub fn part(&self, each: usize) -> Vec<usize> {
        self.learn.iter().flat_map(|photos| photos.iter().take(each)).copied().collect()
    }

    /// Photos of the class that has most.
    pub fn largest(&self) -> usize {
        self.learn.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// Classes that have a photo to learn from.
    pub fn classes(&self) -> usize {
        self.learn.iter().filter(|photos| !photos.is_empty()).count()
    }
}

/// One round: five draws that together judge every photo once. The same seed, the same draws.
///
/// `labels[i]` is the class of photo `i` and `bursts[i]` names its burst, which belongs to one class.
pub fn round(labels: &[usize], bursts: &[u32], seed: u64) -> Vec<Draw> {
    let classes = labels.iter().max().map_or(0, |most| most + 1);
    let mut random = SplitMix64(seed);
    let mut draws = vec![Draw { learn: vec![Vec::new(); classes], judge: Vec::new() }; FOLDS];
    for class in 0..classes {
        let mut members = BTreeMap::<u32, Vec<usize>>::new();
        for photo in (0..labels.len()).filter(|&photo| labels[photo] == class) {
            members.entry(bursts[photo]).or_default().push(photo);
        }
        let mut units: Vec<Vec<usize>> = members.into_values().collect();
        random.shuffle(&mut units);
        let fold_of = deal(&units, FOLDS, random.below(FOLDS));
        for (fold, draw) in draws.iter_mut().enumerate() {
            let mut learn: Vec<&Vec<usize>> = Vec::new();
            for (unit, &of) in units.iter().zip(&fold_of) {
                if of == fold {
                    draw.judge.extend(unit);
                } else {
                    learn.push(unit);
                }
            }
            random.shuffle(&mut learn);
            draw.learn[class] = learn.into_iter().flatten().copied().collect();
        }
    }
    draws.iter_mut().for_each(|draw| draw.judge.sort_unstable());
    draws
}

/// The part of each unit, the largest dealt first, each to the part that has fewest photos so far; of equal ones to the next
/// from `first` on.
pub fn deal(units: &[Vec<usize>], parts: usize, first: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&unit| std::cmp::Reverse(units[unit].len()));
    let (mut photos, mut part_of) = (vec![0; parts], vec![0; units.len()]);
    for unit in order {
        let part = (0..parts).map(|at| (first + at) % parts).min_by_key(|&part| photos[part]).unwrap_or(0);
        photos[part] += units[unit].len();
        part_of[unit] = part;
    }
    part_of
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nobody_is_judged_by_a_head_that_saw_the_scene(
            labels in prop::collection::vec(0usize..4, 0..90), scene in 1u32..7, seed: u64, each in 1usize..40,
        ) {
            let bursts: Vec<u32> = (0u32..).zip(&labels).map(|(at, &label)| (at / scene) * 4 + u32::try_from(label).expect("under 4")).collect();
            let draws = round(&labels, &bursts, seed);
            let mut judged: Vec<usize> = draws.iter().flat_map(|draw| draw.judge.clone()).collect();
            judged.sort_unstable();
            prop_assert_eq!(judged, (0..labels.len()).collect::<Vec<_>>(), "each once");
            for draw in &draws {
                let part = draw.part(each);
                prop_assert!(draw.judge.iter().all(|&judge| part.iter().all(|&seen| bursts[seen] != bursts[judge])));
                prop_assert!((0..4).all(|class| part.iter().filter(|&&photo| labels[photo] == class).count() <= each));
                let more = draw.part(each + 1);
                prop_assert!(part.iter().all(|photo| more.contains(photo)), "a part grows");
                let all = draw.part(usize::MAX);
                prop_assert_eq!(all.len() + draw.judge.len(), labels.len());
            }
        }
    }

    #[test]
    fn every_class_is_spread_over_the_folds_as_evenly_as_its_bursts_allow() {
        let labels: Vec<usize> = (0..60).map(|photo| photo / 30).collect();
        let bursts: Vec<u32> = (0..60).map(|photo| photo / 3).collect();
        for draw in round(&labels, &bursts, 3) {
            assert_eq!((draw.judge.len(), draw.largest(), draw.classes()), (12, 24, 2));
        }
        assert_eq!(round(&labels, &bursts, 3), round(&labels, &bursts, 3));
        assert_ne!(round(&labels, &bursts, 3), round(&labels, &bursts, 4));
    }
}
