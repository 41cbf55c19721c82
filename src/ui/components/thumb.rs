//! Small pictures.

use super::Icon;
use crate::ui::{browser::is_shortcut, live::live};
use leptos::{ev, prelude::*};

/// A picture, or a drawing where there is none to show.
#[component]
pub(in crate::ui) fn Picture(
    /// Its address on this device.
    #[prop(into)]
    url: Signal<Option<String>>,
) -> impl IntoView {
    move || match url.get() {
        Some(url) => view! { <img src=url alt="" loading="lazy" decoding="async"/> }.into_any(),
        None => view! { <span class="none"><Icon name="image"/></span> }.into_any(),
    }
}

/// A photo of the project: a choice that holds.
#[component]
pub(in crate::ui) fn Thumb(
    /// Its address on this device.
    #[prop(into)]
    url: Signal<Option<String>>,
    /// Its id in the document.
    id: String,
    /// Its class, place and file name.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is chosen.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Whether it is kept and nothing else.
    #[prop(into)]
    excluded: Signal<bool>,
    /// Pressed; whether with the shift key.
    on_press: Callback<bool>,
    /// X.
    on_exclude: Callback<()>,
    /// Delete or Backspace.
    on_delete: Callback<()>,
) -> impl IntoView {
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Delete" | "Backspace" => {
            event.prevent_default();
            on_delete.run(());
        }
        "x" | "X" if is_shortcut(&event) => on_exclude.run(()),
        _ => {}
    };
    view! {
        <button
            class="thumb"
            class:is-excluded=excluded
            id=id
            aria-label=label
            aria-pressed=live(move || chosen.get().to_string())
            on:click=move |event| on_press.run(event.shift_key())
            on:keydown=key
        >
            <Picture url/>
            {move || excluded.get().then(|| view! { <span class="mark"><Icon name="ban" size="s"/></span> })}
        </button>
    }
}
