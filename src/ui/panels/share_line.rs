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

/// The line. `colour` is the class of the bar.
pub(super) fn share_line(
    i18n: Words,
    name: AnyView,
    share: f64,
    interval: Interval,
    colour: String,
) -> impl IntoView + use<> {
    view! {
        <li>
            <span class="named">{name}</span>
            <Whisker share interval colour/>
            <span class="val">
                <b>{percent(i18n, share)}</b>
                " "
                <span class="faint">{range(i18n, interval)}</span>
            </span>
        </li>
    }
}
