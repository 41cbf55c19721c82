//! The score with its interval, in a sentence and on its scale.

use super::{
    bursts::Bursts,
    facts::Facts,
    measured::{measured, protocol_code, too_few},
    test_set::TestSet,
};
use crate::{
    protocol::{HeadView, Score},
    ui::{
        components::Range,
        i18n::{Words, t, t_string, use_i18n},
        live::{live, memo, part},
        page::{Page, SCORE_HEADING},
        panels::fold::Fold,
        words::{fixed, outward, percent_sign},
    },
};
use leptos::prelude::*;

/// The section; in the document from the first frame on.
#[component]
pub(super) fn ScoreSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let head = page.memo(|state| state.head.clone());
    let score = memo(move || head.with(|head| head.as_ref().and_then(|head| head.score.clone())));
    let number = move |of: fn(&Score) -> f64| score.with(|score| score.as_ref().map(of));
    let protocol = move || score.with(|score| score.as_ref().map(|score| protocol_code(score.protocol)));
    let percent = move || number(|score| score.accuracy).map(|accuracy| fixed(accuracy * 100.0, 0));
    view! {
        <section class="section" id="score" aria-labelledby=SCORE_HEADING>
            <h3 class="vh" id=SCORE_HEADING tabindex="-1">{t!(i18n, results.score)}</h3>
            <div class="score">
                <div class="hero">
                    <p
                        class="big"
                        data-testid="score"
                        data-accuracy=live(move || number(|score| score.accuracy))
                        data-low=live(move || number(|score| score.interval.low))
                        data-high=live(move || number(|score| score.interval.high))
                        data-protocol=live(protocol)
                        hidden=live(move || score.with(Option::is_none))
                    >
                        {live(percent)}<small>{percent_sign(i18n)}</small>
                    </p>
                    {part(move || score.get().map_or_else(|| without(i18n, head.with(Option::is_some)), |score| say(i18n, &score)))}
                </div>
                {part(move || score.get().and_then(|score| too_few(i18n, &score)))}
                {part(move || head.get().and_then(|head| scale(i18n, &head)))}
                <Facts/>
                {part(move || score.get().map(|score| measured(i18n, &score)))}
                <Fold name="score" say=t_string!(i18n, fold.score)/>
                <Bursts/>
                <TestSet/>
            </div>
        </section>
    }
}

fn without(i18n: Words, has_head: bool) -> AnyView {
    let say = if has_head { t_string!(i18n, results.no_score) } else { t_string!(i18n, results.no_score_yet) };
    view! { <p class="say muted">{say}</p> }.into_any()
}

fn say(i18n: Words, score: &Score) -> AnyView {
    let (low, high) = outward(score.interval.low, score.interval.high);
    let right = fixed(score.accuracy * 100.0, 0);
    view! { <p class="say">{t!(i18n, results.say, right = right.clone(), low = low.clone(), high = high.clone(), <b> = <b/>)}</p> }.into_any()
}

fn scale(i18n: Words, head: &HeadView) -> Option<impl IntoView + use<>> {
    let largest = head.classes.iter().max_by_key(|class| class.count).map(|class| class.name.clone());
    Some(scale_of(i18n, head.score.as_ref()?, largest))
}

/// A score on its scale; `largest` is the class that always saying the same would say.
pub(super) fn scale_of(i18n: Words, score: &Score, largest: Option<String>) -> impl IntoView + use<> {
    let percent = |share: f64, places| fixed(share * 100.0, places);
    let (low, high) = (percent(score.interval.low, 1), percent(score.interval.high, 1));
    let baseline = percent(score.baseline, 0);
    let baseline_label = match largest {
        Some(name) => t_string!(i18n, results.baseline, baseline = baseline.clone(), name = name).to_string(),
        None => t_string!(i18n, results.baseline_unnamed, baseline = baseline.clone()).to_string(),
    };
    let label = t_string!(
        i18n,
        results.range_aria,
        accuracy = percent(score.accuracy, 1),
        low = low.clone(),
        high = high.clone(),
        baseline = baseline
    )
    .to_string();
    let interval_label = t_string!(i18n, app.range_spaced, low = low, high = high).to_string();
    view! {
        <Range
            accuracy=score.accuracy
            interval=score.interval
            baseline=score.baseline
            label=label
            baseline_label=baseline_label
            interval_label=interval_label
        />
    }
}
