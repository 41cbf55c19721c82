//! The bytes of the files that a person handed over.

use super::{decoding, opened_file::OpenedFile, readers::Readers};
use crate::{
    engine::{
        PhotoSource, Seekable,
        reading::{Reading, Upright},
    },
    protocol::{Failure, FileRef},
};
use js_sys::Uint8Array;
use std::{
    cell::RefCell,
    collections::{HashMap, HashSet},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The handles that came beside the requests, and those that are still on their way. A clone is another handle on the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Handles(Rc<RefCell<Desk>>);

#[derive(Debug, Default)]
struct Desk {
    here: HashMap<FileRef, File>,
    coming: HashSet<FileRef>,
    waiting: Vec<Waker>,
}

impl Handles {
    /// A request names these; each handle comes with it or soon after.
    pub(super) fn expect(&self, files: impl IntoIterator<Item = FileRef>) {
        self.0.borrow_mut().coming.extend(files);
    }

    /// Takes handles in.
    pub(super) fn add(&self, files: impl IntoIterator<Item = (FileRef, File)>) {
        let waiting = {
            let mut desk = self.0.borrow_mut();
            for (name, file) in files {
                // A file that was forgotten meanwhile is not wanted any more.
                if desk.coming.remove(&name) {
                    desk.here.insert(name, file);
                }
            }
            std::mem::take(&mut desk.waiting)
        };
        waiting.into_iter().for_each(Waker::wake);
    }

    /// A file's handle, as soon as it is here; none for a file that nobody announced.
    async fn handle(&self, file: FileRef) -> Option<File> {
        poll_fn(|context| {
            let mut desk = self.0.borrow_mut();
            if let Some(handle) = desk.here.get(&file) {
                return Poll::Ready(Some(handle.clone()));
            }
            if !desk.coming.contains(&file) {
                return Poll::Ready(None);
            }
            desk.waiting.push(context.waker().clone());
            Poll::Pending
        })
        .await
    }
}

/// The files behind the handles, read by this worker or by those beside it.
pub(super) struct Files {
    pub(super) handles: Handles,
    pub(super) readers: Readers,
}

impl PhotoSource for Files {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size is a whole number below 2^53"
    )]
    async fn size_bytes(&self, file: FileRef) -> Result<u64, Failure> {
        self.handles.handle(file).await.map(|handle| handle.size() as u64).ok_or(Failure::UnreadableFile)
    }

    async fn bytes(&self, file: FileRef) -> Result<Vec<u8>, Failure> {
        let handle = self.handles.handle(file).await.ok_or(Failure::UnreadableFile)?;
        // A file that was moved, or a cloud file that is not on the device, is refused here.
        let buffer = JsFuture::from(handle.array_buffer()).await.map_err(|_| Failure::UnreadableFile)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    async fn open(&self, file: FileRef) -> Result<Box<dyn Seekable>, Failure> {
        let handle = self.handles.handle(file).await.ok_or(Failure::UnreadableFile)?;
        Ok(Box::new(OpenedFile::open(handle)?))
    }

    fn forget(&self, file: FileRef) {
        let mut desk = self.handles.0.borrow_mut();
        desk.here.remove(&file);
        desk.coming.remove(&file);
    }

    fn readers(&self) -> usize {
        self.readers.count()
    }

    fn read(&self, bytes: Vec<u8>) -> Reading {
        self.readers.read(bytes)
    }

    async fn upright(&self, bytes: Vec<u8>) -> Result<Upright, Failure> {
        decoding::upright(bytes).await
    }
}
