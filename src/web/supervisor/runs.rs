//! Which runs are live, and the requests that wait for a worker that has the project.

use crate::protocol::{Event, Request, RunId};
use std::collections::{BTreeSet, VecDeque};

#[derive(Debug, Default)]
pub(super) struct Runs {
    last: u32,
    live: BTreeSet<RunId>,
    waiting: VecDeque<Request>,
}

impl Runs {
    pub(super) fn next(&mut self) -> RunId {
        self.last += 1;
        RunId(self.last)
    }

    pub(super) fn began(&mut self, request: &Request) {
        self.live.extend(of_request(request));
    }

    pub(super) fn ended(&mut self, run: RunId) {
        self.live.remove(&run);
        self.waiting.retain(|request| of_request(request) != Some(run));
    }

    pub(super) fn is_live(&self, run: RunId) -> bool {
        self.live.contains(&run)
    }

    /// Whether nothing runs or waits.
    pub(super) fn is_idle(&self) -> bool {
        self.live.is_empty() && self.waiting.is_empty()
    }

    pub(super) fn wait(&mut self, request: Request) {
        self.waiting.push_back(request);
    }

    pub(super) fn take_waiting(&mut self) -> impl Iterator<Item = Request> + use<> {
        std::mem::take(&mut self.waiting).into_iter()
    }

    /// The runs that wait.
    pub(super) fn waiting(&self) -> Vec<RunId> {
        self.waiting.iter().filter_map(of_request).collect()
    }

    /// The runs that a worker was given.
    pub(super) fn given(&self) -> Vec<RunId> {
        let waiting = self.waiting();
        self.live.iter().copied().filter(|run| !waiting.contains(run)).collect()
    }

    /// All live runs.
    pub(super) fn all(&self) -> Vec<RunId> {
        self.live.iter().copied().collect()
    }
}

/// The run that a request begins.
pub(super) fn of_request(request: &Request) -> Option<RunId> {
    match request {
        Request::Open { run }
        | Request::Import { run, .. }
        | Request::Train { run }
        | Request::MeasureHeadStart { run }
        | Request::Predict { run, .. }
        | Request::Explain { run, .. }
        | Request::TestBorder { run }
        | Request::OpenHead { run, .. } => Some(*run),
        _ => None,
    }
}

/// The run that an event belongs to.
pub(super) fn of_event(event: &Event) -> Option<RunId> {
    match event {
        Event::PhotoKept { run, .. }
        | Event::LeftOut { run, .. }
        | Event::Progressed { run, .. }
        | Event::TrainingStep { run, .. }
        | Event::Predicted { run, .. }
        | Event::Explained { run, .. }
        | Event::BorderTested { run, .. }
        | Event::Finished { run, .. }
        | Event::Failed { run: Some(run), .. } => Some(*run),
        _ => None,
    }
}
