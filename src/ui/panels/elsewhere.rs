//! The project is open in another tab: this one shows it, changes nothing, and can be given it.

use crate::ui::{
    components::Icon,
    i18n::{t, t_string, use_i18n},
    live::{Inside, live},
    page::Page,
    state::State,
};
use crate::web::tabs::{Tabs, Word};
use leptos::prelude::*;
use std::time::Duration;

/// A tab that was asked and is at work gives when it is through; one that only waits in front of this one has to be asked again
/// when its turn has come.
const ASK_AGAIN: Duration = Duration::from_millis(1000);

/// Listens to the other tabs.
pub(in crate::ui) fn join_tabs(page: Page) -> Tabs {
    Tabs::join(move |word| match word {
        Word::Deleting => page.deleted_elsewhere(),
        Word::Give => page.client.with_value(|client| client.give()),
        // The worker that waits for the project looks by itself.
        Word::Changed => {}
    })
}

/// What changes the project: shown, and out of use while another tab has it or another project is being opened.
#[component]
pub(in crate::ui) fn Held(children: Inside) -> impl IntoView {
    let held = Page::get().memo(State::is_held);
    view! { <fieldset class="held" disabled=live(move || held.get())>{children.draw()}</fieldset> }
}

/// Says so.
#[component]
pub(super) fn Elsewhere() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let asked = page.memo(|state| state.asked_to_give);
    let say = move || {
        if asked.get() { t_string!(i18n, elsewhere.asked) } else { t_string!(i18n, elsewhere.say) }
    };
    view! {
        <section class="notice warn" data-testid="notice" role="status">
            <Icon name="alert"/>
            <div class="body">
                <h2>{t!(i18n, elsewhere.title)}</h2>
                <p>{live(say)}</p>
                <div class="acts" hidden=live(move || asked.get())>
                    <button class="btn link small" data-testid="work-here" on:click=move |_| page.work_here()>
                        {t!(i18n, elsewhere.work_here)}
                    </button>
                </div>
            </div>
        </section>
    }
}

impl Page {
    fn work_here(self) {
        self.update(|state| state.asked_to_give = true);
        self.ask_for_it();
    }

    fn ask_for_it(self) {
        if self.with_untracked(|state| state.asked_to_give) {
            self.tell_tabs(Word::Give);
            set_timeout(move || self.ask_for_it(), ASK_AGAIN);
        }
    }
}
