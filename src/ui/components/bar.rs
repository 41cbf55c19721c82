//! A bar that shows a share.

use crate::ui::live::live;
use leptos::prelude::*;

/// A bar; the number stands beside it as text.
#[component]
pub(in crate::ui) fn Bar(
    /// Filled part, 0..1.
    #[prop(into)]
    share: Signal<f64>,
    /// Further classes: the colour of a class, `tall`.
    #[prop(optional, into)]
    class: String,
    /// Its height, pixels.
    #[prop(default = 6)]
    height: u32,
) -> impl IntoView {
    view! {
        <svg class=format!("bar {class}") viewBox=format!("0 0 100 {height}") preserveAspectRatio="none" aria-hidden="true">
            <rect class="fill" width=live(move || format!("{:.1}", share.get().clamp(0.0, 1.0) * 100.0)) height=height/>
        </svg>
    }
}
