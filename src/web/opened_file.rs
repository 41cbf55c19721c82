//! A file of a person's that is read bit by bit, at any place. Workers alone can read without waiting.

use crate::protocol::Failure;
use js_sys::{ArrayBuffer, Uint8Array};
use std::io::{self, Read, Seek, SeekFrom};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File};

// web-sys would have it by a feature that rebuilds everything.
#[wasm_bindgen]
extern "C" {
    type FileReaderSync;

    #[wasm_bindgen(constructor)]
    fn new() -> FileReaderSync;

    #[wasm_bindgen(method, catch, js_name = readAsArrayBuffer)]
    fn read_as_array_buffer(this: &FileReaderSync, part: &Blob) -> Result<ArrayBuffer, JsValue>;
}

/// Bytes that are read at once. They stay: a zip is read back and forth over short ways.
const AT_ONCE: u64 = 256 << 10;

/// The file, and the part of it that is in memory.
pub(super) struct OpenedFile {
    file: File,
    reader: FileReaderSync,
    size: u64,
    at: u64,
    part: Vec<u8>,
    part_at: u64,
}

impl OpenedFile {
    /// Opens a file.
    ///
    /// # Errors
    /// [`Failure::UnreadableFile`] when it was moved meanwhile.
    pub(super) fn open(file: File) -> Result<Self, Failure> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 2^53")]
        let size = file.size() as u64;
        let mut opened = Self { file, reader: FileReaderSync::new(), size, at: 0, part: Vec::new(), part_at: 0 };
        opened.fetch().map_err(|_| Failure::UnreadableFile)?;
        Ok(opened)
    }

    /// Reads the part that begins here.
    fn fetch(&mut self) -> io::Result<()> {
        #[allow(clippy::cast_precision_loss, reason = "sizes of files are below 2^53")]
        let (from, to) = (self.at as f64, (self.at + AT_ONCE).min(self.size) as f64);
        let refused = |_| io::Error::other("the browser could not read the file");
        let part = self.file.slice_with_f64_and_f64(from, to).map_err(refused)?;
        let bytes = self.reader.read_as_array_buffer(&part).map_err(refused)?;
        self.part = Uint8Array::new(&bytes).to_vec();
        self.part_at = self.at;
        Ok(())
    }

    /// What is in memory from here on.
    fn here(&self) -> &[u8] {
        let skipped = self.at.checked_sub(self.part_at).and_then(|skipped| usize::try_from(skipped).ok());
        skipped.and_then(|skipped| self.part.get(skipped..)).unwrap_or_default()
    }
}

impl Read for OpenedFile {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size || into.is_empty() {
            return Ok(0);
        }
        if self.here().is_empty() {
            self.fetch()?;
        }
        let here = self.here();
        let count = here.len().min(into.len());
        into[..count].copy_from_slice(&here[..count]);
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for OpenedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
