//! The network's input agrees with Pillow's, pixel for pixel (`tests/fixtures/make_pixels.py`).
#![cfg(not(target_arch = "wasm32"))]

use headstart::image;

const PICTURES: [(&str, &[u8], &[u8]); 4] = [
    ("wide", include_bytes!("fixtures/wide.png"), include_bytes!("fixtures/wide.224.png")),
    ("tall", include_bytes!("fixtures/tall.png"), include_bytes!("fixtures/tall.224.png")),
    ("small", include_bytes!("fixtures/small.png"), include_bytes!("fixtures/small.224.png")),
    ("strip", include_bytes!("fixtures/strip.png"), include_bytes!("fixtures/strip.224.png")),
];

/// Mean and largest absolute difference in levels of 255.
fn difference(a: &[u8], b: &[u8]) -> (f64, u8) {
    assert_eq!(a.len(), b.len());
    let levels = || a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
    (levels().map(f64::from).sum::<f64>() / a.len() as f64, levels().max().unwrap_or(0))
}

#[test]
fn the_pixels_are_those_of_pillow() {
    for (name, picture, expected) in PICTURES {
        let expected = image::read(expected).expect("the expected pixels");
        let pixels = image::prepare_upright(&image::read(picture).expect("the picture")).expect("pixels");

        let (mean, largest) = difference(&pixels.0, &expected.rgb);

        // Both keep bytes between their two passes but take them in another order: overshoot at hard edges is cut off
        // at another moment.
        assert!(mean <= 0.25 && largest <= 16, "{name}: mean {mean:.3}, largest {largest}");
    }
}

#[test]
fn the_way_through_the_stored_copy_stays_close_to_pillow() {
    for (name, picture, expected) in PICTURES {
        let expected = image::read(expected).expect("the expected pixels");
        let copy = image::store_copy(&image::read(picture).expect("the picture")).expect("a copy");

        let (mean, _) = difference(&image::prepare(&copy.jpeg).expect("pixels").0, &expected.rgb);

        // Compression alone: these drawings have harder edges than photos, which differ by about one level.
        assert!(mean <= 6.0, "{name}: mean {mean:.3}");
    }
}
