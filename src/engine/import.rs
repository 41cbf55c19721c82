//! Reads photos: decode, keep, compute pools. One photo or one batch a step.

use super::{
    Engine, PhotoSource, Step,
    session::{Session, hash_of, photo_view},
};
use crate::{
    dataset::{ClassId, FolderEntry, Photo, PhotoId},
    features::{Extractor, PhotoHash},
    image::{self, Pixels, StoredCopy, Upright},
    protocol::{Destination, Event, Failure, Incoming, Outcome, Progress, RunId},
    store::{Store, Table, Write, keys},
};
use std::collections::VecDeque;

/// Photos on their way in.
pub(super) struct Import {
    pub(super) run: RunId,
    /// Files that were not touched yet.
    files: VecDeque<Incoming>,
    into: Destination,
    /// Kept photos whose pools are missing, to be read from their stored copies.
    unread: VecDeque<PhotoId>,
    /// Pixels that wait for the device.
    batch: Vec<(PhotoHash, Pixels)>,
    progress: Progress,
    cancelled: bool,
}

impl Import {
    pub(super) fn new(run: RunId, files: Vec<Incoming>, into: Destination) -> Self {
        Self { files: files.into(), into, ..Self::resume(run, Vec::new()) }.counted()
    }

    /// Goes on with photos that are kept but were not read to their end.
    pub(super) fn resume(run: RunId, unread: Vec<PhotoId>) -> Self {
        Self {
            run,
            files: VecDeque::new(),
            into: Destination::Unsorted,
            unread: unread.into(),
            batch: Vec::new(),
            progress: Progress::default(),
            cancelled: false,
        }
        .counted()
    }

    fn counted(mut self) -> Self {
        self.progress.total = u32::try_from(self.files.len() + self.unread.len()).unwrap_or(u32::MAX);
        self
    }

    /// What is not touched yet is left alone; what is kept gets its pools.
    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
        self.unread.clear();
    }

    pub(super) fn forget_files(&self, source: &impl PhotoSource) {
        for incoming in &self.files {
            source.forget(incoming.file);
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// One photo decoded and kept, or one batch through the backbone.
    pub(super) async fn step_import(&mut self, job: &mut Import) -> Step {
        let nothing_more = job.cancelled || (job.files.is_empty() && job.unread.is_empty());
        if job.batch.len() >= self.batch() || (nothing_more && !job.batch.is_empty()) {
            return match self.extract(job).await {
                Ok(()) => Step::More,
                Err(failure) => self.abort_import(job, failure),
            };
        }
        if nothing_more {
            return match self.save_features().await {
                Ok(()) => Step::End(if job.cancelled { Outcome::Cancelled } else { Outcome::Done }),
                Err(failure) => self.abort_import(job, failure),
            };
        }
        if let Some(photo) = job.unread.pop_front() {
            return match self.read_again(photo, job).await {
                Ok(()) => Step::More,
                Err(failure) => self.abort_import(job, failure),
            };
        }
        let Some(incoming) = job.files.pop_front() else { return Step::More };
        let kept = self.keep(&incoming, job).await;
        self.source.forget(incoming.file);
        match kept {
            Ok(()) => Step::More,
            // These two end the job: every photo after it would meet the same.
            Err(failure @ (Failure::StorageFull | Failure::StorageFailed { .. })) => self.abort_import(job, failure),
            Err(failure) => {
                job.progress.failed += 1;
                job.progress.done += 1;
                self.emit(Event::LeftOut { run: job.run, path: incoming.path, failure });
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
                Step::More
            }
        }
    }

    fn abort_import(&self, job: &Import, failure: Failure) -> Step {
        self.emit(Event::Failed { run: Some(job.run), failure });
        Step::End(Outcome::Failed)
    }

    /// Reads a file, keeps it in one transaction and puts its pixels into the batch.
    async fn keep(&mut self, incoming: &Incoming, job: &mut Import) -> Result<(), Failure> {
        image::check_file_size(self.source.size_bytes(incoming.file).await?)?;
        let bytes = self.source.bytes(incoming.file).await?;
        let hash = PhotoHash::of(&bytes);
        let class_name = match job.into {
            Destination::Folders => FolderEntry::parse(&incoming.path).class,
            Destination::Class(_) | Destination::Unsorted => None,
        };
        let session = self.session()?;
        let known = class_name.and_then(|name| session.project.classes.iter().find(|class| class.name == name));
        let class = match job.into {
            Destination::Class(class) => session.project.class(class).map(|class| class.id),
            Destination::Folders | Destination::Unsorted => known.map(|class| class.id),
        };
        if (class.is_some() || class_name.is_none())
            && let Some(twin) = session.twin(&hash.hex(), class)
        {
            return Err(Failure::Duplicate { name: twin.name.clone() });
        }
        let upright = image::read(&bytes)?;
        let copy = image::store_copy(&upright)?;
        let class = match class_name {
            Some(name) if class.is_none() => Some(self.class_for(name)?),
            _ => class,
        };
        let pixels = image::prepare(&copy.jpeg)?;
        self.keep_photo(Arrival { incoming, hash, size_bytes: bytes.len() as u64, class, upright, copy }, job).await?;
        self.queue(hash, pixels, job);
        Ok(())
    }

    /// The class that a folder names, made if it is not there. It is kept together with its first photo.
    fn class_for(&mut self, name: &str) -> Result<ClassId, Failure> {
        let session = self.session()?;
        let (class, new) = session.project.class_named(name);
        if new {
            let classes = session.project.classes.clone();
            self.emit(Event::Classes { classes });
        }
        Ok(class)
    }

    async fn keep_photo(&mut self, arrival: Arrival<'_>, job: &Import) -> Result<(), Failure> {
        let session = self.session.as_mut().expect("checked by the caller");
        let id = PhotoId(session.project.next_photo);
        session.project.next_photo += 1;
        let photo = arrival.record(id);
        let key = keys::photo(session.project.id, id);
        let mut writes = session.project_writes();
        writes.push(session.photo_write(&photo));
        writes.push(Write::Put(Table::Copies, key.clone(), arrival.copy.jpeg));
        writes.push(Write::Put(Table::Thumbs, key, arrival.copy.thumbnail));
        self.store.commit(writes).await?;
        let view = photo_view(&photo);
        session.photos.insert(id, photo);
        self.emit(Event::PhotoKept { run: job.run, photo: view });
        Ok(())
    }

    /// Puts a kept photo whose pools are missing into the batch, from its stored copy.
    async fn read_again(&mut self, id: PhotoId, job: &mut Import) -> Result<(), Failure> {
        let session = self.session.as_ref().expect("a resumed import has its project");
        let copy = self.store.get(Table::Copies, &keys::photo(session.project.id, id)).await?;
        let known = session.photos.get(&id).and_then(hash_of);
        match (known, copy.map(|jpeg| image::prepare(&jpeg))) {
            (Some(hash), Some(Ok(pixels))) => self.queue(hash, pixels, job),
            // Removed meanwhile, or its copy is damaged: it is kept, but cannot teach.
            _ => {
                job.progress.done += 1;
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
            }
        }
        Ok(())
    }

    fn queue(&self, hash: PhotoHash, pixels: Pixels, job: &mut Import) {
        let known = self.session.as_ref().is_some_and(|session: &Session| session.features.has(hash));
        if known {
            job.progress.done += 1;
            self.emit(Event::Progressed { run: job.run, progress: job.progress });
        } else {
            job.batch.push((hash, pixels));
        }
    }

    /// The batch through the backbone and into the cache.
    async fn extract(&mut self, job: &mut Import) -> Result<(), Failure> {
        let (hashes, pixels): (Vec<_>, Vec<_>) = job.batch.drain(..).unzip();
        let rows = self.backbone.extract(&pixels).await?;
        let session = self.session()?;
        for (&hash, row) in hashes.iter().zip(&rows) {
            session.features.insert(hash, row);
        }
        if session.features.has_full_block() {
            self.save_features().await?;
        }
        job.progress.done += u32::try_from(hashes.len()).expect("a batch is small");
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        Ok(())
    }
}

/// A photo that was read and is about to be kept.
struct Arrival<'a> {
    incoming: &'a Incoming,
    hash: PhotoHash,
    size_bytes: u64,
    class: Option<ClassId>,
    upright: Upright,
    copy: StoredCopy,
}

impl Arrival<'_> {
    fn record(&self, id: PhotoId) -> Photo {
        Photo {
            id,
            class: self.class,
            sha256: self.hash.hex(),
            size_bytes: self.size_bytes,
            name: FolderEntry::parse(&self.incoming.path).name.to_owned(),
            path: self.incoming.path.clone(),
            captured: self.upright.captured.clone(),
            order: id.0,
            tags: Vec::new(),
            burst: None,
            width_px: self.upright.original_width_px,
            height_px: self.upright.original_height_px,
            trashed_ms: None,
        }
    }
}
