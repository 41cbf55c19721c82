//! Files dropped anywhere on the page, or pasted.

use super::{page::Page, state::NoticeKind};
use crate::{
    dataset::ClassId,
    protocol::Destination,
    web::files::{self, PickedFile},
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DragEvent, Element};

/// What a drag says that brings files.
const FILES: &str = "Files";

/// Where dragged files would go if they were let go of now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the project.
    Page,
    /// Into a class.
    Class(ClassId),
    /// To the head.
    Predict,
    /// Into the test set.
    Test,
}

impl Target {
    /// Its word in `data-drop`.
    pub(super) fn word(self) -> String {
        match self {
            Self::Page => "page".to_owned(),
            Self::Class(class) => format!("class-{}", class.0),
            Self::Predict => "predict".to_owned(),
            Self::Test => "test".to_owned(),
        }
    }

    fn of(element: Option<Element>) -> Self {
        let zone = element.and_then(|element| element.closest("[data-drop]").ok().flatten());
        let word = zone.and_then(|zone| zone.get_attribute("data-drop")).unwrap_or_default();
        if word == Self::Predict.word() {
            return Self::Predict;
        }
        if word == Self::Test.word() {
            return Self::Test;
        }
        match word.strip_prefix("class-").and_then(|id| id.parse().ok()) {
            Some(id) => Self::Class(ClassId(id)),
            None => Self::Page,
        }
    }
}

/// Listens for drops; the signal says where dragged files would go, none while nothing is dragged.
pub(super) fn listen(page: Page) -> ReadSignal<Option<Target>> {
    let over = RwSignal::new(None);
    let set = move |target| {
        if over.get_untracked() != target {
            over.set(target);
        }
    };
    let own = StoredValue::new(false);
    let _ = window_event_listener(ev::dragstart, move |_| own.set_value(true));
    let _ = window_event_listener(ev::dragend, move |_| own.set_value(false));
    // A picture of another page may come as its address alone: the browser would leave this page for it. A dragged word is
    // neither: the browser does with it what it always does.
    let is_address = move |event: &DragEvent| !own.get_value() && has(event, "text/uri-list");
    let _ = window_event_listener(ev::dragover, move |event| {
        if has(&event, FILES) {
            event.prevent_default();
            set(Some(Target::of(under(&event))));
        } else if is_address(&event) {
            event.prevent_default();
        }
    });
    let _ = window_event_listener(ev::dragleave, move |event| {
        if event.related_target().is_none() {
            set(None);
        }
    });
    let _ = window_event_listener(ev::drop, move |event| {
        set(None);
        if !has(&event, FILES) {
            if is_address(&event) {
                event.prevent_default();
                page.update(|state| state.notices.say(NoticeKind::OnlyAnAddress));
            }
            return;
        }
        event.prevent_default();
        let target = Target::of(under(&event));
        if let Some(data) = event.data_transfer() {
            let picked = files::from_drop(&data);
            page.take_in(picked, move |page, picked| take(page, target, picked));
        }
    });
    // What is pasted goes where the focus is.
    let _ = window_event_listener(ev::paste, move |event| {
        let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else { return };
        if data.files().is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            let target = Target::of(document().active_element());
            let picked = files::from_drop(&data);
            page.take_in(picked, move |page, picked| take(page, target, picked));
        }
    });
    over.read_only()
}

fn under(event: &DragEvent) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into().ok())
}

fn has(event: &DragEvent, wanted: &str) -> bool {
    event.data_transfer().is_some_and(|data| data.types().iter().any(|kind| kind == wanted))
}

fn take(page: Page, target: Target, picked: Vec<PickedFile>) {
    match target {
        Target::Page => page.add_dropped(picked),
        Target::Class(class) => page.add_files(picked, Destination::Class(class)),
        Target::Predict => page.predict(picked),
        Target::Test => page.add_files(picked, Destination::Test),
    }
}
