//! A bar with the interval of its value.

use crate::metrics::Interval;
use leptos::prelude::*;

/// A share as a bar with a whisker; the figures stand beside it as text.
#[component]
pub(in crate::ui) fn Whisker(
    /// The value, 0..1.
    share: f64,
    /// Its 95 % interval.
    interval: Interval,
    /// The class that sets its colour.
    colour: String,
) -> impl IntoView {
    let at = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    let (low, high) = (at(interval.low), at(interval.high));
    view! {
        <svg class=format!("whisk {colour}") aria-hidden="true">
            <rect class="bg" width="100%" height="10" y="4" rx="3"/>
            <rect class="fl" width=at(share) height="10" y="4" rx="3"/>
            <line class="halo" x1=low.clone() x2=high.clone() y1="9" y2="9"/>
            <line class="wh" x1=low.clone() x2=high.clone() y1="9" y2="9"/>
            <line class="wh" x1=low.clone() x2=low y1="5" y2="13"/>
            <line class="wh" x1=high.clone() x2=high y1="5" y2="13"/>
        </svg>
    }
}
