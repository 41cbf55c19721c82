//! What is going on here: a paragraph beside a step, folded away until somebody wants to know.

use crate::ui::{
    components::Icon,
    i18n::{t, use_i18n},
};
use leptos::prelude::*;

/// The fold.
#[component]
pub(in crate::ui) fn Fold(
    /// For scripts.
    name: &'static str,
    /// The paragraph.
    say: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <details class="fold" data-testid="fold" data-about=name>
            <summary><Icon name="info" size="s"/>" "{t!(i18n, fold.what)}</summary>
            <p>{say}</p>
        </details>
    }
}
