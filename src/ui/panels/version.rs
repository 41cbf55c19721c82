//! What the page says of its service worker: a new version, work without a network, a policy that nobody enforces.

use crate::{
    ui::{
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::{live, memo},
        page::Page,
        state::{Badge, Offline},
    },
    web::offline,
};
use leptos::prelude::*;

/// Listens to the service worker, and tells it when the engine is ready for the first time.
pub(in crate::ui) fn follow(page: Page) {
    offline::listen(move |words| page.update(|state| state.offline = Offline::of(words)));
    let ready = page.memo(|state| state.badge() == Badge::Ready);
    Effect::new(move || {
        if ready.get() {
            offline::ready();
        }
    });
}

/// The notices. The one of a new version stays until it is used, as the page would otherwise be of an old one for long.
#[component]
pub(in crate::ui) fn VersionNotices() -> impl IntoView {
    let known = Page::get().memo(|state| state.offline);
    view! {
        <When is=memo(move || known.get().unruled)><Unruled/></When>
        <When is=memo(move || known.get().update)><NewVersion/></When>
    }
}

#[component]
fn NewVersion() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let busy = page.memo(|state| !state.jobs.is_empty());
    let durable = page.memo(|state| state.durable);
    let other_tabs = page.memo(|state| state.offline.other_tabs);
    let say = move || {
        if other_tabs.get() {
            t_string!(i18n, offline.other_tabs)
        } else if !durable.get() {
            t_string!(i18n, offline.new_version_unsaved)
        } else if busy.get() {
            t_string!(i18n, offline.new_version_busy)
        } else {
            t_string!(i18n, offline.new_version_say)
        }
    };
    view! {
        <section class="notice info" data-testid="notice" data-kind="new-version" role="status">
            <Icon name="info"/>
            <div class="body">
                <h2>{t!(i18n, offline.new_version)}</h2>
                <p>{live(say)}</p>
                <div class="acts">
                    <button class="btn link small" data-testid="use-new-version" on:click=|_| offline::use_update()>
                        {t!(i18n, offline.use_now)}
                    </button>
                </div>
            </div>
        </section>
    }
}

#[component]
fn Unruled() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="notice warn" data-testid="notice" data-kind="unruled" role="status">
            <Icon name="alert"/>
            <div class="body">
                <h2>{t!(i18n, offline.unruled)}</h2>
                <p>{t!(i18n, offline.unruled_say)}</p>
            </div>
        </section>
    }
}

/// Whether the page can say that it works without a network.
pub(super) fn works_offline() -> Signal<bool> {
    Page::get().memo(|state| state.offline.kept).into()
}
