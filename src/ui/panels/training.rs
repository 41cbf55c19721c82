//! The second step: train, watch, stop.

use crate::{
    protocol::{CurvePoint, HeadOrigin},
    ui::{
        app::Labelled,
        browser::now_ms,
        components::{Curve, Icon, Line, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{live, part},
        page::Page,
        state::{JobKind, Layout, Speaker, State, TrainBlock, TrainingState},
        words::{fixed, time_left, took, train_block, whole},
    },
};
use leptos::prelude::*;

/// The step.
#[component]
pub(in crate::ui) fn Training() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let layout = page.memo(State::layout);
    let state = page.memo(|state| state.training.state);
    let class = move || if layout.get() == Layout::Trained { "rest stack-4" } else { "stack" };
    let number = move || match (state.get(), layout.get()) {
        (TrainingState::Trained, _) => "step-no done",
        (TrainingState::Training, Layout::Trained) => "step-no on",
        _ => "step-no",
    };
    view! {
        <section id="training" class=live(class) aria-labelledby="training-heading" hidden=live(move || layout.get() == Layout::Empty)>
            <div class="step-head">
                <h2 id="training-heading"><span class=live(number)>"2"</span>" "{t!(i18n, steps.training)}</h2>
                <Status/>
            </div>
            <Explain/>
            <Running/>
            <Curves/>
            <Verdict/>
            <TrainButton/>
            <Spoken/>
        </section>
    }
}

#[component]
fn Status() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let status = page.memo(|state| (state.training.state, state.training.took_ms, state.training.cancelled));
    let chip = move || match status.get().0 {
        TrainingState::Idle => "chip push",
        TrainingState::Training => "chip accent push",
        TrainingState::Trained => "chip good push",
        TrainingState::Failed => "chip danger push",
    };
    let icon = move || match status.get().0 {
        TrainingState::Idle => None,
        TrainingState::Training => Some("bolt"),
        TrainingState::Trained => Some("check"),
        TrainingState::Failed => Some("alert"),
    };
    let word = move || match status.get() {
        (TrainingState::Idle, ..) => t_string!(i18n, train.state_idle).to_string(),
        (TrainingState::Training, ..) => t_string!(i18n, train.state_training).to_string(),
        (TrainingState::Failed, ..) => t_string!(i18n, train.state_failed).to_string(),
        (TrainingState::Trained, _, true) | (TrainingState::Trained, None, _) => {
            t_string!(i18n, train.state_kept).to_string()
        }
        (TrainingState::Trained, Some(ms), false) => took(i18n, ms),
    };
    view! {
        <span class=live(chip) data-testid="train-status" data-state=live(move || status.get().0.code())>
            {part(move || icon().map(|name| view! { <Icon name=name size="s"/>" " }))}
            {live(word)}
        </span>
    }
}

#[component]
fn Explain() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let idle = page.memo(|state| matches!(state.training.state, TrainingState::Idle | TrainingState::Failed));
    let opened = page.memo(|state| state.head.as_ref().is_some_and(|head| head.origin == HeadOrigin::Opened));
    view! {
        <p class="muted small" hidden=live(move || !idle.get())>
            {live(move || if opened.get() { t_string!(i18n, train.opened_say) } else { t_string!(i18n, train.say) })}
        </p>
    }
}

/// How far a training is, and the way out.
#[component]
fn Running() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let running = page.memo(|state| state.training.state == TrainingState::Training);
    let steps = page.memo(|state| (state.training.done_steps, state.training.of_steps));
    let left = page.memo(|state| state.training.time_left());
    let done = move || match steps.get() {
        (_, 0) => t_string!(i18n, train.preparing).to_string(),
        (done, of) => t_string!(i18n, train.steps, done = whole(done), total = whole(of)).to_string(),
    };
    let say = move || match left.get() {
        Some(left) => t_string!(i18n, train.steps_left, steps = done(), left = time_left(i18n, left)).to_string(),
        None => done(),
    };
    view! {
        <When is=running>
            <p class="small muted num">{live(say)}</p>
            <button class="btn quiet small" on:click=move |_| page.cancel(JobKind::Train)>{t!(i18n, train.cancel_keeps)}</button>
        </When>
    }
}

#[component]
fn TrainButton() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let block = page.memo(State::train_block);
    let again = page.memo(|state| state.training.state == TrainingState::Trained);
    let class = move || if again.get() { "btn quiet small" } else { "btn primary wide" };
    // Not `disabled` while it trains: the pressed button holds the focus, and a disabled element would lose it.
    view! {
        <div class="stack">
            <div class="row">
                <button
                    class=live(class)
                    data-testid="train"
                    aria-disabled=live(move || block.get().is_some().to_string())
                    disabled=live(move || block.get().is_some() && block.get() != Some(TrainBlock::Training))
                    aria-describedby="train-reason"
                    on:click=move |_| page.train()
                >
                    {live(move || if again.get() { t_string!(i18n, train.again) } else { t_string!(i18n, train.train) })}
                    " "
                    <kbd class="kbd">"T"</kbd>
                </button>
            </div>
            <p id="train-reason" class="small muted" hidden=live(move || matches!(block.get(), None | Some(TrainBlock::Training)))>
                {live(move || block.get().map(|block| train_block(i18n, block)))}
            </p>
        </div>
    }
}

#[component]
fn Verdict() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let kept = page.memo(|state| {
        let training = &state.training;
        let last = training.curve.last().map_or(0, |point| point.step);
        (training.state == TrainingState::Trained).then_some((
            training.kept_step.unwrap_or(0),
            last,
            training.cancelled,
        ))
    });
    let say = move |(kept, last, cancelled): (u32, u32, bool)| {
        let step = whole(kept);
        match (cancelled, kept < last) {
            (true, _) => t_string!(i18n, train.stopped_by_you, step = step).to_string(),
            (false, true) => t_string!(i18n, train.stopped_itself, step = step).to_string(),
            (false, false) => t_string!(i18n, train.ran_through, step = step).to_string(),
        }
    };
    move || kept.get().map(|kept| view! { <p class="small muted">{say(kept)}</p> })
}

#[component]
fn Curves() -> impl IntoView {
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

/// What a screen reader hears of a training.
#[component]
fn Spoken() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let progress = page.memo(|state| {
        let training = &state.training;
        (training.state, training.done_steps, training.of_steps, training.curve.last().copied())
    });
    let said = RwSignal::new(String::new());
    let speaker = StoredValue::new(Speaker::default());
    Effect::new(move |before: Option<TrainingState>| {
        let (state, done, of, last) = progress.get();
        let share = f64::from(done) / f64::from(of.max(1));
        match (before, state, last) {
            (Some(TrainingState::Training), TrainingState::Trained, _) => {
                said.set(t_string!(i18n, train.live_done).to_string());
            }
            (Some(before), TrainingState::Training, _) if before != TrainingState::Training => {
                speaker.set_value(Speaker::default());
                said.set(t_string!(i18n, train.live_start).to_string());
            }
            (_, TrainingState::Training, Some(point))
                if speaker.try_update_value(|speaker| speaker.should_say(share, now_ms())) == Some(true) =>
            {
                let accuracy = fixed(f64::from(point.valid_accuracy) * 100.0, 0);
                said.set(t_string!(i18n, train.live_step, step = whole(point.step), accuracy = accuracy).to_string());
            }
            _ => {}
        }
        state
    });
    view! { <p class="vh" role="status">{said}</p> }
}
