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

/// What `use_i18n` gives.
pub(super) type Words = leptos_i18n::I18nContext<Locale>;
