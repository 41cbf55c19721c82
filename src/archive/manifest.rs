//! What a project file says of itself.

use super::{checks, damaged, not_ours};
use crate::{
    dataset::{Photo, Project},
    protocol::{Failure, HeadView},
};
use serde::{Deserialize, Serialize};

const FORMAT: &str = "headstart.project";
/// Counted up when an older app would lose or misread what a newer one writes.
const VERSION: u32 = 1;

/// Everything of a project but pixels and weights, as it lies in the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Says what the file is.
    format: String,
    /// Version of the format.
    version: u32,
    /// Version of the app that wrote it.
    app: String,
    /// Name, classes, settings, and which head answers.
    pub project: Project,
    /// Photos, in the order of import; none that were in the trash.
    pub photos: Vec<PackedPhoto>,
    /// Heads.
    pub heads: Vec<PackedHead>,
}

/// A photo: its record, and the hashes of its two pictures in the file. A hash is missing where the picture was lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedPhoto {
    /// What the project knows of it.
    #[serde(flatten)]
    pub photo: Photo,
    /// SHA-256 of the stored copy.
    pub copy_sha256: Option<String>,
    /// SHA-256 of the thumbnail.
    pub thumbnail_sha256: Option<String>,
}

/// A head: what the page shows of it, and the hash of its file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackedHead {
    /// What the page shows of it.
    pub view: HeadView,
    /// SHA-256 of the head file.
    pub sha256: String,
}

/// What every version of the format has.
#[derive(Deserialize)]
struct Kind {
    format: String,
    version: u32,
}

impl Manifest {
    /// Of a project of this version.
    pub fn new(project: Project, photos: Vec<PackedPhoto>, heads: Vec<PackedHead>) -> Self {
        let app = env!("CARGO_PKG_VERSION").to_owned();
        Self { format: FORMAT.to_owned(), version: VERSION, app, project, photos, heads }
    }

    /// As text that a person can read.
    pub(super) fn text(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("records are plain data")
    }

    /// From the text of a file that may come from anybody.
    ///
    /// # Errors
    /// When it is no manifest, one of a newer version, or says what cannot be.
    pub(super) fn read(text: &[u8]) -> Result<Self, Failure> {
        let kind: Kind = serde_json::from_slice(text).map_err(|error| not_ours(format!("headstart.json: {error}")))?;
        if kind.format != FORMAT {
            return Err(not_ours("headstart.json is about something else"));
        }
        if kind.version > VERSION {
            return Err(Failure::NewerProject { version: kind.version.to_string() });
        }
        let mut manifest: Self =
            serde_json::from_slice(text).map_err(|error| damaged(format!("headstart.json: {error}")))?;
        checks::tidy(&mut manifest);
        checks::manifest(&manifest)?;
        Ok(manifest)
    }
}
