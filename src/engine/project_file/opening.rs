//! Reads a project in. Its photos are kept beside the projects that are there; then, in one commit, it is one of them and the one
//! that is opened.

use crate::{
    archive::{Archive, Manifest},
    dataset::{Project, ProjectId, Steps},
    engine::{
        Engine, PhotoSource, Seekable, Step,
        leftovers::{AT_ONCE, arrival},
        session::json,
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
        self.without_leftovers(job.begun.is_some(), step).await
    }

    async fn go_on_opening(&mut self, job: &mut Opening) -> Result<Step, Failure> {
        let Some(begun) = &mut job.begun else {
            job.begun = Some(self.begin_opening(&job.file).await?);
            return Ok(Step::More);
        };
        let done = begun.progress.done as usize;
        let all = begun.archive.manifest().photos.len();
        if done == all {
            let Manifest { project, .. } = begun.archive.manifest();
            let project = Project { id: begun.id, steps: Steps::default(), trashed_ms: None, ..project.clone() };
            let writes = arrival(&project, begun.heads.drain(..));
            let step = self.arrive(job.run, project.id, writes).await?;
            self.source.forget(job.file.file);
            return Ok(step);
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
        let id = self.expect_project().await?;
        let total = u32::try_from(archive.manifest().photos.len()).unwrap_or(u32::MAX);
        Ok(Begun { archive, id, heads, progress: Progress { total, ..Progress::default() } })
    }
}
