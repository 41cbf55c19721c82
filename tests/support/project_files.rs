//! Project files made by hand, right ones and others.
#![allow(dead_code, reason = "each test uses its own part")]

use super::{heads, small_pictures};
use headstart::{
    archive::{Manifest, PackedHead, PackedPhoto, Packer},
    dataset::{BurstId, Class, ClassId, HeadId, Photo, PhotoId, Project, ProjectId, Role},
    head::{self, Transform},
    protocol::{HeadOrigin, HeadView},
};
use std::{
    io::{Cursor, Write},
    sync::LazyLock,
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A project of two classes with a photo each, one of the test set and one without a class, and a head.
pub(crate) fn project() -> Project {
    let classes = ["oak", "birch <b>&"];
    let classes = classes.into_iter().zip(1..).map(|(name, id)| Class { id: ClassId(id), name: name.to_owned() });
    Project {
        name: "Trees 🌳".to_owned(),
        classes: classes.collect(),
        active_head: Some(HeadId(1)),
        made_heads: vec![HeadId(1)],
        next_class: 3,
        next_photo: 6,
        next_head: 2,
        ..Project::new(ProjectId(7), 1_700_000_000_000)
    }
}

/// A photo of that number.
pub(crate) fn photo(id: u32, class: Option<u32>, role: Role) -> Photo {
    Photo {
        id: PhotoId(id),
        class: class.map(ClassId),
        sha256: format!("{id:064x}"),
        size_bytes: 1234,
        name: format!("{id}.jpg"),
        path: format!("../../<i>/{id}.jpg"),
        captured: Some("2026-05-01 10:00:00".to_owned()),
        order: id,
        role,
        excluded: id == 1,
        tags: vec!["garden".to_owned(), "\"; DROP".to_owned()],
        burst: (id == 2).then_some(BurstId(3)),
        width_px: 40,
        height_px: 30,
        quality: None,
        trashed_ms: None,
    }
}

/// The photos of [`project`].
pub(crate) fn photos() -> Vec<Photo> {
    vec![
        photo(1, Some(1), Role::Training),
        photo(2, Some(2), Role::Training),
        photo(3, Some(1), Role::Test),
        photo(5, None, Role::Training),
    ]
}

/// A small JPEG.
pub(crate) fn jpeg() -> &'static [u8] {
    &small_pictures::SEEDS[7]
}

/// A head file of two classes, as small as they are. Made once: the order of its texts is left to chance.
static HEAD_FILE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut head = heads::narrow(1, 2);
    head.unknown = None;
    head::file::write(&head)
});

/// See there.
pub(crate) fn head_file() -> Vec<u8> {
    HEAD_FILE.clone()
}

/// What the page shows of it.
pub(crate) fn head_view() -> HeadView {
    let head = heads::narrow(1, 2);
    HeadView {
        name: String::new(),
        id: HeadId(1),
        origin: HeadOrigin::Trained,
        classes: head.classes,
        score: None,
        dim: u32::try_from(Transform::narrow().dim()).expect("short"),
        file_bytes: 0,
        unknown_bytes: 0,
        instant_accuracy: None,
        created: String::new(),
        method: "softmax".to_owned(),
        curve: Vec::new(),
        kept_step: 0,
        trained_ms: 0,
        cancelled: false,
    }
}

/// A file of that project, as the app writes it, after a change of what it says.
pub(crate) fn packed(change: impl FnOnce(&mut Manifest)) -> Vec<u8> {
    let mut packer = Packer::default();
    let sha256 = packer.head(HeadId(1), &head_file());
    let pack = |photo: Photo| PackedPhoto {
        copy_sha256: Some(packer.copy(photo.id, jpeg())),
        thumbnail_sha256: (photo.id.0 != 5).then(|| packer.thumbnail(photo.id, jpeg())),
        photo,
    };
    let photos = photos().into_iter().map(pack).collect();
    let mut manifest = Manifest::new(project(), photos, vec![PackedHead { view: head_view(), sha256 }]);
    change(&mut manifest);
    packer.finish(&manifest)
}

/// A zip of files, stored.
pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    zipped_by(CompressionMethod::Stored, files)
}

/// A zip of files.
pub(crate) fn zipped_by(method: CompressionMethod, files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in files {
        zip.start_file(*name, options).expect("a name");
        zip.write_all(bytes).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}
