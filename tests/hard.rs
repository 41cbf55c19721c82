//! Every difficult file of the shared test data does what its `EXPECTED.tsv` says, from bytes to pixels.
//!
//! Skipped, with a word, where the folder is absent.
#![cfg(not(target_arch = "wasm32"))]

use headstart::{
    dataset::is_junk,
    image::{self, Pixels, SIDE_PX, Upright},
    protocol::Failure,
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// No file may take longer, on a slow and busy machine and without optimisation.
const LONGEST: Duration = Duration::from_secs(20);

#[derive(Debug, PartialEq, Eq)]
enum Expected {
    /// It becomes pixels.
    Read,
    /// It is refused as damaged, too large or no picture.
    Refused,
    /// Either of the two.
    ReadOrRefused,
    /// It is refused with the name of its format.
    Named(&'static str),
    /// The import passes it over.
    PassedOver,
}

/// What a row's wording means for an import without the browser's own decoders.
fn expected(file: &str, wording: &str) -> Expected {
    let extension = file.rsplit('.').next().unwrap_or_default();
    let named = [
        ("avif", "AVIF"),
        ("avifs", "AVIF"),
        ("heic", "HEIC"),
        ("heif", "HEIC"), // by its brand
        ("tif", "TIFF"),
        ("jpf", "JPEG 2000"),
        ("psd", "PSD"),
        ("svg", "SVG"),
    ];
    if let Some((_, name)) = named.iter().find(|(known, _)| *known == extension) {
        return Expected::Named(name);
    }
    match wording {
        _ if is_junk(file) => Expected::PassedOver,
        // "or partial", "or bounded", "or told": refusing is the choice made here.
        _ if wording.starts_with("refuse") || wording.contains("refuse or bounded") => Expected::Refused,
        _ if wording.starts_with("decode with damage or refuse") => Expected::ReadOrRefused,
        _ if wording.starts_with("ok") => Expected::Read,
        _ if wording.starts_with("same bytes") || wording.starts_with("near duplicate") => Expected::Read,
        _ => panic!("{file}: no meaning for {wording:?}"),
    }
}

fn folder() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/hard"));
    if !folder.join("EXPECTED.tsv").is_file() {
        eprintln!("skipped: the shared test data is not there");
        return None;
    }
    Some(folder.to_owned())
}

fn upright(folder: &Path, file: &str) -> Upright {
    let bytes = fs::read(folder.join(file)).expect("a file of the test data");
    image::read(&bytes).unwrap_or_else(|failure| panic!("{file}: {failure}"))
}

fn pixels(upright: &Upright) -> Pixels {
    image::prepare_upright(upright).expect("pixels")
}

/// Mean absolute difference in levels of 255.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| f64::from(a.abs_diff(*b))).sum::<f64>() / a.len() as f64
}

/// The size that a wording such as "upright 300x200 picture" names.
fn size_named(wording: &str) -> Option<(u32, u32)> {
    wording.split_whitespace().find_map(|word| {
        let (width, height) = word.split_once('x')?;
        Some((width.parse().ok()?, height.parse().ok()?))
    })
}

/// Whether bytes hold anything of EXIF or XMP.
fn tells_more_than_pixels(jpeg: &[u8]) -> bool {
    let holds = |words: &[u8]| jpeg.windows(words.len()).any(|window| window == words);
    let parsed = exif::Reader::new().read_from_container(&mut std::io::Cursor::new(jpeg));
    holds(b"Exif") || holds(b"http://ns.adobe.com") || holds(b"Photoshop") || parsed.is_ok()
}

#[test]
fn every_file_does_what_is_expected_of_it() {
    let Some(folder) = folder() else { return };
    let table = fs::read_to_string(folder.join("EXPECTED.tsv")).expect("the table");
    let mut wrong = Vec::new();
    let mut seen = BTreeMap::<String, usize>::new();

    for row in table.lines().skip(1) {
        let mut columns = row.split('\t');
        let (file, wording) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        let expected = expected(file, wording);
        *seen.entry(format!("{expected:?}")).or_default() += 1;
        if expected == Expected::PassedOver {
            continue;
        }
        let bytes = fs::read(folder.join(file)).expect("a file of the table");
        let start = Instant::now();
        let outcome = image::read(&bytes);
        let failure = outcome.as_ref().err();
        let refused = matches!(
            failure,
            Some(Failure::EmptyFile | Failure::NotAPicture | Failure::DamagedPicture | Failure::TooManyPixels { .. })
        );
        let as_expected = match expected {
            Expected::Read => outcome.is_ok(),
            Expected::Refused => refused,
            Expected::ReadOrRefused => outcome.is_ok() || refused,
            Expected::Named(name) => failure == Some(&Failure::UnsupportedFormat { format: name.into() }),
            Expected::PassedOver => true,
        };
        if !as_expected {
            wrong.push(format!("{file}: {expected:?} ({wording}), but {failure:?}"));
        }
        if let Ok(upright) = outcome {
            wrong.extend(faults(&upright, wording).into_iter().map(|fault| format!("{file}: {fault}")));
        }
        if start.elapsed() > LONGEST {
            wrong.push(format!("{file}: took {:?}", start.elapsed()));
        }
    }

    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // A table that changed its wording must not make this test pass by expecting nothing.
    assert!(seen["Read"] >= 80 && seen["Refused"] >= 18, "{seen:?}");
}

/// What is wrong with a picture that was read, on its way to the network.
fn faults(upright: &Upright, wording: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut check = |holds: bool, fault: String| {
        if !holds {
            faults.push(fault);
        }
    };
    let original = (upright.original_width_px, upright.original_height_px);
    check(upright.rgb.len() == (upright.width_px * upright.height_px * 3) as usize, "rows do not fit".into());
    check(size_named(wording).is_none_or(|size| size == original), format!("{original:?} upright"));
    let copy = image::store_copy(upright).expect("a copy");
    check(!tells_more_than_pixels(&copy.jpeg), "the copy holds metadata".into());
    check(!tells_more_than_pixels(&copy.thumbnail), "the thumbnail holds metadata".into());
    let kept = image::read(&copy.jpeg).expect("a copy reads back");
    let (shorter, longer) = (kept.width_px.min(kept.height_px), kept.width_px.max(kept.height_px));
    let enough = shorter == original.0.min(original.1).min(384);
    check(enough && longer <= 4 * shorter, format!("a copy of {longer} × {shorter}"));
    let thumbnail = image::read(&copy.thumbnail).expect("a thumbnail reads back");
    check((thumbnail.width_px, thumbnail.height_px) == (120, 120), "a thumbnail of another size".into());
    let pixels = image::prepare(&copy.jpeg).expect("pixels");
    check(pixels.0.len() == SIDE_PX * SIDE_PX * 3, format!("{} bytes of pixels", pixels.0.len()));
    faults
}

#[test]
fn turned_pictures_equal_their_upright_twins() {
    let Some(folder) = folder() else { return };
    let series: [(&str, &str, Vec<u32>); 3] = [
        ("made/orient_1.jpg", "made/orient_#.jpg", (2..=8).collect()),
        ("fetched/hopper.jpg", "fetched/hopper_orientation_#.jpg", (2..=8).collect()),
        ("fetched/exif_landscape_1.jpg", "fetched/exif_landscape_#.jpg", (0..=8).collect()),
    ];
    for (twin, pattern, numbers) in series {
        let twin = pixels(&upright(&folder, twin));
        for number in numbers {
            let file = pattern.replace('#', &number.to_string());
            let off = difference(&pixels(&upright(&folder, &file)).0, &twin.0);
            // Each file was compressed by itself; turned wrongly the difference is over 30.
            assert!(off < 8.0, "{file} differs by {off:.1} levels");
        }
    }
    let webp = pixels(&upright(&folder, "fetched/hopper_orientation_6.webp"));
    let off = difference(&webp.0, &pixels(&upright(&folder, "fetched/hopper.jpg")).0);
    assert!(off < 8.0, "the turned WebP differs by {off:.1} levels");
}

#[test]
fn ink_gives_the_colours_of_the_same_picture_in_rgb() {
    let Some(folder) = folder() else { return };
    for (ink, light) in
        [("made/cmyk.jpg", "made/plain.jpg"), ("fetched/pil_sample_cmyk.jpg", "fetched/pil_sample_rgb.jpg")]
    {
        let off = difference(&pixels(&upright(&folder, ink)).0, &pixels(&upright(&folder, light)).0);
        assert!(off < 8.0, "{ink} differs by {off:.1} levels");
    }
}

#[test]
fn transparency_shows_white_and_grey_stays_grey() {
    let Some(folder) = folder() else { return };

    assert!(upright(&folder, "made/fully_transparent.png").rgb.iter().all(|level| *level == 255));
    for file in ["made/transparent_circle.png", "fetched/transparent.png", "fetched/transparent.webp"] {
        assert_eq!(upright(&folder, file).rgb[..3], [255, 255, 255], "the corner of {file}");
    }
    for file in ["made/gray.jpg", "made/gray16.png", "made/gray_alpha.png", "fetched/hopper_gray.jpg"] {
        let rgb = upright(&folder, file).rgb;
        assert!(rgb.as_chunks::<3>().0.iter().all(|[red, green, blue]| red == green && green == blue), "{file}");
    }
}

#[test]
fn the_same_photo_in_another_format_gives_nearly_the_same_pixels() {
    let Some(folder) = folder() else { return };
    let plain = pixels(&upright(&folder, "made/plain.jpg"));
    for file in ["made/photo.webp", "made/png_named.jpg", "made/jpeg_named.png", "made/progressive.jpg"] {
        let off = difference(&pixels(&upright(&folder, file)).0, &plain.0);
        assert!(off < 6.0, "{file} differs by {off:.1} levels");
    }
}

#[test]
fn large_photos_are_decoded_at_a_fraction_of_their_size() {
    let Some(folder) = folder() else { return };

    let photo = upright(&folder, "made/large_24mp_6000x4000.jpg");

    assert_eq!((photo.width_px, photo.height_px), (750, 500));
    assert_eq!((photo.original_width_px, photo.original_height_px), (6000, 4000));
}
