//! Which classes are taken for which.

use super::{falling, share, wilson};

/// How often photos of one class were answered with another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion {
    classes: usize,
    /// Row by row: the class, then the answer.
    counts: Vec<u32>,
}

/// One kind of mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MixUp {
    /// What the photos are.
    pub class: usize,
    /// What the head answered.
    pub answer: usize,
    /// How many there are.
    pub photos: u32,
}

impl Confusion {
    /// Counts pairs of a class and an answer. A pair with a class that is not under `classes` is left out.
    pub fn new(classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut counts = vec![0; classes * classes];
        for (class, answer) in pairs {
            if class < classes && answer < classes {
                counts[class * classes + answer] += 1;
            }
        }
        Self { classes, counts }
    }

    /// How many classes there are.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Photos of `class` that were answered with `answer`.
    pub fn at(&self, class: usize, answer: usize) -> u32 {
        if class < self.classes && answer < self.classes { self.counts[class * self.classes + answer] } else { 0 }
    }

    /// Photos of a class.
    pub fn of_class(&self, class: usize) -> u32 {
        (0..self.classes).map(|answer| self.at(class, answer)).sum()
    }

    /// Photos that were answered with a class.
    pub fn answered(&self, answer: usize) -> u32 {
        (0..self.classes).map(|class| self.at(class, answer)).sum()
    }

    /// All photos.
    pub fn photos(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The share of a class's photos that were answered with `answer`, 0..1.
    pub fn share(&self, class: usize, answer: usize) -> f64 {
        share(self.at(class, answer), self.of_class(class))
    }

    /// All kinds of mistakes, the one that is surely the most frequent in its class first: ordered by the lower end of
    /// the interval of its share, so that one photo of two does not outweigh thirty of a hundred by much.
    pub fn mistakes(&self) -> Vec<MixUp> {
        let pairs = (0..self.classes).flat_map(|class| (0..self.classes).map(move |answer| (class, answer)));
        let mistakes: Vec<MixUp> = pairs
            .filter(|(class, answer)| class != answer && self.at(*class, *answer) > 0)
            .map(|(class, answer)| MixUp { class, answer, photos: self.at(class, answer) })
            .collect();
        let surely: Vec<f64> =
            mistakes.iter().map(|mistake| wilson(mistake.photos, self.of_class(mistake.class)).low).collect();
        falling(&surely).into_iter().map(|at| mistakes[at]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix of the design's drawing, a row a class.
    fn leaves() -> Confusion {
        let rows = [[233, 5, 2, 0], [6, 78, 2, 0], [3, 2, 53, 0], [1, 3, 0, 17]];
        let pairs = (0..4).flat_map(|class| (0..4).map(move |answer| (class, answer)));
        Confusion::new(4, pairs.flat_map(|(class, answer)| std::iter::repeat_n((class, answer), rows[class][answer])))
    }

    #[test]
    fn rows_are_what_the_photo_is_and_columns_the_answer() {
        let leaves = leaves();
        assert_eq!((leaves.at(3, 1), leaves.at(1, 3)), (3, 0));
        assert_eq!((leaves.of_class(3), leaves.answered(3), leaves.photos()), (21, 17, 405));
        assert!((leaves.share(3, 1) - 3.0 / 21.0).abs() < 1e-12);
    }

    #[test]
    fn the_mistake_that_is_surely_the_most_frequent_comes_first() {
        let mistakes = leaves().mistakes();
        assert_eq!(mistakes.len(), 8);
        assert_eq!(mistakes[0], MixUp { class: 3, answer: 1, photos: 3 });
        assert_eq!(mistakes[1], MixUp { class: 1, answer: 0, photos: 6 });
    }

    #[test]
    fn a_class_that_is_not_there_is_left_out_and_nothing_is_no_mistake() {
        let odd = Confusion::new(2, [(0, 0), (2, 0), (0, 5)]);
        assert_eq!((odd.photos(), odd.at(7, 0), odd.share(1, 0)), (1, 0, 0.0));
        assert!(odd.mistakes().is_empty());
        assert_eq!(Confusion::default().photos(), 0);
    }
}
