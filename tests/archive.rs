//! Project files: what is packed comes back, and no file from anybody does harm.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::cast_possible_truncation, reason = "places in a small file")]

#[path = "support/heads.rs"]
mod heads;
#[path = "support/project_files.rs"]
mod project_files;
#[path = "support/small_pictures.rs"]
mod small_pictures;

use headstart::{
    archive::{Archive, Manifest, PackedPhoto, Packer},
    dataset::{BurstId, ClassId, HeadId, PhotoId, Role},
    protocol::Failure,
};
use project_files::{head_file, jpeg, packed, photos, project, zipped, zipped_by};
use std::io::Cursor;
use zip::CompressionMethod;

/// Opens a file and reads everything in it.
fn read(file: &[u8]) -> Result<(Manifest, usize), Failure> {
    let mut archive = Archive::open(Cursor::new(file))?;
    let mut pictures = 0;
    for at in 0..archive.manifest().photos.len() {
        let found = archive.pictures(at)?;
        pictures += found.copy.iter().chain(&found.thumbnail).count();
    }
    for at in 0..archive.manifest().heads.len() {
        archive.head(at)?;
    }
    Ok((archive.manifest().clone(), pictures))
}

/// Why a file is refused.
fn refused(file: &[u8]) -> Failure {
    match read(file) {
        Err(failure) => failure,
        Ok(_) => panic!("it was taken"),
    }
}

fn not_ours(file: &[u8], said: &str) {
    match refused(file) {
        Failure::NotAProject { detail } if detail.contains(said) => {}
        other => panic!("{other:?}, not {said:?}"),
    }
}

fn damaged(file: &[u8], said: &str) {
    match refused(file) {
        Failure::DamagedProject { detail } if detail.contains(said) => {}
        other => panic!("{other:?}, not {said:?}"),
    }
}

/// Where a record of the central directory begins: the `number`th one.
fn record(file: &[u8], number: usize) -> usize {
    let places = (0..file.len() - 4).filter(|&at| file[at..].starts_with(b"PK\x01\x02"));
    places.collect::<Vec<_>>()[number]
}

/// A file with other bytes at a place of a record.
fn patched(number: usize, at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = packed(|_| {});
    let at = record(&file, number) + at;
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

/// A file whose manifest is another text.
fn saying(change: impl FnOnce(String) -> String) -> Vec<u8> {
    let text = change(manifest_text());
    zipped(&[("headstart.json", text.as_bytes())])
}

/// The manifest of a project without photos.
fn manifest_text() -> String {
    let mut project = project();
    (project.active_head, project.made_heads) = (None, Vec::new());
    serde_json::to_string_pretty(&Manifest::new(project, Vec::new(), Vec::new())).expect("plain data")
}

#[test]
fn what_is_packed_comes_back_and_so_does_the_same_file() {
    let file = packed(|_| {});
    let (manifest, pictures) = read(&file).expect("our own file");
    assert_eq!(manifest.project, project());
    assert_eq!(manifest.photos.iter().map(|packed| packed.photo.clone()).collect::<Vec<_>>(), photos());
    assert_eq!(pictures, 7, "a copy of each, a thumbnail of all but one");
    let mut archive = Archive::open(Cursor::new(&file)).expect("our own file");
    assert!(archive.pictures(0).expect("a photo").copy.as_deref() == Some(jpeg()));
    assert!(archive.head(0).expect("a head") == head_file());
    assert!(packed(|_| {}) == file, "no clock and no chance in it");
}

#[test]
fn names_in_it_turn_nothing_around_them() {
    let file = packed(|manifest| {
        manifest.project.name = "x\u{202e}".repeat(1000);
        manifest.project.classes[0].name = "\u{2067}oak\n".to_owned();
        manifest.photos[0].photo.name = "gpj.\u{202e}exe".to_owned();
        manifest.photos[0].photo.tags = vec!["\u{202e}".to_owned(), "\u{0}night".to_owned()];
    });
    let (manifest, _) = read(&file).expect("a project");
    let photo = &manifest.photos[0].photo;
    assert_eq!((manifest.project.name.len(), &*manifest.project.classes[0].name), (200, "oak"));
    assert_eq!((&*photo.name, &*photo.tags), ("gpj.exe", &["night".to_owned()][..]));
}

#[test]
fn it_is_never_in_memory_as_a_whole() {
    let mut packer = Packer::default();
    let (mut whole, mut packed) = (Vec::new(), Vec::new());
    for photo in photos() {
        let copy_sha256 = Some(packer.copy(photo.id, jpeg()));
        packed.push(PackedPhoto { photo, copy_sha256, thumbnail_sha256: None });
        assert!(packer.ready_bytes() < 2 * jpeg().len(), "what was taken away is still there");
        whole.extend(packer.take());
        assert_eq!(packer.ready_bytes(), 0);
    }
    let mut project = project();
    (project.active_head, project.made_heads) = (None, Vec::new());
    whole.extend(packer.finish(&Manifest::new(project, packed, Vec::new())));
    assert_eq!(read(&whole).expect("our own file").1, 4);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let text = manifest_text();
    let strange = [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\Windows\\x",
        "photos/../../x.jpg",
        "photos/00000001.jpg\0.exe",
        "__MACOSX/headstart.json",
        "photos/1.jpg",
        "photos/",
        "index.html",
    ];
    for name in strange {
        let file = zipped(&[("headstart.json", text.as_bytes()), (name, b"x")]);
        not_ours(&file, "does not belong");
    }
}

#[test]
fn what_is_no_project_is_refused() {
    not_ours(b"", "");
    not_ours(b"no zip at all", "");
    not_ours(&zipped(&[]), "without headstart.json");
    not_ours(&zipped(&[("headstart.json", b"{}")]), "headstart.json");
    not_ours(&zipped(&[("headstart.json", b"\xFF\xFE")]), "headstart.json");
    not_ours(&saying(|text| text.replace("headstart.project", "another.project")), "something else");
    // Something before it: another kind of file that is a zip as well.
    let mut behind = b"#!/bin/sh\n".to_vec();
    behind.extend(packed(|_| {}));
    assert!(read(&behind).is_err());
}

#[test]
fn a_broken_manifest_and_one_of_the_future_are_refused() {
    damaged(&saying(|text| text.replace("\"next_class\"", "\"next_clas\"")), "next_class");
    not_ours(&saying(|text| text[..text.len() / 2].to_owned()), "headstart.json");
    not_ours(&saying(|_| "[".repeat(100_000)), "headstart.json");
    let future = saying(|text| text.replace("\"version\": 1", "\"version\": 2").replace("\"photos\"", "\"pictures\""));
    assert_eq!(refused(&future), Failure::NewerProject { version: "2".to_owned() });
    assert!(read(&saying(|text| text)).is_ok(), "the text that these were made of is right");
}

#[test]
fn compressed_and_encrypted_files_are_refused() {
    let text = manifest_text();
    let bomb = vec![b' '; 1 << 20];
    not_ours(&zipped_by(CompressionMethod::Deflated, &[("headstart.json", text.as_bytes())]), "compressed");
    not_ours(&zipped_by(CompressionMethod::Deflated, &[("photos/00000001.jpg", &bomb)]), "compressed");
    // The method's number: shrunk, LZMA, Zstandard, one that nobody knows.
    for method in [1_u16, 14, 93, 12345] {
        not_ours(&patched(0, 10, &method.to_le_bytes()), "");
    }
    for number in [0, 3] {
        not_ours(&patched(number, 8, &[1]), "encrypted");
    }
}

#[test]
fn sizes_that_are_only_claimed_are_refused() {
    let size = |bytes: u32| [bytes.to_le_bytes(), bytes.to_le_bytes()].concat();
    // As large as a zip can say; as large as a picture must not be; larger than the whole file.
    for bytes in [u32::MAX - 1, 5 << 20, 1 << 20] {
        damaged(&patched(1, 20, &size(bytes)), "");
    }
    // Stored, but said to expand.
    not_ours(&patched(1, 24, &(1_u32 << 20).to_le_bytes()), "compressed");
    // One byte more or less than there is.
    for bytes in [jpeg().len() + 1, jpeg().len() - 1] {
        assert!(read(&patched(1, 20, &size(bytes as u32))).is_err());
    }
    // More files than the directory has, and as many as would fill the memory.
    let mut many = packed(|_| {});
    let end = many.len() - 22;
    many[end + 8..end + 12].copy_from_slice(&[0xFE, 0xFF, 0xFE, 0xFF]);
    assert!(read(&many).is_err());
}

#[test]
fn files_over_one_another_are_refused() {
    // Every record points to the first file: a few bytes that would be read again and again.
    let mut file = packed(|_| {});
    let (first, size) = (record(&file, 0), head_file().len() as u32);
    let (crc, offset) = (file[first + 16..first + 20].to_vec(), file[first + 42..first + 46].to_vec());
    for number in 1..4 {
        let at = record(&file, number);
        file[at + 16..at + 20].copy_from_slice(&crc);
        file[at + 20..at + 24].copy_from_slice(&size.to_le_bytes());
        file[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
        file[at + 42..at + 46].copy_from_slice(&offset);
    }
    damaged(&file, "larger than the whole");
}

#[test]
fn two_files_of_one_name_are_refused() {
    // The writer refuses to make one: the name of the second is changed afterwards, in both places.
    let mut file = zipped(&[("photos/00000001.jpg", jpeg()), ("photos/00000002.jpg", jpeg())]);
    let second = b"photos/00000002.jpg";
    let places: Vec<usize> = (0..file.len() - second.len()).filter(|&at| file[at..].starts_with(second)).collect();
    assert_eq!(places.len(), 2);
    for at in places {
        file[at + second.len() - 5] = b'1';
    }
    damaged(&file, "two files of one name");
}

#[test]
fn a_file_that_is_cut_off_or_changed_is_refused() {
    let file = packed(|_| {});
    for length in (0..file.len()).step_by(97).chain([file.len() - 1]) {
        assert!(read(&file[..length]).is_err(), "{length} of {} bytes", file.len());
    }
    // Within a picture, a head and the manifest; the checksum of the zip notices.
    for (needle, after) in [(&b"\xFF\xD8\xFF"[..], 40), (b"__metadata__", 3), (b"headstart.project", 0)] {
        let mut changed = file.clone();
        let at = changed.windows(needle.len()).position(|window| window == needle).expect("there") + after;
        changed[at] ^= 1;
        assert!(read(&changed).is_err(), "{}", String::from_utf8_lossy(needle));
    }
}

#[test]
fn files_that_are_not_the_named_ones_are_refused() {
    let other = "0".repeat(64);
    damaged(&packed(|manifest| manifest.photos[0].copy_sha256 = Some(other.clone())), "is not the file");
    damaged(&packed(|manifest| manifest.photos[1].thumbnail_sha256 = Some(other.clone())), "is not the file");
    damaged(&packed(|manifest| manifest.heads[0].sha256.clone_from(&other)), "is not the file");
    damaged(&packed(|manifest| manifest.photos[3].thumbnail_sha256 = Some(other)), "is missing");
    damaged(&packed(|manifest| drop(manifest.photos.remove(1))), "does not name");
    damaged(&packed(|manifest| manifest.photos[0].copy_sha256 = Some("../../x".to_owned())), "a hash that is none");
    // A file of another kind under the name of a photo, with its right hash.
    let mut packer = Packer::default();
    let photo = photos()[3].clone();
    let copy_sha256 = Some(packer.copy(photo.id, b"<svg onload=alert(1)>"));
    let mut project = project();
    (project.active_head, project.made_heads) = (None, Vec::new());
    let packed = vec![PackedPhoto { photo, copy_sha256, thumbnail_sha256: None }];
    damaged(&packer.finish(&Manifest::new(project, packed, Vec::new())), "is no JPEG");
}

#[test]
fn a_manifest_that_contradicts_itself_is_refused() {
    type Change = fn(&mut Manifest);
    let changes: &[(Change, &str)] = &[
        (|manifest| manifest.project.classes[1].id = ClassId(1), "a class that is there twice"),
        (|manifest| manifest.project.classes[1].name = "oak".to_owned(), "two classes of one name"),
        (|manifest| manifest.project.classes[1].name = " \t".to_owned(), "without a name"),
        (|manifest| manifest.project.next_class = 2, "not given yet"),
        (|manifest| manifest.project.next_photo = 5, "not given yet"),
        (|manifest| manifest.project.next_photo = u32::MAX, "too large"),
        (|manifest| manifest.project.false_unknown_percent = 101, "percent"),
        (|manifest| manifest.photos[0].photo.id = PhotoId(2), "a photo that is there twice"),
        (|manifest| manifest.photos[0].photo.class = Some(ClassId(9)), "a class that is not there"),
        (|manifest| manifest.photos[0].photo.trashed_ms = Some(1), "trash"),
        (|manifest| manifest.photos[0].photo.burst = Some(BurstId(u32::MAX)), "too large"),
        (|manifest| manifest.photos[0].photo.role = Role::Test, ""),
        (
            |manifest| manifest.photos[2].photo.sha256 = manifest.photos[0].photo.sha256.clone(),
            "training set and in the",
        ),
        (|manifest| manifest.photos[0].photo.sha256.push('0'), "a hash that is none"),
        (|manifest| manifest.project.made_heads.clear(), "belongs to nothing"),
        (|manifest| manifest.project.made_heads.push(HeadId(1)), "named twice"),
        (|manifest| manifest.project.instant_head = Some(HeadId(0)), "a head that is not there"),
        (|manifest| manifest.project.active_head = Some(HeadId(5)), "a head that is not there"),
        (|manifest| manifest.project.next_head = 1, "not given yet"),
    ];
    for (change, said) in changes {
        let file = packed(change);
        if said.is_empty() {
            assert!(read(&file).is_ok(), "a photo of the test set is one");
        } else {
            damaged(&file, said);
        }
    }
}
