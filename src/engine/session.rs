//! The open project: its records in memory as they are in the store.

use super::{
    Background, Engine, PhotoSource,
    comparing::AskedPhotos,
    history::{History, is_stale},
    import::Import,
    instant::Instant,
    journal::{self, Interrupted},
    learning::Learning,
    leftovers::leftovers,
    projects,
    shelf::Shelf,
    tags::Tags,
    test_set::TestSet,
};
use crate::{
    dataset::{HeadId, Photo, PhotoId, Project, ProjectId},
    features::{Extractor, FeatureCache, FeatureSpace, PhotoHash},
    protocol::{Event, Failure, News, PhotoView, ProjectView, RunId},
    store::{Store, StoreError, Table, Write, keys},
};
use std::collections::{BTreeMap, HashSet};

/// A project and everything about it that is kept in memory.
pub(super) struct Session {
    pub(super) project: Project,
    /// Photos that are not in the trash.
    pub(super) photos: BTreeMap<PhotoId, Photo>,
    /// Photos in the trash, kept for some days so that undo can bring them back.
    pub(super) trash: BTreeMap<PhotoId, Photo>,
    pub(super) history: History,
    pub(super) features: FeatureCache,
    pub(super) shelf: Shelf,
    /// Counted up whenever photos, their classes or their pools change.
    pub(super) revision: u64,
    /// Counted up whenever the heads change, or which of them answers, or what their classes are called.
    pub(super) heads_revision: u64,
    /// Counted up whenever only tags change.
    pub(super) tags_revision: u64,
    pub(super) instant: Instant,
    pub(super) tags: Tags,
    pub(super) test_set: TestSet,
    pub(super) learning: Learning,
    pub(super) asked: AskedPhotos,
    /// Imports that were interrupted, by the number of their entry in the journal.
    pub(super) interrupted: BTreeMap<u32, Interrupted>,
    /// The last number that an entry was given since the project was opened.
    pub(super) last_entry: u32,
}

/// The records of a project as they lie in the store.
struct Kept {
    project: Project,
    photos: BTreeMap<PhotoId, Photo>,
    trash: BTreeMap<PhotoId, Photo>,
}

impl Kept {
    /// Reads those of the last project, or begins one. Nothing is changed.
    async fn read(store: &impl Store, now_ms: u64) -> Result<Self, Failure> {
        let last = store.get(Table::Projects, keys::SETTINGS).await?;
        let id = last.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or(ProjectId(1));
        let project = match store.get(Table::Projects, &keys::project(id)).await? {
            Some(bytes) => parse(&bytes)?,
            None => Project::new(id, now_ms),
        };
        let (mut photos, mut trash) = (BTreeMap::new(), BTreeMap::new());
        for (_, bytes) in store.scan(Table::Photos, &keys::of_project(id)).await? {
            let photo: Photo = parse(&bytes)?;
            if photo.trashed_ms.is_some() { &mut trash } else { &mut photos }.insert(photo.id, photo);
        }
        Ok(Self { project, photos, trash })
    }
}

impl Session {
    /// Reads the last project, or begins one. What has been in the trash for long is purged for good, with its pools, in one
    /// commit; and so are heads that nothing names any more.
    async fn open(store: &impl Store, space: FeatureSpace, now_ms: u64) -> Result<Self, Failure> {
        let Kept { project, photos, mut trash } = Kept::read(store, now_ms).await?;
        let id = project.id;
        let mut gone = leftovers(store).await?;
        gone.extend(projects::purge_stale(store, now_ms).await?);
        gone.extend(trash.extract_if(.., |_, photo| is_stale(photo, now_ms)).flat_map(|(photo, _)| purge(id, photo)));
        for (key, _) in store.scan(Table::Heads, &keys::of_project(id)).await? {
            let named =
                keys::last_number(&key).is_some_and(|number| project.heads().any(|head| head == HeadId(number)));
            if !named {
                gone.extend([Table::Heads, Table::HeadFiles].map(|table| Write::Delete(table, key.clone())));
            }
        }
        let mut features = FeatureCache::load(store, id, space).await?;
        gone.extend(
            features.keep_only(&photos.values().chain(trash.values()).filter_map(hash_of).collect::<HashSet<_>>()),
        );
        let (interrupted, ended) = journal::load(store, &project, &[]).await?;
        gone.extend(ended);
        if !gone.is_empty() {
            store.commit(gone).await?;
        }
        let history = History::of(store, &project).await?;
        Ok(Self {
            project,
            photos,
            trash,
            history,
            features,
            shelf: Shelf::default(),
            revision: 1,
            heads_revision: 1,
            tags_revision: 1,
            instant: Instant::default(),
            tags: Tags::default(),
            test_set: TestSet::default(),
            learning: Learning::default(),
            asked: AskedPhotos::default(),
            interrupted,
            last_entry: 0,
        })
    }

    /// What the page needs to know.
    pub(super) fn view(&self) -> ProjectView {
        view(&self.project, &self.photos)
    }

    /// Photos whose pools are not known yet, in the order of import.
    pub(super) fn unread(&self) -> Vec<PhotoId> {
        let unread = |photo: &&Photo| hash_of(photo).is_none_or(|hash| !self.features.has(hash));
        self.photos.values().filter(unread).map(|photo| photo.id).collect()
    }

    /// A free id for a photo.
    pub(super) fn next_photo(&mut self) -> PhotoId {
        let id = PhotoId(self.project.next_photo);
        self.project.next_photo += 1;
        id
    }

    /// The writes that keep the project's own record, and make it the last one.
    pub(super) fn project_writes(&self) -> Vec<Write> {
        vec![
            Write::Put(Table::Projects, keys::project(self.project.id), json(&self.project)),
            Write::Put(Table::Projects, keys::SETTINGS.to_owned(), json(&self.project.id)),
        ]
    }

    /// The write that keeps a photo's record.
    pub(super) fn photo_write(&self, photo: &Photo) -> Write {
        Write::Put(Table::Photos, keys::photo(self.project.id, photo.id), json(photo))
    }
}

fn view(project: &Project, photos: &BTreeMap<PhotoId, Photo>) -> ProjectView {
    ProjectView {
        id: project.id,
        name: project.name.clone(),
        classes: project.classes.clone(),
        photos: photos.values().map(photo_view).collect(),
    }
}

/// The writes that purge a photo.
pub(super) fn purge(project: ProjectId, photo: PhotoId) -> [Write; 3] {
    [Table::Photos, Table::Copies, Table::Thumbs].map(|table| Write::Delete(table, keys::photo(project, photo)))
}

/// The hash under which a photo's pools are cached.
pub(super) fn hash_of(photo: &Photo) -> Option<PhotoHash> {
    PhotoHash::parse(&photo.sha256)
}

pub(super) fn photo_view(photo: &Photo) -> PhotoView {
    let Photo { id, class, role, excluded, burst, .. } = *photo;
    PhotoView { id, class, name: photo.name.clone(), role, excluded, tags: photo.tags.clone(), burst }
}

/// A record as it lies in the store.
pub(super) fn json(record: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(record).expect("records are plain data")
}

/// A record from the store.
///
/// # Errors
/// When it is damaged.
pub(super) fn parse<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    serde_json::from_slice(bytes).map_err(|error| Failure::StorageFailed { detail: format!("damaged record: {error}") })
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Full => Self::StorageFull,
            StoreError::Newer => Self::StorageNewer,
            StoreError::Failed(detail) => Self::StorageFailed { detail },
        }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Opens the last project and goes on with what was not read to its end.
    pub(super) async fn open(&mut self, run: RunId) -> Result<(), Failure> {
        let opened = match Session::open(&self.store, self.backbone.space(), self.now_ms()).await {
            Ok(session) => session,
            Err(failure) => {
                self.finish(run, crate::protocol::Outcome::Failed);
                return Err(failure);
            }
        };
        self.session = Some(opened);
        let mut trouble = self.load_heads().await.err();
        // Told in one piece with the project, so that the page never has one without the other.
        let others = self.others().await.unwrap_or_else(|failure| {
            trouble = Some(failure);
            Vec::new()
        });
        let session = self.session()?;
        let unread = session.unread();
        let event = Event::Opened {
            project: session.view(),
            heads: session.heads(),
            unread: u32::try_from(unread.len()).expect("fewer photos than u32"),
            run,
            durable: self.store.is_durable(),
            others,
        };
        self.emit(event);
        self.tell_history(News::Opened);
        if !self.session()?.interrupted.is_empty() {
            self.tell_unfinished();
        }
        self.background.push_front(Background::Import(Import::resume(run, unread)));
        trouble.map_or(Ok(()), Err)
    }

    /// The project as it lies in the store now, without opening it: it is another tab's. Nothing is changed.
    ///
    /// # Errors
    /// When the store fails, or a record is damaged.
    pub async fn look(&self) -> Result<Event, Failure> {
        let Kept { mut project, photos, .. } = Kept::read(&self.store, self.now_ms()).await?;
        // A head that cannot be read is told by the tab that has the project.
        let (shelf, _) = self.read_shelf(&mut project).await;
        Ok(Event::Seen { heads: shelf.heads(&project), project: view(&project, &photos) })
    }

    /// Writes what is still in memory and lets go of the project.
    pub(super) async fn release(&mut self) -> Result<(), Failure> {
        self.save_features().await?;
        self.session = None;
        self.emit(Event::Released);
        Ok(())
    }

    /// Brings the cached pools to the store.
    pub(super) async fn save_features(&mut self) -> Result<(), Failure> {
        self.save_features_with(Vec::new()).await
    }

    /// The same, together with other writes.
    pub(super) async fn save_features_with(&mut self, mut writes: Vec<Write>) -> Result<(), Failure> {
        let Some(session) = &mut self.session else { return Ok(()) };
        writes.extend(session.features.unsaved());
        if !writes.is_empty() {
            self.store.commit(writes).await?;
            session.features.mark_saved();
        }
        Ok(())
    }
}
