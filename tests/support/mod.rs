//! What several native tests share.
#![allow(dead_code, unreachable_pub, reason = "a module of several tests: each uses its own part")]
#![allow(clippy::print_stdout, reason = "a skipped test says why")]

pub mod desk;
pub mod pictures;
pub mod tasks;

use std::path::{Path, PathBuf};

/// The photos of a folder of classes, each with the number of its class; both by name.
pub fn photos_below(folder: &Path) -> Vec<(usize, PathBuf)> {
    let sorted = |folder: &Path| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let classes = sorted(folder).into_iter().enumerate();
    classes.flat_map(|(class, folder)| sorted(&folder).into_iter().map(move |file| (class, file))).collect()
}

/// The folder of real photos beside the repository, or a printed reason why a test that needs it does not run.
pub fn shared_data(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the folder shared/data/{part} with real photos is not here");
    None
}
