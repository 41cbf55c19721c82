//! A curve over sizes that double from mark to mark: points with intervals, each a button, and a line with a band that goes on
//! beyond them.

use super::path::path;
use crate::ui::live::{Memo, Views, live, part};
use leptos::{ev, prelude::*};

/// Height of the plot and the room above it, pixels.
const HEIGHT: f64 = 150.0;
const TOP: f64 = 10.0;
/// Radius of what can be pressed, pixels.
const HIT: f64 = 12.0;

/// A place in the plot: from the left and from the bottom, 0..1.
pub(in crate::ui) type Spot = (f64, f64);

/// What is drawn, already counted out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::ui) struct Growth {
    /// The line through what counts, and what of it is only expected.
    pub(in crate::ui) line: Vec<Spot>,
    pub(in crate::ui) ahead: Vec<Spot>,
    /// Left to right: from the left, lower and upper end of what is expected.
    pub(in crate::ui) band: Vec<(f64, f64, f64)>,
    /// What it is compared with.
    pub(in crate::ui) context: Vec<Spot>,
    pub(in crate::ui) dots: Vec<Dot>,
    /// Where each mark stands, and what it says.
    pub(in crate::ui) across: Vec<(f64, String)>,
    pub(in crate::ui) up: Vec<(f64, String)>,
}

/// A measured point.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Dot {
    pub(in crate::ui) spot: Spot,
    /// Both ends of its interval, from the bottom, 0..1.
    pub(in crate::ui) ends: (f64, f64),
    /// Whether it is of what it is compared with.
    pub(in crate::ui) context: bool,
    /// Whether there is something behind it.
    pub(in crate::ui) opens: bool,
    /// What it shows, for a screen reader.
    pub(in crate::ui) label: String,
}

fn x(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

fn y(share: f64) -> f64 {
    TOP + (1.0 - share.clamp(0.0, 1.0)) * HEIGHT
}

/// A path in a plot of 100 × 100.
fn through(spots: impl Iterator<Item = Spot>) -> String {
    path(spots.map(|(x, y)| (x * 100.0, (1.0 - y.clamp(0.0, 1.0)) * 100.0)))
}

/// The band's outline: along its lower ends and back along the upper ones.
fn outline(band: &[(f64, f64, f64)]) -> String {
    let there = band.iter().map(|&(x, low, _)| (x, low));
    through(there.chain(band.iter().rev().map(|&(x, _, high)| (x, high))))
}

/// The chart.
#[component]
pub(in crate::ui) fn GrowthChart(
    growth: Memo<Growth>,
    /// What it shows, for a screen reader.
    #[prop(into)]
    label: Signal<String>,
    /// The point that is open.
    #[prop(into)]
    open: Signal<Option<usize>>,
    /// A point was pressed.
    on_press: Callback<usize>,
) -> impl IntoView {
    let line =
        move |of: fn(&Growth) -> &Vec<Spot>| live(move || growth.with(|growth| through(of(growth).iter().copied())));
    let dots = move || {
        let dots = growth.with(|growth| growth.dots.clone());
        dots.into_iter().enumerate().map(|(at, dot)| point(at, dot, open, on_press)).views()
    };
    view! {
        <svg class="chart plotted growth" height=HEIGHT + TOP + 24.0 role="group" aria-label=label>
            {part(move || growth.with(grid))}
            <svg x="0" y=TOP width="100%" height=HEIGHT class="plot" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
                <path class="band" d=live(move || growth.with(|growth| outline(&growth.band)))/>
                <path class="ctx" d=line(|growth| &growth.context)/>
                <path class="main" d=line(|growth| &growth.line)/>
                <path class="main ahead" d=line(|growth| &growth.ahead)/>
            </svg>
            {part(dots)}
        </svg>
    }
}

fn grid(growth: &Growth) -> impl IntoView + use<> {
    let up = |(share, words): &(f64, String)| {
        view! {
            <line class="grid" x1="0" x2="100%" y1=y(*share) y2=y(*share)/>
            <text x="-8" y=y(*share) + 4.0 text-anchor="end">{words.clone()}</text>
        }
    };
    let across = |(share, words): &(f64, String)| {
        let anchor = match *share {
            ..0.02 => "start",
            0.98.. => "end",
            _ => "middle",
        };
        view! { <text x=x(*share) y=TOP + HEIGHT + 18.0 text-anchor=anchor>{words.clone()}</text> }
    };
    (growth.up.iter().map(up).views(), growth.across.iter().map(across).views())
}

fn point(at: usize, dot: Dot, open: Signal<Option<usize>>, on_press: Callback<usize>) -> impl IntoView {
    let Dot { spot, ends, context, opens, label } = dot;
    let key = move |event: ev::KeyboardEvent| {
        if opens && matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            on_press.run(at);
        }
    };
    let place = x(spot.0);
    view! {
        <g
            class=if context { "dot context" } else { "dot" }
            id=dot_id(at)
            role=if opens { "button" } else { "img" }
            tabindex=opens.then_some("0")
            aria-label=label
            aria-expanded=live(move || opens.then(|| (open.get() == Some(at)).to_string()))
            on:keydown=key
            on:click=move |_| if opens { on_press.run(at) }
        >
            <circle class="hit-area" cx=place.clone() cy=y(spot.1) r=HIT/>
            <line class="whisker" x1=place.clone() x2=place.clone() y1=y(ends.0) y2=y(ends.1)/>
            <circle class="pt" cx=place cy=y(spot.1) r="5"/>
        </g>
    }
}

/// The id of a point, to give the focus back to it.
pub(in crate::ui) fn dot_id(at: usize) -> String {
    format!("dot-{at}")
}
