//! What the photo doctor finds, as the page is told of it: the most useful first.

use crate::{
    dataset::{Class, Photo, PhotoId},
    doctor::{copies, flaw, outliers, suspects},
    head::instant::{Gram, Labels, Matrix},
    protocol::{Finding, FindingKind},
};
use std::collections::{BTreeMap, HashSet};

/// Most findings of a kind. A person who has worked these off is shown the next ones.
const MOST: usize = 40;

/// From which likeness on a photo is a copy of another one of its class. Neighbours of a burst, which teach a little each,
/// are less alike.
pub(super) const COPY: f64 = 0.99;

/// `scores` are what each photo gets without itself: of 26 flipped labels of grocery10 25 to 26 are found by them, 22 by those
/// without its whole burst, which know less of what is around. `narrow` has the photos' narrow features, `photos` their records.
pub(super) fn findings(
    members: &[PhotoId],
    classes: &[Class],
    labels: &Labels,
    scores: &Matrix,
    temperature: f32,
    narrow: &Gram,
    photos: &BTreeMap<PhotoId, Photo>,
) -> Vec<Finding> {
    let likeness = |one, other| narrow.product(one, other);
    let doubted = suspects(scores, f64::from(temperature), labels.of());
    let looks_like = doubted.into_iter().filter(|suspect| suspect.confident).map(|suspect| {
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let probability = suspect.probability as f32;
        let kind = FindingKind::LooksLike { class: classes[suspect.seems].id, probability };
        Finding { photo: members[suspect.photo], kind }
    });
    let copies = copies(labels.of(), likeness);
    let twin = |contradiction: bool| {
        let copies = copies.iter().filter(move |copy| copy.contradiction == contradiction);
        copies.filter(|copy| copy.contradiction || copy.likeness >= COPY).map(move |copy| {
            let (photo, other) = (members[copy.photo.max(copy.other)], members[copy.photo.min(copy.other)]);
            let kind = if contradiction { FindingKind::TwinElsewhere { other } } else { FindingKind::Twin { other } };
            Finding { photo, kind }
        })
    };
    let far = outliers(labels.of(), likeness);
    let outlier = far.iter().map(|outlier| Finding { photo: members[outlier.photo], kind: FindingKind::Outlier });
    let flawed = members.iter().filter_map(|&photo| {
        let flaw = flaw(photos.get(&photo)?)?;
        Some(Finding { photo, kind: FindingKind::Flaw(flaw) })
    });
    // A photo is told of once, by the most useful of its findings: a wrong label explains a contradiction.
    let mut told = HashSet::new();
    let mut first = |finding: &Finding| match finding.kind {
        FindingKind::TwinElsewhere { other } | FindingKind::Twin { other } => {
            !told.contains(&other) && told.insert(finding.photo)
        }
        FindingKind::LooksLike { .. } | FindingKind::Outlier | FindingKind::Flaw(_) => told.insert(finding.photo),
    };
    let mut all = Vec::new();
    all.extend(looks_like.filter(&mut first).take(MOST));
    all.extend(twin(true).filter(&mut first).take(MOST));
    all.extend(outlier.filter(&mut first).take(MOST));
    all.extend(flawed.filter(&mut first).take(MOST));
    all.extend(twin(false).filter(&mut first).take(MOST));
    all
}
