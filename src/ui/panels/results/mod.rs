//! The third step: the score, new photos, the file.

mod behind;
mod bias;
mod bursts;
mod confidence;
mod doctor;
mod facts;
mod false_unknown;
mod gaze;
mod head_card;
mod heads;
mod learning;
mod measured;
mod mix_ups;
mod per_class;
mod prediction;
mod score;
mod share;
mod table;
mod test_set;
mod try_it;

use crate::ui::{
    components::When,
    i18n::{t, t_string, use_i18n},
    live::{Memo, live, memo, part},
    page::Page,
    state::{Layout, State},
    words::{fixed, range, whole},
};
use bias::BiasSection;
use confidence::Confidence;
use doctor::{DoctorHint, DoctorSection};
use gaze::BorderSection;
use head_card::HeadCard;
use heads::HeadsSection;
use learning::LearningSection;
use leptos::prelude::*;
use mix_ups::MixUpsSection;
use per_class::PerClass;
pub(in crate::ui) use prediction::{bar, marks};
use score::ScoreSection;
use share::Share;
use try_it::TryIt;

/// The matrix of so many classes has room beside the classes' bars.
const BESIDE: usize = 5;

/// The step: a sheet while it has the room, a column beside the photos.
#[component]
pub(in crate::ui) fn Results() -> impl IntoView {
    let page = Page::get();
    let layout = page.memo(State::layout);
    let wide = memo(move || layout.get() == Layout::Trained);
    let class = move || if wide.get() { "sheet is-active results" } else { "results stack" };
    // The matrix of many classes takes the whole width.
    let many = page.memo(|state| state.photos.classes().len() > BESIDE);
    let duo = move || if many.get() { "duo wide" } else { "duo" };
    view! {
        <section id="results" class=live(class) aria-labelledby="results-heading" hidden=live(move || layout.get() == Layout::Empty)>
            <Head/>
            <HeadCard/>
            <ScoreSection/>
            <div class=live(duo)>
                <When is=wide><MixUpsSection/></When>
                <PerClass/>
            </div>
            <When is=wide><Confidence/></When>
            <When is=wide><BiasSection/></When>
            <When is=wide><BorderSection/></When>
            <When is=wide><LearningSection/></When>
            <div class="pair">
                <DoctorSection/>
                <TryIt/>
            </div>
            <HeadsSection/>
            <Share/>
        </section>
    }
}

#[component]
fn Head() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let layout = page.memo(State::layout);
    let wide = memo(move || layout.get() == Layout::Trained);
    let has_head = page.memo(|state| state.head.is_some());
    view! {
        <div class=live(move || if wide.get() { "results-head" } else { "step-head" })>
            <h2 id="results-heading" class="row">
                <span class=live(move || if wide.get() { "step-no on" } else { "step-no" })>"3"</span>
                " "
                {t!(i18n, steps.results)}
            </h2>
            <When is=wide><Tabs/></When>
            <When is=live(move || !wide.get() && has_head.get())><SoFar/></When>
        </div>
        <DoctorHint/>
    }
}

/// Anchors in one long page: finding, printing and screen readers see everything.
#[component]
fn Tabs() -> impl IntoView {
    let i18n = use_i18n();
    let current = RwSignal::new("score");
    let findings = doctor::count(Page::get());
    let number = |count: Memo<usize>| {
        let some = move || Some(count.get()).filter(|count| *count > 0).map(whole);
        view! { " "<span class="n">{live(some)}</span> }
    };
    let tab = move |id: &'static str, word: &'static str, count: Option<Memo<usize>>| {
        view! {
            <a href=format!("#{id}") aria-current=live(move || (current.get() == id).then_some("true")) on:click=move |_| current.set(id)>
                {word}
                {count.map(number)}
            </a>
        }
    };
    view! {
        <nav class="tabs push" aria-label=t_string!(i18n, results.tabs)>
            {tab("score", t_string!(i18n, results.score), None)}
            {tab("doctor", t_string!(i18n, doctor.tab), Some(findings))}
            {tab("try", t_string!(i18n, results.try_it), None)}
            {tab("share", t_string!(i18n, results.share), None)}
        </nav>
    }
}

/// The score in short, and the way back to it.
#[component]
fn SoFar() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let score = page.memo(|state| {
        state.head.as_ref().and_then(|head| head.score.as_ref().map(|score| (score.accuracy, score.interval)))
    });
    let short = move || {
        score.get().map(|(accuracy, interval)| {
            let accuracy = t_string!(i18n, app.percent, value = fixed(accuracy * 100.0, 0)).to_string();
            let range = range(i18n, interval);
            view! {
                <span class="small muted num" data-testid="so-far">{t!(i18n, results.so_far)}" "<b>{accuracy}</b>" ("{range}")"</span>
            }
        })
    };
    let show = move |_| page.update(|state| state.at_results = true);
    view! {
        <span class="push"></span>
        {part(short)}
        <button class="btn plain small" on:click=show>{t!(i18n, photos.show_results)}</button>
    }
}
