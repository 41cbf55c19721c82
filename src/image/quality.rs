//! How a photo came out, measured on the pixels that the network sees: a blur that does not show there does no harm.

use super::{Pixels, SIDE_PX};
use crate::dataset::Quality;

/// Pixels that a photo is blurred over once more, to see how much of it was sharp.
const REACH: usize = 9;

/// Measures a photo. A hundred thousand differences: half a millisecond.
pub fn quality(pixels: &Pixels) -> Quality {
    let grey: Vec<f32> = pixels
        .0
        .as_chunks::<3>()
        .0
        .iter()
        .map(|&[red, green, blue]| 0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue))
        .collect();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a hundred")]
    let blur_percent = (blur(&grey, 1, SIDE_PX).max(blur(&grey, SIDE_PX, 1)) * 100.0).round() as u8;
    Quality { blur_percent, light: light(&grey) }
}

/// How little another blur along one direction takes away, 0..1: what is blurred already loses nothing (Crete, Dolmiere,
/// Ladret and Nicolas, "The blur effect: perception and estimation with a new no-reference perceptual blur metric", 2007).
/// Unlike the strength of the edges it does not depend on what the photo shows. `step` leads to the next pixel in that
/// direction, `line` to the next line.
fn blur(grey: &[f32], step: usize, line: usize) -> f32 {
    let (mut all, mut sharp) = (0.0, 0.0);
    for at in REACH - 1..SIDE_PX - REACH + 1 {
        for along in REACH - 1..SIDE_PX - REACH {
            let level = |along: usize| grey[at * line + along * step];
            let difference = (level(along + 1) - level(along)).abs();
            // The same difference after the blur: the means of two neighbouring stretches differ by their ends alone.
            let blurred = (level(along + REACH / 2 + 1) - level(along - REACH / 2)).abs() / REACH as f32;
            all += difference;
            sharp += (difference - blurred).max(0.0);
        }
    }
    if all > 0.0 { 1.0 - sharp / all } else { 1.0 }
}

/// The grey level that a twentieth of the pixels is above.
fn light(grey: &[f32]) -> u8 {
    let mut levels = [0usize; 256];
    for &level in grey {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a level of 0 to 255")]
        let level = level.round() as usize;
        levels[level.min(255)] += 1;
    }
    let mut above = grey.len() / 20;
    for level in (0..=255).rev() {
        let pixels = levels[usize::from(level)];
        if pixels > above {
            return level;
        }
        above -= pixels;
    }
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(level: impl Fn(usize, usize) -> usize) -> Quality {
        let at = |at: usize| u8::try_from(level(at % SIDE_PX, at / SIDE_PX)).expect("a grey level");
        quality(&Pixels((0..SIDE_PX * SIDE_PX).flat_map(|pixel| [at(pixel); 3]).collect()))
    }

    #[test]
    fn a_ramp_loses_nothing_by_a_blur_and_stripes_lose_all_but_a_ninth() {
        assert_eq!(of(|x, _| x).blur_percent, 100);
        assert_eq!(of(|x, y| (x + y) % 2 * 255), Quality { blur_percent: 11, light: 255 });
        assert_eq!(of(|_, _| 0), Quality { blur_percent: 100, light: 0 });
    }

    #[test]
    fn a_photo_that_moved_in_one_direction_is_blurred() {
        let moved = of(|x, y| if y % 2 == 0 { x } else { x + 20 });
        assert_eq!(moved.blur_percent, 100, "along the rows nothing is sharp");
    }

    #[test]
    fn a_few_bright_pixels_are_no_light() {
        assert_eq!(of(|x, _| if x < 10 { 255 } else { 30 }).light, 30);
        assert_eq!(of(|x, _| if x < 20 { 200 } else { 30 }).light, 200);
    }
}
