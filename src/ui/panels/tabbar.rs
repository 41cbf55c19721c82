//! The bar at the bottom of a phone: one step at a time.

use crate::ui::{
    components::Icon,
    i18n::{t_string, use_i18n},
    live::live,
    page::{Page, Step},
    state::{Layout, State},
};
use leptos::{ev, prelude::*};

/// The bar; wider windows do not show it.
#[component]
pub(in crate::ui) fn TabBar() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let layout = page.memo(State::layout);
    let tab = move |step: Step, icon: &'static str, word: &'static str| {
        let go = move |event: ev::MouseEvent| {
            event.prevent_default();
            page.step.set(step);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        };
        view! {
            <a href=format!("#{}", step.id()) aria-current=live(move || (page.step.get() == step).then_some("step")) on:click=go>
                <Icon name=icon size="l"/>
                <span>{word}</span>
            </a>
        }
    };
    view! {
        <nav class="tabbar" aria-label=t_string!(i18n, steps.label) hidden=live(move || layout.get() == Layout::Empty)>
            {tab(Step::Photos, "image", t_string!(i18n, steps.photos))}
            {tab(Step::Training, "bolt", t_string!(i18n, steps.training))}
            {tab(Step::Results, "chart", t_string!(i18n, steps.results))}
        </nav>
    }
}
