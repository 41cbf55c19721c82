//! Which runs are live and what was asked for them, and the requests that wait for a worker that has the project.

use crate::protocol::{Event, Request, RunId};
use std::collections::{BTreeMap, VecDeque};

/// Workers that a run may lose: one with the graphics chip and one without.
const MOST_LOST: u32 = 2;

#[derive(Debug, Default)]
pub(super) struct Runs {
    last: u32,
    live: BTreeMap<RunId, Live>,
    waiting: VecDeque<Request>,
}

/// A run that goes on.
#[derive(Debug)]
struct Live {
    /// What was asked, without the files that are done with: the next worker is asked the same.
    request: Request,
    /// Workers that died while they had it.
    lost: u32,
    cancelled: bool,
}

/// Runs of a dead worker that no other one goes on with.
#[derive(Debug, Default)]
pub(super) struct Lost {
    pub(super) failed: Vec<RunId>,
    pub(super) cancelled: Vec<RunId>,
    /// The opening of the project: the next worker opens it in a run of its own.
    pub(super) openings: Vec<RunId>,
}

impl Runs {
    pub(super) fn next(&mut self) -> RunId {
        self.last += 1;
        RunId(self.last)
    }

    pub(super) fn began(&mut self, request: &Request) {
        if let Some(run) = of_request(request) {
            self.live.insert(run, Live { request: request.clone(), lost: 0, cancelled: false });
        } else if let Request::Cancel { run } = request
            && let Some(live) = self.live.get_mut(run)
        {
            live.cancelled = true;
        }
    }

    pub(super) fn ended(&mut self, run: RunId) {
        self.live.remove(&run);
        self.waiting.retain(|request| of_request(request) != Some(run));
    }

    /// Something was told of a run: its files that this answers are done with.
    pub(super) fn told(&mut self, event: &Event) {
        let Some(live) = of_event(event).and_then(|run| self.live.get_mut(&run)) else { return };
        let (Request::Import { files, .. } | Request::Predict { files, .. }) = &mut live.request else { return };
        match event {
            Event::Predicted { file, .. } => files.retain(|incoming| incoming.file != *file),
            Event::LeftOut { path, .. } => files.retain(|incoming| incoming.path != *path),
            _ => {}
        }
    }

    pub(super) fn is_live(&self, run: RunId) -> bool {
        self.live.contains_key(&run)
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

    /// What a worker that died had been given waits for the next one, before everything else; but no run is tried for ever
    /// that every worker dies of.
    pub(super) fn rescue(&mut self) -> Lost {
        let waiting = self.waiting();
        let mut lost = Lost::default();
        // From the last to the first, each to the front.
        for (run, live) in self.live.iter_mut().rev().filter(|(run, _)| !waiting.contains(run)) {
            live.lost += 1;
            if matches!(live.request, Request::Open { .. }) {
                lost.openings.push(*run);
            } else if live.cancelled {
                lost.cancelled.push(*run);
            } else if live.lost > MOST_LOST {
                lost.failed.push(*run);
            } else {
                self.waiting.push_front(live.request.clone());
            }
        }
        lost
    }

    /// All live runs.
    pub(super) fn all(&self) -> Vec<RunId> {
        self.live.keys().copied().collect()
    }
}

/// The run that a request begins.
pub fn of_request(request: &Request) -> Option<RunId> {
    match request {
        Request::Open { run }
        | Request::Import { run, .. }
        | Request::Train { run }
        | Request::MeasureHeadStart { run }
        | Request::Predict { run, .. }
        | Request::Explain { run, .. }
        | Request::TestBorder { run }
        | Request::SaveProject { run }
        | Request::OpenProject { run, .. }
        | Request::OpenHead { run, .. } => Some(*run),
        _ => None,
    }
}

/// The run that an event belongs to.
pub(super) fn of_event(event: &Event) -> Option<RunId> {
    match event {
        Event::PhotoKept { run, .. }
        | Event::LeftOut { run, .. }
        | Event::Known { run, .. }
        | Event::Progressed { run, .. }
        | Event::TrainingStep { run, .. }
        | Event::Predicted { run, .. }
        | Event::Explained { run, .. }
        | Event::BorderTested { run, .. }
        | Event::ProjectPart { run }
        | Event::ProjectFile { run, .. }
        | Event::Finished { run, .. }
        | Event::Failed { run: Some(run), .. } => Some(*run),
        _ => None,
    }
}
