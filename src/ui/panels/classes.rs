//! The project's classes: what they are called, the mark that stands for each, the key that means it.

use crate::{
    dataset::ClassId,
    ui::{components::Mark, page::Page, state::State},
};

/// So many classes have a key of their own.
const KEYS: usize = 9;

fn place(state: &State, id: ClassId) -> Option<usize> {
    state.photos.classes().iter().position(|class| class.id == id)
}

/// What a class is called; nothing where it is gone.
pub(in crate::ui) fn name(state: &State, id: ClassId) -> String {
    state.photos.class(id).map(|class| class.name.clone()).unwrap_or_default()
}

/// The mark of a class.
pub(in crate::ui) fn mark(state: &State, id: ClassId) -> Mark {
    Mark::new(place(state, id), &name(state, id), state.photos.classes().len())
}

/// The key of a class, where it has one.
pub(super) fn key(state: &State, id: ClassId) -> Option<String> {
    place(state, id).filter(|place| *place < KEYS).map(|place| (place + 1).to_string())
}

/// The id of the button that adds photos to a class.
pub(super) fn adder_id(id: ClassId) -> String {
    format!("add-to-class-{}", id.0)
}

/// The class that a key means.
pub(super) fn of_key(page: Page, key: &str) -> Option<ClassId> {
    let place = key.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place < KEYS)?;
    page.with_untracked(|state| state.photos.classes().get(place).map(|class| class.id))
}
