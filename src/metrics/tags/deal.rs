//! Bursts with their tags, and the tags dealt anew among them.

use super::Answered;
use crate::{dataset::SplitMix64, metrics::share};
use std::collections::BTreeMap;

/// A burst: its class, right answers beyond those that its class lets expect, and for each of its tags the share of its
/// photos that have it.
pub(super) struct Burst {
    pub(super) class: usize,
    pub(super) number: u32,
    pub(super) beyond: f64,
    pub(super) tags: Vec<(usize, f64)>,
}

/// All bursts, those of a class together.
pub(super) fn bursts(answers: &[Answered]) -> Vec<Burst> {
    let mut of_class = BTreeMap::<usize, (u32, u32)>::new();
    let mut photos = BTreeMap::<(usize, u32), Vec<&Answered>>::new();
    for answer in answers {
        let (right, all) = of_class.entry(answer.class).or_default();
        *right += u32::from(answer.right);
        *all += 1;
        photos.entry((answer.class, answer.burst)).or_default().push(answer);
    }
    let burst = |((class, number), photos): ((usize, u32), Vec<&Answered>)| {
        let (right, all) = of_class[&class];
        let expected = share(right, all);
        let mut tags = BTreeMap::<usize, f64>::new();
        for tag in photos.iter().flat_map(|answer| &answer.tags) {
            *tags.entry(*tag).or_default() += 1.0 / photos.len() as f64;
        }
        let beyond = photos.iter().map(|answer| f64::from(u8::from(answer.right)) - expected).sum();
        Burst { class, number, beyond, tags: tags.into_iter().collect() }
    };
    photos.into_iter().map(burst).collect()
}

/// For each tag: right answers of its photos beyond those that their classes let expect. With a `deal`, each burst has the
/// tags of the burst that the deal names.
pub(super) fn gaps(bursts: &[Burst], tags: usize, deal: Option<&[usize]>) -> Vec<f64> {
    let mut gaps = vec![0.0; tags];
    for (at, burst) in bursts.iter().enumerate() {
        let tagged = deal.map_or(at, |deal| deal[at]);
        for (tag, part) in &bursts[tagged].tags {
            gaps[*tag] += part * burst.beyond;
        }
    }
    gaps
}

/// The bursts in another order within each class.
pub(super) fn dealt(bursts: &[Burst], random: &mut SplitMix64) -> Vec<usize> {
    let mut deal: Vec<usize> = (0..bursts.len()).collect();
    let mut first = 0;
    for class in bursts.chunk_by(|a, b| a.class == b.class) {
        random.shuffle(&mut deal[first..first + class.len()]);
        first += class.len();
    }
    deal
}
