//! Which photos are called blurred or dark, on real ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "it reports what it measured")]

mod support;

use headstart::{
    dataset::{Photo, PhotoId, Role},
    doctor::flaw,
    engine::reading::read_photo,
    protocol::Flaw,
};
use image::{DynamicImage, ImageFormat, RgbImage, imageops};
use std::{fs, io::Cursor, path::PathBuf};

/// What is wrong with a photo, as the app sees it.
fn flaw_of(bytes: &[u8]) -> Option<Flaw> {
    let read = read_photo(bytes).expect("a photo");
    flaw(&Photo {
        id: PhotoId(1),
        class: None,
        sha256: String::new(),
        size_bytes: bytes.len() as u64,
        name: String::new(),
        path: String::new(),
        captured: None,
        order: 1,
        role: Role::Training,
        excluded: false,
        tags: Vec::new(),
        burst: None,
        width_px: read.width_px,
        height_px: read.height_px,
        quality: Some(read.quality),
        trashed_ms: None,
    })
}

/// Every tenth test photo of a task.
fn photos(task: &str) -> Option<Vec<PathBuf>> {
    let folder = support::shared_data(task)?.join("test");
    Some(support::photos_below(&folder).into_iter().step_by(10).map(|(_, file)| file).collect())
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("encoding into memory");
    bytes.into_inner()
}

#[test]
fn real_photos_are_fine_until_they_are_blurred_or_darkened() {
    for task in ["grocery10", "trash6", "pacs6"] {
        let Some(photos) = photos(task) else { return };
        let (mut bad, mut blurred, mut dark) = (0, 0, 0);
        for file in &photos {
            let bytes = fs::read(file).expect("a photo");
            bad += usize::from(flaw_of(&bytes).is_some());
            let upright = headstart::image::read(&bytes).expect("a photo");
            let whole = RgbImage::from_raw(upright.width_px, upright.height_px, upright.rgb).expect("rows of RGB");
            let small = DynamicImage::from(whole).thumbnail(384, 384).to_rgb8();
            let sigma = f32::from(u16::try_from(small.width().min(small.height())).expect("small")) / 80.0;
            let moved: DynamicImage = imageops::blur(&small, sigma).into();
            blurred += usize::from(flaw_of(&png(&moved)) == Some(Flaw::Blurred));
            let mut night = small.clone();
            night.iter_mut().for_each(|level| *level /= 5);
            dark += usize::from(flaw_of(&png(&night.into())) == Some(Flaw::Dark));
        }
        println!(
            "{task}: of {} photos, {bad} came out badly, {blurred} are blurred after a blur, {dark} dark after dimming",
            photos.len()
        );
        assert!(bad <= 1, "{task}: {bad} photos are said to have come out badly");
        assert!(blurred * 100 >= photos.len() * 75, "{task}: {blurred} of {}", photos.len());
        assert_eq!(dark, photos.len(), "{task}");
    }
}

#[test]
fn a_picture_of_few_pixels_is_tiny() {
    let stripes = RgbImage::from_fn(90, 300, |x, _| image::Rgb([if x % 7 < 3 { 240 } else { 10 }; 3]));
    assert_eq!(flaw_of(&png(&stripes.into())), Some(Flaw::Tiny));
}
