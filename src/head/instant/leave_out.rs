//! Scores of photos that were left out together with their whole group: exact, without fitting again.

use super::{
    Decomposition, InstantError, InstantHead, Labels, Matrix, Method,
    candidate::{lda, same_photos, scores},
    gaussian::Gaussian,
    ridge::Ridge,
};
use crate::dataset::members_of;
use std::time::Duration;

/// The head's method, with what it needs to leave photos out.
enum Fit<'a> {
    Ridge(Ridge<'a>),
    Lda(Gaussian<'a>),
}

/// Leaves out one group after the other.
pub struct LeaveOut<'a> {
    fit: Fit<'a>,
    labels: &'a Labels,
    groups: Vec<Vec<usize>>,
    done: usize,
    scores: Matrix,
}

impl<'a> LeaveOut<'a> {
    /// Begins. `decomposition` is that of the head's feature; `groups` names the group of each photo, photos of one name
    /// are left out together.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where these are not of the photos that the head was fitted to.
    pub fn new(
        head: &InstantHead,
        decomposition: &'a Decomposition,
        labels: &'a Labels,
        groups: &[u32],
    ) -> Result<Self, InstantError> {
        same_photos(decomposition, labels)?;
        if groups.len() != labels.photos() || head.fit.leave_one_out.rows() != labels.photos() {
            return Err(InstantError::Shape);
        }
        let fit = match head.fit.method {
            Method::Ridge { lambda } => Fit::Ridge(Ridge::at(decomposition, labels, lambda)),
            Method::Lda { .. } => Fit::Lda(lda(head.fit.feature, decomposition, labels).ok_or(InstantError::Shape)?),
        };
        Ok(Self {
            fit,
            labels,
            groups: members_of(groups),
            done: 0,
            scores: Matrix::zeros(labels.photos(), labels.classes()),
        })
    }

    /// Works for about as long as told, by a clock in milliseconds, and says whether all is done. A group costs the cube of
    /// its size.
    pub fn step(&mut self, budget: Duration, clock: impl Fn() -> f64) -> bool {
        let end = clock() + budget.as_secs_f64() * 1000.0;
        while let Some(group) = self.groups.get(self.done) {
            let rows = match &self.fit {
                Fit::Ridge(fit) => fit.leave_out(group, self.labels),
                Fit::Lda(fit) => scores(&fit.leave_out(group)),
            };
            for (i, &photo) in group.iter().enumerate() {
                self.scores.row_mut(photo).copy_from_slice(rows.row(i));
            }
            self.done += 1;
            if clock() >= end {
                break;
            }
        }
        self.done == self.groups.len()
    }

    /// What each photo gets from the fit to all photos outside its group, [photos, classes]; the groups that were not
    /// reached yet are worked off first.
    pub fn finish(mut self) -> Matrix {
        self.step(Duration::MAX, || 0.0);
        self.scores
    }
}
