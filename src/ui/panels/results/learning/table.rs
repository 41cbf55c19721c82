//! The table behind the curves.

use super::chart::photos;
use crate::{
    protocol::SizePoint,
    ui::{
        components::{DataTable, Rows},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live},
        state::{Learning, Network},
        words::{fixed, range, whole},
    },
};
use leptos::prelude::*;

/// A row for each point.
#[component]
pub(super) fn Table(learning: Memo<Learning>) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        learning.with(|learning| {
            let networks = [Network::Ready, Network::Random].into_iter();
            let all = networks.filter_map(|network| Some((network, learning.curve(network)?)));
            Rows(
                all.flat_map(|(network, curve)| curve.points.iter().map(move |point| row(i18n, network, point)))
                    .collect(),
            )
        })
    };
    view! {
        <DataTable
            title=t_string!(i18n, app.table)
            caption=t!(i18n, learning.caption)
            heads=vec![
                t_string!(i18n, learning.th_network),
                t_string!(i18n, learning.th_photos),
                t_string!(i18n, learning.th_right),
                t_string!(i18n, results.th_range),
                t_string!(i18n, learning.th_wrong),
            ]
            rows=live(rows)
            notes=vec![live(move || Some(t_string!(i18n, learning.how).to_owned()))]
        />
    }
}

fn row(i18n: Words, network: Network, point: &SizePoint) -> Vec<String> {
    let name = match network {
        Network::Ready => t_string!(i18n, learning.ready),
        Network::Random => t_string!(i18n, learning.random),
    };
    vec![
        name.to_owned(),
        photos(point.photos),
        t_string!(i18n, app.percent, value = fixed(point.accuracy * 100.0, 1)).to_string(),
        range(i18n, point.interval),
        whole(point.missed.len()),
    ]
}
