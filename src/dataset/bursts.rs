//! Which photos show one scene. Such photos must not judge each other: a head that saw one of them knows the others.
//!
//! Within each class the closest photos are joined first, as in single-link clustering by Kruskal's method, while they are
//! close enough and the group stays small enough. *Close* is relative to the class, since what is a near copy among dogs is
//! an ordinary pair among apples. The two numbers were chosen by an experiment on three tasks, whole and in random parts,
//! against the accuracy on photos from elsewhere (BENCHMARKS.md). File order and names were tried as well and told nothing
//! more than the pictures do; a perceptual hash finds copies, which are the closest pairs here anyway.
//!
//! A person has the last word: photos that they put into a burst by hand are in that one and in no other.

use super::BurstId;
use std::collections::BTreeMap;

/// Photos of one scene are closer than this share of the distance of a typical pair (the median) of their class.
const CLOSE: f64 = 0.5;

/// A burst holds at most this share of its class, so that a class without its largest burst can still be learnt. That goes
/// for one by hand as well: of a larger one the photos that come last stand alone.
const LARGEST_SHARE: f64 = 0.5;

/// Photos taken within this time are of one scene unless they differ more than a typical pair does.
const MOMENT_S: i64 = 10;

/// What is known of a photo beside its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shot<'a> {
    /// Its class.
    pub class: usize,
    /// When it was taken, as `YYYY-MM-DD HH:MM:SS`, where that is known.
    pub captured: Option<&'a str>,
    /// The burst that a person put it in; none where the picture decides.
    pub burst: Option<BurstId>,
}

/// A number for each photo that it shares with the photos of its burst; numbers run from 0 in the order of the photos.
///
/// `likeness(i, j)` is the cosine of the photos' narrow features. Classes never share a burst. Takes the square of the
/// photos of the largest class in time and memory.
pub fn bursts(shots: &[Shot<'_>], likeness: impl Fn(usize, usize) -> f64) -> Vec<u32> {
    let moments: Vec<Option<i64>> = shots.iter().map(|shot| shot.captured.and_then(seconds)).collect();
    let mut groups = Groups::new(shots.len());
    let classes = shots.iter().map(|shot| shot.class).max().map_or(0, |last| last + 1);
    let mut members = vec![Vec::new(); classes];
    for (photo, shot) in shots.iter().enumerate() {
        members[shot.class].push(photo);
    }
    for members in members {
        let pairs = (1..members.len()).flat_map(|j| (0..j).map(move |i| (i, j)));
        let pairs: Vec<Pair> = pairs
            .map(|(i, j)| (members[i], members[j]))
            .map(|(a, b)| Pair { a, b, distance: 1.0 - likeness(a, b) })
            .collect();
        let Some(typical) = median(pairs.iter().map(|pair| pair.distance).collect()) else { continue };
        let mut close: Vec<Pair> = pairs
            .into_iter()
            .map(|pair| {
                let together = moments[pair.a].zip(moments[pair.b]).is_some_and(|(a, b)| (a - b).abs() <= MOMENT_S);
                Pair { distance: if together { CLOSE * pair.distance } else { pair.distance }, ..pair }
            })
            .filter(|pair| pair.distance < CLOSE * typical)
            .filter(|pair| shots[pair.a].burst.is_none() && shots[pair.b].burst.is_none())
            .collect();
        close.sort_by(|x, y| x.distance.total_cmp(&y.distance).then(x.a.cmp(&y.a)).then(x.b.cmp(&y.b)));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a number of photos")]
        let largest = (LARGEST_SHARE * members.len() as f64) as usize;
        for pair in close {
            groups.join(pair.a, pair.b, largest);
        }
        let mut first = BTreeMap::new();
        for photo in members {
            if let Some(burst) = shots[photo].burst {
                groups.join(*first.entry(burst).or_insert(photo), photo, largest);
            }
        }
    }
    groups.numbers()
}

/// The photos of each burst: `bursts[i]` names the burst of photo `i`.
pub fn members_of(bursts: &[u32]) -> Vec<Vec<usize>> {
    let mut members = BTreeMap::<u32, Vec<usize>>::new();
    for (photo, &burst) in bursts.iter().enumerate() {
        members.entry(burst).or_default().push(photo);
    }
    members.into_values().collect()
}

/// Two photos of one class.
#[derive(Clone, Copy)]
struct Pair {
    a: usize,
    b: usize,
    distance: f64,
}

/// The middle of some numbers, the upper of two; none of none.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    let middle = numbers.len() / 2;
    (!numbers.is_empty()).then(|| *numbers.select_nth_unstable_by(middle, f64::total_cmp).1)
}

/// Seconds from the year 0 of a calendar whose months all have 31 days: enough to tell moments apart, but for the turn of
/// a short month.
fn seconds(captured: &str) -> Option<i64> {
    let mut parts = captured.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let mut next = || parts.next()?.parse::<i64>().ok().filter(|number| *number < 10_000);
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    Some(((((year * 12 + month) * 31 + day) * 24 + hour) * 60 + minute) * 60 + second)
}

/// Disjoint sets with a largest size (Galler and Fischer 1964).
struct Groups {
    /// Each photo's parent; a root is its own.
    parent: Vec<usize>,
    size: Vec<usize>,
}

impl Groups {
    fn new(photos: usize) -> Self {
        Self { parent: (0..photos).collect(), size: vec![1; photos] }
    }

    fn root(&mut self, mut photo: usize) -> usize {
        while self.parent[photo] != photo {
            self.parent[photo] = self.parent[self.parent[photo]];
            photo = self.parent[photo];
        }
        photo
    }

    fn join(&mut self, a: usize, b: usize, largest: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b && self.size[a] + self.size[b] <= largest {
            let (small, large) = if self.size[a] < self.size[b] { (a, b) } else { (b, a) };
            self.parent[small] = large;
            self.size[large] += self.size[small];
        }
    }

    fn numbers(mut self) -> Vec<u32> {
        let mut of_root = vec![None; self.parent.len()];
        let mut next = 0;
        (0..self.parent.len())
            .map(|photo| {
                *of_root[self.root(photo)].get_or_insert_with(|| {
                    next += 1;
                    next - 1
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Photos on a line, as far apart as their places.
    fn on_a_line(places: &[f64], captured: &[Option<&str>]) -> Vec<u32> {
        let shot = |at: usize| Shot { class: 0, captured: captured.get(at).copied().flatten(), burst: None };
        let shots: Vec<Shot<'_>> = (0..places.len()).map(shot).collect();
        bursts(&shots, |i, j| 1.0 - (places[i] - places[j]).abs())
    }

    #[test]
    fn photos_much_closer_than_a_typical_pair_are_one_burst() {
        assert_eq!(on_a_line(&[0.0, 0.01, 0.02, 0.5, 0.7, 0.9, 0.91], &[]), [0, 0, 0, 1, 1, 2, 2]);
        // The same picture, all distances ten times as small: what counts is the class's own spread.
        assert_eq!(on_a_line(&[0.0, 0.001, 0.002, 0.05, 0.07, 0.09, 0.091], &[]), [0, 0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn a_burst_takes_at_most_half_of_its_class() {
        let groups = on_a_line(&[0.0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.5, 1.0], &[]);
        let largest = (0..8).map(|group| groups.iter().filter(|&&other| other == group).count()).max();
        assert_eq!(largest, Some(4));
        assert_eq!(on_a_line(&[0.0, 0.0], &[]), [0, 1]);
        assert_eq!(on_a_line(&[], &[]), [0; 0]);
    }

    #[test]
    fn photos_of_one_moment_may_differ_more() {
        // All photos are as far apart as a typical pair, but for the first two, which are at seven tenths of that.
        let found = |captured: [Option<&str>; 5]| {
            let shots = captured.map(|captured| Shot { class: 0, captured, burst: None });
            bursts(&shots, |i, j| if i + j == 1 { 0.3 } else { 0.0 })
        };
        let (first, later, after) =
            (Some("2026-05-01 10:00:00"), Some("2026-05-01 10:00:09"), Some("2026-05-01 10:00:20"));
        assert_eq!(found([None; 5]), [0, 1, 2, 3, 4]);
        assert_eq!(found([first, after, None, Some("odd"), None]), [0, 1, 2, 3, 4]);
        assert_eq!(found([first, later, first, None, None]), [0, 0, 1, 2, 3]);
    }

    #[test]
    fn what_a_person_says_counts_more_than_the_pictures() {
        let found = |hand: [Option<u32>; 8]| {
            let places: [f64; 8] = [0.0, 0.01, 0.02, 0.03, 1.0, 3.0, 5.0, 5.01];
            let shots = hand.map(|burst| Shot { class: 0, captured: None, burst: burst.map(BurstId) });
            bursts(&shots, |i, j| 1.0 - (places[i] - places[j]).abs())
        };
        let no = None;
        assert_eq!(found([no; 8]), [0, 0, 0, 0, 1, 2, 3, 3]);
        // The first four are not one scene, and the last of them shows the same as the fifth.
        assert_eq!(found([Some(4), Some(5), Some(6), Some(7), Some(7), no, no, no]), [0, 1, 2, 3, 3, 4, 5, 5]);
        // All of them one scene: half a class is the most.
        assert_eq!(found([Some(1); 8]), [0, 0, 0, 0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_burst_by_hand_keeps_to_its_class() {
        let shots = [0, 1, 0, 1].map(|class| Shot { class, captured: None, burst: Some(BurstId(1)) });
        assert_eq!(bursts(&shots, |_, _| 0.0), [0, 1, 2, 3]);
        let shots = [0, 0, 1, 0, 0].map(|class| Shot { class, captured: None, burst: Some(BurstId(1)) });
        assert_eq!(bursts(&shots, |_, _| 0.0), [0, 0, 1, 2, 3]);
    }

    #[test]
    fn a_moment_is_read_as_exif_writes_it() {
        let at = |text| seconds(text).unwrap();
        assert_eq!(at("2026:05:01 10:00:09") - at("2026-05-01 09:59:59"), 10);
        for odd in ["", "2026-05-01", "0-0-0 0:0:99999999999999999999", "yesterday"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn bursts_keep_to_their_class_and_their_size(
            photos in prop::collection::vec((0usize..4, -1.0f64..1.0), 0..60),
        ) {
            let shots: Vec<Shot<'_>> = photos.iter().map(|&(class, _)| Shot { class, captured: None, burst: None }).collect();
            let found = bursts(&shots, |i, j| 1.0 - (photos[i].1 - photos[j].1).abs());
            prop_assert_eq!(found.len(), photos.len());
            for group in 0..u32::try_from(photos.len()).unwrap() {
                let members: Vec<usize> = (0..photos.len()).filter(|&photo| found[photo] == group).collect();
                if let Some(&first) = members.first() {
                    let class = shots[first].class;
                    prop_assert!(members.iter().all(|&photo| shots[photo].class == class));
                    let all = shots.iter().filter(|shot| shot.class == class).count();
                    prop_assert!(members.len() == 1 || 2 * members.len() <= all);
                }
            }
        }
    }
}
