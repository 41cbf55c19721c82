//! What the pools of a photo are averages of.

/// For each number of a photo's pools, in their order, the map that it averages: how active its channel is at each place
/// of the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Maps {
    side: usize,
    values: Vec<f32>, // [dim, side, side]
}

impl Maps {
    /// `values` are [dim, side, side].
    pub(crate) fn new(values: Vec<f32>, dim: usize) -> Self {
        let places = values.len().checked_div(dim).unwrap_or(0);
        Self { side: places.isqrt(), values }
    }

    /// Places along a side of the square that the network sees.
    pub fn side(&self) -> usize {
        self.side
    }

    /// The maps, one a number of the pools, [side, side] each.
    pub fn each(&self) -> impl Iterator<Item = &[f32]> {
        self.values.chunks_exact((self.side * self.side).max(1))
    }
}
