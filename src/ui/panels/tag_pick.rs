//! Tags of chosen photos: those that they have, to be taken off, and a field for another one.

use crate::{
    dataset::PhotoId,
    ui::{
        browser::focus_soon,
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::{Views, part},
        page::Page,
    },
};
use leptos::{ev, prelude::*};

/// Buttons and a field, in the line of what can be done with photos.
#[component]
pub(super) fn TagPick(
    /// Begins the ids of its parts.
    id: String,
    /// The photos that are meant.
    photos: Signal<Vec<PhotoId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let editing = RwSignal::new(false);
    let node = NodeRef::<leptos::html::Input>::new();
    let (field, button, list) = (format!("{id}-tag"), format!("{id}-tag-button"), format!("{id}-tags"));
    let worn = page.memo(move |state| photos.with(|photos| state.photos.tags_of(photos)));
    let known = page.memo(|state| state.photos.all_tags());
    let back = StoredValue::new(button.clone());
    let close = move || {
        editing.set(false);
        focus_soon(back.get_value());
    };
    let add = move || {
        if let Some(input) = node.get_untracked() {
            page.tag_photos(photos.get_untracked(), &input.value(), true);
        }
        close();
    };
    let key = move |event: ev::KeyboardEvent| {
        match event.key().as_str() {
            "Enter" => add(),
            "Escape" => close(),
            _ => return,
        }
        // The list around it closes on Escape, too.
        event.stop_propagation();
    };
    let target = StoredValue::new(field.clone());
    let open = move |_| {
        editing.set(true);
        focus_soon(target.get_value());
    };
    let take_off = move |tag: String| {
        let label = t_string!(i18n, bias.take_off, tag = tag.clone()).to_string();
        let off = tag.clone();
        let press = move |_| {
            page.tag_photos(photos.get_untracked(), &off, false);
            focus_soon(back.get_value());
        };
        view! {
            <button class="btn plain small tag" aria-label=label on:click=press>{tag}" "<Icon name="x" size="s"/></button>
        }
    };
    let suggestion = |tag: String| view! { <option value=tag></option> };
    view! {
        {part(move || worn.get().into_iter().map(take_off).views())}
        <button class="btn quiet small" id=button data-testid="tag-photos" hidden=editing on:click=open>{t!(i18n, bias.tag)}</button>
        <When is=editing>
            <span class="row">
                <input
                    node_ref=node
                    id=field.clone()
                    class="edit-name new-tag"
                    data-testid="tag-name"
                    aria-label=t_string!(i18n, bias.name)
                    placeholder=t_string!(i18n, bias.hint)
                    maxlength="40"
                    autocomplete="off"
                    list=list.clone()
                    on:keydown=key
                />
                <datalist id=list.clone()>{part(move || known.get().into_iter().map(suggestion).views())}</datalist>
                <button class="btn quiet small" on:click=move |_| add()>{t!(i18n, bias.add)}</button>
            </span>
        </When>
    }
}
