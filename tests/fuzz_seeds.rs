//! Beginnings for the fuzz targets in `fuzz/`, made by the project's own code. Every one is accepted by what is fuzzed, so that
//! a fuzzer starts deep inside. Where `HEADSTART_FUZZ_CORPUS` names a folder, they are written there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "says what was written")]

#[path = "support/heads.rs"]
mod heads;
#[path = "support/project_files.rs"]
mod project_files;
#[path = "support/small_pictures.rs"]
mod small_pictures;

use headstart::{archive::Archive, backbone::registry::LITE0, head, image};
use std::{fs, io::Cursor, path::Path};

fn keep(target: &str, seeds: &[Vec<u8>]) {
    let Some(corpus) = std::env::var_os("HEADSTART_FUZZ_CORPUS") else { return };
    let folder = Path::new(&corpus).join(target);
    fs::create_dir_all(&folder).expect("a folder to write to");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number:02}")), seed).expect("room");
    }
    println!("{} seeds in {}", seeds.len(), folder.display());
}

#[test]
fn seeds_of_pictures_are_pictures() {
    for seed in small_pictures::SEEDS.iter() {
        image::read(seed).expect("a picture");
    }
    keep("pictures", &small_pictures::SEEDS);
}

#[test]
fn seeds_of_heads_are_heads() {
    let mut small = heads::narrow(3, 2);
    small.unknown = None;
    let seeds = [head::file::write(&small), project_files::head_file(), head::file::write(&heads::narrow(2, 3))];
    for seed in &seeds {
        head::file::read(seed, &LITE0).expect("a head");
    }
    keep("heads", &seeds);
}

/// The first byte of an input of the target `projects` says what the rest is: a whole file, or a manifest alone.
#[test]
fn seeds_of_projects_are_projects() {
    let file = project_files::packed(|_| {});
    let archive = Archive::open(Cursor::new(&file)).expect("a project");
    let mut bare = archive.manifest().clone();
    bare.photos.iter_mut().for_each(|photo| (photo.copy_sha256, photo.thumbnail_sha256) = (None, None));
    bare.heads.clear();
    (bare.project.active_head, bare.project.made_heads) = (None, Vec::new());
    let text = serde_json::to_vec(&bare).expect("plain data");
    Archive::open(Cursor::new(project_files::zipped(&[("headstart.json", &text)])))
        .expect("a project without pictures");
    keep("projects", &[[&[0], &file[..]].concat(), [&[1], &text[..]].concat()]);
}
