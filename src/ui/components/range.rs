//! The score on its whole scale.

use crate::metrics::Interval;
use leptos::prelude::*;

/// Accuracy on 0..100 with its interval and what always saying the same would get.
#[component]
pub(in crate::ui) fn Range(
    /// The value, 0..1.
    accuracy: f64,
    /// Its 95 % interval.
    interval: Interval,
    /// What always saying the same would get, 0..1.
    baseline: f64,
    /// What it shows, for a screen reader.
    label: String,
    /// What stands at the baseline.
    baseline_label: String,
    /// What stands at the interval.
    interval_label: String,
) -> impl IntoView {
    let at = |share: f64| format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0);
    // A label at the left half would leave the chart if it ended at its mark.
    let anchor = if baseline < 0.45 { "start" } else { "end" };
    view! {
        <svg class="chart range" height="50" role="img" aria-label=label>
            <line class="track" x1="3" x2="99.5%" y1="16" y2="16"/>
            <line class="int" x1=at(interval.low) x2=at(interval.high) y1="16" y2="16"/>
            <line class="base" x1=at(baseline) x2=at(baseline) y1="7" y2="25"/>
            <circle class="pt" cx=at(accuracy) cy="16" r="7"/>
            <text x="0" y="44">"0"</text>
            <text x=at(baseline) y="44" text-anchor=anchor>{baseline_label}</text>
            <text class="acc" x="100%" y="44" text-anchor="end">{interval_label}</text>
        </svg>
    }
}
