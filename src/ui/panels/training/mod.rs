//! The second step: train, watch, stop.

mod contest;
mod curves;
mod instant;

use crate::{
    protocol::{HeadOrigin, InstantState},
    ui::{
        browser::now_ms,
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::{live, part},
        page::Page,
        panels::fold::Fold,
        shortcuts::Hint,
        state::{Command, JobKind, Layout, Speaker, State, TrainBlock, TrainingState},
        words::{fixed, time_left, took, train_block, whole},
    },
};
use contest::Contest;
use curves::Curves;
use instant::InstantHead;
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
                <InstantHead/>
                <Status/>
            </div>
            <Fold name="training" say=t_string!(i18n, fold.training)/>
            <Contest/>
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
    // "Not trained yet" would read as if nothing could be asked.
    let quiet = page.memo(|state| state.training.state == TrainingState::Idle && state.instant != InstantState::None);
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
        <span class=live(chip) data-testid="train-status" data-state=live(move || status.get().0.code()) hidden=quiet>
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
    let from = page.memo(|state| state.head.as_ref().map(|head| head.origin));
    let say = move || match from.get() {
        Some(HeadOrigin::Opened) => t_string!(i18n, train.opened_say),
        Some(HeadOrigin::Instant) => t_string!(i18n, instant.say),
        Some(HeadOrigin::Trained) | None => t_string!(i18n, train.say),
    };
    view! {
        <p class="muted small" hidden=live(move || !idle.get())>{live(say)}</p>
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
                    <Hint command=Command::Train/>
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
    part(move || kept.get().map(|kept| view! { <p class="small muted">{say(kept)}</p> }))
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
