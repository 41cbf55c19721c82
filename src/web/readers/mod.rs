//! Reads photos beside the engine, in workers of their own: as many at once as there are processors.
//!
//! A reader is the engine's worker on the processor under another name. It decodes, makes the stored copy and computes the
//! pools; it never writes. Photos share nothing, so neither shared memory nor special headers are needed.

mod desk;
mod message;
mod serve;

pub(super) use desk::Readers;
pub(super) use serve::serve;

/// Names of a worker that reads: with a backbone, or for an engine that has it on the graphics chip.
pub(super) const READER: &str = "reader";
pub(super) const DECODER: &str = "decoder";

/// Most readers: each takes some 60 MB, and the store cannot keep up with more.
const MOST_READERS: usize = 4;
