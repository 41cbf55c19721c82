//! Whether a worker gets on: what it answers when the page asks.

use std::cell::Cell;

/// Where a worker stands in its work.
#[derive(Debug, Default)]
pub(super) struct Pulse {
    steps: Cell<u32>,
    working: Cell<bool>,
}

impl Pulse {
    /// Does one step of the work.
    pub(super) async fn step<T>(&self, work: impl Future<Output = T>) -> T {
        self.working.set(true);
        let done = work.await;
        self.working.set(false);
        self.steps.set(self.steps.get().wrapping_add(1));
        done
    }

    /// The step that it is in; none where it waits for something to do.
    pub(super) fn now(&self) -> Option<u32> {
        self.working.get().then(|| self.steps.get())
    }
}
