//! Which photos judge a head and which train it.

/// Indices of photos, in two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// Photos to train on.
    pub train: Vec<usize>,
    /// Photos held back to judge.
    pub valid: Vec<usize>,
}

/// Holds back a fifth of every class (at least one photo where it has two), chosen by `seed`; the same seed, the same split.
///
/// `labels[i]` is the class of photo `i`. A class with one photo only trains.
pub fn stratified(labels: &[usize], seed: u64) -> Split {
    let classes = labels.iter().max().map_or(0, |most| most + 1);
    let mut random = SplitMix64(seed);
    let (mut train, mut valid) = (Vec::new(), Vec::new());
    for class in 0..classes {
        let mut photos: Vec<usize> = (0..labels.len()).filter(|&i| labels[i] == class).collect();
        for last in (1..photos.len()).rev() {
            photos.swap(last, random.below(last + 1));
        }
        let held = if photos.len() < 2 { 0 } else { (photos.len() / 5).max(1) };
        valid.extend(photos.drain(..held));
        train.extend(photos);
    }
    train.sort_unstable();
    valid.sort_unstable();
    Split { train, valid }
}

/// The generator of Steele, Lea and Flood (2014): small, and the same everywhere.
struct SplitMix64(u64);

impl SplitMix64 {
    /// A number below `bound`; the bias of the remainder is under 2⁻³² for any number of photos.
    #[allow(clippy::cast_possible_truncation, reason = "the remainder is below `bound`, a usize")]
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_photo_is_on_one_side_and_every_class_trains(labels in prop::collection::vec(0usize..6, 0..120), seed: u64) {
            let split = stratified(&labels, seed);
            let mut all: Vec<usize> = split.train.iter().chain(&split.valid).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..labels.len()).collect::<Vec<_>>());
            for class in 0..6 {
                let count = |side: &[usize]| side.iter().filter(|&&i| labels[i] == class).count();
                let (train, valid) = (count(&split.train), count(&split.valid));
                prop_assert!(train + valid == 0 || train >= 1);
                prop_assert!(train + valid < 2 || valid >= 1);
            }
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_split() {
        let labels: Vec<usize> = (0..100).map(|i| i % 3).collect();
        assert_eq!(stratified(&labels, 7), stratified(&labels, 7));
        assert_ne!(stratified(&labels, 7), stratified(&labels, 8));
    }
}
