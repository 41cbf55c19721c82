//! Pictures of which half is hidden, to find out which half a head needs.

use super::{Pixels, SIDE_PX};

/// The half that is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// What lies around the middle.
    Border,
    /// The middle.
    Centre,
}

/// Width of the border: the square inside of it, 158 pixels wide, is as large as all of the border.
const BORDER_PX: usize = 33;
/// The network's zero. A mean colour would tell of what it hides: hidden under itself, a red border would still be red.
const GREY: u8 = 127;

/// The picture with one half of its area in even grey.
pub fn hide(picture: &Pixels, hidden: Hidden) -> Pixels {
    let inside = |at: usize| (BORDER_PX..SIDE_PX - BORDER_PX).contains(&at);
    let mut rgb = picture.0.clone();
    for (at, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let in_centre = inside(at / SIDE_PX) && inside(at % SIDE_PX);
        if in_centre == (hidden == Hidden::Centre) {
            pixel.fill(GREY);
        }
    }
    Pixels(rgb)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_together_hide_every_pixel_once_and_half_each() {
        let picture = Pixels((0..SIDE_PX * SIDE_PX * 3).map(|at| if at % 2 == 0 { 3 } else { 200 }).collect());
        let (border, centre) = (hide(&picture, Hidden::Border), hide(&picture, Hidden::Centre));
        let grey = |picture: &Pixels| picture.0.iter().filter(|&&value| value == GREY).count() as f64;
        assert_eq!(grey(&border) + grey(&centre), (SIDE_PX * SIDE_PX * 3) as f64);
        assert!((grey(&border) / grey(&centre) - 1.0).abs() < 0.02);
        let middle = (SIDE_PX / 2 * SIDE_PX + SIDE_PX / 2) * 3;
        assert_eq!((border.0[middle], border.0[0]), (picture.0[middle], GREY));
        assert_eq!((centre.0[middle], centre.0[0]), (GREY, picture.0[0]));
    }
}
