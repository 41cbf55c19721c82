//! The directions in which photos differ most.

use super::{
    Decomposition, Matrix,
    matrix::{dot, largest_eigenpairs},
};

/// Rounds of subspace iteration. A direction that is barely stronger than the first one left out mixes with it, which
/// costs nothing: either explains as much.
const ROUNDS: usize = 30;
/// Rounds after which the directions are parted again: they lean towards the strongest one, but not so far in three rounds
/// that double precision would lose the others.
const APART_EVERY: usize = 3;
/// Directions that are iterated along and then dropped, which makes the others converge.
const SPARE: usize = 16;

/// A direction `u` of the feature space.
pub(crate) struct Principal {
    /// The scatter of the photos along it.
    pub(crate) scatter: f64,
    /// `u` is the sum of the photos' distances from their mean with these weights, [photos], and has length 1.
    pub(crate) coefficients: Vec<f64>,
}

/// The strongest directions, at most `rank`, by subspace iteration on the tridiagonal matrix (Rutishauser 1970).
pub(crate) fn principal(decomposition: &Decomposition, rank: usize) -> Vec<Principal> {
    let photos = decomposition.photos;
    let width = (rank + SPARE).min(photos);
    // A start without any symmetry that a direction could be orthogonal to.
    let mut block: Vec<Vec<f64>> = (0..width)
        .map(|at| (0..photos).map(|photo| (1.0 + ((photo * 37 + at * 101) % 211) as f64).sin()).collect())
        .collect();
    orthonormalise(&mut block);
    for round in 1..=ROUNDS {
        block = block.iter().map(|column| multiply(decomposition, column)).collect();
        if round % APART_EVERY == 0 {
            orthonormalise(&mut block);
        }
    }
    let images: Vec<Vec<f64>> = block.iter().map(|column| multiply(decomposition, column)).collect();
    let small = Matrix::from_fn(width, width, |i, j| dot(&block[i], &images[j]));
    let pairs = largest_eigenpairs(small);
    let strongest = pairs.first().map_or(0.0, |(value, _)| *value);
    let real = pairs.into_iter().take(rank).filter(|(value, _)| *value > 1e-9 * strongest.max(f64::MIN_POSITIVE));
    real.map(|(scatter, mix)| {
        let mut reduced = vec![0.0; photos];
        for (column, weight) in block.iter().zip(mix) {
            for (value, part) in reduced.iter_mut().zip(column) {
                *value += weight * part;
            }
        }
        let length = scatter.sqrt();
        let coefficient = |row: &[f32]| row.iter().zip(&reduced).map(|(&z, y)| f64::from(z) * y).sum::<f64>() / length;
        Principal { scatter, coefficients: decomposition.basis.chunks_exact(photos).map(coefficient).collect() }
    })
    .collect()
}

/// `T` times a vector of reduced coordinates.
fn multiply(decomposition: &Decomposition, side: &[f64]) -> Vec<f64> {
    let last = side.len() - 1;
    (0..=last)
        .map(|at| {
            let before = if at > 0 { decomposition.beside[at] * side[at - 1] } else { 0.0 };
            let after = if at < last { decomposition.beside[at + 1] * side[at + 1] } else { 0.0 };
            before + decomposition.diagonal[at] * side[at] + after
        })
        .collect()
}

/// Gram and Schmidt, twice over for exactness; what vanishes becomes zeros.
fn orthonormalise(block: &mut [Vec<f64>]) {
    for at in 0..block.len() {
        let (before, rest) = block.split_at_mut(at);
        let column = &mut rest[0];
        let whole = dot(column, column).sqrt();
        for _ in 0..2 {
            for other in before.iter() {
                let along = dot(column, other);
                for (value, part) in column.iter_mut().zip(other) {
                    *value -= along * part;
                }
            }
        }
        let length = dot(column, column).sqrt();
        let factor = if length > 1e-12 * whole { 1.0 / length } else { 0.0 };
        column.iter_mut().for_each(|value| *value *= factor);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::instant::Gram;

    #[test]
    fn the_directions_are_those_of_a_cross_with_unequal_arms() {
        let mut gram = Gram::new(3);
        gram.push(&[3.0, 0.0, 1.0, -3.0, 0.0, 1.0, 0.0, 2.0, 1.0, 0.0, -2.0, 1.0]).unwrap();
        let found = principal(&Decomposition::new(&gram).unwrap(), 3);
        assert_eq!(found.len(), 2, "the third direction has no scatter");
        for (direction, (scatter, axis)) in found.iter().zip([(18.0, 0), (8.0, 1)]) {
            assert!((direction.scatter - scatter).abs() < 1e-6, "{}", direction.scatter);
            let along: f64 =
                (0..4).map(|photo| direction.coefficients[photo] * f64::from(gram.feature(photo)[axis])).sum();
            assert!((along.abs() - 1.0).abs() < 1e-6, "{along}");
        }
    }
}
