//! The sentences of `locales/` in the language of the page.
//!
//! `build.rs` makes a constant or a type of every key, so that a missing one does not compile. What they stand for is in a
//! table: English comes with the page, the table of another language from its file, and there is only one at a time. When
//! the language changes the page is drawn anew, so no sentence has to follow it.

mod choice;
mod load;
mod number;
mod table;

pub(super) use choice::LANGUAGES;
pub(super) use load::{choose, start};
pub(super) use number::{date, day_and_time, format};
pub(super) use table::{Text, Value, Words};

/// The keys, as `build.rs` made code of them.
#[allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    non_camel_case_types,
    non_upper_case_globals,
    clippy::all,
    clippy::doc_markdown,
    unused_imports,
    reason = "generated from locales/en.json"
)]
pub(super) mod sentences {
    include!(concat!(env!("OUT_DIR"), "/sentences.rs"));
}

/// The sentences of the language that the page is in.
pub(super) fn use_i18n() -> Words {
    table::now()
}

/// A sentence as text. One with values is a type with a field for each, so that all of them have to be given.
macro_rules! t_string {
    ($words:expr, $group:ident . $key:ident $(,)?) => {
        $words.text($crate::ui::i18n::sentences::$group::$key)
    };
    ($words:expr, $group:ident . $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::ui::i18n::sentences::$group::$key { $($name: &$value),+ }.say($words)
    };
}
pub(super) use t_string;

/// A sentence as a part of the page; it may have words in bold.
macro_rules! t {
    ($words:expr, $group:ident . $key:ident) => {
        $crate::ui::i18n::t_string!($words, $group.$key)
    };
    ($words:expr, $group:ident . $key:ident, $($name:ident = $value:expr,)+ <b> = <b/>) => {
        $crate::ui::i18n::with_bold(&$crate::ui::i18n::t_string!($words, $group.$key, $($name = $value),+))
    };
}
pub(super) use t;

/// What stands between `<b>` and `</b>`, in bold.
pub(super) fn with_bold(text: &str) -> Vec<leptos::prelude::AnyView> {
    use leptos::prelude::*;
    let parts = text.split("<b>").flat_map(|part| part.split("</b>")).map(ToOwned::to_owned).enumerate();
    parts.map(|(at, part)| if at % 2 == 0 { part.into_any() } else { view! { <b>{part}</b> }.into_any() }).collect()
}
