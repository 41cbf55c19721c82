//! Whether a head does the same on photos of every tag: of every place, camera or person.
//!
//! A class that is hard makes the tags of its photos look bad. So a gap is what is left when each photo is compared with
//! the others of its class, and chance is measured by dealing the tags anew among the bursts of each class (a stratified
//! permutation test, Good 2005; bursts and not photos, because photos of one scene are right or wrong together). Several
//! tags are several chances to find something: p is multiplied by their number (Bonferroni).

mod deal;

use super::{Interval, burst_interval, share};
use crate::dataset::SplitMix64;
use deal::{Burst, bursts, dealt, gaps};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Deals of the tags; p is then known to about 0.005 where it matters.
const DEALS: u32 = 1999;
const SEED: u64 = 1;

/// From this p on a gap is larger than chance.
const LARGER_THAN_CHANCE: f64 = 0.05;

/// Bursts that must have a tag, and as many must not, before a gap means anything.
const FEWEST_BURSTS: usize = 3;

/// The answer to a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Its class.
    pub class: usize,
    /// Its burst; a burst is of one class.
    pub burst: u32,
    /// Whether it was answered right.
    pub right: bool,
    /// Its tags, as numbers from 0.
    pub tags: Vec<usize>,
}

/// How a head does on the photos of one tag.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct OfTag {
    /// Photos with the tag,
    pub photos: u32,
    /// those of them that were answered right,
    pub right: u32,
    /// and bursts among them.
    pub bursts: u32,
    /// 95 % interval of the share of right answers, over bursts.
    pub interval: Interval,
    /// Share of right answers on the photos without the tag, 0..1; none where all have it.
    pub others: Option<f64>,
    /// Right answers more than the classes of its photos let expect, as a share of its photos; negative for fewer.
    pub lead: f64,
    /// How often chance alone would make as large a gap, corrected for the number of tags, 0..1; none for too few bursts.
    pub p: Option<f64>,
}

impl OfTag {
    /// Share of right answers, 0..1.
    pub fn share(&self) -> f64 {
        share(self.right, self.photos)
    }

    /// Whether its gap is larger than chance would make it.
    pub fn stands_out(&self) -> bool {
        self.p.is_some_and(|p| p <= LARGER_THAN_CHANCE)
    }
}

/// The tag whose gap is the largest of those that are larger than chance; of equal ones the one that does worse.
pub fn largest_gap(tags: &[OfTag]) -> Option<usize> {
    let gaps = (0..tags.len()).filter(|at| tags[*at].stands_out());
    gaps.min_by(|a, b| {
        let (a, b) = (tags[*a].lead, tags[*b].lead);
        // Two tags that all photos share out have gaps that mirror each other.
        let alike = (a.abs() - b.abs()).abs() < 1e-9;
        if alike { a.total_cmp(&b) } else { b.abs().total_cmp(&a.abs()) }
    })
}

/// How a head does on the photos of each of `tags` tags.
pub fn by_tag(answers: &[Answered], tags: usize) -> Vec<OfTag> {
    let bursts = bursts(answers);
    let counts: Vec<Count> = (0..tags).map(|tag| Count::new(answers, &bursts, tag)).collect();
    let tested = counts.iter().filter(|count| count.is_enough()).count();
    let gaps = gaps(&bursts, tags, None);
    let mut as_large = vec![0_u32; tags];
    let mut random = SplitMix64(SEED);
    let deals = if tested > 0 { DEALS } else { 0 };
    for _ in 0..deals {
        let deal = dealt(&bursts, &mut random);
        for ((as_large, gap), by_chance) in as_large.iter_mut().zip(&gaps).zip(deal::gaps(&bursts, tags, Some(&deal))) {
            *as_large += u32::from(by_chance.abs() >= gap.abs() - 1e-9);
        }
    }
    let of_tag = |(tag, count): (usize, Count)| {
        let p = f64::from(as_large[tag] + 1) / f64::from(DEALS + 1);
        OfTag {
            photos: count.photos,
            right: count.right,
            bursts: u32::try_from(count.with.len()).unwrap_or(u32::MAX),
            interval: burst_interval(&count.with),
            others: (count.other_photos > 0).then(|| share(count.other_right, count.other_photos)),
            lead: gaps[tag] / f64::from(count.photos.max(1)),
            p: count.is_enough().then(|| (p * tested as f64).min(1.0)),
        }
    };
    counts.into_iter().enumerate().map(of_tag).collect()
}

/// Photos with and without a tag.
struct Count {
    photos: u32,
    right: u32,
    /// (right, photos) of the photos with the tag in each burst that has any.
    with: Vec<(u32, u32)>,
    without: usize,
    other_photos: u32,
    other_right: u32,
}

impl Count {
    fn new(answers: &[Answered], bursts: &[Burst], tag: usize) -> Self {
        let has = |answer: &&Answered| answer.tags.contains(&tag);
        let with = super::by_burst(answers.iter().filter(has).map(|answer| (answer.burst, answer.right)));
        let (right, photos) = with.iter().fold((0, 0), |sum, burst| (sum.0 + burst.0, sum.1 + burst.1));
        let all_right = answers.iter().filter(|answer| answer.right).count();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let tagged: BTreeSet<u32> = answers.iter().filter(has).map(|answer| answer.burst).collect();
        let without = bursts.iter().filter(|burst| !tagged.contains(&burst.number)).count();
        let (other_photos, other_right) = (count(answers.len()) - photos, count(all_right) - right);
        Self { photos, right, with, without, other_photos, other_right }
    }

    fn is_enough(&self) -> bool {
        self.with.len() >= FEWEST_BURSTS && self.without >= FEWEST_BURSTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    /// See `tests/fixtures/tags.py`: p of all deals, one by one.
    const KNOWN: &str = include_str!("../../../tests/fixtures/tags.json");

    /// How far p by so many deals is from that of all of them, times three tags.
    const BY_LOT: f64 = 0.05;

    #[derive(Deserialize)]
    struct Case {
        /// Class, burst, right, tags.
        photos: Vec<(usize, u32, bool, Vec<usize>)>,
        tags: Vec<Known>,
    }

    #[derive(Deserialize)]
    struct Known {
        lead: f64,
        p: f64,
    }

    #[test]
    fn gaps_and_their_chance_are_those_of_all_deals_counted_outside() {
        let cases: Vec<Case> = serde_json::from_str(KNOWN).unwrap();
        assert_eq!(cases.len(), 3);
        for case in cases {
            let answer = |(class, burst, right, tags)| Answered { class, burst, right, tags };
            let answers: Vec<Answered> = case.photos.into_iter().map(answer).collect();
            let found = by_tag(&answers, case.tags.len());
            for (found, known) in found.iter().zip(&case.tags) {
                assert!((found.lead - known.lead).abs() < 1e-9, "{found:?} {}", known.lead);
                let p = found.p.unwrap();
                assert!((p - known.p).abs() < BY_LOT, "p {p}, of all deals {}", known.p);
            }
        }
    }

    /// Photos alone in their bursts: of `classes` classes, `each` with tag 0 and as many with tag 1.
    fn halves(classes: usize, each: u32, right: impl Fn(usize, usize, u32) -> bool) -> Vec<Answered> {
        let mut answers = Vec::new();
        for class in 0..classes {
            for tag in 0..2 {
                for number in 0..each {
                    let burst = u32::try_from(answers.len()).unwrap();
                    answers.push(Answered { class, burst, right: right(class, tag, number), tags: vec![tag] });
                }
            }
        }
        answers
    }

    #[test]
    fn a_tag_on_which_the_head_fails_is_named() {
        let tags = by_tag(&halves(3, 20, |_, tag, number| tag == 0 || number % 2 == 0), 2);
        assert_eq!((tags[1].photos, tags[1].right, tags[1].bursts, tags[1].others), (60, 30, 60, Some(1.0)));
        assert!(tags[1].stands_out() && (tags[1].lead + 0.25).abs() < 1e-9, "{tags:?}");
        assert_eq!(largest_gap(&tags), Some(1));
    }

    #[test]
    fn a_hard_class_does_not_make_its_tag_stand_out() {
        // Every photo of the second class is wrong, and nearly all of them have the second tag.
        let mut answers = halves(2, 20, |class, _, _| class == 0);
        for (at, answer) in answers.iter_mut().enumerate() {
            answer.tags = vec![if at % 10 == 0 { 1 - answer.class } else { answer.class }];
        }
        let tags = by_tag(&answers, 2);
        assert!(tags[1].share() < 0.2 && tags[1].lead.abs() < 1e-9 && !tags[1].stands_out(), "{tags:?}");
        assert_eq!(largest_gap(&tags), None);
    }

    #[test]
    fn one_large_burst_is_one_draw_and_few_bursts_tell_nothing() {
        // Twenty photos of one scene, all wrong: by photos a clear gap, by bursts one of nine.
        let mut answers = halves(1, 4, |_, _, _| true);
        answers.extend((0..20).map(|_| Answered { class: 0, burst: 99, right: false, tags: vec![1] }));
        let tags = by_tag(&answers, 2);
        assert!(!tags[1].stands_out() && tags[1].p.is_some(), "{tags:?}");
        let few = by_tag(&halves(1, 2, |_, tag, _| tag == 0), 2);
        assert!(few.iter().all(|tag| tag.p.is_none()), "{few:?}");
        // A tag that all photos have says nothing of others.
        let all = by_tag(&[Answered { class: 0, burst: 0, right: true, tags: vec![0] }], 1);
        assert_eq!((all[0].others, all[0].p, largest_gap(&all)), (None, None, None));
    }

    #[test]
    fn where_there_is_no_gap_one_is_seldom_found() {
        let mut random = SplitMix64(7);
        let found = (0..100).filter(|_| {
            let right: Vec<bool> = (0..120).map(|_| random.below(10) < 7).collect();
            let mut at = 0;
            let answers = halves(3, 20, |_, _, _| true).into_iter().map(|answer| {
                at += 1;
                Answered { right: right[at - 1], ..answer }
            });
            largest_gap(&by_tag(&answers.collect::<Vec<_>>(), 2)).is_some()
        });
        assert!(found.count() <= 8);
    }
}
