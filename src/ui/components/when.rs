//! A part of the page that comes and goes.

use crate::ui::live::{Inside, memo};
use leptos::prelude::*;

/// What is inside is on the page only while `is` holds. The same as Leptos's `Show`, made once instead of for each condition.
#[component]
pub(in crate::ui) fn When(#[prop(into)] is: Signal<bool>, children: Inside) -> impl IntoView {
    let is = memo(move || is.get());
    move || is.get().then(|| children.draw())
}
