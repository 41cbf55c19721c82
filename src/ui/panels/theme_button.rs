//! Light, dark, or as the system says.

use crate::ui::{
    components::Icon,
    i18n::{t_string, use_i18n},
    live::live,
    theme::Theme,
};
use leptos::prelude::*;

/// The button. There are two, of which one is shown: in the bar, or at the foot of a phone.
#[component]
pub(super) fn ThemeButton() -> impl IntoView {
    let i18n = use_i18n();
    let theme = expect_context::<RwSignal<Theme>>();
    let change = move |_| {
        let next = theme.get_untracked().next();
        next.apply();
        next.keep();
        theme.set(next);
    };
    let label = move || {
        let now = match theme.get() {
            Theme::Light => t_string!(i18n, top.theme_light),
            Theme::Dark => t_string!(i18n, top.theme_dark),
            Theme::System => t_string!(i18n, top.theme_system),
        };
        t_string!(i18n, top.theme, now = now).to_string()
    };
    view! {
        <button class="btn plain icon-only small theme" aria-label=live(label) on:click=change>
            <Icon name="theme"/>
        </button>
    }
}
