//! Where a heat-map is warmest, for a sentence.

use crate::protocol::Heat;

/// A part of the photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// No part stands out.
    Whole,
    /// One of nine: row and column, 0..3 from the upper left.
    Part(u8, u8),
}

/// A part stands out when it is so many times as warm as the photo on average.
const STANDS_OUT: f64 = 1.8;

/// The part of a photo that speaks most for the class, by how far its places are above the average one.
pub fn spot(heat: &Heat) -> Spot {
    let side = heat.side as usize;
    let mean = heat.values.iter().copied().map(f64::from).sum::<f64>() / heat.values.len().max(1) as f64;
    let mut parts = [[(0.0, 0.0); 3]; 3]; // warmth, places
    for (at, &value) in heat.values.iter().enumerate() {
        let (warmth, places) = &mut parts[third(at / side, side)][third(at % side, side)];
        *warmth += (f64::from(value) - mean).max(0.0);
        *places += 1.0;
    }
    let all = parts.as_flattened().iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1));
    let share = |(warmth, places): (f64, f64)| if places > 0.0 { warmth / places } else { 0.0 };
    let mut best = (Spot::Whole, STANDS_OUT * share(all));
    for (row, parts) in (0..).zip(parts) {
        for (column, part) in (0..).zip(parts) {
            if share(part) > best.1 {
                best = (Spot::Part(row, column), share(part));
            }
        }
    }
    best.0
}

/// The third of a side in which the middle of a place lies.
fn third(place: usize, side: usize) -> usize {
    (3 * (2 * place + 1) / (2 * side)).min(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warm(warm: impl Fn(usize, usize) -> bool) -> Heat {
        let values = (0..49).map(|at| if warm(at / 7, at % 7) { 1.0 } else { -0.2 }).collect();
        Heat { side: 7, values }
    }

    #[test]
    fn the_warmest_of_nine_parts_is_named() {
        assert_eq!(spot(&warm(|row, column| row < 2 && column > 4)), Spot::Part(0, 2));
        assert_eq!(spot(&warm(|row, column| (2..5).contains(&row) && (2..5).contains(&column))), Spot::Part(1, 1));
        assert_eq!(spot(&warm(|row, column| row == 6 && column == 3)), Spot::Part(2, 1));
    }

    #[test]
    fn nothing_stands_out_where_all_is_alike_or_spread() {
        assert_eq!(spot(&warm(|_, _| true)), Spot::Whole);
        assert_eq!(spot(&warm(|row, column| (row + column) % 2 == 0)), Spot::Whole);
        assert_eq!(spot(&Heat { side: 0, values: Vec::new() }), Spot::Whole);
    }
}
