//! What a zip is written into: only ever forward, and what is written is taken away bit by bit, so that it is never in memory
//! as a whole.

use std::{
    cell::RefCell,
    io::{self, Seek, SeekFrom, Write},
    rc::Rc,
};

/// A clone is another handle on the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Outgoing(Rc<RefCell<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    bytes: Vec<u8>,
    /// Bytes that were taken away.
    taken: u64,
}

impl Waiting {
    fn end(&self) -> u64 {
        self.taken + self.bytes.len() as u64
    }
}

impl Outgoing {
    /// How many bytes wait.
    pub(super) fn len(&self) -> usize {
        self.0.borrow().bytes.len()
    }

    /// Takes them away.
    pub(super) fn take(&self) -> Vec<u8> {
        let mut waiting = self.0.borrow_mut();
        waiting.taken = waiting.end();
        std::mem::take(&mut waiting.bytes)
    }
}

impl Write for Outgoing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells where it is, and goes nowhere else: entries come with their sizes and checksums, so nothing is ever mended.
impl Seek for Outgoing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.0.borrow().end();
        match to {
            SeekFrom::Start(at) if at == end => Ok(end),
            SeekFrom::End(0) | SeekFrom::Current(0) => Ok(end),
            _ => Err(io::ErrorKind::Unsupported.into()),
        }
    }
}
