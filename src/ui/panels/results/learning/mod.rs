//! Whether more photos would help, and what the network's knowledge is worth.

mod chart;
mod head_start;
mod table;

use super::behind::{Behind, PhotosBehind, open_or_close};
use crate::{
    protocol::Outlook,
    ui::{
        browser::focus_soon,
        components::{GrowthChart, When, dot_id},
        i18n::{Words, t, t_string, use_i18n},
        live::{live, memo},
        page::Page,
        state::{Learning, Network},
        words::{fixed, outward, whole},
    },
};
use chart::growth;
use head_start::HeadStartPart;
use leptos::prelude::*;
use table::Table;

/// The heading of the photos behind a point.
const OPENED: &str = "learning-opened";

/// The section; only where photos were judged.
#[component]
pub(super) fn LearningSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let there = page.examined(|state| state.judged().next().is_some());
    // Told with the judgements: to look at all of it whenever anything changes would take too long.
    let learning = page.examined(|state| state.learning.clone());
    let current = page.memo(|state| state.learning.current);
    let drawn = memo(move || learning.with(|learning| growth(i18n, learning)));
    let finding = live(move || learning.with(|learning| finding(i18n, learning, current.get())));
    let open = RwSignal::new(None);
    let press = move |at: usize| {
        let behind = learning.with_untracked(|learning| place(learning, at));
        open_or_close(open, behind, OPENED);
    };
    let number = move |behind| learning.with(|learning| number(learning, behind));
    let closed = move |behind| {
        if let Some(at) = untrack(move || number(behind)) {
            focus_soon(dot_id(at));
        }
    };
    let some = live(move || drawn.with(|drawn| !drawn.dots.is_empty()));
    let compared = live(move || learning.with(|learning| learning.random.is_some()));
    view! {
        <When is=there>
            <section
                class="section"
                id="learning"
                aria-labelledby="learning-heading"
                data-testid="learning-curve"
                data-state=live(move || if current.get() { "ready" } else { "measuring" })
                data-outlook=live(move || learning.with(outlook_code))
                data-points=live(move || drawn.with(|drawn| drawn.dots.len()))
            >
                <div class="section-head">
                    <h3 id="learning-heading">{t!(i18n, learning.title)}</h3>
                    <span class="small faint" hidden=live(move || !some.get())>{t!(i18n, learning.press)}</span>
                </div>
                <p class="big-say">{finding}</p>
                <When is=some>
                    <figure>
                        <figcaption class="small"><span class="strong">{t!(i18n, learning.axis)}</span></figcaption>
                        <GrowthChart growth=drawn label=finding open=live(move || open.get().and_then(number)) on_press=Callback::new(press)/>
                        <div class="legend">
                            <span><i></i>{t!(i18n, learning.ready)}</span>
                            <span hidden=live(move || !compared.get())><i class="ctx"></i>{t!(i18n, learning.random)}</span>
                        </div>
                    </figure>
                    <PhotosBehind open heading=OPENED on_close=Callback::new(closed)/>
                    <Table learning/>
                    <HeadStartPart learning/>
                </When>
            </section>
        </When>
    }
}

/// What is behind a point, by its number in the chart: those of the ready network come first.
fn place(learning: &Learning, at: usize) -> Option<Behind> {
    let ready = learning.ready.as_ref().map_or(0, |curve| curve.points.len());
    let (network, at) = if at < ready { (Network::Ready, at) } else { (Network::Random, at - ready) };
    learning.curve(network)?.points.get(at).map(|_| Behind::Size { network, at })
}

/// The number of a point in the chart.
fn number(learning: &Learning, behind: Behind) -> Option<usize> {
    let Behind::Size { network, at } = behind else { return None };
    let ready = learning.ready.as_ref().map_or(0, |curve| curve.points.len());
    Some(if network == Network::Ready { at } else { ready + at })
}

/// What more photos would bring, as scripts read it.
fn outlook_code(learning: &Learning) -> &'static str {
    match learning.ready.as_ref().map(|curve| curve.outlook) {
        None | Some(Outlook::TooFew) => "too-few",
        Some(Outlook::Unclear { .. }) => "unclear",
        Some(Outlook::Flat { .. }) => "flat",
        Some(Outlook::Gain { .. }) => "gain",
    }
}

/// What more photos would bring, in a sentence.
fn finding(i18n: Words, learning: &Learning, current: bool) -> String {
    let of_hundred = |share: f64| fixed(share * 100.0, 0);
    let Some(curve) = &learning.ready else {
        let say = if current { t_string!(i18n, learning.too_few) } else { t_string!(i18n, learning.measuring) };
        return say.to_owned();
    };
    let now = of_hundred(curve.points.last().map_or(0.0, |point| point.accuracy));
    match curve.outlook {
        Outlook::TooFew => t_string!(i18n, learning.too_few).to_owned(),
        Outlook::Unclear { more, interval } => {
            let (low, high) = outward(interval.low, interval.high);
            t_string!(i18n, learning.unclear, n = whole(more), low = low, high = high).to_string()
        }
        Outlook::Flat { more, expected, interval } => {
            let ((low, high), right) = (outward(interval.low, interval.high), of_hundred(expected));
            t_string!(i18n, learning.flat, n = whole(more), right = right, low = low, high = high).to_string()
        }
        Outlook::Gain { more, expected, interval } => {
            let ((low, high), right) = (outward(interval.low, interval.high), of_hundred(expected));
            t_string!(i18n, learning.gain, n = whole(more), right = right, now = now, low = low, high = high)
                .to_string()
        }
    }
}
