//! Order by a number.

/// The places of the values, the highest value first; equal ones keep their order.
///
/// The page sorts a few lists, each of another kind. Sorting places instead makes the code for it once.
pub fn falling(values: &[f64]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    places.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_comes_first_and_equal_ones_keep_their_order() {
        assert_eq!(falling(&[1.0, 3.0, 2.0, 3.0]), [1, 3, 2, 0]);
        assert_eq!(falling(&[]), Vec::<usize>::new());
    }
}
