//! Reads photos: decode, keep, compute pools. One photo or one batch a step.

use super::{
    Engine, PhotoSource, Step,
    coming::{Class, Coming, Place},
    journal::Journaled,
    reading::{ReadPhoto, Reading, Seen},
    session::{Session, hash_of, photo_view},
    zips::Zips,
};
use crate::{
    dataset::{self, BurstId, ClassId, Folders, Photo, PhotoId},
    features::{Extractor, PhotoHash},
    image::Pixels,
    protocol::{Destination, Event, Failure, Incoming, Outcome, Progress, RunId},
    store::{Store, Table, Write, keys},
};
use std::collections::{BTreeMap, VecDeque};

/// Photos on their way in.
pub(super) struct Import {
    pub(super) run: RunId,
    /// Files that were not touched yet.
    pub(super) files: VecDeque<Incoming>,
    /// The zips among them.
    pub(super) zips: Zips,
    /// Files that are being read, in order.
    reading: VecDeque<Coming>,
    pub(super) into: Destination,
    /// How the folders of its files are read, from the first file on.
    folders: Option<Folders>,
    /// Kept photos whose pools are missing, to be read from their stored copies.
    unread: VecDeque<PhotoId>,
    /// Pixels that wait for the device.
    batch: Vec<(PhotoHash, Pixels)>,
    /// The burst that its photos are of, from the first one on.
    burst: Option<BurstId>,
    pub(super) progress: Progress,
    cancelled: bool,
    /// How it stands in the journal.
    pub(super) journaled: Journaled,
    /// Files that an interrupted import had read: path and size in bytes.
    pub(super) known: BTreeMap<String, u64>,
    /// Files that were taken out of the list.
    taken: usize,
    /// Photos and classes that came by it.
    pub(super) added: Vec<PhotoId>,
    pub(super) made: Vec<ClassId>,
}

impl Import {
    pub(super) fn new(run: RunId, files: Vec<Incoming>, into: Destination) -> Self {
        // Frames of a camera that were not read cannot be chosen once more.
        let is_live = matches!(into, Destination::Burst(_));
        let journaled = if is_live { Journaled::Not } else { Journaled::Coming(Vec::new()) };
        Self { files: files.into(), into, journaled, ..Self::resume(run, Vec::new()) }.counted()
    }

    /// Goes on with photos that are kept but were not read to their end.
    pub(super) fn resume(run: RunId, unread: Vec<PhotoId>) -> Self {
        Self {
            run,
            files: VecDeque::new(),
            zips: Zips::new(),
            reading: VecDeque::new(),
            into: Destination::Unsorted,
            folders: None,
            unread: unread.into(),
            batch: Vec::new(),
            burst: None,
            progress: Progress::default(),
            cancelled: false,
            journaled: Journaled::Not,
            known: BTreeMap::new(),
            taken: 0,
            added: Vec::new(),
            made: Vec::new(),
        }
        .counted()
    }

    /// The files that were not touched yet.
    pub(super) fn files(&self) -> impl ExactSizeIterator<Item = &Incoming> {
        self.files.iter()
    }

    fn counted(mut self) -> Self {
        self.progress.total = u32::try_from(self.files.len() + self.unread.len()).unwrap_or(u32::MAX);
        self
    }

    /// What is not touched yet is left alone; what is kept gets its pools.
    pub(super) fn cancel(&mut self) {
        self.cancelled = true;
        self.unread.clear();
        if matches!(self.journaled, Journaled::Coming(_)) {
            self.journaled = Journaled::Not;
        }
    }

    /// How the folders of its files are read. `first` is a file that has been taken out of the list.
    fn folders_in(&mut self, session: &Session, first: &Incoming) -> &Folders {
        self.folders.get_or_insert_with(|| {
            let paths = self.files.iter().chain([first]).map(|incoming| incoming.path.as_str());
            Folders::read(paths, session.project.classes.iter().map(|class| class.name.as_str()))
        })
    }

    pub(super) fn forget_files(&self, source: &impl PhotoSource) {
        for incoming in &self.files {
            source.forget(incoming.file);
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// One photo decoded and kept, or one batch through the backbone.
    ///
    /// # Errors
    /// When the store or the device fails: every photo after it would meet the same.
    pub(super) async fn step_import(&mut self, job: &mut Import) -> Result<Step, Failure> {
        let nothing_more = job.cancelled || (job.files.is_empty() && job.reading.is_empty() && job.unread.is_empty());
        if job.batch.len() >= self.batch() || (nothing_more && !job.batch.is_empty()) {
            self.extract(job).await?;
        } else if nothing_more {
            let session = self.session()?;
            let ended = job.journaled.end(session.project.id);
            self.save_features_with(ended).await?;
            return Ok(Step::End(if job.cancelled { Outcome::Cancelled } else { Outcome::Done }));
        } else if let Some(photo) = job.unread.pop_front() {
            self.read_again(photo, job).await?;
        } else if let Err((path, failure)) = self.step_reading(job).await {
            if matches!(failure, Failure::StorageFull | Failure::StorageFailed { .. }) {
                return Err(failure);
            }
            job.progress.failed += 1;
            job.progress.done += 1;
            self.emit(Event::LeftOut { run: job.run, path, failure });
            self.emit(Event::Progressed { run: job.run, progress: job.progress });
        }
        Ok(Step::More)
    }

    /// Begins to read some more files, and keeps the photo that was begun first.
    async fn step_reading(&mut self, job: &mut Import) -> Result<(), (String, Failure)> {
        while job.reading.len() < self.ahead()
            && let Some(incoming) = job.files.pop_front()
        {
            job.taken += 1;
            let begun = self.begin_reading(&incoming, job).await;
            self.source.forget(incoming.file);
            match begun {
                Ok(Some((hash, size_bytes, reading))) => {
                    let number = job.taken;
                    job.reading.push_back(Coming { incoming, number, hash, size_bytes, reading });
                }
                Ok(None) => {
                    job.progress.done += 1;
                    self.emit(Event::Known { run: job.run, path: incoming.path });
                    self.emit(Event::Progressed { run: job.run, progress: job.progress });
                    return Ok(());
                }
                Err(failure) => return Err((incoming.path, failure)),
            }
        }
        let Some(mut coming) = job.reading.pop_front() else { return Ok(()) };
        match (&mut coming.reading).await {
            Ok(read) => self.keep(&coming, read, job).await,
            Err(failure) => Err(failure),
        }
        .map_err(|failure| (coming.incoming.path, failure))
    }

    /// A photo that is there already is noticed before it is decoded, and one that an interrupted import had read before it is
    /// opened; then there is nothing to read.
    async fn begin_reading(
        &mut self,
        incoming: &Incoming,
        job: &mut Import,
    ) -> Result<Option<(PhotoHash, u64, Reading)>, Failure> {
        if let Some(known) = job.known.get(&incoming.path)
            && self.size_of(job, incoming).await? == *known
        {
            return Ok(None);
        }
        let bytes = self.bytes_for(job, incoming).await?;
        let hash = PhotoHash::of(&bytes);
        let session = self.session()?;
        session.place(incoming, job.into, job.folders_in(session, incoming), hash)?;
        Ok(Some((hash, bytes.len() as u64, self.source.read(bytes))))
    }

    /// Keeps a photo in one transaction and brings what the backbone sees of it on its way.
    async fn keep(&mut self, coming: &Coming, read: ReadPhoto, job: &mut Import) -> Result<(), Failure> {
        let session = self.session()?;
        let into = job.into;
        let folders = job.folders_in(session, &coming.incoming);
        let Place { class, role, tags } = session.place(&coming.incoming, into, folders, coming.hash)?;
        let class = match class {
            Class::There(class) => class,
            Class::New(name) => Some(self.class_for(name, job)?),
        };
        let id = self.session()?.next_photo();
        let photo = coming.record(id, class, role, tags, self.burst_of(job)?, &read);
        let seen = self.keep_photo(photo, read, job, coming.number).await?;
        job.added.push(id);
        match seen {
            Seen::Pixels(pixels) => {
                self.queue(coming.hash, pixels, job);
                Ok(())
            }
            Seen::Pools(pools) => self.learn(&[coming.hash], &[pools], job).await,
        }
    }

    /// The burst of all photos of an import that is one.
    fn burst_of(&mut self, job: &mut Import) -> Result<Option<BurstId>, Failure> {
        if matches!(job.into, Destination::Burst(_)) && job.burst.is_none() {
            job.burst = Some(BurstId(self.session()?.free_burst()));
        }
        Ok(job.burst)
    }

    /// The class that a folder names, made if it is not there. It is kept together with its first photo.
    fn class_for(&mut self, name: &str, job: &mut Import) -> Result<ClassId, Failure> {
        let session = self.session()?;
        let (class, new) = session.project.class_named(&dataset::name(name));
        if new {
            job.made.push(class);
            let classes = session.project.classes.clone();
            self.emit(Event::Classes { classes });
        }
        Ok(class)
    }

    /// `through`: how many files of the import are through with this one.
    async fn keep_photo(
        &mut self,
        photo: Photo,
        read: ReadPhoto,
        job: &Import,
        through: usize,
    ) -> Result<Seen, Failure> {
        let session = self.session.as_mut().expect("checked by the caller");
        let key = keys::photo(session.project.id, photo.id);
        let mut writes = session.project_writes();
        writes.push(session.photo_write(&photo));
        writes.extend(job.journaled.through(session.project.id, through));
        writes.push(Write::Put(Table::Copies, key.clone(), read.copy.jpeg));
        writes.push(Write::Put(Table::Thumbs, key, read.copy.thumbnail));
        self.store.commit(writes).await?;
        let view = photo_view(&photo);
        session.photos.insert(photo.id, photo);
        self.emit(Event::PhotoKept { run: job.run, photo: view });
        Ok(read.seen)
    }

    /// Puts a kept photo whose pools are missing into the batch, from its stored copy.
    async fn read_again(&mut self, id: PhotoId, job: &mut Import) -> Result<(), Failure> {
        let pixels = self.stored_pixels(id).await?;
        let known = self.session()?.photo(id).and_then(hash_of);
        match (known, pixels) {
            (Some(hash), Some(pixels)) => self.queue(hash, pixels, job),
            // Purged meanwhile, or its copy is damaged: it is kept, but cannot teach.
            _ => {
                job.progress.done += 1;
                self.emit(Event::Progressed { run: job.run, progress: job.progress });
            }
        }
        Ok(())
    }

    fn queue(&self, hash: PhotoHash, pixels: Pixels, job: &mut Import) {
        let known = self.session.as_ref().is_some_and(|session| session.features.has(hash));
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
        self.learn(&hashes, &rows, job).await
    }

    /// Keeps the pools of photos.
    async fn learn(&mut self, hashes: &[PhotoHash], rows: &[Vec<f32>], job: &mut Import) -> Result<(), Failure> {
        let session = self.session()?;
        for (&hash, row) in hashes.iter().zip(rows) {
            session.features.insert(hash, row);
            session.revision += 1;
        }
        if session.features.has_full_block() {
            self.save_features().await?;
        }
        job.progress.done += u32::try_from(hashes.len()).expect("a batch is small");
        self.emit(Event::Progressed { run: job.run, progress: job.progress });
        Ok(())
    }
}
