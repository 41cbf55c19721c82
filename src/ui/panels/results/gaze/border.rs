//! Things or background: what is left of the accuracy with half of each photo hidden.

use crate::{
    protocol::{BorderTest, BorderVerdict, Share},
    ui::{
        components::When,
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, Views, live, memo, part},
        page::Page,
        panels::{
            share_line::{Bar, share_line},
            task::Task,
        },
        state::{JobKind, State},
        words::{percent, whole},
    },
};
use leptos::prelude::*;

/// The section; only where there are photos to test with.
#[component]
pub(in crate::ui) fn BorderSection() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let there = page.memo(State::can_test_border);
    let running = page.memo(|state| state.jobs.has(JobKind::Border));
    let found = page.memo(|state| state.border);
    let number = move |of: fn(&BorderTest) -> f64| live(move || found.with(|found| found.as_ref().map(of)));
    let press =
        move || if found.with(Option::is_some) { t_string!(i18n, border.again) } else { t_string!(i18n, border.test) };
    view! {
        <When is=live(move || there.get() || found.with(Option::is_some))>
            <section
                class="section"
                id="border"
                aria-labelledby="border-heading"
                data-testid="border"
                data-verdict=live(move || found.with(|found| found.as_ref().map(|found| code(found.verdict))))
                data-whole=number(|found| found.whole.accuracy)
                data-border-hidden=number(|found| found.border_hidden.accuracy)
                data-centre-hidden=number(|found| found.centre_hidden.accuracy)
            >
                <div class="section-head">
                    <h3 id="border-heading">{t!(i18n, border.title)}</h3>
                    <button
                        class="btn quiet small push"
                        data-testid="border-test"
                        disabled=live(move || running.get() || !there.get())
                        on:click=move |_| page.test_border()
                    >
                        {live(press)}
                    </button>
                </div>
                <p class="small muted">{t!(i18n, border.say)}</p>
                <When is=running><Task kind=JobKind::Border say=t_string!(i18n, border.testing)/></When>
                <Found found/>
            </section>
        </When>
    }
}

/// The sentence, and the numbers that it comes from.
#[component]
fn Found(found: Memo<Option<BorderTest>>) -> impl IntoView {
    let i18n = use_i18n();
    let said = memo(move || found.with(|found| found.as_ref().map(|found| sentence(i18n, found))));
    let lines = move || {
        let found = found.get()?;
        let line = |name: &'static str, share: Share| {
            let name = view! { <span>{name}</span> };
            let bar = Bar { right: share.accuracy, interval: share.interval, colour: "k4".to_owned() };
            share_line(i18n, name.into_any(), bar, None)
        };
        let lines = [
            line(t_string!(i18n, border.whole), found.whole),
            line(t_string!(i18n, border.things), found.border_hidden),
            line(t_string!(i18n, border.background), found.centre_hidden),
        ];
        let measured = t_string!(
            i18n,
            border.measured,
            count = found.photos,
            n = whole(found.photos),
            guessing = percent(i18n, found.guessing)
        );
        Some(view! {
            <ul class="perclass halves">{lines.into_iter().views()}</ul>
            <p class="small muted more-line">{measured.to_string()}</p>
        })
    };
    view! {
        <p class="border-said" role="status">{live(move || said.get())}</p>
        {part(lines)}
    }
}

/// The verdict, as scripts read it.
fn code(verdict: BorderVerdict) -> &'static str {
    match verdict {
        BorderVerdict::Things => "things",
        BorderVerdict::Background => "background",
        BorderVerdict::Either => "either",
        BorderVerdict::NeedsBoth => "needs-both",
        BorderVerdict::KnowsLittle => "knows-little",
    }
}

fn sentence(i18n: Words, found: &BorderTest) -> String {
    let (things, background) =
        (percent(i18n, found.border_hidden.accuracy), percent(i18n, found.centre_hidden.accuracy));
    match found.verdict {
        BorderVerdict::Things => {
            t_string!(i18n, border.says_things, things = things, background = background).to_string()
        }
        BorderVerdict::Background => {
            t_string!(i18n, border.says_background, things = things, background = background).to_string()
        }
        BorderVerdict::Either => {
            t_string!(i18n, border.says_either, things = things, background = background).to_string()
        }
        BorderVerdict::NeedsBoth => {
            t_string!(i18n, border.says_both, things = things, background = background).to_string()
        }
        BorderVerdict::KnowsLittle => t_string!(i18n, border.says_little).to_string(),
    }
}
