//! A button that becomes a field for the name of a new class.

use crate::ui::{
    browser::{focus_soon, input_of},
    components::When,
    i18n::{t, t_string, use_i18n},
    live::live,
    page::Page,
};
use leptos::{ev, prelude::*};

const FIELD: &str = "new-class-name";
const BUTTON: &str = "new-class";

/// The button. The page has one at a time that is named for scripts.
#[component]
pub(in crate::ui) fn AddClass(
    /// Classes of the button.
    class: &'static str,
    /// Whether this is the one named for scripts.
    #[prop(into, default = Signal::stored(true))]
    named: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let editing = RwSignal::new(false);
    let field = NodeRef::<leptos::html::Input>::new();
    let add = move || {
        if let Some(input) = field.get_untracked() {
            page.add_class(&input.value());
        }
        editing.set(false);
        focus_soon(BUTTON);
    };
    let key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Enter" => add(),
        "Escape" => {
            editing.set(false);
            focus_soon(BUTTON);
        }
        _ => {}
    };
    // A field left empty goes away by itself.
    let blur = move |event: ev::FocusEvent| {
        if input_of(&event).is_some_and(|input| input.value().trim().is_empty()) {
            editing.set(false);
        }
    };
    let open = move |_| {
        editing.set(true);
        focus_soon(FIELD);
    };
    view! {
        <button
            class=class
            id=live(move || named.get().then_some(BUTTON))
            data-testid=live(move || named.get().then_some("add-class"))
            hidden=editing
            on:click=open
        >
            {children()}
        </button>
        <When is=editing>
            <span class="row">
                <input
                    node_ref=field
                    id=FIELD
                    class="edit-name new-class"
                    data-testid="add-class-name"
                    aria-label=t_string!(i18n, photos.class_name)
                    placeholder=t_string!(i18n, photos.class_hint)
                    maxlength="80"
                    autocomplete="off"
                    on:keydown=key
                    on:blur=blur
                />
                <button class="btn quiet small" on:click=move |_| add()>{t!(i18n, photos.make_class)}</button>
            </span>
        </When>
    }
}
