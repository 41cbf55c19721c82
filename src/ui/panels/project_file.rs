//! The project as a file: the two buttons, and how far it is.

use super::{elsewhere::Held, inputs::PROJECT, task::Task};
use crate::ui::{
    browser::open_picker,
    components::{Icon, When},
    i18n::{t, t_string, use_i18n},
    page::Page,
    state::JobKind,
};
use leptos::prelude::*;

/// Saves and opens.
#[component]
pub(super) fn ProjectFileButtons() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    view! {
        <section class="stack">
            <h3>{t!(i18n, project_file.title)}</h3>
            <p class="small">{t!(i18n, project_file.say)}</p>
            <Held><div class="acts start">
                <button class="btn quiet" data-testid="export-project" on:click=move |_| page.save_project()>
                    <Icon name="download"/>" "{t!(i18n, project_file.save)}
                </button>
                <button class="btn quiet" on:click=|_| open_picker(PROJECT)>
                    <Icon name="folder"/>" "{t!(i18n, project_file.open)}
                </button>
            </div></Held>
            <Progress/>
        </section>
    }
}

/// How far it is.
#[component]
pub(super) fn ProjectFileTasks() -> impl IntoView {
    view! { <Progress/> }
}

#[component]
fn Progress() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let has = move |kind| page.memo(move |state| state.jobs.has(kind));
    view! {
        <When is=has(JobKind::SaveProject)><Task kind=JobKind::SaveProject say=t_string!(i18n, project_file.saving)/></When>
        <When is=has(JobKind::Duplicate)><Task kind=JobKind::Duplicate say=t_string!(i18n, projects.copying)/></When>
        <When is=has(JobKind::OpenProject)><Task kind=JobKind::OpenProject say=t_string!(i18n, project_file.opening)/></When>
    }
}
