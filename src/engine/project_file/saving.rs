//! Writes the project out, as it was when that began: photos that are moved or removed meanwhile are in the file as before.

use crate::{
    archive::{self, Manifest, PackedHead, PackedPhoto, Packer},
    dataset::{Photo, Project},
    engine::{Engine, PhotoSource, Step, leftovers::AT_ONCE},
    head,
    protocol::{Event, Failure, Outcome, Progress, RunId},
    store::{Store, Table, keys},
};
use std::collections::VecDeque;

/// The file goes to the page in parts of about so many bytes, so that the worker never holds all of it.
const PART_BYTES: usize = 8 << 20;

/// A project on its way out.
pub(in crate::engine) struct Saving {
    pub(in crate::engine) run: RunId,
    begun: Option<Box<Begun>>,
    cancelled: bool,
}

struct Begun {
    project: Project,
    left: VecDeque<Photo>,
    packer: Packer,
    photos: Vec<PackedPhoto>,
    heads: Vec<PackedHead>,
    progress: Progress,
}

impl Saving {
    pub(in crate::engine) fn new(run: RunId) -> Self {
        Self { run, begun: None, cancelled: false }
    }

    pub(in crate::engine) fn cancel(&mut self) {
        self.cancelled = true;
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Some photos more.
    ///
    /// # Errors
    /// When the store fails.
    pub(in crate::engine) async fn step_saving(&mut self, job: &mut Saving) -> Result<Step, Failure> {
        if job.cancelled {
            return Ok(Step::End(Outcome::Cancelled));
        }
        let begun = match &mut job.begun {
            Some(begun) => begun,
            None => job.begun.insert(Box::new(self.begin_saving()?)),
        };
        for photo in begun.left.drain(..AT_ONCE.min(begun.left.len())) {
            let key = keys::photo(begun.project.id, photo.id);
            let copy = self.store.get(Table::Copies, &key).await?;
            let thumbnail = self.store.get(Table::Thumbs, &key).await?;
            begun.photos.push(PackedPhoto {
                copy_sha256: copy.map(|jpeg| begun.packer.copy(photo.id, &jpeg)),
                thumbnail_sha256: thumbnail.map(|jpeg| begun.packer.thumbnail(photo.id, &jpeg)),
                photo,
            });
            begun.progress.done += 1;
        }
        self.emit(Event::Progressed { run: job.run, progress: begun.progress });
        if !begun.left.is_empty() {
            if begun.packer.ready_bytes() >= PART_BYTES {
                (self.emit)(Event::ProjectPart { run: job.run }, Some(begun.packer.take()));
            }
            return Ok(Step::More);
        }
        if let Some(begun) = job.begun.take() {
            let Begun { project, photos, heads, packer, .. } = *begun;
            let name = archive::file_name(&project.name);
            let last = packer.finish(&Manifest::new(project, photos, heads));
            (self.emit)(Event::ProjectFile { run: job.run, name }, Some(last));
        }
        Ok(Step::End(Outcome::Done))
    }

    fn begin_saving(&mut self) -> Result<Begun, Failure> {
        let session = self.session()?;
        let mut packer = Packer::default();
        let mut heads = Vec::new();
        for kept in session.shelf.all() {
            let sha256 = packer.head(kept.view.id, &head::file::write(&kept.head));
            heads.push(PackedHead { view: kept.view.clone(), sha256 });
        }
        let left: VecDeque<Photo> = session.photos.values().cloned().collect();
        let total = u32::try_from(left.len()).unwrap_or(u32::MAX);
        let progress = Progress { total, ..Progress::default() };
        Ok(Begun { project: session.project_to_copy(), left, packer, photos: Vec::new(), heads, progress })
    }
}
