//! Requests that arrived and are not served yet. Messages come in at any time; the engine takes them between its steps.

use crate::protocol::Request;
use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    task::{Poll, Waker},
};

/// The requests that wait, and whoever waits for one.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    requests: RefCell<VecDeque<Request>>,
    waiting: RefCell<Option<Waker>>,
}

impl Inbox {
    /// Lays a request down.
    pub(super) fn push(&self, request: Request) {
        self.requests.borrow_mut().push_back(request);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }

    /// The oldest request, if there is one.
    pub(super) fn take(&self) -> Option<Request> {
        self.requests.borrow_mut().pop_front()
    }

    /// The oldest request, as soon as there is one.
    pub(super) async fn wait(&self) -> Request {
        poll_fn(|context| {
            if let Some(request) = self.take() {
                return Poll::Ready(request);
            }
            self.waiting.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await
    }
}
