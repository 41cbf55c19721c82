//! A choice among the project's classes that is carried out at once.

use crate::{
    dataset::{Class, ClassId},
    ui::{
        live::{Views, live, part},
        page::Page,
    },
};
use leptos::{ev, prelude::*};

/// The choice; not there where there is nothing to choose from.
#[component]
pub(super) fn ClassPick(
    /// What it does, for a screen reader.
    label: &'static str,
    /// What it says before anything is chosen.
    say: &'static str,
    /// A class that is no choice.
    #[prop(optional_no_strip)]
    but: Option<ClassId>,
    /// Its name for scripts.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// Gets the class.
    on_pick: Callback<ClassId>,
) -> impl IntoView {
    let classes = Page::get().memo(move |state| {
        state.photos.classes().iter().filter(|class| Some(class.id) != but).cloned().collect::<Vec<_>>()
    });
    let picked = move |event: ev::Event| {
        if let Ok(id) = event_target_value(&event).parse() {
            // It is there to do something, not to show what was done. Setting a property of an element never fails.
            let _ = js_sys::Reflect::set(&event_target::<web_sys::Element>(&event), &"value".into(), &"".into());
            on_pick.run(ClassId(id));
        }
    };
    let option = |class: Class| view! { <option value=class.id.0.to_string()>{class.name}</option> };
    view! {
        <select
            class="pick"
            aria-label=label
            data-testid=testid
            hidden=live(move || classes.with(Vec::is_empty))
            on:change=picked
        >
            <option value="">{say}</option>
            {part(move || classes.get().into_iter().map(option).views())}
        </select>
    }
}
