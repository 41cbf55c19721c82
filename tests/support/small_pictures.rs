//! A small whole picture of each kind that is read, made here.
#![allow(dead_code, reason = "each test uses its own part")]

use image::{DynamicImage, ExtendedColorType, ImageEncoder, ImageFormat, RgbaImage, codecs::gif::GifEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use std::{io::Cursor, sync::LazyLock};

pub(crate) const WIDTH: u16 = 37;
pub(crate) const HEIGHT: u16 = 29;

/// A small whole picture of each kind, made here.
pub(crate) static SEEDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let drawing = RgbaImage::from_fn(WIDTH.into(), HEIGHT.into(), |x, y| {
        let level = |step: u32| u8::try_from((x * step + y * y) % 256).expect("below 256");
        image::Rgba([level(7), level(13), level(29), level(3)])
    });
    let rgba = DynamicImage::ImageRgba8(drawing);
    let encoded = |picture: &DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).expect("encoding into memory");
        bytes.into_inner()
    };
    let mut animation = Vec::new();
    let mut gif = GifEncoder::new(&mut animation);
    gif.encode(rgba.as_bytes(), WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgba8).expect("a frame");
    gif.encode(rgba.as_bytes(), WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgba8).expect("another frame");
    drop(gif);
    let mut png_with_exif = Vec::new();
    let mut png = image::codecs::png::PngEncoder::new(&mut png_with_exif);
    png.set_exif_metadata(EXIF.to_vec()).expect("PNG holds EXIF");
    png.write_image(rgba.as_bytes(), WIDTH.into(), HEIGHT.into(), ExtendedColorType::Rgba8).expect("a PNG");
    vec![
        encoded(&rgba, ImageFormat::Png),
        encoded(&DynamicImage::ImageLuma16(rgba.to_luma16()), ImageFormat::Png),
        png_with_exif,
        encoded(&rgba, ImageFormat::WebP),
        animation,
        encoded(&DynamicImage::ImageRgb8(rgba.to_rgb8()), ImageFormat::Bmp),
        encoded(&rgba, ImageFormat::Ico),
        jpeg(ColorType::Rgb, SamplingFactor::F_2_2, false, None),
        jpeg(ColorType::Rgb, SamplingFactor::F_1_1, true, None),
        jpeg(ColorType::Rgb, SamplingFactor::F_2_1, false, Some(3)),
        jpeg(ColorType::Luma, SamplingFactor::F_1_1, false, Some(5)),
        jpeg(ColorType::Cmyk, SamplingFactor::F_1_1, false, None),
    ]
});

/// Orientation 6, little-endian.
const EXIF: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";

fn jpeg(color: ColorType, sampling: SamplingFactor, progressive: bool, restart: Option<u16>) -> Vec<u8> {
    let level = |i: u32| u8::try_from(i * i / 97 % 256).expect("below 256");
    let samples: Vec<u8> = (0..u32::from(WIDTH) * u32::from(HEIGHT) * 4).map(level).collect();
    let channels = match color {
        ColorType::Luma => 1,
        ColorType::Rgb => 3,
        _ => 4,
    };
    let length = usize::from(WIDTH) * usize::from(HEIGHT) * channels;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 85);
    encoder.set_sampling_factor(sampling);
    encoder.set_progressive(progressive);
    encoder.set_restart_interval(restart.unwrap_or(0));
    encoder.add_exif_metadata(EXIF).expect("JPEG holds EXIF");
    encoder.encode(&samples[..length], WIDTH, HEIGHT, color).expect("encoding into memory");
    bytes
}
