//! Light, dark, or as the system says; kept in this browser.

use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

const KEY: &str = "headstart.theme";

/// The colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// As it was chosen last.
    pub(super) fn kept() -> Self {
        match LocalStorage::get::<String>(KEY).as_deref() {
            Ok("light") => Self::Light,
            Ok("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// The next one of the round light, dark, system.
    pub(super) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// Shows it.
    pub(super) fn apply(self) {
        let Some(root) = document().document_element() else { return };
        // Neither fails for a name without blanks.
        let _ = match self.word() {
            Some(word) => root.set_attribute("data-theme", word),
            None => root.remove_attribute("data-theme"),
        };
    }

    /// Keeps it for the next visit; a browser that keeps nothing shows it until the page is closed.
    pub(super) fn keep(self) {
        match self.word() {
            Some(word) => drop(LocalStorage::set(KEY, word)),
            None => LocalStorage::delete(KEY),
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}
