//! Deleting everything: one question, as there is no way back, and what is left afterwards.

use super::{Panel, Stage};
use crate::{
    ui::{
        browser::focus_soon,
        i18n::{t, t_string, use_i18n},
        live::{Views, part},
        page::Page,
        words::size,
    },
    web::{kept, tabs::Word},
};
use leptos::{prelude::*, task::spawn_local};

pub(super) const KEEP: &str = "keep-everything";
const AGAIN: &str = "start-afresh";

/// The question.
#[component]
pub(super) fn Ask() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let panel = expect_context::<Panel>();
    view! {
        <p>{t!(i18n, privacy.delete_say)}</p>
        <p>{t!(i18n, privacy.delete_stays)}</p>
        <div class="acts">
            <button class="btn quiet" id=KEEP on:click=move |_| panel.keep()>{t!(i18n, privacy.keep)}</button>
            <button class="btn danger" data-testid="delete-everything-confirm" on:click=move |_| delete(page, panel)>
                {t!(i18n, privacy.delete)}
            </button>
        </div>
    }
}

/// Ends everything that could write, here and in other tabs, then deletes and looks again.
fn delete(page: Page, panel: Panel) {
    panel.stage.set(Stage::Deleting { blocked: false });
    focus_soon(super::TITLE);
    page.tell_tabs(Word::Deleting);
    page.client.with_value(|client| client.close());
    spawn_local(async move {
        let left = kept::erase(move || panel.stage.set(Stage::Deleting { blocked: true })).await;
        panel.stage.set(Stage::Deleted(left));
        if !panel.open.get_untracked() {
            panel.show();
        }
        focus_soon(AGAIN);
    });
}

/// It goes on.
#[component]
pub(super) fn Deleting() -> impl IntoView {
    let i18n = use_i18n();
    let panel = expect_context::<Panel>();
    let blocked = move || panel.stage.with(|stage| *stage == Stage::Deleting { blocked: true });
    view! {
        <p role="status">{part(move || blocked().then(|| t_string!(i18n, privacy.blocked)))}</p>
    }
}

/// What is left, and the way on.
#[component]
pub(super) fn Deleted() -> impl IntoView {
    let i18n = use_i18n();
    let panel = expect_context::<Panel>();
    let Stage::Deleted(left) = panel.stage.get_untracked() else { return ().into_any() };
    let nothing = left.things.is_empty();
    let say = if nothing { t_string!(i18n, privacy.deleted_say) } else { t_string!(i18n, privacy.left_say) };
    let usage = left.usage_bytes.map(|bytes| {
        view! { <p class="small muted">{t_string!(i18n, privacy.left_bytes, size = size(i18n, bytes)).to_string()}</p> }
    });
    let things = left.things.iter().map(|thing| view! { <li class="mono small">{thing.clone()}</li> }).views();
    view! {
        <div
            class="stack"
            role="status"
            data-testid="left"
            data-count=left.things.len()
            data-bytes=left.usage_bytes.map(|bytes| bytes.to_string())
        >
            <p>{say}</p>
            {(!nothing).then(|| view! { <ul class="addresses">{things}</ul> })}
            {usage}
        </div>
        <div class="acts">
            <button class="btn primary" id=AGAIN data-testid=AGAIN on:click=|_| start_afresh()>{t!(i18n, privacy.again)}</button>
        </div>
    }
    .into_any()
}

/// Loads the page again, as on the first visit.
pub(super) fn start_afresh() {
    let _ = window().location().reload(); // fails only for a page that is being left
}
