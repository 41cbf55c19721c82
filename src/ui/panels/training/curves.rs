//! The curves of a training, and the table behind them.

use crate::{
    protocol::CurvePoint,
    ui::{
        components::{Curve, DataTable, Line, Rows, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live},
        page::Page,
        words::{fixed, whole},
    },
};
use leptos::prelude::*;

/// Right answers and loss by step; there while there is a curve.
#[component]
pub(super) fn Curves() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let curve = page.memo(|state| state.training.curve.clone());
    let kept = page.memo(|state| state.training.kept_step.filter(|_| state.training.run.is_none()));
    let accuracy = live(move || curve.with(|curve| accuracy_line(curve, kept.get())));
    let loss = live(move || curve.with(|curve| loss_line(curve, kept.get())));
    // The value at the step that is in use: the kept one, and while training goes on the newest.
    let at_kept = move |of: fn(&CurvePoint) -> f32, places: usize, scale: f64| {
        live(move || {
            let point = curve
                .with(|curve| curve.iter().rfind(|point| kept.get().is_none_or(|kept| point.step <= kept)).copied());
            point.map(|point| fixed(f64::from(of(&point)) * scale, places)).unwrap_or_default()
        })
    };
    let kept_label = live(move || t_string!(i18n, train.kept, step = whole(kept.get().unwrap_or(0))).to_string());
    view! {
        <When is=live(move || curve.with(|curve| curve.len() > 1))>
            <div class="stack">
                <Curve
                    line=accuracy
                    caption=t_string!(i18n, train.accuracy)
                    value=at_kept(|point| point.valid_accuracy, 1, 100.0)
                    label=live(move || curve.with(|curve| accuracy_words(i18n, curve)))
                />
                <Curve
                    line=loss
                    caption=t_string!(i18n, train.loss)
                    value=at_kept(|point| point.valid_loss, 2, 1.0)
                    label=live(move || curve.with(|curve| loss_words(i18n, curve)))
                    kept_label=kept_label
                />
                <div class="legend">
                    <span><i></i>{t!(i18n, train.held_back)}</span>
                    <span><i class="ctx"></i>{t!(i18n, train.trained_on)}</span>
                </div>
                <CurveTable curve/>
            </div>
        </When>
    }
}

/// Steps and one value of each point.
fn series(curve: &[CurvePoint], of: impl Fn(&CurvePoint) -> f32, scale: f64) -> Vec<(f64, f64)> {
    curve.iter().map(|point| (f64::from(point.step), f64::from(of(point)) * scale)).collect()
}

fn accuracy_line(curve: &[CurvePoint], kept: Option<u32>) -> Line {
    let main = series(curve, |point| point.valid_accuracy, 100.0);
    let context = series(curve, |point| point.train_accuracy, 100.0);
    let lowest = main.iter().chain(&context).map(|(_, value)| *value).fold(100.0, f64::min);
    // Whole twenties, and at most four lines.
    let low = ((lowest / 20.0).floor() * 20.0).clamp(0.0, 80.0);
    let step = if low < 40.0 { 25.0 } else { 20.0 };
    let low = if low < 40.0 { 0.0 } else { low };
    let mut ticks: Vec<f64> =
        (0..=4).map(|at| 100.0 - f64::from(at) * step).filter(|tick| *tick >= low && *tick > 0.0).collect();
    ticks.reverse();
    Line { last_step: last_step(curve), main, context, low_high: (low, 100.0), ticks, kept: kept.map(f64::from) }
}

fn loss_line(curve: &[CurvePoint], kept: Option<u32>) -> Line {
    let main = series(curve, |point| point.valid_loss, 1.0);
    let context = series(curve, |point| point.train_loss, 1.0);
    let highest =
        main.iter().chain(&context).map(|(_, value)| *value).filter(|value| value.is_finite()).fold(0.1, f64::max);
    // One, two or five of a power of ten, so that there are two or three lines above zero.
    let rough = highest / 2.5;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|of| of * power).find(|step| *step >= rough).unwrap_or(power);
    let digits = 1e6;
    let ticks =
        (0..4).map(|at| (f64::from(at) * step * digits).round() / digits).filter(|tick| *tick <= highest).collect();
    Line { last_step: last_step(curve), main, context, low_high: (0.0, highest), ticks, kept: kept.map(f64::from) }
}

fn last_step(curve: &[CurvePoint]) -> f64 {
    f64::from(curve.last().map_or(1, |point| point.step))
}

fn accuracy_words(i18n: Words, curve: &[CurvePoint]) -> String {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return String::new() };
    let percent = |share: f32| fixed(f64::from(share) * 100.0, 0);
    let (first, step, last) = (percent(first.valid_accuracy), whole(last.step), percent(last.valid_accuracy));
    t_string!(i18n, train.accuracy_aria, first = first, last = last, step = step).to_string()
}

fn loss_words(i18n: Words, curve: &[CurvePoint]) -> String {
    let (Some(first), Some(last)) = (curve.first(), curve.last()) else { return String::new() };
    let (first, step, last) = (fixed(first.valid_loss.into(), 2), whole(last.step), fixed(last.valid_loss.into(), 2));
    t_string!(i18n, train.loss_aria, first = first, last = last, step = step).to_string()
}

/// The same as a table.
#[component]
fn CurveTable(curve: Memo<Vec<CurvePoint>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <DataTable
            title=t_string!(i18n, train.table)
            caption=live(move || curve.with(|curve| accuracy_words(i18n, curve)))
            heads=vec![
                t_string!(i18n, train.th_step),
                t_string!(i18n, train.th_accuracy),
                t_string!(i18n, train.th_train_accuracy),
                t_string!(i18n, train.th_loss),
                t_string!(i18n, train.th_train_loss),
            ]
            rows=live(move || Rows(curve.with(|curve| curve.iter().map(row).collect())))
        />
    }
}

fn row(point: &CurvePoint) -> Vec<String> {
    let percent = |share: f32| fixed(f64::from(share) * 100.0, 1);
    vec![
        whole(point.step),
        percent(point.valid_accuracy),
        percent(point.train_accuracy),
        fixed(point.valid_loss.into(), 3),
        fixed(point.train_loss.into(), 3),
    ]
}
