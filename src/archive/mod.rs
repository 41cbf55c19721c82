//! A project as one file, `.headstart.zip`: a zip whose entries are stored, not compressed, so that it can be written and read
//! photo by photo, and cannot expand.
//!
//! | entry | what |
//! |---|---|
//! | `photos/00000001.jpg` | the stored copy of photo 1 |
//! | `thumbnails/00000001.jpg` | its small picture |
//! | `heads/00000001.safetensors` | a head file |
//! | `headstart.json` | the [`Manifest`], last: it names the hashes of all others |
//!
//! [`PhotoZip`] is another thing: a zip of photos, as a person packs a folder.
//!
//! [`Packer`] writes it, [`Archive`] reads one that may come from anybody. What the network saw in the photos is not in it:
//! that is computed again from the copies, and comes out the same.

mod checks;
mod manifest;
mod names;
mod outgoing;
mod pack;
mod photos;
mod unpack;

pub use manifest::{Manifest, PackedHead, PackedPhoto};
pub use names::{ENDING, file_name};
pub use pack::Packer;
pub use photos::PhotoZip;
pub use unpack::{Archive, Pictures};

use crate::{dataset::MOST_MADE_HEADS, protocol::Failure};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Most bytes of the manifest: a hundred thousand photos take 80 MB.
const MANIFEST_LIMIT_BYTES: u64 = 96 << 20;
/// Most bytes of one picture: a copy has at most 384 × 1536 pixels.
const PICTURE_LIMIT_BYTES: u64 = 4 << 20;
/// Most photos of a project file.
const MOST_PHOTOS: usize = 100_000;
/// Most heads of a project: one that is fitted as photos arrive, and those that were trained or opened.
const MOST_HEADS: usize = 1 + MOST_MADE_HEADS;

/// SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}"); // writing to a String never fails
        hex
    })
}

fn not_ours(detail: impl Into<String>) -> Failure {
    Failure::NotAProject { detail: detail.into() }
}

/// A failure that names what does not fit.
fn damaged(detail: impl Into<String>) -> Failure {
    Failure::DamagedProject { detail: detail.into() }
}
