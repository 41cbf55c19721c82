//! Which photos of a grid are drawn: the rows in sight and some around them, so that a class of thousands costs no more than
//! one of a hundred.

use std::ops::Range;

/// Rows that are drawn above and below those in sight. What is drawn also moves by so many at a time: most of the scrolling
/// then draws nothing new.
const AROUND: usize = 4;

/// A grid as it lies on the screen; lengths are CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lying {
    /// Photos in a row.
    pub columns: usize,
    /// From one row to the next.
    pub pitch_px: f64,
    /// From the grid's upper edge to where it comes into sight,
    pub from_px: f64,
    /// and to where it is out of sight again.
    pub to_px: f64,
}

/// The rows of a grid that are drawn, and the room that the others take.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The places of the photos.
    pub photos: Range<usize>,
    /// Room above them, CSS pixels.
    pub above_px: f64,
    /// Room below them.
    pub below_px: f64,
}

impl Part {
    /// The first photos, where nothing else takes room.
    pub fn first(photos: usize) -> Self {
        Self { photos: 0..photos, above_px: 0.0, below_px: 0.0 }
    }
}

impl Lying {
    /// What is drawn of so many photos.
    pub fn part(self, photos: usize) -> Part {
        let rows = photos.div_ceil(self.columns.max(1));
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is below zero becomes zero")]
        let row = |px: f64| ((px / self.pitch_px.max(1.0)) as usize).min(rows);
        let (first, last) = (row(self.from_px), row(self.to_px.max(self.from_px)));
        let from = first.saturating_sub(AROUND) / AROUND * AROUND;
        let to = ((last + 1 + AROUND).div_ceil(AROUND) * AROUND).min(rows);
        Part {
            photos: (from * self.columns).min(photos)..(to * self.columns).min(photos),
            above_px: from as f64 * self.pitch_px,
            below_px: (rows - to) as f64 * self.pitch_px,
        }
    }
}

/// The places of the photos that a rectangle lies over, in a grid of so many columns. Corners are in pixels from where the
/// grid begins; `pitch_px` goes from one column or row to the next.
pub fn covered(
    columns: usize,
    pitch_px: f64,
    from: (f64, f64),
    to: (f64, f64),
    photos: usize,
) -> impl Iterator<Item = usize> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is below zero becomes zero")]
    let at = move |px: f64| (px / pitch_px.max(1.0)) as usize;
    let (left, right) = (at(from.0.min(to.0)), at(from.0.max(to.0)));
    let (top, bottom) = (at(from.1.min(to.1)), at(from.1.max(to.1)));
    let rows = photos.div_ceil(columns.max(1));
    // All of it may lie beside the grid.
    let is_over = from.0.max(to.0) >= 0.0 && from.1.max(to.1) >= 0.0;
    let rows = if is_over { top..(bottom + 1).min(rows) } else { 0..0 };
    rows.flat_map(move |row| (left..(right + 1).min(columns)).map(move |column| row * columns + column))
        .filter(move |place| *place < photos)
}
