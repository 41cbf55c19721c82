//! Very many photos, made quickly: JPEGs of the size of a phone's small ones, no two alike, in classes that can be told apart.

use std::{fs, path::Path, thread};

use jpeg_encoder::{ColorType, Encoder};

/// Classes: each of the patterns in each of the colours.
pub(crate) const CLASSES: usize = 20;
const COLOURS: [[i32; 3]; 4] = [[200, 60, 40], [50, 150, 70], [60, 90, 200], [210, 180, 50]];

const WIDTH: u16 = 640;
const HEIGHT: u16 = 480;

/// The name of a class.
pub(crate) fn name(class: usize) -> String {
    format!("class {:02}", class + 1)
}

/// How many of so many photos a class has: a fifth of them the first, as one class is often the largest, and the others the
/// rest in equal parts.
pub(crate) fn count(class: usize, photos: usize) -> usize {
    let first = photos / 5;
    let others = photos - first;
    match class {
        0 => first,
        _ => others / (CLASSES - 1) + usize::from(class <= others % (CLASSES - 1)),
    }
}

/// Writes so many photos below a folder, a folder a class, on all processors. No two have the same base name.
pub(crate) fn write(folder: &Path, photos: usize) {
    for class in 0..CLASSES {
        fs::create_dir(folder.join(name(class))).unwrap();
    }
    let all: Vec<(usize, usize)> =
        (0..CLASSES).flat_map(|class| (0..count(class, photos)).map(move |number| (class, number))).collect();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for part in all.chunks(all.len().div_ceil(threads)) {
            scope.spawn(move || {
                for &(class, number) in part {
                    let file = folder.join(name(class)).join(format!("IMG_{class:02}{number:04}.jpg"));
                    fs::write(file, photo(class, number)).unwrap();
                }
            });
        }
    });
}

/// Numbers that look random, the same for the same photo.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: i32) -> i32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i32::try_from((self.0 >> 33) % u64::from(end.unsigned_abs())).unwrap()
    }
}

/// A pattern of the class in its colour over a ground of its own, from another place, at another scale, with grain.
fn photo(class: usize, number: usize) -> Vec<u8> {
    let mut dice = Dice((((class as u64) << 32) | (number as u64 + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..8).for_each(|_| _ = dice.below(2));
    let colour = COLOURS[class / 5].map(|value| value + dice.below(40) - 20);
    let (top, bottom) = ([(); 3].map(|()| 60 + dice.below(150)), [(); 3].map(|()| 60 + dice.below(150)));
    let (width, height) = (i32::from(WIDTH), i32::from(HEIGHT));
    let (middle_x, middle_y) = (width / 4 + dice.below(width / 2), height / 4 + dice.below(height / 2));
    let (scale, tilt) = (24 + dice.below(30), dice.below(200) - 100);
    let mut rgb = Vec::with_capacity(usize::from(WIDTH) * usize::from(HEIGHT) * 3);
    for y in 0..height {
        let ground = [0, 1, 2].map(|at| (top[at] * (height - y) + bottom[at] * y) / height);
        for x in 0..width {
            // Turned a little, by a tenth of a right angle at most.
            let (dx, dy) = (x - middle_x + (y - middle_y) * tilt / 700, y - middle_y - (x - middle_x) * tilt / 700);
            let (column, row) = (dx.div_euclid(scale), dy.div_euclid(scale));
            let (in_x, in_y) = (dx.rem_euclid(scale) - scale / 2, dy.rem_euclid(scale) - scale / 2);
            let drawn = match class % 5 {
                0 => column % 2 == 0,
                1 => row % 2 == 0,
                2 => (column + row) % 2 == 0,
                3 => (dx * dx + dy * dy) / (scale * scale * 2) % 2 == 0,
                _ => in_x * in_x + in_y * in_y < scale * scale / 9,
            };
            let grain = dice.below(24) - 12;
            let pixel = if drawn { colour } else { ground };
            rgb.extend(pixel.map(|value| u8::try_from((value + grain).clamp(0, 255)).unwrap()));
        }
    }
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 85).encode(&rgb, WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    jpeg
}
