//! How long a photo takes on its way from bytes to pixels: `cargo bench --bench image`.

use criterion::{Criterion, criterion_group, criterion_main};
use headstart::image::{Upright, prepare, read, store_copy};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::hint::black_box;

/// A drawing with smooth and busy parts, as a camera's JPEG.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let level =
        |x: u32, y: u32, step: u32| u8::try_from((x * step / 40 + y / 3 + (x ^ y) % 24) % 256).expect("below 256");
    let rgb: Vec<u8> = (0..u32::from(height))
        .flat_map(|y| (0..u32::from(width)).flat_map(move |x| [level(x, y, 5), level(x, y, 9), level(x, y, 14)]))
        .collect();
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, 88);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(&rgb, width, height, ColorType::Rgb).expect("encoding into memory");
    jpeg
}

fn upright(jpeg: &[u8]) -> Upright {
    read(jpeg).expect("a whole JPEG")
}

fn steps(criterion: &mut Criterion) {
    for (name, width, height) in [("24 MP", 6000, 4000), ("12 MP", 4032, 3024), ("320 px", 320, 320)] {
        let jpeg = photo(width, height);
        let picture = upright(&jpeg);
        let copy = store_copy(&picture).expect("a copy");
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.bench_function("read", |bencher| bencher.iter(|| upright(black_box(&jpeg))));
        group.bench_function("store_copy", |bencher| bencher.iter(|| store_copy(black_box(&picture))));
        group.bench_function("prepare", |bencher| bencher.iter(|| prepare(black_box(&copy.jpeg))));
        group.finish();
    }
}

criterion_group!(benches, steps);
criterion_main!(benches);
