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
    /// What was posted, has no run, and is not served yet.
    unserved: VecDeque<Request>,
    /// Workers that died while they had the first of these.
    first_lost: u32,
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
    /// Whether there is an edit that every worker dies of.
    pub(super) edit: bool,
}

impl Runs {
    pub(super) fn next(&mut self) -> RunId {
        self.last += 1;
        RunId(self.last)
    }

    pub(super) fn began(&mut self, request: &Request) {
        if let Some(run) = request.run() {
            self.live.insert(run, Live { request: request.clone(), lost: 0, cancelled: false });
        } else if let Request::Cancel { run } = request
            && let Some(live) = self.live.get_mut(run)
        {
            live.cancelled = true;
        }
    }

    pub(super) fn ended(&mut self, run: RunId) {
        self.live.remove(&run);
        self.waiting.retain(|request| request.run() != Some(run));
    }

    /// Something was told of a run: its files that this answers are done with.
    pub(super) fn told(&mut self, event: &Event) {
        let Some(live) = event.run().and_then(|run| self.live.get_mut(&run)) else { return };
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

    /// A request went to the worker that has the project.
    pub(super) fn posted(&mut self, request: &Request) {
        if request.is_served() {
            self.unserved.push_back(request.clone());
        }
    }

    /// The worker served the first of them.
    pub(super) fn served(&mut self) {
        self.unserved.pop_front();
        self.first_lost = 0;
    }

    /// What a worker that died had been posted, and a fresh one is to be posted before everything else.
    pub(super) fn unserved(&self) -> impl Iterator<Item = Request> + use<'_> {
        self.unserved.iter().cloned()
    }

    /// Nothing will be served any more.
    pub(super) fn give_up(&mut self) {
        self.unserved.clear();
    }

    /// The runs that wait.
    pub(super) fn waiting(&self) -> Vec<RunId> {
        self.waiting.iter().filter_map(Request::run).collect()
    }

    /// What a worker that died had been given waits for the next one, before everything else; but nothing is tried for ever
    /// that every worker dies of.
    pub(super) fn rescue(&mut self) -> Lost {
        let waiting = self.waiting();
        let mut lost = Lost::default();
        if !self.unserved.is_empty() {
            self.first_lost += 1;
            if self.first_lost > MOST_LOST {
                lost.edit = true;
                self.served();
            }
        }
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
