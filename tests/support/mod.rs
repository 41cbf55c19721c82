//! What several native tests share.
#![allow(dead_code, unreachable_pub, reason = "a module of several tests: each uses its own part")]
#![allow(clippy::print_stdout, reason = "a skipped test says why")]

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
