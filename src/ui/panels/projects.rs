//! The menu of projects: change to another, begin one, copy, save, delete, bring back.

use super::inputs::PROJECT;
use crate::{
    dataset::ProjectId,
    protocol::ProjectEntry,
    ui::{
        app::project_name,
        browser::{focus_soon, open_picker},
        components::{Icon, When, close_behind, menu_key},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, part},
        page::{PROJECTS_BUTTON, Page},
        state::Layout,
    },
};
use leptos::prelude::*;

const NEW: &str = "new-project";

/// The button and what it opens; nothing while there is only an empty project.
#[component]
pub(super) fn ProjectMenu() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let open = RwSignal::new(false);
    let is_empty = page.memo(|state| state.layout() == Layout::Empty);
    let has_others = page.memo(|state| !state.projects.is_empty());
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            focus_soon(NEW);
        }
    };
    let word = move || is_empty.get().then(|| view! { <span>{t!(i18n, projects.title)}</span>" " });
    view! {
        <When is=live(move || !is_empty.get() || has_others.get())>
            <div
                class="menu projects"
                on:keydown=move |event| menu_key(&event, open, PROJECTS_BUTTON)
                on:focusout=move |event| close_behind(&event, open)
            >
                <button
                    id=PROJECTS_BUTTON
                    class=live(move || if is_empty.get() { "btn plain small" } else { "btn plain icon-only small" })
                    data-testid="projects"
                    aria-label=t_string!(i18n, projects.title)
                    aria-haspopup="menu"
                    aria-expanded=live(move || open.get().to_string())
                    on:click=toggle
                >
                    {part(word)}
                    <Icon name="down"/>
                </button>
                <When is=open><List open/></When>
            </div>
        </When>
    }
}

#[component]
fn List(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let is_empty = page.memo(|state| state.layout() == Layout::Empty);
    let kept = page.memo(|state| state.projects.kept().cloned().collect::<Vec<_>>());
    let trashed = page.memo(|state| state.projects.trashed().cloned().collect::<Vec<_>>());
    let leave = move || {
        open.set(false);
        focus_soon(PROJECTS_BUTTON);
    };
    let press = move |what: fn(Page)| {
        Callback::new(move |()| {
            leave();
            what(page);
        })
    };
    let choose = move |id: ProjectId, what: fn(Page, ProjectId)| {
        Callback::new(move |()| {
            leave();
            what(page, id);
        })
    };
    let other = move |entry: ProjectEntry| {
        let choose = choose(entry.id, Page::open_project_of_list);
        view! { <Entry entry icon="folder" say=None on_press=choose/> }
    };
    let gone = move |entry: ProjectEntry| {
        let back = choose(entry.id, Page::restore_project);
        view! { <Entry entry icon="undo" say=Some(t_string!(i18n, projects.bring_back)) on_press=back/> }
    };
    view! {
        <div class="menu-list start" role="menu" aria-label=t_string!(i18n, projects.title)>
            <Item id=NEW icon="plus" say=t_string!(i18n, projects.new) on_press=press(Page::new_project)/>
            <Item id="open-project-file" icon="image" say=t_string!(i18n, project_file.open) on_press=press(|_| open_picker(PROJECT))/>
            <When is=live(move || !is_empty.get())>
                <Item id="duplicate-project" icon="layers" say=t_string!(i18n, projects.duplicate) on_press=press(Page::duplicate_project)/>
                <Item id="save-project-file" icon="download" say=t_string!(i18n, project_file.save) on_press=press(Page::save_project)/>
                <Item id="delete-project" icon="trash" say=t_string!(i18n, projects.delete) on_press=press(Page::delete_open_project)/>
            </When>
            {part(move || kept.with(|all| !all.is_empty()).then(|| view! {
                <p class="title" role="presentation">{t!(i18n, projects.others)}</p>
                {kept.get().into_iter().map(other).views()}
            }))}
            {part(move || trashed.with(|all| !all.is_empty()).then(|| view! {
                <p class="title" role="presentation">{t!(i18n, projects.deleted)}</p>
                {trashed.get().into_iter().map(gone).views()}
            }))}
        </div>
    }
}

#[component]
fn Item(id: &'static str, icon: &'static str, say: &'static str, on_press: Callback<()>) -> impl IntoView {
    view! {
        <button class="menu-item" role="menuitem" id=id data-testid=id on:click=move |_| on_press.run(())>
            <Icon name=icon/>
            <span>{say}</span>
        </button>
    }
}

/// Another project: its name, and the names of its classes.
#[component]
fn Entry(
    entry: ProjectEntry,
    icon: &'static str,
    /// What pressing it does, where that is more than opening it.
    say: Option<&'static str>,
    on_press: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let classes = entry.classes.join(", ");
    view! {
        <button
            class="menu-item"
            role="menuitem"
            data-project=entry.id.0.to_string()
            data-trashed=entry.trashed.to_string()
            on:click=move |_| on_press.run(())
        >
            <Icon name=icon/>
            <span class="cut">
                {say.map(|say| view! { <span class="vh">{say}" "</span> })}
                <bdi>{name_of(i18n, &entry.name)}</bdi>
            </span>
            <span class="small muted cut"><bdi>{classes}</bdi></span>
        </button>
    }
}

fn name_of(i18n: Words, name: &str) -> String {
    if name.is_empty() { t_string!(i18n, app.untitled).to_owned() } else { name.to_owned() }
}

impl Page {
    fn duplicate_project(self) {
        let i18n = use_i18n();
        self.copy_project(t_string!(i18n, projects.copy_of, name = project_name(self, i18n)).to_string());
    }

    fn delete_open_project(self) {
        let name = project_name(self, use_i18n());
        self.delete_project(name);
    }
}
