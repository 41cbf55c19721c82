//! The card of a head that came from a file: what it tells apart, how good it is and who says so, and that it works here.

use super::prediction::marks;
use crate::{
    protocol::{HeadClass, HeadOrigin, Score},
    ui::{
        components::{ClassKey, Mark, When},
        i18n::{self, Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        words::{outward, percent, whole},
    },
};
use leptos::prelude::*;

/// The card; above everything else that is said of the head.
#[component]
pub(super) fn HeadCard() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let head = page.memo(|state| state.head.clone().filter(|head| head.origin == HeadOrigin::Opened));
    let marks = page.memo(marks);
    let made = move || {
        let date = head.with(|head| head.as_ref().map(|head| i18n::date(&head.created))).unwrap_or_default();
        t_string!(i18n, head_card.made, date = date).to_string()
    };
    let score = move || match head.with(|head| head.as_ref().and_then(|head| head.score.clone())) {
        Some(score) => said(i18n, &score),
        None => t_string!(i18n, results.no_score).to_owned(),
    };
    let classes = move || {
        let classes = head.with(|head| head.as_ref().map(|head| head.classes.clone()).unwrap_or_default());
        classes.into_iter().zip(marks.get()).map(|(class, mark)| line(i18n, class, mark)).views()
    };
    view! {
        <When is=live(move || head.with(Option::is_some))>
            <section class="section" id="head-card" data-testid="head-card" aria-labelledby="head-card-heading">
                <div class="section-head"><h3 id="head-card-heading">{t!(i18n, head_card.title)}</h3></div>
                <div class="stack">
                    <ul class="head-classes">{part(classes)}</ul>
                    <p class="small">{live(score)}</p>
                    <p class="small muted">{live(made)}</p>
                </div>
            </section>
        </When>
    }
}

fn said(i18n: Words, score: &Score) -> String {
    let (low, high) = outward(score.interval.low, score.interval.high);
    let right = percent(i18n, score.accuracy);
    t_string!(
        i18n,
        head_card.score,
        count = score.photos,
        n = whole(score.photos),
        right = right,
        low = low,
        high = high
    )
    .to_string()
}

fn line(i18n: Words, class: HeadClass, mark: Mark) -> impl IntoView {
    let say =
        t_string!(i18n, results.head_class, name = class.name, count = class.count, n = whole(class.count)).to_string();
    view! { <li class="named"><ClassKey mark=Signal::stored(mark)/><span>{say}</span></li> }
}
