//! Whether it does the same on photos of every place, camera and person.

mod table;

use super::behind::{Behind, PhotosBehind, open_or_close};
use crate::{
    protocol::{TagReport, TagScore},
    ui::{
        browser::focus_soon,
        components::When,
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        panels::share_line::{Bar, Opens, share_line},
        state::State,
        words::percent,
    },
};
use leptos::prelude::*;
use table::Table;

/// The card of the network, as it lies beside its weights.
const CARD: &str = "models/efficientnet-lite0.md";
/// The heading of the photos behind a tag.
const OPENED: &str = "bias-opened";

/// The section; only where photos were judged.
#[component]
pub(super) fn BiasSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let report = page.memo(|state| state.by_tag.clone());
    let judged = page.examined(|state| state.judged().next().is_some());
    let instant = page.memo(State::is_instant);
    let open = RwSignal::new(None);
    let tags = move || report.with(|report| report.tags.iter().enumerate().map(|tag| line(i18n, tag, open)).views());
    let closed = |behind| {
        if let Behind::Tag(at) = behind {
            focus_soon(line_id(at));
        }
    };
    view! {
        <When is=judged>
            <section
                class="section"
                id="bias"
                aria-labelledby="bias-heading"
                data-testid="bias"
                data-tags=live(move || report.with(|report| report.tags.len()))
                data-gap=live(move || report.with(|report| largest(report).map(|tag| tag.tag.clone())))
            >
                <div class="section-head"><h3 id="bias-heading">{t!(i18n, bias.title)}</h3></div>
                <div class="stack">
                    <p>{live(move || report.with(|report| finding(i18n, report)))}</p>
                    <When is=live(move || report.with(|report| !report.tags.is_empty()))>
                        <ul class="perclass tags">{part(tags)}</ul>
                        <PhotosBehind open heading=OPENED on_close=Callback::new(closed)/>
                        <p class="small muted" hidden=instant>{t!(i18n, mix_ups.of_instant)}</p>
                        <Table report/>
                    </When>
                    <p class="small muted">
                        {t!(i18n, bias.network)}
                        " "
                        <a href=CARD target="_blank" rel="noopener">{t!(i18n, bias.card)}</a>
                    </p>
                </div>
            </section>
        </When>
    }
}

fn largest(report: &TagReport) -> Option<&TagScore> {
    report.largest.and_then(|at| report.tags.get(at))
}

/// What the tags tell, in a sentence.
fn finding(i18n: Words, report: &TagReport) -> String {
    if let Some(gap) = largest(report) {
        let (tag, right) = (gap.tag.clone(), percent(i18n, gap.of.share()));
        let others = percent(i18n, gap.of.others.unwrap_or_default());
        return if gap.of.lead < 0.0 {
            t_string!(i18n, bias.worse, tag = tag, right = right, others = others).to_string()
        } else {
            t_string!(i18n, bias.better, tag = tag, right = right, others = others).to_string()
        };
    }
    match (report.tags.is_empty(), report.tags.iter().any(|tag| tag.of.p.is_some())) {
        (true, _) => t_string!(i18n, bias.say).to_string(),
        (false, true) => t_string!(i18n, bias.fine).to_string(),
        (false, false) => t_string!(i18n, bias.too_few).to_string(),
    }
}

fn line_id(at: usize) -> String {
    format!("tag-line-{at}")
}

fn line(
    i18n: Words,
    (at, TagScore { tag, of }): (usize, &TagScore),
    open: RwSignal<Option<Behind>>,
) -> impl IntoView + use<> {
    let name = view! { <span>{tag.clone()}</span> };
    let bar = Bar { right: of.share(), interval: of.interval, colour: "plain".to_owned() };
    let opens = Opens {
        id: line_id(at),
        label: t_string!(i18n, bias.show_photos, tag = tag.clone()).to_string(),
        open: live(move || open.get() == Some(Behind::Tag(at))),
        on_press: Callback::new(move |()| open_or_close(open, Some(Behind::Tag(at)), OPENED)),
    };
    share_line(i18n, name.into_any(), bar, Some(opens))
}
