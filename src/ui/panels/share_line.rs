//! A line of a list of shares: what it is of, a bar with its interval, both in figures.

use crate::{
    metrics::Interval,
    ui::{
        components::Whisker,
        i18n::Words,
        words::{percent, range},
    },
};
use leptos::prelude::*;

/// A share of photos, as a bar.
pub(super) struct Bar {
    /// The photos answered right, 0..1 of all.
    pub(super) right: f64,
    /// Its 95 % interval.
    pub(super) interval: Interval,
    /// The class of the bar that sets its colour.
    pub(super) colour: String,
}

/// How the photos behind a line are opened.
pub(super) struct Opens {
    /// The id of its button, to give the focus back to it.
    pub(super) id: String,
    /// What the button does, in words.
    pub(super) label: String,
    /// Whether they are open.
    pub(super) open: Signal<bool>,
    /// The line was pressed.
    pub(super) on_press: Callback<()>,
}

/// The line; a button lies over the whole of one that opens.
pub(super) fn share_line(i18n: Words, name: AnyView, bar: Bar, opens: Option<Opens>) -> impl IntoView + use<> {
    let Bar { right, interval, colour } = bar;
    let button = opens.map(|Opens { id, label, open, on_press }| {
        view! {
            <button
                class="opens"
                id=id
                aria-label=label
                aria-expanded=move || open.get().to_string()
                on:click=move |_| on_press.run(())
            ></button>
        }
    });
    view! {
        <li>
            <span class="named">{name}</span>
            <Whisker share=right interval colour/>
            <span class="val">
                <b>{percent(i18n, right)}</b>
                " "
                <span class="faint">{range(i18n, interval)}</span>
            </span>
            {button}
        </li>
    }
}
