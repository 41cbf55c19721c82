//! Whether it is as sure as it should be.

use super::behind::{Behind, PhotosBehind, open_or_close, step_ends};
use crate::{
    metrics::{Calibration, Step},
    ui::{
        browser::focus_soon,
        components::{Bars, Column, DataTable, Reliability, Rows, When, bar_id},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live, memo},
        page::Page,
        state::State,
        words::{fixed, percent, range, whole},
    },
};
use leptos::prelude::*;

/// The heading of the photos behind a bar.
const OPENED: &str = "confidence-opened";
/// Up to so many points off it is as sure as it should be: what whole percents hide and a person does not notice.
const FINE: f64 = 0.05;

/// The section; only where photos were judged.
#[component]
pub(super) fn Confidence() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let calibration = page.examined(State::calibration);
    let before = page.examined(|state| state.calibration_before().error);
    let instant = page.memo(State::is_instant);
    let open = RwSignal::new(None);
    let columns = memo(move || calibration.with(|calibration| columns(i18n, calibration)));
    let finding = live(move || calibration.with(|calibration| finding(i18n, calibration)));
    let press = move |at: usize| {
        open_or_close(open, Some(Behind::Step(at)), OPENED);
    };
    let closed = |behind| {
        if let Behind::Step(at) = behind {
            focus_soon(bar_id(at));
        }
    };
    let open_step = move || match open.get() {
        Some(Behind::Step(at)) => Some(at),
        _ => None,
    };
    view! {
        <When is=live(move || calibration.with(|calibration| calibration.photos() > 0))>
            <section
                class="section"
                id="confidence"
                aria-labelledby="confidence-heading"
                data-testid="confidence"
                data-error=live(move || calibration.with(|calibration| calibration.error))
                data-before=before
            >
                <div class="section-head"><h3 id="confidence-heading">{t!(i18n, confidence.title)}</h3></div>
                <div class="split">
                    <figure>
                        <figcaption class="small"><span class="strong">{t!(i18n, confidence.right)}</span></figcaption>
                        <Reliability columns label=finding/>
                    </figure>
                    <figure>
                        <figcaption class="row small">
                            <span class="strong">{t!(i18n, confidence.photos)}</span>
                            <span class="faint">{t!(i18n, confidence.press)}</span>
                        </figcaption>
                        <Bars
                            columns
                            label=t_string!(i18n, confidence.photos)
                            open=live(open_step)
                            on_press=Callback::new(press)
                        />
                        <div class="legend">
                            <span><i class="box right"></i>{t!(i18n, confidence.are_right)}</span>
                            <span><i class="box wrong"></i>{t!(i18n, confidence.are_wrong)}</span>
                        </div>
                    </figure>
                </div>
                <PhotosBehind open heading=OPENED on_close=Callback::new(closed)/>
                <p class="small muted more-line">
                    {finding}
                    " "
                    {live(move || t_string!(i18n, confidence.before, points = fixed(before.get() * 100.0, 1)).to_string())}
                </p>
                <p class="small muted" hidden=instant>{t!(i18n, mix_ups.of_instant)}</p>
                <Table calibration/>
            </section>
        </When>
    }
}

fn columns(i18n: Words, calibration: &Calibration) -> Vec<Column> {
    let highest = calibration.steps.iter().map(|step| step.photos).max().unwrap_or(0).max(1);
    let column = |(at, step): (usize, &Step)| {
        let (low, high) = step_ends(at);
        let (right, n) = (whole(step.right), whole(step.photos));
        Column {
            height: f64::from(step.photos) / f64::from(highest),
            right: step.share(),
            point: (step.photos > 0).then(|| (step.said, step.share(), step.interval())),
            label: t_string!(i18n, confidence.bar, count = step.photos, n = n, right = right, low = low, high = high)
                .to_string(),
        }
    };
    calibration.steps.iter().enumerate().map(column).collect()
}

/// How far off it is, and to which side.
fn finding(i18n: Words, calibration: &Calibration) -> String {
    let points = fixed(calibration.error * 100.0, 1);
    let side = match calibration.too_sure {
        _ if calibration.error <= FINE => t_string!(i18n, confidence.fine),
        gap if gap > 0.0 => t_string!(i18n, confidence.too_sure),
        _ => t_string!(i18n, confidence.too_careful),
    };
    t_string!(i18n, confidence.error, side = side, points = points).to_string()
}

#[component]
fn Table(calibration: Memo<Calibration>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <DataTable
            title=t_string!(i18n, app.table)
            caption=live(move || calibration.with(|calibration| finding(i18n, calibration)))
            heads=vec![
                t_string!(i18n, confidence.th_step),
                t_string!(i18n, confidence.th_photos),
                t_string!(i18n, confidence.th_said),
                t_string!(i18n, confidence.th_right),
                t_string!(i18n, results.th_range),
            ]
            rows=live(move || calibration.with(|calibration| rows(i18n, calibration)))
        />
    }
}

fn rows(i18n: Words, calibration: &Calibration) -> Rows {
    let row = |(at, step): (usize, &Step)| {
        let (low, high) = step_ends(at);
        vec![
            t_string!(i18n, app.range, low = low, high = high).to_string(),
            whole(step.photos),
            percent(i18n, step.said),
            percent(i18n, step.share()),
            range(i18n, step.interval()),
        ]
    };
    Rows(calibration.steps.iter().enumerate().filter(|(_, step)| step.photos > 0).map(row).collect())
}
