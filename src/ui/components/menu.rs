//! How a menu is used by keys: arrows go round its items, Escape closes it, and so does the focus when it leaves.

use crate::ui::browser::focus_soon;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// A key within a menu; `button` is the id of what opens it.
pub(in crate::ui) fn menu_key(event: &ev::KeyboardEvent, open: RwSignal<bool>, button: &str) {
    if !open.get_untracked() {
        return;
    }
    let items = items(event);
    let focused = document().active_element();
    let at = items.iter().position(|item| focused.as_ref() == Some(item.as_ref()));
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", at) => at.map_or(0, |at| at + 1),
        ("ArrowUp", at) => at.unwrap_or(0) + items.len().saturating_sub(1),
        ("Home", _) => 0,
        ("End", _) => items.len().saturating_sub(1),
        ("Escape", _) => {
            open.set(false);
            return focus_soon(button);
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(item) = items.get(next % items.len().max(1)) {
        let _ = item.focus(); // a button always takes it
    }
}

/// Closes a menu when the focus leaves it.
pub(in crate::ui) fn close_behind(event: &ev::FocusEvent, open: RwSignal<bool>) {
    let to = event.related_target().and_then(|target| target.dyn_into::<Element>().ok());
    let menu = event.current_target().and_then(|menu| menu.dyn_into::<Element>().ok());
    if !menu.is_some_and(|menu| menu.contains(to.as_deref())) {
        open.set(false);
    }
}

fn items(event: &ev::KeyboardEvent) -> Vec<HtmlElement> {
    let menu = event.current_target().and_then(|menu| menu.dyn_into::<Element>().ok());
    let found = menu.and_then(|menu| menu.query_selector_all("[role^='menuitem']").ok());
    let all = found.iter().flat_map(|found| (0..found.length()).filter_map(|at| found.item(at)));
    all.filter_map(|item| item.dyn_into().ok()).collect()
}
