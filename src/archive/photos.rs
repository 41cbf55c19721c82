//! A zip of photos, as a person packs a folder. Its entries are read one by one, and what they claim is bounded before it is
//! believed: nothing is unpacked that is larger than a photo may be, or than its entry says.

use super::names::Entry;
use crate::protocol::Failure;
use std::{
    collections::HashMap,
    io::{Read, Seek, SeekFrom},
};
use zip::ZipArchive;

/// Most entries that are looked at.
const MOST_ENTRIES: usize = 200_000;

/// A zip of photos.
pub struct PhotoZip<R> {
    zip: ZipArchive<R>,
    /// The place and size in bytes of each file, by its path.
    files: HashMap<String, (usize, u64)>,
}

impl<R: Read + Seek> PhotoZip<R> {
    /// Reads the list of a zip's files.
    ///
    /// # Errors
    /// [`Failure::UnreadableZip`] for one that is damaged, or that claims more than it can hold; [`Failure::IsProject`] for a
    /// project file.
    pub fn open(mut file: R) -> Result<Self, Failure> {
        let size_bytes = file.seek(SeekFrom::End(0)).map_err(|_| Failure::UnreadableFile)?;
        let mut zip = ZipArchive::new(file).map_err(|_| Failure::UnreadableZip)?;
        if zip.len() > MOST_ENTRIES {
            return Err(Failure::UnreadableZip);
        }
        let (mut files, mut packed_bytes) = (HashMap::new(), 0u64);
        for at in 0..zip.len() {
            let Ok(entry) = zip.by_index_raw(at) else { continue };
            packed_bytes = packed_bytes.saturating_add(entry.compressed_size());
            // A path that leads out of the zip is no path: of it only the name counts.
            let path = entry.enclosed_name().map(|path| path.to_string_lossy().into_owned());
            let named = || entry.name().ok().and_then(|name| name.rsplit(['/', '\\']).next().map(str::to_owned));
            let path = path.or_else(named).unwrap_or_default();
            if entry.is_file() && !path.is_empty() {
                files.entry(path).or_insert((at, entry.size()));
            }
        }
        // Files that lie over one another would make more of the zip than it is.
        if packed_bytes > size_bytes {
            return Err(Failure::UnreadableZip);
        }
        if files.contains_key(&Entry::Manifest.name()) {
            return Err(Failure::IsProject);
        }
        Ok(Self { zip, files })
    }

    /// The paths of its files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// How large a file says that it is.
    pub fn size_bytes(&self, path: &str) -> Option<u64> {
        self.files.get(path).map(|(_, size)| *size)
    }

    /// The bytes of a file, whose size was looked at before.
    ///
    /// # Errors
    /// [`Failure::UnreadableFile`] where it is damaged, encrypted, packed in a way that is not read here, or larger than it
    /// says.
    pub fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Failure> {
        let (at, size) = *self.files.get(path).ok_or(Failure::UnreadableFile)?;
        let entry = self.zip.by_index(at).map_err(|_| Failure::UnreadableFile)?;
        // Room is taken as bytes arrive: a size is only a claim.
        let mut bytes = Vec::new();
        entry.take(size.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Failure::UnreadableFile)?;
        if bytes.len() as u64 == size { Ok(bytes) } else { Err(Failure::UnreadableFile) }
    }
}
