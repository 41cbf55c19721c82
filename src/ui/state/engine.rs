//! The engine as the badge in the top bar says it.

use super::{JobKind, Jobs};
use crate::web::{EngineState, Phase};

/// What the badge says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Badge {
    /// The network is on its way.
    Loading {
        /// Bytes so far.
        done_bytes: u64,
        /// All bytes; 0 until known.
        total_bytes: u64,
    },
    /// Another tab holds the project.
    Elsewhere,
    /// Nothing to do.
    Ready,
    /// Reads photos, or a project.
    Reading,
    /// Trains.
    Training,
    /// Answers photos, or opens a head.
    Answering,
    /// Writes the project out, or copies it.
    Saving,
    /// It cannot work.
    Failed,
}

impl Badge {
    pub(super) fn of(engine: Option<&EngineState>, opened: bool, elsewhere: bool, jobs: &Jobs) -> Self {
        let loading = match engine.map(|engine| &engine.phase) {
            Some(Phase::Failed(_) | Phase::Reload | Phase::Closed) => return Self::Failed,
            Some(Phase::Loading { done_bytes, total_bytes }) => Some((*done_bytes, *total_bytes)),
            Some(Phase::Restarting { .. }) | None => Some((0, 0)),
            Some(Phase::Ready) => None,
        };
        if elsewhere {
            return Self::Elsewhere;
        }
        // Work that was accepted counts from that moment on, also while the network is still on its way.
        if jobs.has(JobKind::Train) {
            return Self::Training;
        }
        if [JobKind::Read, JobKind::OpenProject, JobKind::Change].into_iter().any(|kind| jobs.has(kind)) {
            return Self::Reading;
        }
        if jobs.has(JobKind::SaveProject) || jobs.has(JobKind::Duplicate) {
            return Self::Saving;
        }
        if !jobs.is_empty() {
            return Self::Answering;
        }
        match loading {
            Some((done_bytes, total_bytes)) => Self::Loading { done_bytes, total_bytes },
            None if opened => Self::Ready,
            None => Self::Loading { done_bytes: 0, total_bytes: 0 },
        }
    }

    /// The state that scripts read.
    pub fn code(self) -> &'static str {
        match self {
            Self::Loading { .. } | Self::Elsewhere => "loading",
            Self::Ready => "ready",
            Self::Reading | Self::Training | Self::Answering | Self::Saving => "busy",
            Self::Failed => "failed",
        }
    }
}
