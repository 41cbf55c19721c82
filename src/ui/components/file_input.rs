//! A file input behind a button: it takes no room and no place in the tab order, because the button opens it.

use crate::web::files::{self, Arriving};
use leptos::prelude::*;

/// A visually hidden file input.
#[component]
pub(in crate::ui) fn FileInput(
    /// Its id in the document, for the buttons that open it.
    #[prop(into)]
    id: String,
    /// Its name for scripts.
    testid: &'static str,
    /// What it is for.
    #[prop(into)]
    label: Signal<String>,
    /// What the picker offers.
    #[prop(optional)]
    accept: &'static str,
    /// Whether more than one file can be chosen.
    #[prop(optional)]
    multiple: bool,
    /// Whether a folder is chosen.
    #[prop(optional)]
    folder: bool,
    /// Gets what was chosen.
    on_pick: Callback<Arriving>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Input>::new();
    let picked = move |_| {
        if let Some(input) = node.get_untracked() {
            on_pick.run(files::from_input(&input));
        }
    };
    view! {
        <input
            node_ref=node
            class="vh"
            type="file"
            id=id
            data-testid=testid
            aria-label=label
            tabindex="-1"
            accept=(!accept.is_empty()).then_some(accept)
            multiple=multiple || folder
            prop:webkitdirectory=folder
            on:change=picked
        />
    }
}
