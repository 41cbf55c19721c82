//! What the head looks at: a map over each photo that it answered, on demand.

mod border;
mod over;

pub(super) use border::BorderSection;
pub(super) use over::{GazeLine, Over};

use crate::ui::{
    browser::input_of,
    components::When,
    i18n::{t, t_string, use_i18n},
    live::live,
    page::Page,
    shortcuts::{Hint, Shortcuts},
    state::Command,
};
use leptos::{ev, prelude::*};

/// Shows it in all answers; also by H.
#[component]
pub(super) fn GazeSwitch() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let all = page.memo(|state| state.gaze.all());
    let there = page.memo(|state| !state.predictions.answers().is_empty());
    let turn = move || page.update(|state| state.gaze.turn_all());
    ask_one_by_one(page);
    let shortcuts = Shortcuts::get();
    let listener = window_event_listener(ev::keydown, move |event| {
        if shortcuts.command(&event) == Some(Command::Gaze) && there.get_untracked() {
            turn();
        }
    });
    on_cleanup(move || listener.remove());
    view! {
        <When is=there>
            <label class="switch push">
                <input type="checkbox" data-testid="gaze-all" prop:checked=live(move || all.get()) on:change=move |_| turn()/>
                {t!(i18n, gaze.show)}
                " "
                <Hint command=Command::Gaze class="kbd solo"/>
            </label>
        </When>
    }
}

/// How strongly it covers the photos, and what its colours mean.
#[component]
pub(super) fn GazeScale() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let on = page.memo(|state| state.gaze.is_on() && !state.predictions.answers().is_empty());
    let strength = page.memo(|state| state.gaze.strength);
    let slid = move |event: ev::Event| {
        let strength = input_of(&event).and_then(|input| input.value().parse().ok());
        page.update(|state| state.gaze.strength = strength.unwrap_or(state.gaze.strength));
    };
    view! {
        <When is=on>
            <div class="gaze-scale">
                <p class="legend">
                    {t!(i18n, gaze.against)}
                    <svg class="ramp" viewBox="0 0 5 1" preserveAspectRatio="none" aria-hidden="true">
                        <rect width="1.05" height="1" fill="#00224e"/>
                        <rect x="1" width="1.05" height="1" fill="#3d4e6b"/>
                        <rect x="2" width="1.05" height="1" fill="#7d7c78"/>
                        <rect x="3" width="1.05" height="1" fill="#bbae6e"/>
                        <rect x="4" width="1" height="1" fill="#fee838"/>
                    </svg>
                    {t!(i18n, gaze.most)}
                </p>
                <label class="row small">
                    {t!(i18n, gaze.strength)}
                    <input
                        type="range"
                        min="0"
                        max="100"
                        step="5"
                        data-testid="gaze-strength"
                        prop:value=live(move || strength.get().to_string())
                        on:input=slid
                    />
                </label>
                <details class="behind how">
                    <summary><span class="go">{t!(i18n, gaze.how)}</span></summary>
                    <p class="small muted">{t_string!(i18n, gaze.how_say)}</p>
                </details>
            </div>
        </When>
    }
}

fn ask_one_by_one(page: Page) {
    let next = page.memo(|state| state.gaze.next(&state.predictions));
    Effect::new(move || {
        if let Some(file) = next.get() {
            page.explain(file);
        }
    });
}
