//! A project file from anybody: a whole file where the first byte is even, otherwise a manifest that a right file is put
//! around, as checksums keep a fuzzer from ever changing the manifest within one. What is accepted is packed again and comes
//! back the same.
#![no_main]

use headstart::archive::{Archive, Manifest, Packer};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    if kind % 2 == 0 {
        go_all_the_way(bytes);
    } else {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("headstart.json", SimpleFileOptions::default()).expect("a name");
        zip.write_all(bytes).expect("memory");
        go_all_the_way(&zip.finish().expect("memory").into_inner());
    }
});

fn go_all_the_way(file: &[u8]) {
    let Some((manifest, repacked)) = read(file) else { return };
    let (again, _) = read(&repacked).expect("what was packed can be read");
    // Heads are left out: the numbers of a score may lose their last digit on the way through text.
    assert_eq!((&again.project, &again.photos), (&manifest.project, &manifest.photos));
    assert_eq!(again.heads.len(), manifest.heads.len());
}

/// The manifest, and the file packed again.
fn read(file: &[u8]) -> Option<(Manifest, Vec<u8>)> {
    let mut archive = Archive::open(Cursor::new(file)).ok()?;
    let manifest = archive.manifest().clone();
    let mut packer = Packer::default();
    for (at, packed) in manifest.photos.iter().enumerate() {
        let pictures = archive.pictures(at).ok()?;
        pictures.copy.iter().for_each(|jpeg| drop(packer.copy(packed.photo.id, jpeg)));
        pictures.thumbnail.iter().for_each(|jpeg| drop(packer.thumbnail(packed.photo.id, jpeg)));
    }
    for (at, packed) in manifest.heads.iter().enumerate() {
        packer.head(packed.view.id, &archive.head(at).ok()?);
    }
    let repacked = packer.finish(&manifest);
    Some((manifest, repacked))
}
