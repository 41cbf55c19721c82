//! Which language: the one chosen by hand, otherwise the first of the browser's that there is.

use gloo::storage::{LocalStorage, Storage};
use leptos::prelude::*;

const KEY: &str = "headstart.language";

/// A language of the page.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::ui) struct Language {
    /// What `lang` says, and the name of its file.
    pub(in crate::ui) tag: &'static str,
    /// What its speakers call it.
    pub(in crate::ui) name: &'static str,
    /// What `dir` says.
    pub(super) direction: &'static str,
}

/// English first: it is in the page.
pub(in crate::ui) static LANGUAGES: [Language; 4] = [
    Language { tag: "en", name: "English", direction: "ltr" },
    Language { tag: "de", name: "Deutsch", direction: "ltr" },
    Language { tag: "es", name: "Español", direction: "ltr" },
    Language { tag: "ar", name: "العربية", direction: "rtl" },
];

pub(super) static ENGLISH: &Language = &LANGUAGES[0];

/// The language that a tag such as "de-AT" is of.
pub(super) fn of_tag(tag: &str) -> Option<&'static Language> {
    let primary = tag.split('-').next().unwrap_or(tag);
    LANGUAGES.iter().find(|language| language.tag.eq_ignore_ascii_case(primary))
}

/// The one to start with.
pub(super) fn wanted() -> &'static Language {
    let kept = LocalStorage::get::<String>(KEY).ok();
    let browser = window().navigator().languages().into_iter().filter_map(|tag| tag.as_string());
    kept.into_iter().chain(browser).find_map(|tag| of_tag(&tag)).unwrap_or(ENGLISH)
}

/// Keeps a choice that was made by hand.
pub(super) fn keep(language: &Language) {
    // A window that keeps nothing has the language as long as it is open.
    let _ = LocalStorage::set(KEY, language.tag);
}
