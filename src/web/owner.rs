//! Whose the project is. The worker that has it tells other tabs when it changed; one that waits for it shows what it is now.

use super::{
    inbox::Inbox,
    lock::ProjectLock,
    tabs::{Tabs, Word},
};
use crate::{
    engine::{Engine, PhotoSource},
    protocol::Event,
    store::Store,
};
use gloo::timers::callback::Timeout;
use std::{cell::Cell, rc::Rc};

/// A lock that a worker just let go of takes a moment to be free; only what lasts longer is another tab.
const ELSEWHERE_AFTER_MS: u32 = 500;

/// The others read the whole project again: not for every photo, but so often that it looks alive.
const TELL_WITHIN_MS: u32 = 400;

/// What a worker that waits gets to know.
#[derive(Debug, PartialEq, Eq)]
enum News {
    /// The project is this worker's.
    Ours,
    /// It is another tab's.
    Elsewhere,
    /// It has changed there.
    Changed,
}

/// The project's lock, and the words about it.
pub(super) struct Owner {
    lock: ProjectLock,
    tabs: Tabs,
    news: Rc<Inbox<News>>,
    /// Whether the others are about to be told.
    telling: Cell<bool>,
}

impl Owner {
    pub(super) fn join() -> Rc<Self> {
        let news = Rc::new(Inbox::default());
        let heard = news.clone();
        let tabs = Tabs::join(move |word| {
            // Nobody waits while nothing is to be waited for, and one look is enough for all.
            if word == Word::Changed && heard.is_empty() {
                heard.push(News::Changed);
            }
        });
        Rc::new(Self { lock: ProjectLock::default(), tabs, news, telling: Cell::default() })
    }

    /// Comes back when the project is this worker's. Until then the page sees it as the other tab leaves it.
    pub(super) async fn wait<S: Store, P: PhotoSource>(self: &Rc<Self>, engine: &Engine<S, P>, send: fn(Event)) {
        let waiting = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            waiting.lock.take().await;
            waiting.news.push(News::Ours);
        });
        let elsewhere = self.news.clone();
        let _timer = Timeout::new(ELSEWHERE_AFTER_MS, move || elsewhere.push(News::Elsewhere));
        let mut shown = false;
        loop {
            match self.news.wait().await {
                News::Ours => return,
                News::Elsewhere => {
                    shown = true;
                    send(Event::OpenElsewhere);
                }
                News::Changed => {}
            }
            // One look is enough for all words that came meanwhile.
            if shown && self.news.is_empty() {
                match engine.look().await {
                    Ok(seen) => send(seen),
                    // There is a next time, and the other tab has its own words for what is wrong with the store.
                    Err(failure) => web_sys::console::warn_1(&format!("the project cannot be seen: {failure}").into()),
                }
            }
        }
    }

    /// Follows what the engine tells its page.
    pub(super) fn told(self: &Rc<Self>, event: &Event) {
        if *event == Event::Released {
            self.lock.release();
        } else if changes_project(event) && !self.telling.replace(true) {
            let owner = self.clone();
            let tell = move || {
                owner.telling.set(false);
                owner.tabs.tell(Word::Changed);
            };
            Timeout::new(TELL_WITHIN_MS, tell).forget();
        }
    }
}

/// Whether the project in the store is another one after what an event tells.
fn changes_project(event: &Event) -> bool {
    matches!(
        event,
        Event::Opened { .. }
            | Event::Classes { .. }
            | Event::ProjectRenamed { .. }
            | Event::PhotoKept { .. }
            | Event::PhotosPlaced { .. }
            | Event::PhotosGone { .. }
            | Event::Heads(_)
    )
}
