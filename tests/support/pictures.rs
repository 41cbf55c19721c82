//! Pictures drawn by code, so that a test needs no photo: a class is a pattern, a picture one of its variations.

use image::{ImageFormat, Rgb, RgbImage};
use std::io::Cursor;

/// A class of drawn pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Warm stripes.
    Stripes,
    /// Cool discs on a light ground.
    Discs,
    /// A green checkerboard.
    Checks,
}

impl Pattern {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Stripes, Self::Discs, Self::Checks];

    /// The name of the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stripes => "stripes",
            Self::Discs => "discs",
            Self::Checks => "checks",
        }
    }

    /// Its `number`th picture, as a PNG; every number is another picture.
    pub fn png(self, number: u32) -> Vec<u8> {
        let (width, height) = (150 + number % 7 * 10, 140 + number % 5 * 12);
        let scale = f64::from(8 + number % 6);
        let shift = f64::from(number * 13);
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (f64::from(x) + shift, f64::from(y) + shift / 2.0);
            let on = match self {
                Self::Stripes => ((x + y * 0.3) / scale).sin() > 0.0,
                Self::Discs => (x % (4.0 * scale) - 2.0 * scale).hypot(y % (4.0 * scale) - 2.0 * scale) < 1.3 * scale,
                Self::Checks => ((x / scale).floor() + (y / scale).floor()) % 2.0 == 0.0,
            };
            let light = (number * 9 % 50) as u8;
            match (self, on) {
                (Self::Stripes, true) => Rgb([200 + light, 120, 40]),
                (Self::Stripes, false) => Rgb([90, 40 + light, 20]),
                (Self::Discs, true) => Rgb([30, 60, 180 + light]),
                (Self::Discs, false) => Rgb([200, 205 + light, 230]),
                (Self::Checks, true) => Rgb([40, 150 + light, 60]),
                (Self::Checks, false) => Rgb([15, 40, 20 + light]),
            }
        });
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, ImageFormat::Png).expect("encoding into memory");
        bytes.into_inner()
    }
}
