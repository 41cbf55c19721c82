//! What else the score says, in figures.

use super::false_unknown::FalseUnknown;
use crate::{
    protocol::Score,
    ui::{
        i18n::{Words, t_string, use_i18n},
        live::{Views, part},
        page::Page,
        state::State,
        words::{fixed, percent, range, whole},
    },
};
use leptos::prelude::*;

/// A figure, what stands small beside it, and what it is.
type Fact = (String, Option<String>, String);

/// The row of figures below the scale.
#[component]
pub(super) fn Facts() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let score = page.memo(|state| state.head.as_ref().and_then(|head| head.score.clone()));
    // Judgements are the instant head's: beside another one's score they would be taken for its.
    let sure = page.examined(State::sure_answers);
    let instant = page.memo(State::is_instant);
    let facts = move || {
        let mut facts = score.get().map(|score| of_score(i18n, &score)).unwrap_or_default();
        facts.extend(of_sure(i18n, sure.get()).filter(|_| instant.get()));
        facts.into_iter().map(line).views()
    };
    view! { <dl class="facts">{part(facts)}<FalseUnknown/></dl> }
}

/// The figures of a score alone.
pub(super) fn figures(i18n: Words, score: &Score) -> impl IntoView + use<> {
    view! { <dl class="facts">{of_score(i18n, score).into_iter().map(line).views()}</dl> }
}

fn line((figure, beside, what): Fact) -> impl IntoView {
    view! {
        <div>
            <dt>{what}</dt>
            <dd>{figure}{beside.map(|beside| view! { " "<small class="num">{beside}</small> })}</dd>
        </div>
    }
}

fn of_score(i18n: Words, score: &Score) -> Vec<Fact> {
    let balanced = score.balanced_accuracy.map(|share| {
        let share = t_string!(i18n, app.percent, value = fixed(share * 100.0, 1)).to_string();
        (share, None, t_string!(i18n, facts.balanced).to_string())
    });
    let bursts =
        score.bursts.map(|count| (whole(count), None, t_string!(i18n, facts.bursts, count = count).to_string()));
    let photos = (whole(score.photos), None, t_string!(i18n, facts.photos, count = score.photos).to_string());
    balanced.into_iter().chain(bursts).chain([photos]).collect()
}

fn of_sure(i18n: Words, (right, photos): (u32, u32)) -> Option<Fact> {
    let interval = crate::metrics::wilson(right, photos);
    let share = percent(i18n, f64::from(right) / f64::from(photos.max(1)));
    let range = range(i18n, interval);
    (photos > 0).then(|| (share, Some(range), t_string!(i18n, facts.sure).to_string()))
}
