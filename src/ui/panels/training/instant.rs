//! How the head stands that is fitted as photos arrive.

use crate::{
    protocol::InstantState,
    ui::{
        components::{Icon, When},
        i18n::{t_string, use_i18n},
        live::live,
        page::Page,
        state::TrainingState,
    },
};
use leptos::prelude::*;

/// A chip beside the step's heading; in the document from the first frame on. Once a training stands there, its state is
/// said by the choice of heads and only scripts read the chip.
#[component]
pub(super) fn InstantHead() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let state = page.memo(|state| state.instant);
    let there = page.memo(|state| state.has_instant());
    let shown = page.memo(|state| {
        state.instant != InstantState::None
            && matches!(state.training.state, TrainingState::Idle | TrainingState::Failed)
    });
    let code = move || match state.get() {
        InstantState::None => "none",
        InstantState::Fitting => "fitting",
        InstantState::Ready => "ready",
    };
    let say = move || match (state.get(), there.get()) {
        (InstantState::None, _) => "",
        (InstantState::Fitting, false) => t_string!(i18n, instant.first),
        (InstantState::Fitting, true) => t_string!(i18n, instant.again),
        (InstantState::Ready, _) => t_string!(i18n, instant.on),
    };
    view! {
        <span
            class=live(move || if shown.get() { "chip accent push" } else { "vh" })
            data-testid="instant-head"
            data-state=live(code)
        >
            <When is=shown><Icon name="bolt" size="s"/></When>
            {live(say)}
        </span>
    }
}
