//! The way to test photos that are worth a look: those answered wrong, and those that teach as well, all but in name.

use super::super::behind::{Behind, PhotosBehind, open_or_close};
use crate::ui::{
    browser::focus_soon,
    components::When,
    i18n::{t_string, use_i18n},
    live::{Memo, live},
    page::Page,
    state::State,
    words::photos,
};
use leptos::prelude::*;

/// The heading of the photos that are open.
const OPENED: &str = "test-opened";

/// The id of the button that opens them, which is its name for scripts too.
fn button_of(what: Behind) -> &'static str {
    match what {
        Behind::TestCopies => "show-test-copies",
        _ => "show-test-wrong",
    }
}

/// The buttons, and below them what is open.
#[component]
pub(super) fn Lists() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let wrong = page.examined(State::test_wrong);
    let copies = page.examined(|state| state.test_copies().len());
    let open = RwSignal::new(None);
    let say_wrong = move || t_string!(i18n, test_set.wrong, photos = photos(i18n, wrong.get())).to_string();
    let say_copies = move || t_string!(i18n, test_set.copies, photos = photos(i18n, copies.get())).to_string();
    let button = move |what: Behind, count: Memo<usize>, say: Signal<String>| {
        view! {
            <When is=live(move || count.get() > 0 || open.get() == Some(what))>
                <button
                    class="btn link small"
                    id=button_of(what)
                    data-testid=button_of(what)
                    aria-expanded=live(move || (open.get() == Some(what)).to_string())
                    on:click=move |_| open_or_close(open, Some(what), OPENED)
                >
                    {say}
                </button>
            </When>
        }
    };
    view! {
        <p class="row">
            {button(Behind::TestWrong, wrong, live(say_wrong))}
            {button(Behind::TestCopies, copies, live(say_copies))}
        </p>
        <PhotosBehind open heading=OPENED on_close=Callback::new(|what| focus_soon(button_of(what)))/>
    }
}
