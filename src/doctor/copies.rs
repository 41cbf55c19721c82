//! Photos that are nearly the same: within a class they count twice, in two classes they contradict each other.

/// Cosine of narrow features from which two photos are nearly the same: the same file saved again has .99 and more,
/// neighbouring frames of a burst lie around this, other pictures of one thing below.
const NEARLY_THE_SAME: f64 = 0.97;

/// Two photos that are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copy {
    /// One of them.
    pub photo: usize,
    /// The other.
    pub other: usize,
    /// Cosine of their features.
    pub likeness: f64,
    /// Whether they are of two classes, of which at most one can be right.
    pub contradiction: bool,
}

/// The pairs of photos that are nearly the same, contradictions first, then the most alike. `likeness(i, j)` is the cosine
/// of the photos' narrow features. Takes the square of the number of photos in time.
pub fn copies(labels: &[usize], likeness: impl Fn(usize, usize) -> f64) -> Vec<Copy> {
    let pairs = (0..labels.len()).flat_map(|other| (0..other).map(move |photo| (photo, other)));
    let mut found: Vec<Copy> = pairs
        .map(|(photo, other)| Copy {
            photo,
            other,
            likeness: likeness(photo, other),
            contradiction: labels[photo] != labels[other],
        })
        .filter(|pair| pair.likeness >= NEARLY_THE_SAME)
        .collect();
    found.sort_by(|a, b| b.contradiction.cmp(&a.contradiction).then(b.likeness.total_cmp(&a.likeness)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_in_two_classes_come_before_closer_ones_in_one() {
        let likeness = |a: usize, b: usize| match (a, b) {
            (0, 1) => 0.999,
            (1, 2) => 0.98,
            _ => 0.5,
        };
        let found = copies(&[0, 0, 1, 1], likeness);
        let pairs: Vec<_> = found.iter().map(|pair| (pair.photo, pair.other, pair.contradiction)).collect();
        assert_eq!(pairs, [(1, 2, true), (0, 1, false)]);
        assert!(copies(&[], likeness).is_empty());
    }
}
