//! Reads a project file that may come from anybody: what it claims is bounded before it is believed, and nothing is handed out
//! that is not what the manifest says.

use super::{
    MANIFEST_LIMIT_BYTES, MOST_HEADS, MOST_PHOTOS, Manifest, PICTURE_LIMIT_BYTES, damaged, names::Entry, not_ours,
    sha256,
};
use crate::{dataset::PhotoId, protocol::Failure};
use std::{
    collections::HashSet,
    io::{Read, Seek, SeekFrom},
};
use zip::{
    CompressionMethod, ZipArchive,
    read::{ArchiveOffset, Config, ZipFileEntry},
    result::ZipError,
    unstable::read::ZipIterable,
};

/// Most bytes of a head file; what reads heads has a limit of its own.
const HEAD_LIMIT_BYTES: u64 = 64 << 20;
/// Most characters of a foreign text that are quoted in a failure.
const QUOTED: usize = 60;
/// Bytes of the shortest record that names an entry.
const SHORTEST_RECORD_BYTES: u64 = 46;

/// A project file whose manifest and entries fit each other.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    manifest: Manifest,
}

/// The pictures of a photo.
pub struct Pictures {
    /// The stored copy; none where it was lost.
    pub copy: Option<Vec<u8>>,
    /// The thumbnail; none where it was lost.
    pub thumbnail: Option<Vec<u8>>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens a project file. The pictures and heads are read later, one by one.
    ///
    /// # Errors
    /// [`Failure::NotAProject`], [`Failure::DamagedProject`] or [`Failure::NewerProject`], with what is wrong.
    pub fn open(mut file: R) -> Result<Self, Failure> {
        let size_bytes = file.seek(SeekFrom::End(0)).map_err(|_| Failure::UnreadableFile)?;
        // From its first byte on: nothing stands in front of it.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        // How many entries it claims, before room is taken for each.
        let claimed = ZipIterable::try_new(&mut file, config).map_err(|error| not_a_zip(&error))?.len();
        if claimed > 2 * MOST_PHOTOS + MOST_HEADS + 1 {
            return Err(damaged(format!("{claimed} files")));
        }
        let mut zip = ZipArchive::with_config(config, file).map_err(|error| not_a_zip(&error))?;
        let entries = entries(&zip, size_bytes)?;
        let text = content(&mut zip, Entry::Manifest)?;
        let manifest = Manifest::read(&text)?;
        let named = named(&manifest);
        if let Some(missing) = named.iter().find(|entry| !entries.contains(&entry.name())) {
            return Err(damaged(format!("{} is missing", missing.name())));
        }
        if entries.len() != named.len() + 1 {
            return Err(damaged("it holds files that headstart.json does not name"));
        }
        Ok(Self { zip, manifest })
    }

    /// What the file says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The pictures of the photo at a place of the manifest.
    ///
    /// # Errors
    /// [`Failure::DamagedProject`] where they are not those that the manifest names, or no JPEGs.
    pub fn pictures(&mut self, at: usize) -> Result<Pictures, Failure> {
        let packed = &self.manifest.photos[at];
        let id = packed.photo.id;
        let (copy, thumbnail) = (packed.copy_sha256.clone(), packed.thumbnail_sha256.clone());
        let mut picture = |entry, hash: Option<String>| hash.map(|hash| self.picture(entry, &hash)).transpose();
        Ok(Pictures { copy: picture(Entry::Photo(id), copy)?, thumbnail: picture(Entry::Thumbnail(id), thumbnail)? })
    }

    /// The head file at a place of the manifest.
    ///
    /// # Errors
    /// [`Failure::DamagedProject`] where it is not the one that the manifest names.
    pub fn head(&mut self, at: usize) -> Result<Vec<u8>, Failure> {
        let packed = &self.manifest.heads[at];
        let (entry, hash) = (Entry::Head(packed.view.id), packed.sha256.clone());
        self.hashed(entry, &hash)
    }

    fn picture(&mut self, entry: Entry, hash: &str) -> Result<Vec<u8>, Failure> {
        let jpeg = self.hashed(entry, hash)?;
        if jpeg.starts_with(b"\xFF\xD8\xFF") { Ok(jpeg) } else { Err(damaged(format!("{} is no JPEG", entry.name()))) }
    }

    fn hashed(&mut self, entry: Entry, hash: &str) -> Result<Vec<u8>, Failure> {
        let bytes = content(&mut self.zip, entry)?;
        if sha256(&bytes) == hash {
            Ok(bytes)
        } else {
            Err(damaged(format!("{} is not the file that headstart.json names", entry.name())))
        }
    }
}

/// The names of all entries. Each is one that a project file has, stored as it is, and not larger than such a file can be.
fn entries<R: Read + Seek>(zip: &ZipArchive<R>, size_bytes: u64) -> Result<HashSet<String>, Failure> {
    if zip.has_duplicate_names() {
        return Err(damaged("two files of one name"));
    }
    let (mut names, mut all_bytes) = (HashSet::new(), zip.len() as u64 * SHORTEST_RECORD_BYTES);
    for at in 0..zip.len() {
        let entry = zip.by_index_data(at).map_err(|error| not_a_zip(&error))?;
        let name = entry.name().map_err(|error| not_a_zip(&error))?.into_owned();
        check(&entry, &name)?;
        all_bytes = all_bytes.saturating_add(entry.size());
        names.insert(name);
    }
    // Files that lie over one another would make more of the zip than it is.
    if all_bytes > size_bytes {
        return Err(damaged("its files would be larger than the whole"));
    }
    if names.contains(&Entry::Manifest.name()) { Ok(names) } else { Err(not_ours("a zip without headstart.json")) }
}

fn check(entry: &ZipFileEntry<'_>, name: &str) -> Result<(), Failure> {
    let quoted = || name.chars().filter(|c| !c.is_control()).take(QUOTED).collect::<String>();
    let limit_bytes = match Entry::named(name) {
        Some(Entry::Manifest) => MANIFEST_LIMIT_BYTES,
        Some(Entry::Photo(_) | Entry::Thumbnail(_)) => PICTURE_LIMIT_BYTES,
        Some(Entry::Head(_)) => HEAD_LIMIT_BYTES,
        None => return Err(not_ours(format!("“{}” does not belong into one", quoted()))),
    };
    if entry.encrypted() {
        return Err(not_ours("it is encrypted"));
    }
    if entry.compression() != CompressionMethod::Stored || entry.compressed_size() != entry.size() {
        return Err(not_ours(format!("{} is compressed, as by another program that packed it again", quoted())));
    }
    if entry.size() > limit_bytes {
        return Err(damaged(format!("{} has {} bytes", quoted(), entry.size())));
    }
    Ok(())
}

/// The bytes of an entry, whose size was checked; their checksum is compared as they are read.
fn content<R: Read + Seek>(zip: &mut ZipArchive<R>, entry: Entry) -> Result<Vec<u8>, Failure> {
    let cut_off = |_| damaged(format!("{} is damaged or cut off", entry.name()));
    let stored = zip.by_name(&entry.name()).map_err(|_| damaged(format!("{} cannot be read", entry.name())))?;
    let size = stored.size();
    // Room is taken as bytes arrive: a size is only a claim.
    let mut bytes = Vec::new();
    stored.take(size + 1).read_to_end(&mut bytes).map_err(cut_off)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(damaged(format!("{} is cut off", entry.name()))) }
}

/// All entries that a manifest names but itself.
fn named(manifest: &Manifest) -> Vec<Entry> {
    let pictures = manifest.photos.iter().flat_map(|packed| {
        let there = |hash: &Option<String>, entry: fn(PhotoId) -> Entry| hash.as_ref().map(|_| entry(packed.photo.id));
        [there(&packed.copy_sha256, Entry::Photo), there(&packed.thumbnail_sha256, Entry::Thumbnail)]
    });
    pictures.flatten().chain(manifest.heads.iter().map(|packed| Entry::Head(packed.view.id))).collect()
}

fn not_a_zip(error: &ZipError) -> Failure {
    match error {
        ZipError::Io(_) => damaged("it is cut off"),
        ZipError::InvalidArchive(_) => not_ours("it is no zip, or the list of its files is broken"),
        _ => not_ours("it is a zip of a kind that is not read here"),
    }
}
