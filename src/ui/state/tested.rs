//! How the head that answers does on the test set, and whether that is what its own score promised.

use super::State;
use crate::protocol::{Score, TestJudged};

/// How the test score compares with the head's own score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Their intervals overlap: chance alone could explain the difference.
    Kept,
    /// The test photos are harder than the score promised, by more than chance.
    Harder,
    /// They are easier.
    Easier,
}

impl State {
    /// The score on the test set, once the head that answers now has judged it.
    pub fn test_score(&self) -> Option<&Score> {
        let judged = self.tested.head.is_some() && self.tested.head == self.heads.active;
        self.tested.score.as_ref().filter(|_| judged && !self.photos.test().is_empty())
    }

    /// How that compares with the head's own score, where there are both.
    pub fn promise(&self) -> Option<Promise> {
        let own = self.head.as_ref()?.score.as_ref()?;
        let test = self.test_score()?;
        Some(match test.accuracy < own.accuracy {
            _ if test.interval.overlaps(&own.interval) => Promise::Kept,
            true => Promise::Harder,
            false => Promise::Easier,
        })
    }

    /// What the head says of the test photos that are still in the class that they were judged in.
    pub fn test_judged(&self) -> impl Iterator<Item = &TestJudged> {
        let is_there =
            |judged: &&TestJudged| self.photos.test().contains(&judged.photo) && self.still(judged.photo, judged.class);
        self.tested.judged.iter().filter(is_there)
    }

    /// Test photos nearly the same as ones that teach.
    pub fn test_copies(&self) -> Vec<&TestJudged> {
        self.test_judged().filter(|judged| self.tested.copies.contains(&judged.photo)).collect()
    }

    /// Test photos that were answered wrong.
    pub fn test_wrong(&self) -> usize {
        self.test_judged().filter(|judged| !judged.right).count()
    }
}
