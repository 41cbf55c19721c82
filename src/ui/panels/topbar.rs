//! The bar at the top: what is open, whether it is saved, how the engine is.

use super::{
    elsewhere::Held, engine_menu::EngineMenu, history::UndoRedo, privacy::Privacy, projects::ProjectMenu,
    theme_button::ThemeButton,
};
use crate::ui::{
    app::project_name,
    camera::Camera,
    components::{Icon, NameEdit, When},
    i18n::{t, t_string, use_i18n},
    live::live,
    page::Page,
    shortcuts::KeysButton,
    state::{Layout, State},
};
use leptos::prelude::*;

/// The bar.
#[component]
pub(in crate::ui) fn TopBar() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let layout = Page::get().memo(State::layout);
    let can_turn = Page::get().memo(|state| state.history.undo.is_some() || state.history.redo.is_some());
    view! {
        <header class="topbar">
            <a class="brand" href="#main">
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <g fill="none" stroke="currentColor" stroke-width="3.2" stroke-linecap="round">
                        <path d="M4 18h7M4 12h7"/>
                        <path class="lead" d="M10 6h10"/>
                    </g>
                </svg>
                <span>{t!(i18n, app.name)}</span>
            </a>
            <When is=live(move || layout.get() != Layout::Empty)>
                <Held><ProjectName/></Held>
            </When>
            <Held><ProjectMenu/></Held>
            <Saved/>
            <div class="tools">
                <button
                    class="btn plain icon-only small"
                    data-testid="camera"
                    aria-haspopup="dialog"
                    aria-label=t_string!(i18n, camera.title)
                    on:click=move |_| camera.show(None)
                >
                    <Icon name="camera"/>
                </button>
                <EngineMenu/>
                <Privacy/>
                <span class="sep"></span>
                <Held><UndoRedo hidden=live(move || layout.get() == Layout::Empty && !can_turn.get())/></Held>
                <ThemeButton/>
                <KeysButton/>
            </div>
        </header>
    }
}

#[component]
fn ProjectName() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let shown = live(move || project_name(page, i18n));
    let label = move || t_string!(i18n, top.rename_project, name = shown.get()).to_string();
    view! {
        <span class="crumb" aria-hidden="true">"/"</span>
        <NameEdit
            id="project-name"
            name=page.memo(|state| state.name.clone())
            shown=shown
            button_label=live(label)
            field_label=t_string!(i18n, top.project_name)
            class="badge"
            on_change=Callback::new(move |name: String| page.rename_project(&name))
        />
    }
}

/// True to what the engine said; a project that is not kept is a warning, also before anything is in it.
#[component]
fn Saved() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let saved = page.memo(|state| (state.opened, state.durable, state.layout() == Layout::Empty));
    move || {
        match saved.get() {
        (false, ..) | (true, true, true) => None,
        (true, true, false) => {
            Some(view! { <span class="saved"><Icon name="check" size="s"/><span>{t!(i18n, top.saved)}</span></span> }.into_any())
        }
        (true, false, _) => {
            Some(view! { <span class="saved warn" role="status"><Icon name="alert" size="s"/><span>{t!(i18n, top.not_saved)}</span></span> }.into_any())
        }
    }
    }
}
