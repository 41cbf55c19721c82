//! Zips among the files of an import: each is opened before the first photo is read, and its files stand in its place.

use super::{Engine, PhotoSource, Seekable, import::Import};
use crate::{
    archive::PhotoZip,
    dataset::{is_junk, sort_by_path},
    image,
    protocol::{Event, Failure, FileRef, Incoming},
    store::Store,
};
use std::collections::HashMap;

/// The zips that were opened, by the file that each is.
pub(super) type Zips = HashMap<FileRef, PhotoZip<Box<dyn Seekable>>>;

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Puts the files of the next zip in its place; whether there was one.
    pub(super) async fn step_zip(&mut self, job: &mut Import) -> bool {
        let is_zip = |incoming: &Incoming| {
            incoming.path.to_ascii_lowercase().ends_with(".zip") && !job.zips.contains_key(&incoming.file)
        };
        let Some(at) = job.files.iter().position(is_zip) else { return false };
        let Some(incoming) = job.files.remove(at) else { return false };
        match self.open_zip(incoming.file).await {
            Ok(zip) => {
                let file = incoming.file;
                let paths = zip.paths().filter(|path| !is_junk(path) && !path.to_ascii_lowercase().ends_with(".zip"));
                let mut inside: Vec<Incoming> = paths.map(|path| Incoming { file, path: path.to_owned() }).collect();
                sort_by_path(&mut inside, |incoming| &incoming.path);
                let behind = job.files.split_off(at);
                job.files.extend(inside);
                job.files.extend(behind);
                job.zips.insert(file, zip);
                job.progress.total = u32::try_from(job.files.len()).unwrap_or(u32::MAX) + job.progress.done;
            }
            Err(failure) => {
                job.progress.done += 1;
                job.progress.failed += 1;
                self.emit(Event::LeftOut { run: job.run, path: incoming.path, failure });
            }
        }
        self.source.forget(incoming.file);
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        true
    }

    async fn open_zip(&mut self, file: FileRef) -> Result<PhotoZip<Box<dyn Seekable>>, Failure> {
        PhotoZip::open(self.source.open(file).await?)
    }

    /// The size of a file of an import, in bytes.
    ///
    /// # Errors
    /// When it cannot be looked at.
    pub(super) async fn size_of(&self, job: &Import, incoming: &Incoming) -> Result<u64, Failure> {
        match job.zips.get(&incoming.file) {
            Some(zip) => zip.size_bytes(&incoming.path).ok_or(Failure::UnreadableFile),
            None => self.source.size_bytes(incoming.file).await,
        }
    }

    /// The bytes of a file of an import; one that is too large is refused before they are asked for.
    ///
    /// # Errors
    /// When it is too large or cannot be read.
    pub(super) async fn bytes_for(&self, job: &mut Import, incoming: &Incoming) -> Result<Vec<u8>, Failure> {
        image::check_file_size(self.size_of(job, incoming).await?)?;
        match job.zips.get_mut(&incoming.file) {
            Some(zip) => zip.bytes(&incoming.path),
            None => self.source.bytes(incoming.file).await,
        }
    }
}
