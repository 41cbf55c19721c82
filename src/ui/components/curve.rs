//! A small chart of two lines over the steps of a training.

use super::path::path;
use crate::ui::live::{Views, live, part};
use leptos::prelude::*;

/// Width and height of the plot, in its own units.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 100.0;
/// Room above the plot, pixels.
const TOP: f64 = 8.0;

/// What is drawn, already counted out.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::ui) struct Line {
    /// Steps and values of what counts.
    pub(in crate::ui) main: Vec<(f64, f64)>,
    /// Steps and values of the context.
    pub(in crate::ui) context: Vec<(f64, f64)>,
    /// The lowest and the highest value of the plot.
    pub(in crate::ui) low_high: (f64, f64),
    /// Values that get a line, at most four.
    pub(in crate::ui) ticks: Vec<f64>,
    /// The last step of the plot.
    pub(in crate::ui) last_step: f64,
    /// The step that was kept.
    pub(in crate::ui) kept: Option<f64>,
}

impl Line {
    fn y(&self, value: f64) -> f64 {
        let (low, high) = self.low_high;
        (high - value.clamp(low, high)) / (high - low) * HEIGHT
    }

    fn x(&self, step: f64) -> f64 {
        step / self.last_step.max(1.0) * WIDTH
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        path(points.iter().map(|&(step, value)| (self.x(step), self.y(value))))
    }

    fn kept_percent(&self) -> Option<f64> {
        self.kept.map(|kept| self.x(kept) / WIDTH * 100.0)
    }
}

/// The chart. The value that counts is drawn in the accent colour, the context dashed.
#[component]
pub(in crate::ui) fn Curve(
    #[prop(into)] line: Signal<Line>,
    /// What it shows.
    caption: &'static str,
    /// The newest value.
    #[prop(into)]
    value: Signal<String>,
    /// What it shows, for a screen reader.
    #[prop(into)]
    label: Signal<String>,
    /// What stands at the kept step; without it there is no axis of steps.
    #[prop(optional, into)]
    kept_label: Option<Signal<String>>,
) -> impl IntoView {
    let path = move |main: bool| line.with(|line| line.path(if main { &line.main } else { &line.context }));
    view! {
        <figure>
            <figcaption class="row small">
                <span class="strong">{caption}</span>
                <span class="num push"><b>{value}</b></span>
            </figcaption>
            <svg class="chart plotted" height="128" role="img" aria-label=label>
                {part(move || line.with(grid))}
                <svg x="0" y=TOP width="100%" height=HEIGHT class="plot" viewBox=format!("0 0 {WIDTH} {HEIGHT}") preserveAspectRatio="none">
                    {part(move || line.with(kept_line))}
                    <path class="ctx" d=live(move || path(false))/>
                    <path class="main" d=live(move || path(true))/>
                </svg>
                {kept_label.map(|label| view! {
                    <text x="0" y="124">"0"</text>
                    {part(move || line.with(|line| step_labels(line, label.get())))}
                })}
            </svg>
        </figure>
    }
}

fn grid(line: &Line) -> impl IntoView + use<> {
    let tick = |value: &f64| {
        let y = TOP + line.y(*value);
        view! {
            <line class="grid" x1="0" x2="100%" y1=y y2=y/>
            <text x="-8" y=y + 4.0 text-anchor="end">{value.to_string()}</text>
        }
    };
    line.ticks.iter().map(tick).views()
}

fn kept_line(line: &Line) -> impl IntoView + use<> {
    line.kept.map(|kept| {
        let x = line.x(kept);
        view! { <line class="keep" x1=x x2=x y1="0" y2=HEIGHT vector-effect="non-scaling-stroke"/> }
    })
}

/// The last step, and the kept one unless the two would overlap.
fn step_labels(line: &Line, kept_label: String) -> impl IntoView + use<> {
    let kept = line.kept_percent();
    let anchor = match kept {
        Some(percent) if percent > 78.0 => "end",
        Some(percent) if percent < 15.0 => "start",
        _ => "middle",
    };
    let last = kept.is_none_or(|percent| percent <= 78.0);
    view! {
        {last.then(|| view! { <text x="100%" y="124" text-anchor="end">{line.last_step.to_string()}</text> })}
        {kept.map(|percent| view! { <text class="on" x=format!("{percent:.1}%") y="124" text-anchor=anchor>{kept_label}</text> })}
    }
}
