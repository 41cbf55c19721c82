//! What the page shows of the engine: plain data, so that the page's state is tested natively.

use crate::protocol::{DeviceKind, Failure};

/// How the engine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineState {
    /// Whether it can work.
    pub phase: Phase,
    /// What it computes on, or will as soon as it has loaded.
    pub device: DeviceKind,
    /// What the person chose.
    pub choice: DeviceChoice,
    /// What is known of the graphics chip.
    pub gpu: GpuNote,
}

/// Whether the engine can work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// The worker and the weights are arriving.
    Loading {
        /// Bytes of weights so far.
        done_bytes: u64,
        /// All bytes of weights; 0 until known.
        total_bytes: u64,
    },
    /// It can work.
    Ready,
    /// It cannot work, and trying again has not helped.
    Failed(Failure),
    /// The worker is of another version than the page: the page must be loaded again.
    Reload,
    /// It was ended because everything it keeps is deleted.
    Closed,
    /// The worker died; a fresh one is on its way. Nothing saved is lost.
    Restarting {
        /// What the browser said.
        detail: String,
    },
}

/// What the person wants the engine to compute on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeviceChoice {
    /// The faster one.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// The graphics chip.
    WebGpu,
}

impl DeviceChoice {
    /// Its word in the address (`?device=`) and among the saved settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
        }
    }

    /// The choice that a word names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Auto, Self::Cpu, Self::WebGpu].into_iter().find(|choice| choice.word() == word)
    }
}

/// What is known of the graphics chip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GpuNote {
    /// Not asked yet, or still being tried.
    Unknown,
    /// The browser offers none.
    None,
    /// It works and is slower than the processor.
    Slower,
    /// Its answers are wrong, so it is not used.
    Wrong,
    /// It failed.
    Failed {
        /// What the browser said.
        detail: String,
    },
    /// The engine computes on it.
    InUse,
}
