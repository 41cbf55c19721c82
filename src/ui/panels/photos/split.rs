//! The chosen photos as a class of their own: that is how a class is split.

use crate::{
    dataset::PhotoId,
    ui::{
        browser::focus_soon,
        components::When,
        i18n::{t, t_string, use_i18n},
        page::{PHOTOS_HEADING, Page},
    },
};
use leptos::{ev, prelude::*};
use std::collections::BTreeSet;

/// A button that becomes a field for the name of the class.
#[component]
pub(super) fn Split(
    /// Begins the ids of its parts.
    id: String,
    chosen: RwSignal<BTreeSet<PhotoId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let editing = RwSignal::new(false);
    let node = NodeRef::<leptos::html::Input>::new();
    let (field, button) = (StoredValue::new(format!("{id}-split")), StoredValue::new(format!("{id}-split-button")));
    let make = move || {
        let name = node.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        if name.is_empty() {
            return;
        }
        let photos = chosen.try_update(std::mem::take).unwrap_or_default();
        page.split_class(photos.into_iter().collect(), name);
        editing.set(false);
        focus_soon(PHOTOS_HEADING);
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => make(),
        "Escape" => {
            event.stop_propagation();
            editing.set(false);
            focus_soon(button.get_value());
        }
        _ => {}
    };
    let open = move |_| {
        editing.set(true);
        focus_soon(field.get_value());
    };
    view! {
        <button class="btn quiet small" id=button.get_value() data-testid="split-class" hidden=editing on:click=open>{t!(i18n, photos.split)}</button>
        <When is=editing>
            <span class="row">
                <input
                    node_ref=node
                    id=field.get_value()
                    class="edit-name new-class"
                    data-testid="split-name"
                    aria-label=t_string!(i18n, photos.class_name)
                    placeholder=t_string!(i18n, photos.class_hint)
                    maxlength="80"
                    autocomplete="off"
                    on:keydown=key
                />
                <button class="btn quiet small" on:click=move |_| make()>{t!(i18n, photos.make_class)}</button>
            </span>
        </When>
    }
}
