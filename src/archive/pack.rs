//! Writes a project file, entry by entry.

use super::{Manifest, names::Entry, outgoing::Outgoing, sha256};
use crate::dataset::{HeadId, PhotoId};
use zip::{CompressionMethod, PreparedZipFile, ZipWriter, write::SimpleFileOptions};

/// A project file on its way. The bytes that are ready can be taken at any time.
pub struct Packer {
    zip: ZipWriter<Outgoing>,
    out: Outgoing,
}

impl Default for Packer {
    fn default() -> Self {
        let out = Outgoing::default();
        Self { zip: ZipWriter::new(out.clone()), out }
    }
}

impl Packer {
    /// Adds the stored copy of a photo; its hash, for the manifest.
    pub fn copy(&mut self, photo: PhotoId, jpeg: &[u8]) -> String {
        self.add(Entry::Photo(photo), jpeg);
        sha256(jpeg)
    }

    /// Adds the thumbnail of a photo; its hash, for the manifest.
    pub fn thumbnail(&mut self, photo: PhotoId, jpeg: &[u8]) -> String {
        self.add(Entry::Thumbnail(photo), jpeg);
        sha256(jpeg)
    }

    /// Adds a head file; its hash, for the manifest.
    pub fn head(&mut self, head: HeadId, file: &[u8]) -> String {
        self.add(Entry::Head(head), file);
        sha256(file)
    }

    /// How many bytes can be taken.
    pub fn ready_bytes(&self) -> usize {
        self.out.len()
    }

    /// Takes what is ready.
    pub fn take(&mut self) -> Vec<u8> {
        self.out.take()
    }

    /// Adds the manifest and ends the file; what was not taken yet.
    pub fn finish(mut self, manifest: &Manifest) -> Vec<u8> {
        self.add(Entry::Manifest, &manifest.text());
        self.zip.finish().expect("memory takes everything");
        self.out.take()
    }

    fn add(&mut self, entry: Entry, bytes: &[u8]) {
        // The time of day is nobody's business, and the same project gives the same file.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let prepared = PreparedZipFile::from_data(entry.name(), options, bytes);
        let added = prepared.and_then(|prepared| self.zip.add_prepared_file(prepared));
        added.expect("memory takes everything, and every entry has a name of its own");
    }
}
