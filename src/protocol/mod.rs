//! The whole contract between the page and the engine worker: what the page asks, what the engine tells.
//!
//! Messages carry ids, counts, settings and metrics, never pixels or tensors. A file is named by a [`FileRef`]; the bridge
//! carries the matching browser handles beside the message. The engine speaks codes, the page speaks words.

mod compared;
mod event;
mod failure;
mod gaze;
mod head;
mod judged;
mod learning;
mod mark;
mod news;
mod request;
mod tags;
mod tested;

pub use compared::{Compared, ComparedPhoto, HeadAnswer};
pub use event::{Event, Heads, Outcome, PhotoView, Progress, ProjectEntry, ProjectView, Ranked, Unfinished};
pub use failure::Failure;
pub use gaze::{BorderTest, BorderVerdict, Heat, Share};
pub use head::{ClassScore, CurvePoint, HeadClass, HeadOrigin, HeadView, InstantState, Score, ScoreProtocol};
pub use judged::{Finding, FindingKind, Flaw, Judged};
pub use learning::{LearningCurve, LinePoint, Missed, Outlook, SizePoint};
pub use mark::Mark;
pub use news::News;
pub use request::{Destination, Incoming, Request};
pub use tags::{TagReport, TagScore};
pub use tested::{TestJudged, TestReport};

use serde::{Deserialize, Serialize};

/// Counted up whenever a message changes; a page and a worker of different versions ask for a reload.
pub const PROTOCOL_VERSION: u32 = 9;

/// A file whose handle travels beside the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, PartialOrd, Ord)]
pub struct FileRef(pub u32);

/// A long job: one import, one training, one batch of predictions. Given by the page; events of old runs are dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub u32);

/// What computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceKind {
    /// Burn's `flex` backend: the processor, with SIMD.
    Cpu,
    /// Burn's wgpu backend: the graphics chip through WebGPU.
    WebGpu,
}
