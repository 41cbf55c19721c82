//! The sentences of `locales/`, as `build.rs` made code of them; a key that is missing there does not compile.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    clippy::all,
    clippy::doc_markdown,
    clippy::use_self,
    reason = "generated from locales/ by leptos_i18n"
)]

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
pub(super) use i18n::*;

/// A sentence that follows the language. One without values is made of the code that all of them share; Leptos would make
/// its code for following anew for each.
macro_rules! t {
    ($words:expr, $group:ident . $key:ident) => {{
        let words = $words;
        $crate::ui::live::live(move || $crate::ui::i18n::t_string!(words, $group.$key))
    }};
    ($words:expr, $($sentence:tt)+) => { $crate::ui::i18n::i18n::t!($words, $($sentence)+) };
}
pub(super) use t;

/// What `use_i18n` gives.
pub(super) type Words = leptos_i18n::I18nContext<Locale>;
