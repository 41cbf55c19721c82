//! What several native tests share.
#![allow(dead_code, reason = "each test uses its own part")]

pub mod desk;
pub mod pictures;

use std::path::PathBuf;

/// The folder of real photos beside the repository, or a printed reason why a test that needs it does not run.
pub fn shared_data(part: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")).join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: the folder shared/data/{part} with real photos is not here");
    None
}
