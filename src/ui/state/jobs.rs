//! What is going on: every run that the page asked for and that has not finished, with its progress and the time it takes.

use crate::protocol::{Progress, RunId};

/// How much the newest measurement of speed counts; the rest is what was known before.
const NEWEST_COUNTS: f64 = 0.25;
/// Before this many photos an estimate would jump about.
const PHOTOS_BEFORE_ESTIMATE: u32 = 3;

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Reads photos into the project.
    Read,
    /// Trains a head.
    Train,
    /// Answers photos.
    Predict,
    /// Opens a head file.
    OpenHead,
    /// Writes the project out as a file.
    SaveProject,
    /// Reads a project file.
    OpenProject,
    /// Copies the project.
    Duplicate,
    /// Changes to another project.
    Change,
    /// Tests for background shortcuts.
    Border,
    /// Lets two heads answer the same photos.
    Compare,
    /// Measures what the network's knowledge is worth.
    HeadStart,
}

/// A time that is left, in words that do not pretend to be exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeLeft {
    /// Under five seconds.
    Moments,
    /// About so many seconds, in steps of five above ten.
    Seconds(u32),
    /// About so many minutes.
    Minutes(u32),
}

impl TimeLeft {
    /// Rounds seconds to words.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "seconds left are positive and far below 2^32"
    )]
    pub fn of_seconds(seconds: f64) -> Self {
        if seconds < 5.0 {
            Self::Moments
        } else if seconds < 10.0 {
            Self::Seconds(seconds.round() as u32)
        } else if seconds < 90.0 {
            Self::Seconds((seconds / 5.0).round() as u32 * 5)
        } else {
            Self::Minutes((seconds / 60.0).round() as u32)
        }
    }
}

/// One run.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Which one.
    pub run: RunId,
    /// What it does.
    pub kind: JobKind,
    /// How far it is.
    pub progress: Progress,
    /// Photos a millisecond, smoothed; none before the first measurement.
    rate: Option<f64>,
    /// When `progress.done` last changed.
    last_ms: f64,
}

impl Job {
    /// Seconds until it is through, where that can be told.
    pub fn seconds_left(&self) -> Option<f64> {
        let rate = self.rate.filter(|rate| *rate > 0.0 && self.progress.done >= PHOTOS_BEFORE_ESTIMATE)?;
        Some(f64::from(self.progress.total.saturating_sub(self.progress.done)) / rate / 1000.0)
    }
}

/// All runs that have not finished, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Jobs {
    current: Vec<Job>,
    /// Times that files were handed over whose list is still being read.
    arriving: u32,
    /// What runs of reading did that have finished since nothing was read: the bar must not jump back when one of them ends.
    past_reads: Progress,
}

impl Jobs {
    /// The page asked for a run.
    pub fn begin(&mut self, run: RunId, kind: JobKind, total: u32, now_ms: f64) {
        if kind == JobKind::Read && !self.has(kind) {
            self.past_reads = Progress::default();
        }
        let progress = Progress { done: 0, total, failed: 0 };
        self.current.push(Job { run, kind, progress, rate: None, last_ms: now_ms });
    }

    /// Whether a run has not finished.
    pub fn is_current(&self, run: RunId) -> bool {
        self.current.iter().any(|job| job.run == run)
    }

    /// Whether there is nothing to wait for.
    pub fn is_empty(&self) -> bool {
        self.current.is_empty() && self.arriving == 0
    }

    /// Files were handed over; the browser is still telling which.
    pub fn files_arriving(&mut self) {
        self.arriving += 1;
    }

    /// All of them are told.
    pub fn files_arrived(&mut self) {
        self.arriving = self.arriving.saturating_sub(1);
    }

    /// Whether a run of that kind has not finished.
    pub fn has(&self, kind: JobKind) -> bool {
        self.of(kind).next().is_some()
    }

    /// The runs of that kind, the oldest first.
    pub fn of(&self, kind: JobKind) -> impl Iterator<Item = &Job> {
        self.current.iter().filter(move |job| job.kind == kind)
    }

    /// All runs of a kind taken together.
    pub fn sum(&self, kind: JobKind) -> Progress {
        let past = if kind == JobKind::Read { self.past_reads } else { Progress::default() };
        self.of(kind).fold(past, |sum, job| add(sum, job.progress))
    }

    /// The time that all runs of a kind need at the speed of the one that is being worked at.
    pub fn time_left(&self, kind: JobKind) -> Option<TimeLeft> {
        let rate = self.of(kind).find_map(|job| job.seconds_left().and(job.rate))?;
        let sum = self.sum(kind);
        Some(TimeLeft::of_seconds(f64::from(sum.total.saturating_sub(sum.done)) / rate / 1000.0))
    }

    pub(super) fn progress(&mut self, run: RunId, progress: Progress, now_ms: f64) {
        let Some(job) = self.current.iter_mut().find(|job| job.run == run) else { return };
        let new = progress.done.saturating_sub(job.progress.done);
        job.progress = progress;
        let took_ms = now_ms - job.last_ms;
        // Several photos of one batch arrive in the same millisecond: they are measured together with the next.
        if new > 0 && took_ms > 0.0 {
            let rate = f64::from(new) / took_ms;
            job.rate = Some(job.rate.map_or(rate, |before| before + NEWEST_COUNTS * (rate - before)));
            job.last_ms = now_ms;
        }
    }

    pub(super) fn end(&mut self, run: RunId) {
        if let Some(job) = self.current.iter().find(|job| job.run == run && job.kind == JobKind::Read) {
            self.past_reads = add(self.past_reads, job.progress);
        }
        self.current.retain(|job| job.run != run);
    }
}

fn add(a: Progress, b: Progress) -> Progress {
    Progress { done: a.done + b.done, total: a.total + b.total, failed: a.failed + b.failed }
}
