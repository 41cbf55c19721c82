//! A name that is edited in place.

use crate::ui::browser::{focus_soon, input_of};
use leptos::{ev, prelude::*};

/// A name as a button; pressed, it becomes a field. Enter and leaving the field keep what was typed, Escape does not.
#[component]
pub(in crate::ui) fn NameEdit(
    /// The id of the field; the button has the same with `-button` behind it.
    #[prop(into)]
    id: String,
    /// The name.
    #[prop(into)]
    name: Signal<String>,
    /// What the button shows; the name, unless it is empty.
    #[prop(into)]
    shown: Signal<String>,
    /// What the button does.
    #[prop(into)]
    button_label: Signal<String>,
    /// What the field is.
    field_label: &'static str,
    /// Classes of the button.
    #[prop(default = "name-button")]
    class: &'static str,
    /// Gets the new name.
    on_change: Callback<String>,
) -> impl IntoView {
    let editing = RwSignal::new(false);
    let id = StoredValue::new(id);
    let open = move |_| {
        editing.set(true);
        focus_soon(id.get_value());
    };
    let close = move |keep: Option<String>| {
        // Enter takes the field away, which makes it lose the focus: only the first of the two counts.
        if editing.get_untracked() {
            editing.set(false);
            if let Some(name) = keep {
                on_change.run(name);
            }
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let keep = match event.key().as_str() {
            "Enter" => input_of(&event).map(|input| input.value()),
            "Escape" => None,
            _ => return,
        };
        close(keep);
        focus_soon(format!("{}-button", id.get_value()));
    };
    let field = move || {
        view! {
            <input
                class="edit-name"
                id=id.get_value()
                aria-label=field_label
                maxlength="80"
                autocomplete="off"
                prop:value=name.get_untracked()
                on:keydown=key
                on:blur=move |event| close(input_of(&event).map(|input| input.value()))
            />
        }
    };
    let button = move || {
        view! {
            <button class=class id=format!("{}-button", id.get_value()) aria-label=button_label on:click=open>
                <span class="strong">{shown}</span>
            </button>
        }
    };
    move || if editing.get() { field().into_any() } else { button().into_any() }
}
