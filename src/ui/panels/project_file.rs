//! The project as a file: the two buttons, how far it is, and the question before a project takes the place of another.

use super::{elsewhere::Held, inputs::PROJECT, task::Task};
use crate::ui::{
    browser::{element, focus_soon, open_picker},
    components::{Icon, When},
    i18n::{t, t_string, use_i18n},
    live::{live, memo},
    page::Page,
    state::JobKind,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const DIALOG: &str = "replace-project";
const TITLE: &str = "replace-project-title";
const KEEP: &str = "keep-project";

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
                <button class="btn quiet" data-testid="save-project" on:click=move |_| page.save_project()>
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
        <When is=has(JobKind::OpenProject)><Task kind=JobKind::OpenProject say=t_string!(i18n, project_file.opening)/></When>
    }
}

/// The question. The dialog is on the page all the time, closed.
#[component]
pub(in crate::ui) fn ReplaceProject() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let asked = memo(move || page.to_open.with(Option::is_some));
    let dialog = || element(DIALOG).and_then(|element| element.dyn_into::<HtmlDialogElement>().ok());
    Effect::new(move || {
        let Some(dialog) = dialog() else { return };
        if asked.get() && !dialog.open() {
            let _ = dialog.show_modal(); // fails only for one that is open already
            focus_soon(KEEP);
        } else if !asked.get() {
            dialog.close();
        }
    });
    let name = move || page.to_open.with(|file| file.as_ref().map(|file| file.path.clone()));
    let replace = move |_| {
        if let Some(file) = page.to_open.try_update(Option::take).flatten() {
            page.replace_project(file);
        }
    };
    view! {
        <dialog
            id=DIALOG
            class="dialog"
            aria-labelledby=TITLE
            // The page's own shortcuts are not for here.
            on:keydown=|event| event.stop_propagation()
            on:close=move |_| page.to_open.set(None)
        >
            <h2 id=TITLE>{t!(i18n, project_file.replace_title)}</h2>
            <When is=asked>
                <p class="file-name"><bdi>{live(name)}</bdi></p>
                <p>{t!(i18n, project_file.replace_say)}</p>
                <div class="acts">
                    <button class="btn quiet" id=KEEP on:click=move |_| page.to_open.set(None)>{t!(i18n, project_file.keep)}</button>
                    <button class="btn quiet" data-testid="save-first" on:click=move |_| page.save_project()>
                        <Icon name="download"/>" "{t!(i18n, project_file.save_first)}
                    </button>
                    <button class="btn danger" data-testid="replace-project" on:click=replace>{t!(i18n, project_file.replace)}</button>
                </div>
                <Progress/>
            </When>
        </dialog>
    }
}
