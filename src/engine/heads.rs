//! Heads: kept in the store as the very file that is shared, written out, and read in.

use super::{
    Engine, PhotoSource,
    session::{ActiveHead, json, parse},
};
use crate::{
    dataset::HeadId,
    head::{self, Head},
    protocol::{CurvePoint, Event, Failure, HeadOrigin, HeadView, Incoming},
    store::{Store, Table, Write, keys},
};

/// The most bytes a head file may have, checked before it is read.
const HEAD_LIMIT_BYTES: u64 = head::file::LIMIT_BYTES as u64;

/// A head that was just made or read.
pub(super) struct NewHead {
    pub(super) head: Head,
    pub(super) origin: HeadOrigin,
    pub(super) curve: Vec<CurvePoint>,
    pub(super) kept_step: u32,
    pub(super) trained_ms: u32,
    pub(super) cancelled: bool,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Reads the head that was active when the project was last open.
    ///
    /// # Errors
    /// When it was made for another backbone or is damaged; the project itself is open all the same.
    pub(super) async fn load_active_head(&mut self) -> Result<(), Failure> {
        let spec = self.backbone.spec();
        let session = self.session.as_mut().expect("called with an open project");
        let Some(id) = session.project.active_head else { return Ok(()) };
        let key = keys::head(session.project.id, id);
        let record = self.store.get(Table::Heads, &key).await?;
        let file = self.store.get(Table::HeadFiles, &key).await?;
        if let (Some(record), Some(file)) = (record, file) {
            let view: HeadView = parse(&record)?;
            let head = head::file::read(&file, spec)?;
            session.head = Some(ActiveHead { head, view });
        }
        Ok(())
    }

    /// Keeps a head in one commit and makes it the one that answers.
    pub(super) async fn keep_head(&mut self, new: NewHead) -> Result<(), Failure> {
        let file = head::file::write(&new.head);
        let session = self.session.as_mut().ok_or_else(super::no_project)?;
        let before = session.project.clone();
        let id = HeadId(session.project.next_head);
        session.project.next_head += 1;
        session.project.active_head = Some(id);
        let view = HeadView {
            id,
            origin: new.origin,
            classes: new.head.classes.clone(),
            score: new.head.score.clone(),
            dim: u32::try_from(new.head.transform.dim()).expect("a feature is short"),
            file_bytes: file.len() as u64,
            created: new.head.created.clone(),
            method: new.head.method.kind.clone(),
            curve: new.curve,
            kept_step: new.kept_step,
            trained_ms: new.trained_ms,
            cancelled: new.cancelled,
        };
        let key = keys::head(session.project.id, id);
        let mut writes = session.project_writes();
        writes.push(Write::Put(Table::Heads, key.clone(), json(&view)));
        writes.push(Write::Put(Table::HeadFiles, key, file));
        if let Err(error) = self.store.commit(writes).await {
            session.project = before;
            return Err(error.into());
        }
        session.head = Some(ActiveHead { head: new.head, view: view.clone() });
        self.emit(Event::HeadChanged { head: view });
        Ok(())
    }

    /// A class of the project has a new name: the head that was trained on it answers with that name.
    pub(super) async fn rename_in_head(&mut self, old: &str, new: &str) -> Result<(), Failure> {
        let session = self.session.as_mut().ok_or_else(super::no_project)?;
        let Some(active) = &mut session.head else { return Ok(()) };
        let known = active.head.classes.iter().any(|class| class.name == old);
        if active.view.origin != HeadOrigin::Trained || !known {
            return Ok(());
        }
        for class in active.head.classes.iter_mut().chain(&mut active.view.classes) {
            if class.name == old {
                new.clone_into(&mut class.name);
            }
        }
        let file = head::file::write(&active.head);
        active.view.file_bytes = file.len() as u64;
        let key = keys::head(session.project.id, active.view.id);
        let view = active.view.clone();
        let writes = vec![Write::Put(Table::Heads, key.clone(), json(&view)), Write::Put(Table::HeadFiles, key, file)];
        self.store.commit(writes).await?;
        self.emit(Event::HeadChanged { head: view });
        Ok(())
    }

    /// Hands the active head over as a file.
    pub(super) async fn export_head(&mut self) -> Result<(), Failure> {
        let session = self.session()?;
        let active = session.head.as_ref().ok_or(Failure::NoHead)?;
        let bytes = head::file::write(&active.head);
        let name = head::file::name_for(&session.project.name);
        (self.emit)(Event::HeadFile { name }, Some(bytes));
        Ok(())
    }

    /// Reads a head file and makes it the one that answers. A file that is refused changes nothing.
    pub(super) async fn open_head(&mut self, incoming: &Incoming) -> Result<(), Failure> {
        let size_bytes = self.source.size_bytes(incoming.file).await?;
        if size_bytes > HEAD_LIMIT_BYTES {
            return Err(Failure::NotAHead { detail: format!("{size_bytes} bytes") });
        }
        let bytes = self.source.bytes(incoming.file).await?;
        let head = head::file::read(&bytes, self.backbone.spec())?;
        self.keep_head(NewHead {
            head,
            origin: HeadOrigin::Opened,
            curve: Vec::new(),
            kept_step: 0,
            trained_ms: 0,
            cancelled: false,
        })
        .await
    }
}
