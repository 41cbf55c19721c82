//! The tags as a table, with how they compare with the other photos.

use crate::{
    protocol::{TagReport, TagScore},
    ui::{
        components::{DataTable, Rows},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live},
        words::{exact_range, fixed, percent, whole},
    },
};
use leptos::prelude::*;

/// The table behind the bars.
#[component]
pub(super) fn Table(report: Memo<TagReport>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <DataTable
            title=t_string!(i18n, bias.table)
            caption=t!(i18n, bias.caption)
            heads=vec![
                t_string!(i18n, bias.th_tag),
                t_string!(i18n, bias.th_photos),
                t_string!(i18n, bias.th_scenes),
                t_string!(i18n, bias.th_right),
                t_string!(i18n, results.th_range),
                t_string!(i18n, bias.th_others),
                t_string!(i18n, bias.th_lead),
                t_string!(i18n, bias.th_p),
            ]
            rows=live(move || Rows(report.with(|report| report.tags.iter().map(|tag| row(i18n, tag)).collect())))
            notes=vec![live(move || Some(t_string!(i18n, bias.note).to_owned()))]
        />
    }
}

fn row(i18n: Words, TagScore { tag, of }: &TagScore) -> Vec<String> {
    let sign = if of.lead > 0.0 { "+" } else { "" };
    let points = [sign, &fixed(of.lead * 100.0, 1)].concat();
    let dash = || "–".to_owned();
    vec![
        tag.clone(),
        whole(of.photos),
        whole(of.bursts),
        percent(i18n, of.share()),
        exact_range(i18n, of.interval),
        of.others.map_or_else(dash, |others| percent(i18n, others)),
        t_string!(i18n, bias.points, points = points).to_string(),
        of.p.map_or_else(dash, |p| fixed(p, 3)),
    ]
}
