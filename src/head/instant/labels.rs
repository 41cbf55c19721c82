//! The classes of the photos.

use super::InstantError;

/// A class for every photo: the classes are 0, 1, … without a gap, and there are at least two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labels {
    of: Vec<usize>,
    counts: Vec<usize>,
}

impl Labels {
    /// Checks the labels.
    ///
    /// # Errors
    /// [`InstantError::NoPhotos`], [`InstantError::OneClass`], or [`InstantError::EmptyClass`] for a gap.
    pub fn new(of: Vec<usize>) -> Result<Self, InstantError> {
        let classes = of.iter().max().ok_or(InstantError::NoPhotos)? + 1;
        if classes > of.len() {
            return Err(InstantError::EmptyClass);
        }
        let mut counts = vec![0; classes];
        for &class in &of {
            counts[class] += 1;
        }
        match counts.iter().min() {
            Some(0) => Err(InstantError::EmptyClass),
            _ if classes < 2 => Err(InstantError::OneClass),
            _ => Ok(Self { of, counts }),
        }
    }

    /// All photos as one class: what a head cannot be made of, but a background can.
    pub(crate) fn single(photos: usize) -> Self {
        Self { of: vec![0; photos], counts: vec![photos] }
    }

    /// The class of each photo.
    pub fn of(&self) -> &[usize] {
        &self.of
    }

    /// How many photos each class has.
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// How many classes.
    pub fn classes(&self) -> usize {
        self.counts.len()
    }

    /// How many photos.
    pub fn photos(&self) -> usize {
        self.of.len()
    }

    /// Photos of the smallest class.
    pub fn fewest(&self) -> usize {
        self.counts.iter().copied().min().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_without_a_gap_are_counted() {
        let labels = Labels::new(vec![1, 0, 1, 2, 1]).unwrap();
        assert_eq!((labels.counts(), labels.classes(), labels.fewest()), (&[1, 3, 1][..], 3, 1));
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused() {
        assert_eq!(Labels::new(vec![]), Err(InstantError::NoPhotos));
        assert_eq!(Labels::new(vec![0, 0]), Err(InstantError::OneClass));
        assert_eq!(Labels::new(vec![0, 2]), Err(InstantError::EmptyClass));
        assert_eq!(Labels::new(vec![0, 2, 2]), Err(InstantError::EmptyClass));
        assert_eq!(Labels::new(vec![0, usize::MAX / 2]), Err(InstantError::EmptyClass));
    }
}
