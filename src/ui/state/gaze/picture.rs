//! A heat-map as a picture that any browser shows.

use crate::protocol::Heat;

/// Side of the picture; the browser makes it larger, smoothly.
const SIDE_PX: usize = 56;
/// A BMP's two headers.
const HEADER_BYTES: usize = 54;

/// The heat-map as a BMP, from the coldest place in dark blue to the warmest in yellow, bilinear between the places.
pub fn bmp(heat: &Heat) -> Vec<u8> {
    let pixel_bytes = SIDE_PX * SIDE_PX * 3; // a row is a multiple of four bytes, as the format wants it
    let mut bytes = b"BM".to_vec();
    let [all, header, side, pixels] = [HEADER_BYTES + pixel_bytes, HEADER_BYTES, SIDE_PX, pixel_bytes]
        .map(|number| u32::try_from(number).unwrap_or(0));
    for word in [all, 0, header, 40, side, side, 1 | 24 << 16, 0, pixels, 0, 0, 0, 0] {
        bytes.extend(word.to_le_bytes());
    }
    let lowest = heat.values.iter().copied().fold(f32::INFINITY, f32::min);
    let highest = heat.values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let range = (highest - lowest).max(f32::MIN_POSITIVE);
    for y in (0..SIDE_PX).rev() {
        for x in 0..SIDE_PX {
            let [red, green, blue] = cividis((between(heat, x, y) - lowest) / range);
            bytes.extend([blue, green, red]);
        }
    }
    bytes
}

/// The value at the middle of a pixel, bilinear between the middles of the places around it.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places of a small picture"
)]
fn between(heat: &Heat, x: usize, y: usize) -> f32 {
    let side = heat.side as usize;
    let last = side.saturating_sub(1);
    let along = |at: usize| {
        let place = ((at as f32 + 0.5) * side as f32 / SIDE_PX as f32 - 0.5).clamp(0.0, last as f32);
        (place as usize, place.fract())
    };
    let ((left, right_share), (top, below_share)) = (along(x), along(y));
    let value =
        |row: usize, column: usize| heat.values.get(row.min(last) * side + column.min(last)).copied().unwrap_or(0.0);
    let row = |row| value(row, left) * (1.0 - right_share) + value(row, left + 1) * right_share;
    row(top) * (1.0 - below_share) + row(top + 1) * below_share
}

/// The colour map of Nuñez, Anderton and Renslow (2018, <https://doi.org/10.1371/journal.pone.0199239>), which looks nearly
/// the same with and without red and green; as the polynomial that D3 fitted to it. `share` is 0..1.
fn cividis(share: f32) -> [u8; 3] {
    const RED: [f32; 6] = [-4.54, -35.34, 2381.73, -6402.7, 7024.72, -2710.57];
    const GREEN: [f32; 6] = [32.49, 170.73, 52.82, -131.46, 176.58, -67.37];
    const BLUE: [f32; 6] = [81.24, 442.36, -2482.43, 6167.24, -6614.94, 2475.67];
    let share = share.clamp(0.0, 1.0);
    [RED, GREEN, BLUE].map(|factors| {
        let value = factors.iter().rev().fold(0.0, |sum, factor| sum * share + factor);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a level of 0 to 255")]
        let level = value.round().clamp(0.0, 255.0) as u8;
        level
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_those_of_the_published_map_and_grow_lighter() {
        // Matplotlib's table at 0, 64, 128, 192 and 255 of 255.
        let published = [[0, 34, 78], [61, 78, 107], [125, 124, 120], [187, 174, 110], [254, 232, 56]];
        for (at, expected) in published.into_iter().enumerate() {
            let found = cividis(at as f32 / 4.0);
            assert!(found.iter().zip(expected).all(|(&a, b)| a.abs_diff(b) <= 14), "{found:?} {expected:?}");
        }
        let light = |[red, green, blue]: [u8; 3]| 2 * u32::from(red) + 7 * u32::from(green) + u32::from(blue);
        assert!((0..100).all(|at| light(cividis(at as f32 / 100.0)) <= light(cividis((at + 1) as f32 / 100.0))));
    }

    #[test]
    fn the_warmest_place_is_yellow_and_where_it_should_be() {
        let mut values = vec![0.0; 49];
        values[7 + 5] = 2.0; // second row, sixth column
        let picture = bmp(&Heat { side: 7, values });
        assert_eq!(picture.len(), HEADER_BYTES + 56 * 56 * 3);
        let pixel = |x: usize, y: usize| {
            let at = HEADER_BYTES + ((SIDE_PX - 1 - y) * SIDE_PX + x) * 3;
            [picture[at + 2], picture[at + 1], picture[at]]
        };
        let (warm, cold) = (pixel(44, 12), pixel(10, 40));
        assert!(warm[0] > 200 && warm[1] > 200 && warm[2] < 120, "{warm:?}");
        assert!(cold[0] < 30 && cold[2] > 60, "{cold:?}");
    }

    #[test]
    fn a_flat_map_and_an_empty_one_are_pictures_too() {
        assert_eq!(bmp(&Heat { side: 7, values: vec![0.5; 49] }).len(), HEADER_BYTES + 56 * 56 * 3);
        assert_eq!(bmp(&Heat { side: 0, values: Vec::new() }).len(), HEADER_BYTES + 56 * 56 * 3);
    }
}
