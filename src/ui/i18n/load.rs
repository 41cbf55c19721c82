//! Getting the file of a language, and putting the page in it.

use super::{
    choice::{self, ENGLISH, Language},
    table::{self, Words},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Puts the page into the language that is wanted, before anything is drawn; false where its file did not arrive, and the
/// page is in English.
pub(in crate::ui) async fn start() -> bool {
    put(choice::wanted()).await
}

/// Puts the page into a language that was chosen by hand, and keeps the choice; false where its file did not arrive, and
/// nothing changes.
pub(in crate::ui) async fn choose(tag: &str) -> bool {
    let Some(language) = choice::of_tag(tag) else { return false };
    let is_here = put(language).await;
    if is_here {
        choice::keep(language);
    }
    is_here
}

async fn put(language: &'static Language) -> bool {
    let words = if language == ENGLISH { Some(Words::english()) } else { fetch(language).await };
    let is_here = words.is_some();
    if let Some(words) = words {
        table::set_now(words);
    }
    let now = table::now().language();
    if let Some(root) = document().document_element() {
        for (name, value) in [("lang", now.tag), ("dir", now.direction)] {
            let _ = root.set_attribute(name, value); // valid names
        }
    }
    is_here
}

async fn fetch(language: &'static Language) -> Option<Words> {
    let address = ["locales/", language.tag, ".json"].concat();
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    Words::read(language, &text)
}
