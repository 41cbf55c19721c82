//! Which photos the instant head learns from.

use crate::{
    dataset::{ClassId, PhotoId},
    engine::session::{Session, hash_of},
};
use std::collections::{BTreeMap, BTreeSet};

/// Most photos: a decomposition costs the cube of their number, and four seconds in a browser for so many.
pub(super) const MOST_PHOTOS: usize = 2000;

/// All photos with a class and pools; of large classes a part that is spread over all of them.
pub(super) fn wanted(session: &Session) -> BTreeSet<PhotoId> {
    let mut classes = BTreeMap::<ClassId, Vec<PhotoId>>::new();
    for photo in session.photos.values() {
        let is_read = hash_of(photo).is_some_and(|hash| session.features.has(hash));
        if let (Some(class), true) = (photo.teaches(), is_read) {
            classes.entry(class).or_default().push(photo.id);
        }
    }
    spread(classes.into_values().collect(), MOST_PHOTOS).into_iter().flatten().collect()
}

/// At most so many photos of some classes; of large classes a part that is spread over all of them.
pub(in crate::engine) fn spread<T: Copy>(classes: Vec<Vec<T>>, most: usize) -> Vec<Vec<T>> {
    let quota = quota(&classes.iter().map(Vec::len).collect::<Vec<_>>(), most);
    let part = |photos: Vec<T>| {
        let taken = photos.len().min(quota);
        (0..taken).map(|at| photos[at * photos.len() / taken]).collect()
    };
    classes.into_iter().map(part).collect()
}

/// The most photos that each class may bring, so that all together are at most `most`: small classes are never cut.
fn quota(counts: &[usize], most: usize) -> usize {
    let mut counts = counts.to_vec();
    counts.sort_unstable();
    let mut left = most;
    for (at, &count) in counts.iter().enumerate() {
        let share = left / (counts.len() - at);
        if count > share {
            return share.max(1);
        }
        left -= count;
    }
    usize::MAX
}

#[cfg(test)]
mod tests {
    use super::quota;

    #[test]
    fn large_classes_give_way_before_small_ones() {
        assert_eq!(quota(&[10, 20, 30], 100), usize::MAX);
        assert_eq!(quota(&[10, 500, 500], 110), 50);
        assert_eq!(quota(&[500, 20, 500], 120), 50);
        assert_eq!(quota(&[], 100), usize::MAX);
    }
}
