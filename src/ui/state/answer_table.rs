//! The answers as a table: which of them, in which order, and how they agree with the names of their folders.

use super::{Prediction, Sure, sure};
use crate::dataset::order_of_paths;
use std::cmp::Ordering;

/// What the rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The file's name, digits as numbers.
    Name,
    /// The best class; rows of one class with the most probable first.
    Answer,
    /// Its probability.
    Probability,
}

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// All of them.
    #[default]
    All,
    /// Those that are not sure.
    NotSure,
    /// Those that are like none of the classes.
    Unknown,
    /// Those that are not what their folder says.
    Disagree,
}

impl Only {
    /// All of them, by the words that stand for them in the document.
    pub const WORDS: [(&'static str, Self); 4] =
        [("all", Self::All), ("not-sure", Self::NotSure), ("unknown", Self::Unknown), ("disagree", Self::Disagree)];
}

/// How the table is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AnswerTable {
    /// What it is sorted by, and whether from the end; as the answers came where nothing was chosen.
    pub order: Option<(Column, bool)>,
    /// A part of the file's name.
    pub search: String,
    /// The class that was answered.
    pub class: Option<String>,
    /// Which rows.
    pub only: Only,
    /// Whether rows of one answer stand together under it.
    pub grouped: bool,
}

impl AnswerTable {
    /// Sorts by a column; the same once more turns the order round. A probability begins with the least sure, which is
    /// worth a look first.
    pub fn sort_by(&mut self, column: Column) {
        self.order = match self.order {
            Some((by, from_end)) if by == column => Some((column, !from_end)),
            _ => Some((column, false)),
        };
    }

    /// The rows, as places among the answers.
    pub fn rows(&self, answers: &[Prediction]) -> Vec<usize> {
        let search = self.search.trim().to_lowercase();
        let mut rows: Vec<usize> = (0..answers.len()).filter(|at| self.shows(&answers[*at], &search)).collect();
        if let Some((column, from_end)) = self.order {
            match column {
                Column::Name => rows.sort_by(|a, b| order_of_paths(&answers[*a].name, &answers[*b].name)),
                Column::Answer => rows.sort_by(|a, b| by_answer(&answers[*a], &answers[*b])),
                Column::Probability => {
                    rows.sort_by(|a, b| probability(&answers[*a]).total_cmp(&probability(&answers[*b])))
                }
            }
            if from_end {
                rows.reverse();
            }
        }
        if self.grouped {
            // Within a group the order stays.
            rows.sort_by_key(|at| answers[*at].said().map(str::to_owned));
        }
        rows
    }

    /// The first row of each group with how many rows it has; none where they do not stand together.
    pub fn groups(&self, answers: &[Prediction], rows: &[usize]) -> Vec<(usize, usize)> {
        let groups = rows.chunk_by(|a, b| answers[*a].said() == answers[*b].said());
        groups.filter(|_| self.grouped).map(|group| (group[0], group.len())).collect()
    }

    fn shows(&self, answer: &Prediction, search: &str) -> bool {
        let found = search.is_empty() || answer.name.to_lowercase().contains(search);
        let of_class = self.class.as_deref().is_none_or(|class| answer.said() == Some(class));
        let only = match self.only {
            Only::All => true,
            Only::NotSure => sure(probability(answer)) == Sure::Not,
            Only::Unknown => answer.unknown,
            Only::Disagree => answer.agrees() == Some(false),
        };
        found && of_class && only
    }
}

fn probability(answer: &Prediction) -> f32 {
    answer.ranking.first().map_or(0.0, |best| best.probability)
}

fn by_answer(a: &Prediction, b: &Prediction) -> Ordering {
    a.said().cmp(&b.said()).then(probability(b).total_cmp(&probability(a)))
}

impl Prediction {
    /// The class that is answered; none for a photo that is like none of them.
    pub fn said(&self) -> Option<&str> {
        self.ranking.first().filter(|_| !self.unknown).map(|best| best.name.as_str())
    }

    /// Whether the answer is what the photo's folder says, where that names a class.
    pub fn agrees(&self) -> Option<bool> {
        self.label.as_deref().map(|label| self.said() == Some(label))
    }
}

/// How many answers are what their folder says, and how many folders say anything.
pub fn agreement(answers: &[Prediction]) -> (usize, usize) {
    let told: Vec<bool> = answers.iter().filter_map(Prediction::agrees).collect();
    (told.iter().filter(|agrees| **agrees).count(), told.len())
}
