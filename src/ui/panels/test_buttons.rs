//! The way to a test set, and the way out of it.

use super::inputs::TEST;
use crate::ui::{
    app::Labelled,
    browser::{focus_soon, open_picker},
    components::When,
    i18n::{t, use_i18n},
    page::Page,
};
use leptos::prelude::*;

/// Buttons to add a folder to the test set, and to remove all of it; `then` gets the focus after that.
#[component]
pub(super) fn TestButtons(#[prop(optional)] id: Option<&'static str>, then: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let some = page.memo(|state| !state.photos.test().is_empty());
    let remove = move |_| {
        page.remove_test_set();
        focus_soon(then);
    };
    view! {
        <div class="row">
            <button class="btn quiet small" id=id on:click=|_| open_picker(TEST)>
                <Labelled icon="folder">{t!(i18n, test_set.add)}</Labelled>
            </button>
            <When is=some>
                <button class="btn plain small" on:click=remove>{t!(i18n, test_set.remove)}</button>
            </When>
        </div>
    }
}
