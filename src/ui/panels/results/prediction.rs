//! One answer.

use super::gaze::{GazeLine, Over};
use crate::{
    protocol::{FileRef, Ranked},
    ui::{
        components::{Bar, ClassKey, KeySize, Mark},
        i18n::{Words, t, t_string, use_i18n},
        live::Views,
        page::Page,
        state::{Prediction, State},
        words::{percent, sureness},
    },
};
use leptos::prelude::*;

/// So many classes get a bar.
const BARS: usize = 3;

/// The keys of the head's classes: those of the project where the head fits it, else the head's own order.
pub(in crate::ui) fn marks(state: &State) -> Vec<Mark> {
    let Some(head) = &state.head else { return Vec::new() };
    let fits = state.head_fits();
    let of = if fits { state.photos.classes().len() } else { head.classes.len() };
    let mark = |(at, name): (usize, &str)| Mark::new(if fits { state.key_of(name) } else { Some(at) }, name, of);
    head.classes.iter().map(|class| class.name.as_str()).enumerate().map(mark).collect()
}

/// The answer: picture, class, words, bars, file name.
#[component]
pub(super) fn PredictionView(prediction: Prediction) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    // The keys as they were when the answer came: another head has other classes.
    let marks = page.with_untracked(marks);
    let mark = |ranked: &Ranked| {
        let at = usize::try_from(ranked.index).unwrap_or(usize::MAX);
        marks.get(at).cloned().unwrap_or_else(|| Mark::new(None, &ranked.name, 0))
    };
    let best = prediction.ranking.first().cloned();
    let label = best.as_ref().map(|best| best.name.clone());
    let (name, file) = (prediction.name.clone(), prediction.name.clone());
    let bars = prediction.ranking.iter().take(BARS).map(|ranked| bar(i18n, ranked, mark(ranked))).views();
    view! {
        <article
            class="pred"
            data-testid="prediction"
            data-file=file
            data-label=if prediction.unknown { Some("unknown".to_owned()) } else { label.clone() }
            data-top=label.clone()
            data-confidence=best.as_ref().map(|best| best.probability)
        >
            <Shown url=prediction.picture name=prediction.name file=prediction.file/>
            <div>
                <h4 class="top">
                    {if prediction.unknown {
                        view! { <span class="key unknown" aria-hidden="true">"?"</span>" "{t!(i18n, results.unknown)} }.into_any()
                    } else {
                        view! { {best.as_ref().map(|best| view! { <ClassKey mark=Signal::stored(mark(best))/> })}" "{label.clone()} }.into_any()
                    }}
                </h4>
                <p class="sure">
                    {if prediction.unknown { t_string!(i18n, results.like_none).to_string() } else { sureness(i18n, &prediction.ranking) }}
                </p>
                <ul class="odds">{bars}</ul>
                <p class="file">{name}</p>
                <GazeLine file=prediction.file class=label.clone().unwrap_or_default()/>
            </div>
        </article>
    }
}

/// One of the answered classes, with its probability as a bar.
pub(in crate::ui) fn bar(i18n: Words, ranked: &Ranked, mark: Mark) -> impl IntoView + use<> {
    let share = f64::from(ranked.probability);
    let colour = mark.colour();
    view! {
        <li>
            <ClassKey mark=Signal::stored(mark) size=KeySize::Small/>
            <span class="vh">{ranked.name.clone()}</span>
            <Bar share=Signal::stored(share) class=colour/>
            <span class="num">{percent(i18n, share)}</span>
        </li>
    }
}

/// The dropped picture itself, or a sentence where the browser cannot show it.
#[component]
fn Shown(url: Option<String>, name: String, file: FileRef) -> impl IntoView {
    let i18n = use_i18n();
    let url = RwSignal::new(url);
    let alt = StoredValue::new(t_string!(i18n, results.picture_of, file = name).to_string());
    view! {
        <div class="pic">
            {move || match url.get() {
                Some(src) => {
                    view! { <img src=src alt=alt.get_value() loading="lazy" decoding="async" on:error=move |_| url.set(None)/> }.into_any()
                }
                None => view! { <span class="none">{t!(i18n, results.no_picture)}</span> }.into_any(),
            }}
            <Over file/>
        </div>
    }
}
