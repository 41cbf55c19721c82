//! Which photos judge a head and which train it.

use super::SplitMix64;
use std::collections::BTreeMap;

/// Indices of photos, in two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Photos to train on.
    pub train: Vec<usize>,
    /// Photos held back to judge.
    pub valid: Vec<usize>,
}

/// Holds back about a fifth of every class, chosen by `seed`; the same seed, the same split. Photos of one burst stay on one
/// side: a head that has seen one of them knows the others.
///
/// `labels[i]` is the class of photo `i` and `bursts[i]` names its burst, which belongs to one class. At least one burst of a
/// class trains, and at least one judges where there are two; a class that is all one burst is parted within it.
pub fn stratified(labels: &[usize], bursts: &[u32], seed: u64) -> Split {
    let classes = labels.iter().max().map_or(0, |most| most + 1);
    let mut random = SplitMix64(seed);
    let mut split = Split { train: Vec::new(), valid: Vec::new() };
    for class in 0..classes {
        let photos: Vec<usize> = (0..labels.len()).filter(|&photo| labels[photo] == class).collect();
        let mut units: Vec<Vec<usize>> = photos.iter().map(|&photo| vec![photo]).collect();
        let mut by_burst = BTreeMap::<u32, Vec<usize>>::new();
        for &photo in &photos {
            by_burst.entry(bursts[photo]).or_default().push(photo);
        }
        if by_burst.len() > 1 {
            units = by_burst.into_values().collect();
        }
        random.shuffle(&mut units);
        hold_back(units, (photos.len() / 5).max(1), &mut split);
    }
    split.train.sort_unstable();
    split.valid.sort_unstable();
    split
}

/// Parts the units of one class: as many photos to judge as `wanted`, where whole units allow it.
fn hold_back(mut units: Vec<Vec<usize>>, wanted: usize, split: &mut Split) {
    let mut held = 0;
    let fits = |unit: &Vec<usize>| {
        let fits = held + unit.len() <= wanted;
        held += if fits { unit.len() } else { 0 };
        fits
    };
    let (mut valid, mut train): (Vec<_>, Vec<_>) = units.drain(..).partition(fits);
    // Only large units: the smallest one judges, if another is left to train on.
    if valid.is_empty() && train.len() > 1 {
        let smallest = (0..train.len()).min_by_key(|&unit| train[unit].len()).unwrap_or(0);
        valid.push(train.swap_remove(smallest));
    }
    if train.is_empty() {
        train.append(&mut valid);
    }
    split.valid.extend(valid.into_iter().flatten());
    split.train.extend(train.into_iter().flatten());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_photo_is_on_one_side_and_every_class_trains(labels in prop::collection::vec(0usize..6, 0..120), scene in 1u32..9, seed: u64) {
            // Bursts of neighbours, each of one class.
            let bursts: Vec<u32> = (0u32..).zip(&labels).map(|(at, &label)| (at / scene) * 6 + u32::try_from(label).expect("under 6")).collect();
            let split = stratified(&labels, &bursts, seed);
            let mut all: Vec<usize> = split.train.iter().chain(&split.valid).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..labels.len()).collect::<Vec<_>>());
            for class in 0..6 {
                let count = |side: &[usize]| side.iter().filter(|&&i| labels[i] == class).count();
                let (train, valid) = (count(&split.train), count(&split.valid));
                prop_assert!(train + valid == 0 || train >= 1);
                prop_assert!(train + valid < 2 || valid >= 1);
                let mut all: Vec<u32> = (0..labels.len()).filter(|&i| labels[i] == class).map(|i| bursts[i]).collect();
                all.dedup();
                if all.len() > 1 {
                    let side = |side: &[usize]| -> BTreeSet<u32> {
                        side.iter().filter(|&&i| labels[i] == class).map(|&i| bursts[i]).collect()
                    };
                    prop_assert!(side(&split.train).is_disjoint(&side(&split.valid)));
                }
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_split() {
        let labels: Vec<usize> = (0..100).map(|i| i % 3).collect();
        let alone: Vec<u32> = (0..100).collect();
        assert_eq!(stratified(&labels, &alone, 7), stratified(&labels, &alone, 7));
        assert_ne!(stratified(&labels, &alone, 7), stratified(&labels, &alone, 8));
    }
}
