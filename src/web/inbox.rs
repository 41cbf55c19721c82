//! What arrived and is not served yet. Messages come in at any time; a worker takes them between its steps.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    task::{Poll, Waker},
};

/// What waits, and whoever waits for it.
#[derive(Debug)]
pub(super) struct Inbox<T> {
    arrived: RefCell<VecDeque<T>>,
    waiting: RefCell<Option<Waker>>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self { arrived: RefCell::default(), waiting: RefCell::default() }
    }
}

impl<T> Inbox<T> {
    /// Lays something down.
    pub(super) fn push(&self, message: T) {
        self.arrived.borrow_mut().push_back(message);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }

    /// The oldest message, if there is one.
    pub(super) fn take(&self) -> Option<T> {
        self.arrived.borrow_mut().pop_front()
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.arrived.borrow().is_empty()
    }

    /// The oldest message, as soon as there is one.
    pub(super) async fn wait(&self) -> T {
        poll_fn(|context| {
            if let Some(message) = self.take() {
                return Poll::Ready(message);
            }
            self.waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }
}
