//! Classes with too few photos.

/// Under this a class is hardly learnt, and a shared head tells nothing of it.
const FEW: usize = 5;
/// A class with less than this share of the photos of a usual class (the median) drags the others' answers.
const SMALL_SHARE: f64 = 1.0 / 3.0;

/// What is wrong with the number of photos of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imbalance {
    /// The class has too few photos to learn from.
    Few {
        /// Which class.
        class: usize,
        /// Its photos.
        photos: usize,
        /// Photos that would do.
        enough: usize,
    },
    /// The class has far fewer photos than the others.
    Small {
        /// Which class.
        class: usize,
        /// Its photos.
        photos: usize,
        /// Photos of a usual class.
        usual: usize,
    },
}

/// The classes with too few photos, those with the fewest first. `counts[c]` are the photos of class `c`.
pub fn imbalances(counts: &[usize]) -> Vec<Imbalance> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let Some(&usual) = sorted.get(counts.len() / 2) else { return Vec::new() };
    let mut order: Vec<usize> = (0..counts.len()).collect();
    order.sort_by_key(|&class| counts[class]);
    let imbalance = |class: usize| {
        let photos = counts[class];
        if photos < FEW {
            Some(Imbalance::Few { class, photos, enough: FEW })
        } else if (photos as f64) < SMALL_SHARE * usual as f64 {
            Some(Imbalance::Small { class, photos, usual })
        } else {
            None
        }
    };
    order.into_iter().filter_map(imbalance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_class_comes_first() {
        let few = Imbalance::Few { class: 2, photos: 2, enough: 5 };
        let small = Imbalance::Small { class: 1, photos: 10, usual: 50 };
        assert_eq!(imbalances(&[60, 10, 2, 60, 50]), [few, small]);
    }

    #[test]
    fn classes_alike_are_left_alone() {
        assert!(imbalances(&[20, 30, 25]).is_empty());
        assert!(imbalances(&[]).is_empty());
    }
}
