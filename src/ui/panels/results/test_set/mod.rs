//! How the head does on photos that were set aside to judge it.

mod lists;
mod verdict;

use crate::protocol::Score;
use crate::ui::{
    app::Over,
    components::When,
    drops::Target,
    i18n::{t, t_string, use_i18n},
    live::{live, memo},
    page::Page,
    panels::{test_buttons::TestButtons, test_counts::TestCounts},
    state::JobKind,
    words::{photos, whole},
};
use leptos::prelude::*;
use lists::Lists;
use verdict::Verdict;

const HEADING: &str = "test-set-heading";

/// The part below the score: the test score, or the way to one.
#[component]
pub(super) fn TestSet() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let over = expect_context::<Over>().0;
    let is_over = memo(move || over.get() == Some(Target::Test));
    let there = page.memo(|state| state.head.is_some() || !state.photos.test().is_empty());
    let count = page.memo(|state| state.photos.test().len());
    let some = memo(move || count.get() > 0);
    let score = page.memo(|state| state.test_score().cloned());
    let number = move |of: fn(&Score) -> f64| score.with(|score| score.as_ref().map(of));
    view! {
        <When is=there>
            <div
                class="tested"
                class:is-over=is_over.signal()
                role="group"
                aria-labelledby=HEADING
                data-drop=Target::Test.word()
                data-testid="test-score"
                data-photos=count
                data-accuracy=live(move || number(|score| score.accuracy))
                data-low=live(move || number(|score| score.interval.low))
                data-high=live(move || number(|score| score.interval.high))
            >
                <div class="section-head">
                    <h4 id=HEADING tabindex="-1">{t!(i18n, test_set.title)}</h4>
                    <span class="small muted num">{live(move || some.get().then(|| photos(i18n, count.get())))}</span>
                </div>
                <When is=live(move || !some.get())><p class="small muted">{t!(i18n, test_set.none)}</p></When>
                <Reading/>
                <When is=some>
                    <Verdict score/>
                    <Lists/>
                    <TestCounts/>
                </When>
                <TestButtons then=HEADING/>
            </div>
        </When>
    }
}

/// How far reading test photos is: on a phone the bar stands in another step.
#[component]
fn Reading() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let sum = page.memo(|state| state.waiting.is_testing().then(|| state.jobs.sum(JobKind::Read)));
    let say = move || {
        let sum = sum.get()?;
        Some(t_string!(i18n, photos.reading_live, done = whole(sum.done), total = whole(sum.total)).to_string())
    };
    view! {
        <When is=live(move || sum.with(Option::is_some))>
            <div class="row">
                <p class="small muted num">{live(say)}</p>
                <button class="btn plain small" on:click=move |_| page.cancel(JobKind::Read)>{t!(i18n, app.cancel)}</button>
            </div>
        </When>
    }
}
