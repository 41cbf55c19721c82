//! The keys of a grid of photos: arrows go from photo to photo, all are chosen at once, or none.

use super::sight;
use crate::{
    dataset::PhotoId,
    ui::{browser::element, live::Memo},
};
use leptos::{ev, prelude::*};
use std::collections::BTreeSet;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A key that was pressed within a grid.
pub(super) fn key(event: &ev::KeyboardEvent, ids: &Memo<Vec<PhotoId>>, chosen: RwSignal<BTreeSet<PhotoId>>) {
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && key.eq_ignore_ascii_case("a") {
        event.prevent_default();
        return chosen.set(ids.with_untracked(|ids| ids.iter().copied().collect()));
    }
    if key == "Escape" {
        return chosen.set(BTreeSet::new());
    }
    let Some(tile) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(photo) = tile.id().strip_prefix("photo-").and_then(|id| id.parse().ok()).map(PhotoId) else { return };
    let columns = || sight::columns(&tile).unwrap_or(1);
    let to = ids.with_untracked(|ids| {
        let at = ids.binary_search(&photo).ok()?;
        let to = match key.as_str() {
            "ArrowRight" => at.checked_add(1),
            "ArrowLeft" => at.checked_sub(1),
            "ArrowDown" => at.checked_add(columns()),
            "ArrowUp" => at.checked_sub(columns()),
            _ => None,
        };
        ids.get(to?).copied()
    });
    // One that is not drawn is below the fold of a class that is not shown whole.
    if let Some(tile) = to.and_then(|to| element(&format!("photo-{}", to.0))) {
        event.prevent_default();
        let _ = tile.focus(); // a button always takes it
    }
}
