//! The page's own keys: what they do, the list of them, and changing them.

mod dialog;

pub(super) use dialog::{KeysButton, KeysDialog, show_keys};

use super::{
    browser::is_shortcut,
    live::{live, part},
    state::{Command, Keys},
};
use gloo::storage::{LocalStorage, Storage};
use leptos::{ev, prelude::*};

const KEY: &str = "headstart.keys";

/// The keys as they are set in this browser; copying it copies none.
#[derive(Clone, Copy)]
pub(super) struct Shortcuts {
    keys: RwSignal<Keys>,
}

impl Shortcuts {
    /// Provides them to all panels.
    pub(super) fn provide() {
        let kept = LocalStorage::get::<String>(KEY).map_or_else(|_| Keys::default(), |text| Keys::of_text(&text));
        provide_context(Self { keys: RwSignal::new(kept) });
    }

    /// The keys, within a panel.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Whether letters do anything.
    pub(super) fn are_on(self) -> bool {
        self.keys.with(|keys| keys.on)
    }

    /// What a key asks for.
    pub(super) fn command(self, event: &ev::KeyboardEvent) -> Option<Command> {
        self.keys.with_untracked(|keys| keys.command(&event.key())).filter(|_| is_shortcut(event))
    }

    fn change(self, change: impl FnOnce(&mut Keys)) {
        self.keys.update(change);
        // A browser that keeps nothing has them until the page is closed.
        let _ = self.keys.with_untracked(|keys| LocalStorage::set(KEY, keys.to_text()));
    }
}

/// The letter of a command on a key; nothing while letters are off.
#[component]
pub(super) fn Hint(command: Command, #[prop(default = "kbd")] class: &'static str) -> impl IntoView {
    let keys = Shortcuts::get().keys;
    let hint = live(move || keys.with(|keys| keys.hint(command)));
    part(move || hint.get().map(|letter| view! { <kbd class=class aria-hidden="true">{letter}</kbd> }))
}
