//! What is stored on the device, part by part.

use crate::{
    ui::{
        components::When,
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, Views, live, part},
        page::Page,
        words::{size, whole},
    },
    web::kept::{self, Amount, Kept, Part},
};
use leptos::{prelude::*, task::spawn_local};

/// The list, looked up anew each time it is shown.
#[component]
pub(super) fn Stored() -> impl IntoView {
    let i18n = use_i18n();
    let found: RwSignal<Option<Kept>> = RwSignal::new(None);
    let trashed = Page::get().memo(|state| state.history.trashed);
    let projects = Page::get().memo(|state| u32::try_from(state.projects.trashed().count()).unwrap_or(u32::MAX));
    Effect::new(move || {
        trashed.get();
        projects.get();
        spawn_local(async move {
            let kept = kept::look().await;
            let _ = found.try_set(Some(kept)); // the panel may be closed by now
        });
    });
    let body = move || match found.get() {
        Some(kept) => view! { <Parts kept/> }.into_any(),
        None => view! { <p class="muted">{t!(i18n, privacy.looking)}</p> }.into_any(),
    };
    view! {
        <section class="stack" data-testid="stored">
            <h3>{t!(i18n, privacy.stored)}</h3>
            {part(body)}
            <Trash trashed projects/>
        </section>
    }
}

/// What was removed and can still be brought back.
#[component]
fn Trash(trashed: Memo<u32>, projects: Memo<u32>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let photos = move || t_string!(i18n, history.trash, count = trashed.get(), n = whole(trashed.get())).to_string();
    let whole_projects =
        move || t_string!(i18n, projects.trash, count = projects.get(), n = whole(projects.get())).to_string();
    view! {
        <When is=live(move || trashed.get() > 0)><p class="small">{live(photos)}</p></When>
        <When is=live(move || projects.get() > 0)><p class="small">{live(whole_projects)}</p></When>
        <When is=live(move || trashed.get() + projects.get() > 0)>
            <button class="btn quiet small" data-testid="empty-trash" on:click=move |_| page.empty_trash()>
                {t!(i18n, history.empty_trash)}
            </button>
        </When>
    }
}

#[component]
fn Parts(kept: Kept) -> impl IntoView {
    let i18n = use_i18n();
    let all: u64 = kept.parts.iter().map(|amount| amount.bytes).sum();
    let row = |amount: &Amount| {
        view! {
            <tr data-part=code(amount.part) data-count=amount.count data-bytes=amount.bytes.to_string()>
                <th scope="row">{words(i18n, amount.part)}</th>
                <td class="num">{whole(amount.count)}</td>
                <td class="num">{size(i18n, amount.bytes)}</td>
            </tr>
        }
    };
    let usage = kept.usage_bytes.map(|bytes| {
        view! { <p class="small muted">{t_string!(i18n, privacy.usage, size = size(i18n, bytes)).to_string()}</p> }
    });
    view! {
        <table class="table">
            <thead><tr>
                <th scope="col">{t!(i18n, privacy.what)}</th>
                <th scope="col" class="num">{t!(i18n, privacy.number)}</th>
                <th scope="col" class="num">{t!(i18n, privacy.size)}</th>
            </tr></thead>
            <tbody>{kept.parts.iter().map(row).views()}</tbody>
            <tfoot><tr>
                <th scope="row">{t!(i18n, privacy.all)}</th><td></td><td class="num strong">{size(i18n, all)}</td>
            </tr></tfoot>
        </table>
        {usage}
        {kept.for_good.map(|for_good| view! { <ForGood for_good/> })}
    }
}

/// Whether the browser may delete it by itself, and the way to ask it not to.
#[component]
fn ForGood(for_good: bool) -> impl IntoView {
    let i18n = use_i18n();
    // The browser's answer, once it was asked.
    let answer = RwSignal::new(for_good.then_some(true));
    let ask = move |_| {
        spawn_local(async move {
            let promised = kept::keep_for_good().await.unwrap_or(false);
            let _ = answer.try_set(Some(promised)); // the panel may be closed by now
        });
    };
    let say = move || match answer.get() {
        Some(true) => t_string!(i18n, privacy.for_good),
        Some(false) => t_string!(i18n, privacy.refused),
        None => t_string!(i18n, privacy.for_now),
    };
    view! {
        <p class="small" role="status">{part(say)}</p>
        {part(move || answer.get().is_none().then(|| view! {
            <button class="btn quiet small" data-testid="keep-for-good" on:click=ask>{t!(i18n, privacy.ask)}</button>
        }))}
    }
}

fn words(i18n: Words, part: Part) -> &'static str {
    match part {
        Part::Records => t_string!(i18n, privacy.records),
        Part::Copies => t_string!(i18n, privacy.copies),
        Part::Thumbs => t_string!(i18n, privacy.thumbs),
        Part::Features => t_string!(i18n, privacy.features),
        Part::Heads => t_string!(i18n, privacy.heads),
        Part::App => t_string!(i18n, privacy.app),
        Part::Settings => t_string!(i18n, privacy.settings),
    }
}

fn code(part: Part) -> &'static str {
    match part {
        Part::Records => "records",
        Part::Copies => "copies",
        Part::Thumbs => "thumbs",
        Part::Features => "features",
        Part::Heads => "heads",
        Part::App => "app",
        Part::Settings => "settings",
    }
}
