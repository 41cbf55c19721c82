//! The heads of the project: which one answers, and whether another would do better.

use super::State;
use crate::{
    dataset::HeadId,
    protocol::{HeadOrigin, HeadView, Heads},
};

/// What a head is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeadName {
    /// The one that is fitted as photos arrive.
    Instant,
    /// The only one that was trained here.
    Trained,
    /// One of several, by the moment when it was trained: `YYYY-MM-DDTHH:MM:SSZ`.
    TrainedAt(String),
    /// The name of the file that it came from, without its ending; empty where it is not known.
    Opened(String),
}

/// A head among the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// Which one.
    pub id: HeadId,
    /// What it is called.
    pub name: HeadName,
    /// Its share of right answers, 0..1, where it was measured.
    pub accuracy: Option<f64>,
    /// Whether it answers.
    pub active: bool,
}

/// How the head that answers compares with the other one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Their intervals overlap: chance alone could explain the difference.
    Chance,
    /// Its score is better by more than chance.
    Better,
    /// The other one's score is better by more than chance.
    Worse,
    /// One of the two has no score.
    Unscored,
}

impl State {
    /// All heads: the instant one, then the others, the last one last.
    pub fn rivals(&self) -> Vec<Rival> {
        let rival = |head: &HeadView| Rival {
            id: head.id,
            name: self.head_name(head),
            accuracy: head.score.as_ref().map(|score| score.accuracy),
            active: Some(head.id) == self.heads.active,
        };
        self.heads.all.iter().map(rival).collect()
    }

    fn head_name(&self, head: &HeadView) -> HeadName {
        let trained = || self.heads.all.iter().filter(|other| other.origin == HeadOrigin::Trained).count();
        match head.origin {
            HeadOrigin::Instant => HeadName::Instant,
            HeadOrigin::Trained if trained() == 1 => HeadName::Trained,
            HeadOrigin::Trained => HeadName::TrainedAt(head.created.clone()),
            HeadOrigin::Opened => {
                let name = [".safetensors", ".head"]
                    .iter()
                    .fold(&head.name[..], |name, end| name.strip_suffix(end).unwrap_or(name));
                HeadName::Opened(name.to_owned())
            }
        }
    }

    /// How the head that answers compares: with the instant one, or if it is that, with the one that was made last. None where
    /// there is no other.
    pub fn verdict(&self) -> Option<Verdict> {
        let active = self.head.as_ref()?;
        let other = match active.origin {
            HeadOrigin::Instant => made(&self.heads),
            _ => self.heads.all.iter().find(|head| head.origin == HeadOrigin::Instant),
        }?;
        let (Some(mine), Some(others)) = (&active.score, &other.score) else { return Some(Verdict::Unscored) };
        // The trained head's score is of a part of the photos: the instant one is compared on the same part.
        let (chance, better) = match (active.instant_accuracy, other.instant_accuracy) {
            (Some(instant), _) => (mine.interval.holds(instant), mine.accuracy > instant),
            (None, Some(instant)) => (others.interval.holds(instant), instant > others.accuracy),
            (None, None) => (mine.interval.overlaps(&others.interval), mine.accuracy > others.accuracy),
        };
        Some(match (chance, better) {
            (true, _) => Verdict::Chance,
            (false, true) => Verdict::Better,
            (false, false) => Verdict::Worse,
        })
    }

    /// What the instant head and the trained one that answers, or the last one, got on the photos of the trained one's score,
    /// the instant one first, 0..1.
    pub fn on_the_same_photos(&self) -> Option<(f64, f64)> {
        let active = self.head.as_ref().filter(|head| head.origin != HeadOrigin::Instant);
        let trained = active.or(made(&self.heads)).filter(|_| self.has_instant())?;
        Some((trained.instant_accuracy?, trained.score.as_ref()?.accuracy))
    }

    /// Whether the head that answers is the one that is fitted as photos arrive.
    pub fn is_instant(&self) -> bool {
        self.head.as_ref().is_some_and(|head| head.origin == HeadOrigin::Instant)
    }

    /// Whether there is a head that is fitted as photos arrive, active or not.
    pub fn has_instant(&self) -> bool {
        self.heads.all.iter().any(|head| head.origin == HeadOrigin::Instant)
    }

    /// Takes in the heads; tells whether one of them was trained or opened just now.
    pub(super) fn take_heads(&mut self, heads: Heads) -> bool {
        let known = made(&self.heads).map(|head| head.id);
        self.head = heads.all.iter().find(|head| Some(head.id) == heads.active).cloned();
        self.heads = heads;
        self.check_comparison();
        made(&self.heads).is_some_and(|head| known.is_none_or(|known| head.id > known))
    }
}

/// The head that was trained or opened last.
pub(super) fn made(heads: &Heads) -> Option<&HeadView> {
    heads.all.iter().rev().find(|head| head.origin != HeadOrigin::Instant)
}
