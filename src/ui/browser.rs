//! Small things asked of the browser.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};

/// Milliseconds since the page was loaded; only goes forward.
pub(super) fn now_ms() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Moves the focus to the element of that id, once it is on the page.
pub(super) fn focus_soon(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(&id) {
            // Drawings take the focus as other elements do. One that takes none leaves it where it is.
            let _ = element.unchecked_into::<HtmlElement>().focus();
        }
    });
}

/// Moves the focus to an element and scrolls nothing.
pub(super) fn focus_in_place(element: &HtmlElement) {
    let options = js_sys::Object::new();
    let set = js_sys::Reflect::set(&options, &"preventScroll".into(), &true.into());
    let focus = js_sys::Reflect::get(element, &"focus".into()).and_then(|focus| focus.dyn_into::<js_sys::Function>());
    if let (Ok(true), Ok(focus)) = (set, focus) {
        let _ = focus.call1(element, &options); // an element that takes no focus leaves it where it is
    }
}

/// Whether anything on the page has the focus.
pub(super) fn holds_focus() -> bool {
    document().active_element().is_some_and(|element| element.tag_name() != "BODY")
}

/// Whether the focus is in the element of that id.
pub(super) fn has_focus_within(id: &str) -> bool {
    let within = |element: web_sys::Element| element.closest(&format!("#{id}")).ok().flatten();
    document().active_element().and_then(within).is_some()
}

/// Opens the picker of the file input of that id.
pub(super) fn open_picker(id: &str) {
    if let Some(input) = element(id) {
        input.click();
    }
}

/// The text and the input element that an event comes from.
pub(super) fn input_of(event: &web_sys::Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}

/// Elements that letters and digits are typed into.
const TYPED_IN: &str = "textarea, select, input:not([type=checkbox], [type=radio], [type=range])";

/// Whether the page is as narrow as on a phone, where one step is shown at a time.
pub(super) fn phone() -> bool {
    let query = window().match_media("(max-width: 44.99em)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// The digit of a key, 1 to 9.
pub(super) fn digit(event: &web_sys::KeyboardEvent) -> Option<usize> {
    event.key().parse().ok().filter(|digit| (1..=9).contains(digit))
}

/// Whether a key is typed into a field.
pub(super) fn is_typed(event: &web_sys::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| element.matches(TYPED_IN).unwrap_or(false))
}

/// Whether a key is meant as a shortcut of the page: no modifier, and not typed into a field.
pub(super) fn is_shortcut(event: &web_sys::KeyboardEvent) -> bool {
    !(is_typed(event) || event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat())
}

/// Which way in the history.
pub(super) enum Turn {
    Undo,
    Redo,
}

/// What a key means to the history, by the habits of all systems; a field has a history of its own.
pub(super) fn turn(event: &web_sys::KeyboardEvent) -> Option<Turn> {
    if is_typed(event) || event.alt_key() || !(event.ctrl_key() || event.meta_key()) {
        return None;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(Turn::Undo),
        ("z", true) | ("y", false) => Some(Turn::Redo),
        _ => None,
    }
}

/// The element of that id.
pub(super) fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Puts text into the clipboard, where the browser allows it; whether it was asked for.
pub(super) fn copy(text: &str) -> bool {
    let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).unwrap_or_default();
    let Ok(write) = js_sys::Reflect::get(&clipboard, &"writeText".into()) else { return false };
    let Ok(write) = write.dyn_into::<js_sys::Function>() else { return false };
    write.call1(&clipboard, &text.into()).is_ok()
}
