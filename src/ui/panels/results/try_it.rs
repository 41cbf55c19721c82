//! New photos, and what the head says to them.

use super::{
    gaze::{GazeScale, GazeSwitch},
    prediction::PredictionView,
    table::{Answers, Looking},
};
use crate::ui::{
    app::{Labelled, Over},
    browser::{now_ms, open_picker},
    camera::Camera,
    components::{Bar, Icon, When},
    drops::Target,
    i18n::{t, t_string, use_i18n},
    live::{each, live},
    page::Page,
    panels::{
        fold::Fold,
        inputs::{HEAD, PREDICT, PREDICT_FOLDER},
    },
    state::{JobKind, Speaker, State},
    words::whole,
};
use leptos::prelude::*;

/// The section.
#[component]
pub(super) fn TryIt() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let files = page.memo(|state| state.predictions.answers().iter().map(|answer| answer.file).collect::<Vec<_>>());
    let looking = Looking::new(page);
    let answer = move |file| {
        page.with_untracked(|state| state.predictions.answers().iter().find(|answer| answer.file == file).cloned())
    };
    view! {
        <section class="section" id="try" aria-labelledby="try-heading" data-drop=Target::Predict.word()>
            <div class="section-head">
                <h3 id="try-heading">{t!(i18n, results.try_it)}</h3>
                <GazeSwitch/>
                <When is=live(move || files.with(|files| files.len() > 1))>
                    <button class="btn plain small" data-testid="as-table" aria-pressed=live(move || looking.as_table.get().to_string()) on:click=move |_| looking.as_table.update(|table| *table = !*table)>
                        <Icon name="table"/>" "{t!(i18n, answers.as_table)}
                    </button>
                    <button class="btn plain small" data-testid="download-table" on:click=move |_| page.download_table()>{t!(i18n, results.table)}</button>
                </When>
                <When is=live(move || !files.with(Vec::is_empty))>
                    <button class="btn plain small" data-testid="clear-predictions" on:click=move |_| page.clear_predictions()>{t!(i18n, results.clear)}</button>
                </When>
            </div>
            <div class="stack">
                <Fold name="try" say=t_string!(i18n, fold.try_it)/>
                <DropZone/>
                <Answering/>
                <GazeScale/>
                <Answers looking/>
                <div class="preds" hidden=looking.as_table>
                    {each(move || files.get(), move |file| answer(file).map(|prediction| view! { <PredictionView prediction/> }))}
                </div>
            </div>
            <Spoken/>
        </section>
    }
}

#[component]
fn DropZone() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let camera = Camera::get();
    let over = expect_context::<Over>().0;
    let can = page.memo(State::can_predict);
    let say = move || if can.get() { t_string!(i18n, results.drop) } else { t_string!(i18n, results.needs_head) };
    view! {
        <div class="drop small" class:is-over=live(move || over.get() == Some(Target::Predict))>
            <p class="muted">{live(say)}</p>
            <div class="row choices">
                <button class="btn quiet small" aria-haspopup="dialog" disabled=live(move || !can.get()) on:click=move |_| camera.show(None)>
                    <Labelled icon="camera">{t!(i18n, camera.title)}</Labelled>
                </button>
                <button class="btn quiet small" disabled=live(move || !can.get()) on:click=|_| open_picker(PREDICT)>
                    <Labelled icon="image">{t!(i18n, results.choose)}</Labelled>
                </button>
                <button class="btn quiet small" disabled=live(move || !can.get()) on:click=|_| open_picker(PREDICT_FOLDER)>
                    <Labelled icon="folder">{t!(i18n, results.choose_folder)}</Labelled>
                </button>
                <button class="btn plain small" hidden=can on:click=|_| open_picker(HEAD)>{t!(i18n, share.open)}</button>
            </div>
        </div>
    }
}

/// How far answering is, when it takes more than a moment.
#[component]
fn Answering() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let sum = page.memo(|state| state.jobs.sum(JobKind::Predict));
    let share = live(move || f64::from(sum.get().done) / f64::from(sum.get().total.max(1)));
    let say = move || {
        let sum = sum.get();
        t_string!(i18n, results.answering, done = whole(sum.done), total = whole(sum.total)).to_string()
    };
    view! {
        <div class="stack" hidden=live(move || sum.with(|sum| sum.total < 2))>
            <p class="row small">
                <span class="muted num">{live(say)}</span>
                <button class="btn plain small push" on:click=move |_| page.cancel(JobKind::Predict)>{t!(i18n, app.cancel)}</button>
            </p>
            <Bar share/>
        </div>
    }
}

#[component]
fn Spoken() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let progress = page.memo(|state| (state.predictions.answers().len(), state.jobs.sum(JobKind::Predict)));
    let said = RwSignal::new(String::new());
    let speaker = StoredValue::new(Speaker::default());
    Effect::new(move |before: Option<usize>| {
        let (count, sum) = progress.get();
        let share = f64::from(sum.done) / f64::from(sum.total.max(1));
        let through = sum.total == 0;
        let due = through || speaker.try_update_value(|speaker| speaker.should_say(share, now_ms())) == Some(true);
        let said_before = before.unwrap_or(0);
        if count > said_before && due {
            let plural = u32::try_from(count).unwrap_or(u32::MAX);
            said.set(t_string!(i18n, results.predicted_live, count = plural, n = whole(count)).to_string());
        }
        if through {
            speaker.set_value(Speaker::default());
        }
        if due { count } else { said_before }
    });
    view! { <p class="vh" role="status">{said}</p> }
}
