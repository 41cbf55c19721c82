//! What the engine found out about the photos, and what the person has said to it.

use super::State;
use crate::{
    dataset::{ClassId, PhotoId},
    metrics::{Calibration, Confusion, falling},
    protocol::{Finding, FindingKind, Flaw, Judged},
};
use std::collections::BTreeSet;

/// An answer is called sure from here on.
pub const SURE_FROM: f32 = 0.9;
/// A matrix of more classes than this could not be read; those with the most mistakes are shown.
pub const MOST_CLASSES: usize = 30;

/// What a person has settled; it is not asked again in this session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Settled {
    /// The photo is of that class, whatever it looks like.
    Right(PhotoId, ClassId),
    /// Both photos may stay where they are, the lower id first.
    Both(PhotoId, PhotoId),
    /// The photo belongs to the project, however far it is from every class, and however it came out.
    Belongs(PhotoId),
    /// The class may have as few photos as it has.
    Few(ClassId),
}

/// Judgements and findings, as the engine told them last.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Examined {
    judged: Vec<Judged>,
    findings: Vec<Finding>,
    settled: BTreeSet<Settled>,
    /// Photos that the person moved or removed and of which the engine has not told yet.
    acted: BTreeSet<PhotoId>,
    revision: u32,
}

impl Examined {
    /// Counts up with everything that could change what is shown of it.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// The person has settled something.
    pub fn settle(&mut self, settled: impl IntoIterator<Item = Settled>) {
        self.settled.extend(settled);
        self.changed();
    }

    /// The person takes that back.
    pub fn unsettle(&mut self, settled: &[Settled]) {
        self.settled.retain(|known| !settled.contains(known));
        self.changed();
    }

    /// Whether a photo is kept where it is.
    pub fn is_settled(&self, settled: Settled) -> bool {
        self.settled.contains(&settled)
    }

    /// The person moves, excludes or removes photos: nothing is said of them until the engine has done it.
    pub fn act(&mut self, photos: &[PhotoId]) {
        self.acted.extend(photos);
        self.changed();
    }

    /// The engine has moved, removed or brought back photos.
    pub(super) fn acted(&mut self, photos: impl IntoIterator<Item = PhotoId>) {
        for photo in photos {
            self.acted.remove(&photo);
        }
        self.changed();
    }

    /// Takes in what the engine found. While the person looks at the list, what stays in it stays in its place: a list that
    /// Another project takes the place of this one.
    pub(super) fn leave_project(&mut self) {
        *self = Self { revision: self.revision.wrapping_add(1), ..Self::default() };
    }

    /// jumps cannot be worked through.
    pub(super) fn take(&mut self, judged: Vec<Judged>, findings: Vec<Finding>, looked_at: bool) {
        self.judged = judged;
        self.findings = if looked_at { in_place(&self.findings, findings) } else { findings };
        self.changed();
    }

    pub(super) fn changed(&mut self) {
        self.revision = self.revision.wrapping_add(1);
    }
}

/// The new findings in the order of the old ones; each that was not there before stands behind the one that leads it in
/// the new order.
fn in_place(old: &[Finding], new: Vec<Finding>) -> Vec<Finding> {
    let same = |a: &Finding, b: &Finding| finding_id(a) == finding_id(b);
    let mut ordered: Vec<Finding> =
        old.iter().filter_map(|old| new.iter().find(|new| same(new, old)).copied()).collect();
    let mut place = 0;
    for finding in new {
        match ordered.iter().position(|known| same(known, &finding)) {
            Some(at) => place = at + 1,
            None => {
                ordered.insert(place, finding);
                place += 1;
            }
        }
    }
    ordered
}

/// A finding's kind, as scripts read it.
pub fn kind_code(kind: &FindingKind) -> &'static str {
    match kind {
        FindingKind::LooksLike { .. } => "looks-like",
        FindingKind::TwinElsewhere { .. } => "twin-elsewhere",
        FindingKind::Twin { .. } => "twin",
        FindingKind::Outlier => "outlier",
        FindingKind::Flaw(Flaw::Blurred) => "blurred",
        FindingKind::Flaw(Flaw::Dark) => "dark",
        FindingKind::Flaw(Flaw::Tiny) => "tiny",
    }
}

/// What makes a finding the same one when it is told again.
pub fn finding_id(finding: &Finding) -> (PhotoId, &'static str, Option<PhotoId>) {
    let other = match finding.kind {
        FindingKind::Twin { other } | FindingKind::TwinElsewhere { other } => Some(other),
        FindingKind::LooksLike { .. } | FindingKind::Outlier | FindingKind::Flaw(_) => None,
    };
    (finding.photo, kind_code(&finding.kind), other)
}

impl State {
    /// Judgements of photos that are still in the class that they were judged in.
    pub fn judged(&self) -> impl Iterator<Item = &Judged> {
        let examined = &self.examined;
        examined.judged.iter().filter(|judged| self.still(judged.photo, judged.class))
    }

    /// Whether a photo counts in the class that it was judged in, as far as the person has not changed that.
    pub(super) fn still(&self, photo: PhotoId, class: ClassId) -> bool {
        let counts = !self.photos.is_excluded(photo) && !self.examined.acted.contains(&photo);
        counts && self.photos.class_of(photo) == Some(class)
    }

    /// What keeping a finding's photos settles; none when the finding is no longer true.
    pub fn settles(&self, finding: &Finding) -> Option<Settled> {
        let class = self.photos.class_of(finding.photo)?;
        match finding.kind {
            FindingKind::LooksLike { class: other, .. } => {
                (other != class && self.photos.class(other).is_some()).then_some(Settled::Right(finding.photo, class))
            }
            FindingKind::TwinElsewhere { other } | FindingKind::Twin { other } => {
                let elsewhere = self.photos.class_of(other)? != class;
                let pair = Settled::Both(finding.photo.min(other), finding.photo.max(other));
                (elsewhere == matches!(finding.kind, FindingKind::TwinElsewhere { .. })).then_some(pair)
            }
            FindingKind::Outlier | FindingKind::Flaw(_) => Some(Settled::Belongs(finding.photo)),
        }
    }

    /// What is worth a look, most useful first: findings that are still true and that the person has not settled.
    pub fn findings(&self) -> Vec<Finding> {
        let examined = &self.examined;
        let open = |finding: &&Finding| {
            let (photo, _, other) = finding_id(finding);
            let gone = |photo| examined.acted.contains(&photo) || self.photos.is_excluded(photo);
            !gone(photo)
                && !other.is_some_and(gone)
                && self.settles(finding).is_some_and(|settled| !examined.is_settled(settled))
        };
        examined.findings.iter().filter(open).copied().collect()
    }

    /// Which classes are taken for which: the classes in their order, and the counts.
    pub fn mix_ups(&self) -> (Vec<ClassId>, Confusion) {
        let all: Vec<ClassId> = self.photos.classes().iter().map(|class| class.id).collect();
        let whole = self.confusion(&all);
        let judged = |at: &usize| whole.of_class(*at) + whole.answered(*at) > 0;
        let mut shown: Vec<usize> = (0..all.len()).filter(judged).collect();
        if shown.len() > MOST_CLASSES {
            let missed = |at: &usize| whole.of_class(*at) + whole.answered(*at) - 2 * whole.at(*at, *at);
            let missed: Vec<f64> = shown.iter().map(|at| f64::from(missed(at))).collect();
            let most: BTreeSet<usize> = falling(&missed).into_iter().take(MOST_CLASSES).map(|at| shown[at]).collect();
            shown.retain(|at| most.contains(at));
        }
        let classes: Vec<ClassId> = shown.into_iter().map(|at| all[at]).collect();
        let confusion = self.confusion(&classes);
        (classes, confusion)
    }

    fn confusion(&self, classes: &[ClassId]) -> Confusion {
        let place = |id: &ClassId| classes.iter().position(|class| class == id).unwrap_or(usize::MAX);
        Confusion::new(classes.len(), self.judged().map(|judged| (place(&judged.class), place(&judged.answer))))
    }

    /// Whether the instant head is as sure as it should be.
    pub fn calibration(&self) -> Calibration {
        Calibration::new(self.judged().map(|judged| (f64::from(judged.probability), judged.class == judged.answer)))
    }

    /// The same before its temperature was set: what it would say at temperature 1.
    pub fn calibration_before(&self) -> Calibration {
        Calibration::new(self.judged().map(|judged| (f64::from(judged.plain), judged.class == judged.answer)))
    }

    /// Of the answers that the instant head is sure of: how many are right, and how many there are.
    pub fn sure_answers(&self) -> (u32, u32) {
        self.judged()
            .filter(|judged| judged.probability >= SURE_FROM)
            .fold((0, 0), |(right, photos), judged| (right + u32::from(judged.class == judged.answer), photos + 1))
    }
}
