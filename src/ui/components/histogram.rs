//! Bars over a scale from 0 to 100 percent, each a button, and how often the answers behind them are right.

use crate::{
    metrics::Interval,
    ui::{
        live::{Memo, Views, live, part},
        words::fixed,
    },
};
use leptos::{ev, prelude::*};

/// Height of the two plots and the room above each, pixels.
const LINE: f64 = 100.0;
const BARS: f64 = 56.0;
const TOP: f64 = 8.0;

/// One step of the scale.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Column {
    /// Height of the bar, 0..1 of the highest.
    pub(in crate::ui) height: f64,
    /// The part of the bar that counts right answers, 0..1.
    pub(in crate::ui) right: f64,
    /// Mean of what was said, share of right answers and its interval, 0..1; none without photos.
    pub(in crate::ui) point: Option<(f64, f64, Interval)>,
    /// What it shows, for a screen reader.
    pub(in crate::ui) label: String,
}

fn percent(share: f64) -> String {
    format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0)
}

fn x(at: usize, of: usize) -> String {
    let step = |number: usize| f64::from(u32::try_from(number).unwrap_or(0));
    percent(step(at) / step(of))
}

/// How often the answers of each step are right, against the line on which a head is as sure as it should be.
#[component]
pub(in crate::ui) fn Reliability(
    columns: Memo<Vec<Column>>,
    /// What it finds, for a screen reader.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <svg class="chart plotted" height=LINE + TOP + 4.0 role="img" aria-label=label>
            {[0.0, 0.5, 1.0].map(tick).into_iter().views()}
            <svg x="0" y=TOP width="100%" height=LINE class="plot" viewBox="0 0 100 100" preserveAspectRatio="none">
                <path class="ctx" d="M0 100L100 0"/>
                <path class="main" d=live(move || columns.with(|columns| path(columns)))/>
            </svg>
            {part(move || columns.with(|columns| columns.iter().filter_map(|column| column.point).map(point).views()))}
        </svg>
    }
}

fn y(share: f64) -> f64 {
    TOP + (1.0 - share.clamp(0.0, 1.0)) * LINE
}

fn tick(share: f64) -> impl IntoView {
    view! {
        <line class="grid" x1="0" x2="100%" y1=y(share) y2=y(share)/>
        <text x="-8" y=y(share) + 4.0 text-anchor="end">{fixed(share * 100.0, 0)}</text>
    }
}

fn path(columns: &[Column]) -> String {
    let points = columns.iter().filter_map(|column| column.point);
    let place = |(said, share, _): (f64, f64, Interval)| format!("{:.1} {:.1}", said * 100.0, (1.0 - share) * 100.0);
    let places: Vec<String> = points.map(place).collect();
    if places.is_empty() { String::new() } else { format!("M{}", places.join("L")) }
}

fn point((said, share, interval): (f64, f64, Interval)) -> impl IntoView {
    let at = percent(said);
    view! {
        <line class="whisker" x1=at.clone() x2=at.clone() y1=y(interval.low) y2=y(interval.high)/>
        <circle class="pt" cx=at cy=y(share) r="4.5"/>
    }
}

/// How many answers there are in each step; a bar opens the photos behind it.
#[component]
pub(in crate::ui) fn Bars(
    columns: Memo<Vec<Column>>,
    /// What it shows, for a screen reader.
    label: &'static str,
    /// The step that is open.
    #[prop(into)]
    open: Signal<Option<usize>>,
    /// A bar was pressed.
    on_press: Callback<usize>,
) -> impl IntoView {
    let bar = move |(at, column, of): (usize, Column, usize)| {
        let high = (column.height * BARS).max(if column.height > 0.0 { 1.5 } else { 0.0 });
        let right = high * column.right;
        let key = move |event: ev::KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                on_press.run(at);
            }
        };
        let opens = column.height > 0.0;
        view! {
            <svg
                class="step"
                id=bar_id(at)
                x=x(at, of)
                width=x(1, of)
                height=BARS + TOP
                role=opens.then_some("button")
                tabindex=opens.then_some("0")
                aria-hidden=(!opens).then_some("true")
                aria-label=opens.then_some(column.label)
                aria-expanded=live(move || opens.then(|| (open.get() == Some(at)).to_string()))
                on:keydown=key
                on:click=move |_| if opens { on_press.run(at) }
            >
                <rect class="hit-area" width="100%" height="100%"/>
                <rect class=if right < high { "wrong" } else { "" } x="6%" width="88%" y=TOP + BARS - high height=high - right/>
                <rect class="right" x="6%" width="88%" y=TOP + BARS - right height=right/>
            </svg>
        }
    };
    let bars = move || {
        let columns = columns.get();
        let of = columns.len();
        columns.into_iter().enumerate().map(|(at, column)| bar((at, column, of))).views()
    };
    view! {
        <svg class="chart plotted bars" height=BARS + TOP + 22.0 role="group" aria-label=label>
            <line class="axis" x1="0" x2="100%" y1=TOP + BARS y2=TOP + BARS/>
            {part(bars)}
            <text x="0" y=TOP + BARS + 18.0>"0"</text>
            <text x="50%" y=TOP + BARS + 18.0 text-anchor="middle">"50"</text>
            <text x="100%" y=TOP + BARS + 18.0 text-anchor="end">"100"</text>
        </svg>
    }
}

/// The id of a bar, to give the focus back to it.
pub(in crate::ui) fn bar_id(at: usize) -> String {
    format!("step-{at}")
}
