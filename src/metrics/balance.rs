//! Classes that have too few photos, or far fewer than the others.

/// Below this a class shows too little of what it can look like.
const TOO_FEW_BELOW: usize = 5;
/// A class with a smaller share than this of what the others have, their median, is out of balance. Of a class with 20 photos
/// among others with 40 the head of trash6 finds 48 % instead of 74, with 10 photos 29, and 63 where all have 10
/// (docs/learning-curve.md).
const LEAST_SHARE: f64 = 0.5;

/// What is the matter with the number of photos of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortage {
    /// There are too few to learn the class from.
    TooFew {
        /// How many there are.
        photos: usize,
    },
    /// The others have so many more that a head leans towards them.
    Imbalance {
        /// How many there are.
        photos: usize,
        /// How many the others have, their median.
        others: usize,
    },
}

impl Shortage {
    /// How many photos there are.
    pub fn photos(self) -> usize {
        match self {
            Self::TooFew { photos } | Self::Imbalance { photos, .. } => photos,
        }
    }
}

/// The shortage of each class, where it has one, from the number of its photos. A class without photos is no class yet, and
/// one class alone has nothing to be told from.
pub fn shortages(counts: &[usize]) -> Vec<Option<Shortage>> {
    let enough_classes = counts.iter().filter(|&&count| count > 0).count() > 1;
    let of = |class: usize| {
        let photos = counts[class];
        let mut others: Vec<usize> =
            (0..counts.len()).filter(|&other| other != class).map(|other| counts[other]).filter(|&n| n > 0).collect();
        others.sort_unstable();
        let typical = others.get(others.len() / 2).copied().unwrap_or(0);
        match photos {
            0 => None,
            _ if photos < TOO_FEW_BELOW => Some(Shortage::TooFew { photos }),
            _ if (photos as f64) < LEAST_SHARE * typical as f64 => {
                Some(Shortage::Imbalance { photos, others: typical })
            }
            _ => None,
        }
    };
    (0..counts.len()).map(|class| of(class).filter(|_| enough_classes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_far_smaller_than_the_others_is_out_of_balance() {
        let found = shortages(&[240, 86, 58, 21]);
        assert_eq!(found, [None, None, None, Some(Shortage::Imbalance { photos: 21, others: 86 })]);
        assert_eq!(shortages(&[60, 60, 45]), [None; 3]);
        // One large class does not make the others small.
        assert_eq!(shortages(&[900, 40, 40, 40]), [None; 4]);
    }

    #[test]
    fn a_handful_is_too_few_whatever_the_others_have() {
        assert_eq!(shortages(&[4, 5]), [Some(Shortage::TooFew { photos: 4 }), None]);
        assert_eq!(shortages(&[1, 0, 300]), [Some(Shortage::TooFew { photos: 1 }), None, None]);
    }

    #[test]
    fn one_class_alone_lacks_another_class_not_photos() {
        assert_eq!(shortages(&[3, 0]), [None, None]);
        assert_eq!(shortages(&[]), []);
    }
}
