//! How many photos of the test set each class has.

use super::classes;
use crate::ui::{
    components::{ClassKey, KeySize, Mark},
    i18n::{t_string, use_i18n},
    live::{Views, part},
    page::Page,
    words::whole,
};
use leptos::prelude::*;

/// The list; empty without a test set.
#[component]
pub(super) fn TestCounts() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let counts = page.memo(|state| {
        let count = |(id, count)| (classes::mark(state, id), classes::name(state, id), count);
        state.photos.test_counts().into_iter().map(count).collect::<Vec<_>>()
    });
    let line = |(mark, name, count): (Mark, String, usize)| {
        view! {
            <li>
                <ClassKey mark=Signal::stored(mark) size=KeySize::Small/>
                <span class="nm">{name}</span>
                <span class="num">{whole(count)}</span>
            </li>
        }
    };
    view! {
        <ul class="test-counts" aria-label=t_string!(i18n, test_set.per_class)>
            {part(move || counts.get().into_iter().map(line).views())}
        </ul>
    }
}
