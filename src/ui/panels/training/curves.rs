//! The curves of a training, and the table behind them.

use crate::{
    protocol::CurvePoint,
    ui::{
        app::Labelled,
        components::{Curve, Line, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{live, part},
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
    let open = RwSignal::new(false);
    let toggled = move |event: leptos::ev::Event| {
        let details = event_target::<web_sys::Element>(&event);
        open.set(details.has_attribute("open"));
    };
    let row = |point: CurvePoint| {
        let percent = |share: f32| fixed(f64::from(share) * 100.0, 1);
        view! {
            <tr>
                <th scope="row">{whole(point.step)}</th>
                <td class="num">{percent(point.valid_accuracy)}</td>
                <td class="num">{percent(point.train_accuracy)}</td>
                <td class="num">{fixed(point.valid_loss.into(), 3)}</td>
                <td class="num">{fixed(point.train_loss.into(), 3)}</td>
            </tr>
        }
    };
    view! {
        <details class="behind" on:toggle=toggled>
            <summary><Labelled icon="table">{t!(i18n, train.table)}</Labelled></summary>
            <div class="scroll" tabindex="0" role="group" aria-label=t_string!(i18n, train.table)>
                <table class="table">
                    <thead><tr>
                        <th scope="col">{t!(i18n, train.th_step)}</th>
                        <th scope="col" class="num">{t!(i18n, train.th_accuracy)}</th>
                        <th scope="col" class="num">{t!(i18n, train.th_train_accuracy)}</th>
                        <th scope="col" class="num">{t!(i18n, train.th_loss)}</th>
                        <th scope="col" class="num">{t!(i18n, train.th_train_loss)}</th>
                    </tr></thead>
                    // Filled only while it is looked at: the live curve would draw it anew with every step.
                    <tbody>{part(move || open.get().then(|| curve.get().into_iter().map(row).collect_view()))}</tbody>
                </table>
            </div>
        </details>
    }
}
