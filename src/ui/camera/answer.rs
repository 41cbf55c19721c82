//! What the head says to the picture.

use super::Camera;
use crate::{
    protocol::Ranked,
    ui::{
        browser::now_ms,
        components::{ClassKey, Mark},
        i18n::{t, t_string, use_i18n},
        live::{Views, live, memo, part},
        panels::{bar, marks},
        state::{Sure, sure},
        words::{sureness, whole},
    },
};
use leptos::prelude::*;

/// So many classes get a bar.
const BARS: usize = 3;

/// A screen reader is told of another answer at most this often, in milliseconds.
const SAY_EVERY_MS: f64 = 2_000.0;

/// The answer.
#[component]
pub(super) fn Answer() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let page = camera.page;
    let live_now = page.live;
    let best = memo(move || live_now.with(|live| live.ranking.first().map(|best| best.name.clone())));
    let unknown = memo(move || live_now.with(|live| live.unknown));
    let marks = page.memo(marks);
    let mark = move |ranked: &Ranked| {
        let at = usize::try_from(ranked.index).unwrap_or(usize::MAX);
        marks.with(|marks| marks.get(at).cloned()).unwrap_or_else(|| Mark::new(None, &ranked.name, 0))
    };
    let rate = memo(move || live_now.with(|live| live.per_second().round()));
    let says = move || {
        let (best, unknown) = (best.get()?, unknown.get());
        let first = live_now.with_untracked(|live| live.ranking.first().cloned())?;
        Some(if unknown {
            view! { <span class="key unknown l" aria-hidden="true">"?"</span><h3>{t!(i18n, results.unknown)}</h3> }
                .into_any()
        } else {
            view! { <ClassKey mark=Signal::stored(mark(&first))/><h3><bdi>{best}</bdi></h3> }.into_any()
        })
    };
    let sure_word = memo(move || {
        live_now.with(|live| {
            if live.unknown { t_string!(i18n, results.like_none).to_string() } else { sureness(i18n, &live.ranking) }
        })
    });
    let is_very = memo(move || {
        live_now
            .with(|live| !live.unknown && live.ranking.first().is_some_and(|best| sure(best.probability) == Sure::Very))
    });
    let bars = move || {
        live_now.with(|live| live.ranking.iter().take(BARS).map(|ranked| bar(i18n, ranked, mark(ranked))).views())
    };
    view! {
        <div
            class="stack"
            data-testid="live-prediction"
            data-top=best
            data-unknown=live(move || unknown.get().to_string())
            data-confidence=live(move || live_now.with(|live| live.ranking.first().map(|best| best.probability)))
            data-fps=rate
            hidden=live(move || best.with(Option::is_none))
        >
            <div class="say">
                {part(says)}
                <span class=live(move || if is_very.get() { "chip good" } else { "chip" })>{live(move || sure_word.get())}</span>
            </div>
            <ul class="odds">{part(bars)}</ul>
            <p class="small faint">{live(move || t_string!(i18n, camera.rate, count = whole_rate(rate.get()), n = whole(whole_rate(rate.get()))).to_string())}</p>
        </div>
        <Spoken/>
    }
}

fn whole_rate(rate: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded, and far below")]
    let rate = rate as u32;
    rate
}

/// The answer in words, for those who do not see it: when it is another one, and not too often.
#[component]
fn Spoken() -> impl IntoView {
    let i18n = use_i18n();
    let page = Camera::get().page;
    let said = RwSignal::new(String::new());
    let said_ms = StoredValue::new(f64::NEG_INFINITY);
    Effect::new(move || {
        let now = page.live.with(|live| {
            if live.unknown {
                Some(t_string!(i18n, results.unknown).to_string())
            } else {
                live.ranking.first().map(|best| best.name.clone())
            }
        });
        if let Some(now) = now
            && said.with_untracked(|said| *said != now)
            && now_ms() - said_ms.get_value() > SAY_EVERY_MS
        {
            said_ms.set_value(now_ms());
            said.set(now);
        }
    });
    view! { <p class="vh" role="status">{said}</p> }
}
