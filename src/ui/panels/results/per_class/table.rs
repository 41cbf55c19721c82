//! The classes as a table, with how far an answer of each can be trusted.

use super::Found;
use crate::{
    metrics::Rates,
    ui::{
        components::{DataTable, Rows},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live},
        page::Page,
        state::State,
        words::{exact_range, percent, whole},
    },
};
use leptos::prelude::*;

/// Precision, recall and F1 by the name of the class, as the instant head judged the photos.
fn rates(state: &State) -> Vec<(String, Rates)> {
    let (classes, confusion) = state.mix_ups();
    let named = |(at, id)| {
        let name = state.photos.class(id).map(|class| class.name.clone()).unwrap_or_default();
        (name, Rates::of(&confusion, at))
    };
    classes.into_iter().enumerate().map(named).collect()
}

/// The table behind the bars.
#[component]
pub(super) fn Table(list: Memo<Vec<Found>>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let rates = page.examined(rates);
    let instant = page.memo(State::is_instant);
    let others = move || (!instant.get()).then(|| t_string!(i18n, results.rates_of_instant).to_owned());
    view! {
        <DataTable
            title=t_string!(i18n, app.table)
            caption=t!(i18n, results.per_class_caption)
            heads=vec![
                t_string!(i18n, results.th_class),
                t_string!(i18n, results.th_photos),
                t_string!(i18n, results.th_right),
                t_string!(i18n, results.th_range),
                t_string!(i18n, results.th_precision),
                t_string!(i18n, results.th_f1),
            ]
            rows=live(move || Rows(list.with(|list| list.iter().map(|found| row(i18n, found, &rates.get())).collect())))
            notes=vec![live(move || Some(t_string!(i18n, results.rates_say).to_owned())), live(others)]
        />
    }
}

fn row(i18n: Words, found: &Found, rates: &[(String, Rates)]) -> Vec<String> {
    let named = rates.iter().find(|(name, _)| *name == found.class.name);
    let rates = named.map(|(_, rates)| *rates).unwrap_or_default();
    vec![
        found.class.name.clone(),
        whole(found.score.photos),
        percent(i18n, found.share()),
        exact_range(i18n, found.score.interval),
        rate(i18n, rates.precision),
        rate(i18n, rates.f1),
    ]
}

/// A rate, or a dash where there is nothing to count.
fn rate(i18n: Words, rate: Option<f64>) -> String {
    rate.map_or_else(|| "–".to_owned(), |rate| percent(i18n, rate))
}
