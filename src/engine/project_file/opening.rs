//! Reads a project in. Its photos are kept beside the project that is open; then, in one commit, the new project takes the
//! place of the old one. Until that commit nothing of the old one is touched, whatever happens.

use super::{AT_ONCE, leftovers::Leftover};
use crate::{
    archive::{Archive, Manifest, PackedPhoto},
    dataset::{PhotoId, Project, ProjectId, Steps},
    engine::{
        Engine, PhotoSource, Seekable, Step, history,
        session::{Session, json, purge},
    },
    head,
    protocol::{Event, Failure, HeadView, Incoming, Outcome, Progress, RunId},
    store::{Store, Table, Write, keys},
};

/// A project on its way in.
pub(in crate::engine) struct Opening {
    pub(in crate::engine) run: RunId,
    pub(in crate::engine) file: Incoming,
    begun: Option<Begun>,
    cancelled: bool,
}

struct Begun {
    archive: Archive<Box<dyn Seekable>>,
    id: ProjectId,
    heads: Vec<(HeadView, Vec<u8>)>,
    progress: Progress,
}

impl Opening {
    pub(in crate::engine) fn new(run: RunId, file: Incoming) -> Self {
        Self { run, file, begun: None, cancelled: false }
    }

    pub(in crate::engine) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// The file checked, some photos more, or the change of projects.
    ///
    /// # Errors
    /// When the file is refused or the store fails; the project that is open stays as it is.
    pub(in crate::engine) async fn step_opening(&mut self, job: &mut Opening) -> Result<Step, Failure> {
        let step = if job.cancelled { Ok(Step::End(Outcome::Cancelled)) } else { self.go_on_opening(job).await };
        if let (Some(_), Err(_) | Ok(Step::End(_))) = (&job.begun, &step) {
            // If this fails too, the next start does it.
            let _ = self.clear_leftovers().await;
        }
        step
    }

    async fn go_on_opening(&mut self, job: &mut Opening) -> Result<Step, Failure> {
        let Some(begun) = &mut job.begun else {
            job.begun = Some(self.begin_opening(&job.file).await?);
            return Ok(Step::More);
        };
        let done = begun.progress.done as usize;
        let all = begun.archive.manifest().photos.len();
        if done == all {
            self.change_project_for(begun).await?;
            self.drop_old_jobs();
            // The file is through, so its job ends; the same run goes on with what the photos are for the network.
            self.source.forget(job.file.file);
            if let Err(failure) = self.open(job.run).await {
                self.emit(Event::Failed { run: None, failure });
            }
            return Ok(Step::HandedOn);
        }
        let mut writes = Vec::new();
        for at in done..all.min(done + AT_ONCE) {
            let pictures = begun.archive.pictures(at)?;
            let photo = &begun.archive.manifest().photos[at].photo;
            let key = keys::photo(begun.id, photo.id);
            writes.push(Write::Put(Table::Photos, key.clone(), json(photo)));
            writes.extend(pictures.copy.map(|jpeg| Write::Put(Table::Copies, key.clone(), jpeg)));
            writes.extend(pictures.thumbnail.map(|jpeg| Write::Put(Table::Thumbs, key, jpeg)));
            begun.progress.done += 1;
        }
        self.store.commit(writes).await?;
        self.emit(Event::Progressed { run: job.run, progress: begun.progress });
        Ok(Step::More)
    }

    /// Checks the file and its heads, and writes down what will be kept of it.
    async fn begin_opening(&mut self, file: &Incoming) -> Result<Begun, Failure> {
        let mut archive = Archive::open(self.source.open(file.file).await?)?;
        let spec = self.backbone.spec();
        let mut heads = Vec::new();
        for at in 0..archive.manifest().heads.len() {
            let bytes = archive.head(at)?;
            let view = archive.manifest().heads[at].view.clone();
            if head::file::read(&bytes, spec)?.classes.len() != view.classes.len() {
                return Err(Failure::DamagedProject { detail: "a head of other classes".to_owned() });
            }
            heads.push((view, bytes));
        }
        self.clear_leftovers().await?;
        let id = ProjectId(self.session()?.project.id.0 + 1);
        let photos: Vec<PhotoId> = archive.manifest().photos.iter().map(id_of).collect();
        let total = u32::try_from(photos.len()).unwrap_or(u32::MAX);
        let leftover = Leftover { photos };
        self.store.commit(vec![Write::Put(Table::Projects, keys::leftover(id), json(&leftover))]).await?;
        Ok(Begun { archive, id, heads, progress: Progress { total, ..Progress::default() } })
    }

    /// The one commit by which the new project is there and the old one is not.
    async fn change_project_for(&mut self, begun: &Begun) -> Result<(), Failure> {
        let Manifest { project, .. } = begun.archive.manifest();
        let project = Project { id: begun.id, steps: Steps::default(), ..project.clone() };
        let mut writes = vec![
            Write::Put(Table::Projects, keys::project(project.id), json(&project)),
            Write::Put(Table::Projects, keys::SETTINGS.to_owned(), json(&project.id)),
            Write::Delete(Table::Projects, keys::leftover(project.id)),
        ];
        for (view, file) in &begun.heads {
            let key = keys::head(project.id, view.id);
            writes.push(Write::Put(Table::Heads, key.clone(), json(view)));
            writes.push(Write::Put(Table::HeadFiles, key, file.clone()));
        }
        let old = self.session()?.project.id;
        for (key, _) in self.store.scan(Table::Journal, &keys::of_project(old)).await? {
            writes.push(Write::Delete(Table::Journal, key));
        }
        let session = self.session()?;
        writes.extend(session.end());
        self.store.commit(writes).await?;
        // What is in memory and not in the store yet is of the old project: it is not to be written any more.
        self.session = None;
        Ok(())
    }

    /// What was asked of the old project ends with it.
    fn drop_old_jobs(&mut self) {
        for mut job in std::mem::take(&mut self.background) {
            job.cancel();
            job.forget_files(&self.source);
            self.finish(job.run(), Outcome::Cancelled);
        }
    }
}

fn id_of(packed: &PackedPhoto) -> PhotoId {
    packed.photo.id
}

impl Session {
    /// The writes that end the project, but for its journal.
    fn end(&self) -> Vec<Write> {
        let photos = self.photos.keys().chain(self.trash.keys());
        let mut writes: Vec<Write> = photos.flat_map(|photo| purge(self.project.id, *photo)).collect();
        let heads = [self.project.active_head, self.project.made_head, self.project.instant_head];
        writes.extend(heads.into_iter().flatten().flat_map(|head| self.head_end(head)));
        writes.extend(self.features.end());
        writes.extend(history::forget(&mut self.project.clone()));
        writes.push(Write::Delete(Table::Projects, keys::project(self.project.id)));
        writes
    }
}
