//! The mistakes as a list, the most telling first.

use super::MixUps;
use crate::ui::{
    components::{DataTable, Rows},
    i18n::{Words, t_string, use_i18n},
    live::{Memo, live},
    words::{percent, whole},
};
use leptos::prelude::*;

/// The table behind the matrix.
#[component]
pub(super) fn MistakeTable(mix_ups: Memo<MixUps>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <DataTable
            title=t_string!(i18n, mix_ups.table)
            caption=live(move || mix_ups.with(|mix_ups| mix_ups.finding(i18n)))
            heads=vec![
                t_string!(i18n, mix_ups.th_is),
                t_string!(i18n, mix_ups.th_answer),
                t_string!(i18n, mix_ups.th_photos),
                t_string!(i18n, mix_ups.th_share),
            ]
            words=2
            rows=live(move || mix_ups.with(|mix_ups| rows(i18n, mix_ups)))
        />
    }
}

fn rows(i18n: Words, mix_ups: &MixUps) -> Rows {
    let row = |mistake: crate::metrics::MixUp| {
        let share = mix_ups.confusion.share(mistake.class, mistake.answer);
        vec![mix_ups.name(mistake.class), mix_ups.name(mistake.answer), whole(mistake.photos), percent(i18n, share)]
    };
    Rows(mix_ups.confusion.mistakes().into_iter().map(row).collect())
}
