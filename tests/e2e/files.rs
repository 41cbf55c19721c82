//! Files for the page: small made pictures, real photos, head files with something wrong in them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

/// The classes of the made pictures.
pub(crate) const CLASSES: [&str; 3] = ["red", "green", "blue"];

/// Side of a made picture, in pixels.
const SIDE: u32 = 96;

/// A BMP whose pixels are `[red, green, blue]` at each place.
fn bmp(mut pixel: impl FnMut(u32, u32) -> [u8; 3]) -> Vec<u8> {
    let pixels = SIDE * SIDE * 3;
    let mut bmp = b"BM".to_vec();
    for word in [54 + pixels, 0, 54, 40, SIDE, SIDE, 1 | 24 << 16, 0, pixels, 2835, 2835, 0, 0] {
        bmp.extend(word.to_le_bytes());
    }
    for (x, y) in (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y))) {
        let [r, g, b] = pixel(x, y);
        bmp.extend([b, g, r]);
    }
    bmp
}

/// A picture of a class: stripes of the class's colour and slant over grey, with grain that differs for each `number`.
pub(crate) fn picture(class: usize, number: u32) -> Vec<u8> {
    bmp(pattern(class, number))
}

fn pattern(class: usize, number: u32) -> impl FnMut(u32, u32) -> [u8; 3] {
    let (colour, slant) = [([200, 40, 30], 1), ([40, 170, 60], 2), ([30, 60, 190], 3)][class];
    let mut noise = number.wrapping_mul(2_654_435_761) | 1;
    move |x, y| {
        noise ^= noise << 13;
        noise ^= noise >> 17;
        noise ^= noise << 5;
        let grain = (noise % 32) as u8;
        let stripe = (x * slant + y + number) / 12 % 2;
        [colour, [110; 3]][stripe as usize].map(|value| value + grain)
    }
}

/// A film of raw frames (y4m), for a camera: the pictures of a class one after the other, or a black one where there is no
/// class.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped to a byte")]
pub(crate) fn film(class: Option<usize>) -> Vec<u8> {
    const FRAMES: u32 = 20;
    let side = SIDE as usize;
    let mut film = format!("YUV4MPEG2 W{SIDE} H{SIDE} F20:1 Ip A1:1 C420jpeg\n").into_bytes();
    for number in 0..FRAMES {
        let mut pixels = vec![[0; 3]; side * side];
        if let Some(class) = class {
            let mut pattern = pattern(class, 500 + number);
            // The rows of a BMP go upward.
            let places = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| (x, y)));
            pixels = places.map(|(x, y)| pattern(x, y)).collect();
            pixels = pixels.chunks_exact(side).rev().flatten().copied().collect();
        }
        // BT.601 in full range.
        let weighed = |pixel: [u8; 3], weights: [f32; 3], zero: f32| {
            let sum: f32 = pixel.iter().zip(weights).map(|(value, weight)| f32::from(*value) * weight).sum();
            (sum + zero).round().clamp(0.0, 255.0) as u8
        };
        film.extend(b"FRAME\n");
        film.extend(pixels.iter().map(|pixel| weighed(*pixel, [0.299, 0.587, 0.114], 0.0)));
        for weights in [[-0.168_736, -0.331_264, 0.5], [0.5, -0.418_688, -0.081_312]] {
            let at = |x: usize, y: usize| weighed(pixels[2 * y * side + 2 * x], weights, 128.0);
            film.extend((0..side / 2).flat_map(|y| (0..side / 2).map(move |x| (x, y))).map(|(x, y)| at(x, y)));
        }
    }
    film
}

/// A picture like those of no class: rings of yellow and violet.
pub(crate) fn stranger() -> Vec<u8> {
    bmp(|x, y| {
        let (dx, dy) = (x.abs_diff(SIDE / 2), y.abs_diff(SIDE / 2));
        if (dx * dx + dy * dy) / 160 % 2 == 0 { [250, 220, 20] } else { [90, 20, 140] }
    })
}

/// Makes `each` pictures of every colour below `folder`, in a folder a colour, numbered from `first`.
pub(crate) fn write_classes(folder: &Path, each: u32, first: u32) -> usize {
    for (class, name) in CLASSES.iter().enumerate() {
        fs::create_dir_all(folder.join(name)).unwrap();
        for number in first..first + each {
            let file = folder.join(name).join(format!("{name}-{number:03}.bmp"));
            fs::write(file, picture(class, number)).unwrap();
        }
    }
    each as usize * CLASSES.len()
}

/// Every file of `folder`, sorted.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Every file in the sub-folders of `folder`, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    files_in(folder).iter().filter(|path| path.is_dir()).flat_map(|class| files_in(class)).collect()
}

/// The folder of real photos beside the repository, or a printed reason why a test that needs it does not run.
pub(crate) fn shared_data(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(part);
    if folder.is_dir() {
        return folder.canonicalize().ok();
    }
    println!("skipped: the folder shared/data/{part} with real photos is not here");
    None
}

/// Copies the photos of a folder of classes into one folder, named `CLASS__FILE`: base names of different classes are alike.
pub(crate) fn flat_copy(folder: &Path, into: &Path) -> Vec<PathBuf> {
    let copies = files_below(folder).into_iter().map(|file| {
        let class = file.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        let copy = into.join(format!("{class}__{}", file.file_name().unwrap().to_string_lossy()));
        fs::copy(&file, &copy).unwrap();
        copy
    });
    copies.collect()
}

/// A head file in parts, to be put together again with something changed.
pub(crate) struct HeadFile {
    header: Value,
    data: Vec<u8>,
}

impl HeadFile {
    pub(crate) fn read(file: &Path) -> Self {
        let bytes = fs::read(file).unwrap();
        let (length, rest) = bytes.split_at(8);
        let length = usize::try_from(u64::from_le_bytes(length.try_into().unwrap())).unwrap();
        Self { header: serde_json::from_slice(&rest[..length]).unwrap(), data: rest[length..].to_vec() }
    }

    fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let header = self.header.to_string();
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend(&self.data);
        let file = folder.join(format!("{name}.head.safetensors"));
        fs::write(&file, bytes).unwrap();
        file
    }

    /// The description that the metadata carry as text.
    fn description(&self) -> Value {
        serde_json::from_str(self.header["__metadata__"]["head"].as_str().unwrap()).unwrap()
    }

    /// How many photos of each class the head was made of.
    pub(crate) fn counts(&self) -> BTreeMap<String, u64> {
        let classes = self.description()["classes"].as_array().unwrap().clone();
        classes
            .iter()
            .map(|class| (class["name"].as_str().unwrap().to_owned(), class["count"].as_u64().unwrap()))
            .collect()
    }

    /// Whether its tensors are those of another file, to the last bit.
    pub(crate) fn has_the_numbers_of(&self, other: &Self) -> bool {
        let tensors = |file: &Self| {
            let mut header = file.header.clone();
            header.as_object_mut().unwrap().remove("__metadata__");
            header
        };
        tensors(self) == tensors(other) && self.data == other.data
    }

    /// The file as it is, cut in half.
    pub(crate) fn truncated(&self, folder: &Path) -> PathBuf {
        let file = self.write(folder, "truncated");
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        file
    }

    /// A file that says its header has a terabyte.
    pub(crate) fn with_huge_header(&self, folder: &Path) -> PathBuf {
        let file = self.write(folder, "huge-header");
        let mut bytes = fs::read(&file).unwrap();
        bytes[..8].copy_from_slice(&(1_u64 << 40).to_le_bytes());
        fs::write(&file, bytes).unwrap();
        file
    }

    /// The same numbers, said to be one class more and fewer dimensions.
    pub(crate) fn with_wrong_shape(mut self, folder: &Path) -> PathBuf {
        let shape = self.header["weight"]["shape"].clone();
        self.header["weight"]["shape"] = serde_json::json!([shape[1], shape[0]]);
        self.write(folder, "wrong-shape")
    }

    /// One weight that is no number.
    pub(crate) fn with_nan(mut self, folder: &Path) -> PathBuf {
        let start = usize::try_from(self.header["weight"]["data_offsets"][0].as_u64().unwrap()).unwrap();
        self.data[start..start + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        self.write(folder, "nan")
    }

    /// Made for another network.
    pub(crate) fn for_another_backbone(mut self, folder: &Path) -> PathBuf {
        let mut head = self.description();
        head["backbone"]["sha256"] = Value::from("0".repeat(64));
        self.header["__metadata__"]["head"] = Value::from(head.to_string());
        self.write(folder, "other-backbone")
    }

    /// From a page of the future.
    pub(crate) fn of_the_future(mut self, folder: &Path) -> PathBuf {
        self.header["__metadata__"]["format_version"] = Value::from("2");
        self.write(folder, "future")
    }
}

/// A zip of stored files.
pub(crate) fn stored_zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    let word = |into: &mut Vec<u8>, value: u32, bytes: usize| into.extend(&value.to_le_bytes()[..bytes]);
    for (path, content) in files {
        let (at, size) = (u32::try_from(zip.len()).unwrap(), u32::try_from(content.len()).unwrap());
        let length = u32::try_from(path.len()).unwrap();
        // Version, flags, method, time, date; then checksum and sizes, and the lengths of name and extra field.
        let shared = |into: &mut Vec<u8>| {
            [
                (20, 2),
                (0x0800, 2),
                (0, 2),
                (0, 2),
                (0x21, 2),
                (crc32(content), 4),
                (size, 4),
                (size, 4),
                (length, 2),
                (0, 2),
            ]
            .into_iter()
            .for_each(|(value, bytes)| word(into, value, bytes));
        };
        zip.extend(b"PK\x03\x04");
        shared(&mut zip);
        zip.extend(path.as_bytes());
        zip.extend(content);
        list.extend(b"PK\x01\x02");
        word(&mut list, 20, 2);
        shared(&mut list);
        [(0, 2), (0, 2), (0, 2), (0, 4), (at, 4)].into_iter().for_each(|(value, bytes)| word(&mut list, value, bytes));
        list.extend(path.as_bytes());
    }
    let (at, count) = (u32::try_from(zip.len()).unwrap(), u32::try_from(files.len()).unwrap());
    let size = u32::try_from(list.len()).unwrap();
    zip.extend(list);
    zip.extend(b"PK\x05\x06");
    [(0, 2), (0, 2), (count, 2), (count, 2), (size, 4), (at, 4), (0, 2)]
        .into_iter()
        .for_each(|(value, bytes)| word(&mut zip, value, bytes));
    zip
}

/// The checksum of zips (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}
