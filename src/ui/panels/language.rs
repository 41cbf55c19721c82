//! The foot of the page, where its language is chosen.

use super::theme_button::ThemeButton;
use crate::ui::{
    browser::focus_soon,
    components::{Icon, When},
    i18n::{self, LANGUAGES, t, use_i18n},
    live::Views,
    shortcuts::KeysButton,
};
use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};

const SELECT: &str = "language";

/// The language that is shown.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Shown {
    /// Told when it changes.
    changed: RwSignal<()>,
    /// The one that was wanted last did not arrive.
    failed: RwSignal<bool>,
}

impl Shown {
    /// For all panels.
    pub(in crate::ui) fn provide(failed: bool) -> Self {
        let shown = Self { changed: RwSignal::new(()), failed: RwSignal::new(failed) };
        provide_context(shown);
        shown
    }

    /// What is drawn here is drawn anew in another language.
    pub(in crate::ui) fn track(self) {
        self.changed.track();
    }

    fn choose(self, tag: String) {
        spawn_local(async move {
            let arrived = i18n::choose(&tag).await;
            self.failed.set(!arrived);
            if arrived {
                self.changed.set(());
            } else if let Some(select) = document().get_element_by_id(SELECT) {
                // The choice goes back to the language that is shown.
                let _ = Reflect::set(&select, &"value".into(), &use_i18n().language().tag.into());
            }
            focus_soon(SELECT);
        });
    }
}

/// Says that the page is not in the language that was wanted.
#[component]
pub(in crate::ui) fn LanguageFailed() -> impl IntoView {
    let i18n = use_i18n();
    let failed = expect_context::<Shown>().failed;
    view! {
        <div role="status">
            <When is=failed><p class="language-failed"><Icon name="alert" size="s"/>" "{t!(i18n, language.failed)}</p></When>
        </div>
    }
}

/// The foot.
#[component]
pub(in crate::ui) fn Foot() -> impl IntoView {
    let i18n = use_i18n();
    let shown = expect_context::<Shown>();
    let now = i18n.language().tag;
    view! {
        <footer class="foot">
            <label for=SELECT>{t!(i18n, language.label)}</label>
            <select id=SELECT data-testid="language" class="pick" on:change=move |event| shown.choose(event_target_value(&event))>
                {LANGUAGES.iter().map(|language| view! {
                    <option value=language.tag lang=language.tag selected={language.tag == now}>{language.name}</option>
                }).views()}
            </select>
            <ThemeButton/>
            <KeysButton/>
        </footer>
    }
}
