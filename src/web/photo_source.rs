//! The bytes of the files that a person handed over.

use crate::{
    engine::PhotoSource,
    protocol::{Failure, FileRef},
};
use js_sys::Uint8Array;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// The handles that came beside the requests. A clone is another handle on the same ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Handles(Rc<RefCell<HashMap<FileRef, File>>>);

impl Handles {
    /// Takes handles in.
    pub(super) fn add(&self, files: impl IntoIterator<Item = (FileRef, File)>) {
        self.0.borrow_mut().extend(files);
    }
}

impl PhotoSource for Handles {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size is a whole number below 2^53"
    )]
    fn size_bytes(&self, file: FileRef) -> Result<u64, Failure> {
        self.0.borrow().get(&file).map(|handle| handle.size() as u64).ok_or(Failure::UnreadableFile)
    }

    async fn bytes(&self, file: FileRef) -> Result<Vec<u8>, Failure> {
        let handle = self.0.borrow().get(&file).cloned().ok_or(Failure::UnreadableFile)?;
        // A file that was moved, or a cloud file that is not on the device, is refused here.
        let buffer = JsFuture::from(handle.array_buffer()).await.map_err(|_| Failure::UnreadableFile)?;
        Ok(Uint8Array::new(&buffer).to_vec())
    }

    fn forget(&self, file: FileRef) {
        self.0.borrow_mut().remove(&file);
    }
}
