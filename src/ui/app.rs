//! The page as a whole.

use super::{
    browser::{Turn, turn},
    camera::{Camera, CameraDialog},
    components::{Icon, Sprite},
    drops::{self, Target},
    i18n::{self, t, t_string, use_i18n},
    live::{live, part},
    motion,
    page::Page,
    panels::{
        EmptyIntro, EmptyRest, Foot, Held, Inputs, LanguageFailed, NoticeList, Photos, Results, Shown, TabBar, Toasts,
        TopBar, Training, count_requests, follow_version,
    },
    shortcuts::{KeysDialog, Shortcuts, show_keys},
    state::{Command, Layout, State},
    theme::Theme,
};
use crate::web::launch;
use leptos::{ev, prelude::*};

/// What dragged files hover over.
#[derive(Clone, Copy)]
pub(super) struct Over(pub(super) ReadSignal<Option<Target>>);

/// Puts the page into the document, as soon as its language is there: nothing is shown in another one before.
pub async fn mount() {
    Theme::kept().apply();
    let failed = !i18n::start().await;
    leptos::mount::mount_to_body(move || view! { <Frame failed/> });
}

/// All three layouts are the same elements in other places, so that nothing that a person holds goes away when they change.
#[component]
fn Frame(
    /// The language that was wanted did not arrive.
    failed: bool,
) -> impl IntoView {
    let page = Page::start();
    Camera::provide(page);
    Shortcuts::provide();
    provide_context(RwSignal::new(Theme::kept()));
    provide_context(Over(drops::listen(page)));
    listen_to_keys(page, Camera::get(), Shortcuts::get());
    follow_version(page);
    count_requests(page);
    launch::listen(move |files| page.take_in(files, Page::open_first_head));
    let language = Shown::provide(failed);
    let layout = page.memo(State::layout);
    let drawn = motion::travelling(layout);
    let class = move || match drawn.get() {
        Layout::Empty => "empty",
        Layout::Gathering => "work gathering",
        Layout::Trained => "work trained",
    };
    let side = move || if drawn.get() == Layout::Gathering { "side rest" } else { "side" };
    let is_empty = move || layout.get() == Layout::Empty;
    let changes = page.memo(|state| state.changes);
    // In another language all of it is drawn anew, what is known and running stays; and for another project, whose photos have the
    // same numbers.
    part(move || {
        language.track();
        changes.get();
        let i18n = use_i18n();
        name_the_tab(page);
        view! {
            <LanguageFailed/>
            <a class="skip" href="#main">{t!(i18n, app.skip)}</a>
            <Sprite/>
            <TopBar/>
            <main id="main" tabindex="-1" class=live(class) data-step=live(move || page.step.get().id()) data-drop=Target::Page.word()>
                <Inputs/>
                <EmptyIntro/>
                <NoticeList/>
                <h1 class="vh" hidden=live(is_empty)>{live(move || project_name(page, i18n))}</h1>
                <Held>
                    <EmptyRest/>
                    <Photos/>
                    <div class=live(side)>
                        <Training/>
                        <Results/>
                    </div>
                </Held>
            </main>
            <Foot/>
            <Toasts/>
            <TabBar/>
            <CameraDialog/>
            <KeysDialog/>
        }
    })
}

/// The project's name, or a word where it has none.
pub(super) fn project_name(page: Page, i18n: super::i18n::Words) -> String {
    let name = page.with(|state| state.name.clone());
    if name.is_empty() { t_string!(i18n, app.untitled).to_string() } else { name }
}

fn name_the_tab(page: Page) {
    let i18n = use_i18n();
    let named = page.memo(|state| !state.name.is_empty());
    Effect::new(move || {
        let title = if named.get() {
            t_string!(i18n, app.title, project = project_name(page, i18n)).to_string()
        } else {
            t_string!(i18n, app.name).to_string()
        };
        document().set_title(&title);
    });
}

fn listen_to_keys(page: Page, camera: Camera, shortcuts: Shortcuts) {
    let _ = window_event_listener(ev::keydown, move |event| {
        match turn(&event) {
            Some(Turn::Undo) => return page.undo(),
            Some(Turn::Redo) => return page.redo(),
            None => {}
        }
        match shortcuts.command(&event) {
            Some(Command::Train) => page.train(),
            Some(Command::Download) => page.download_head(),
            Some(Command::Camera) => camera.show(None),
            Some(Command::Help) => show_keys(),
            // Theirs who show what they are about.
            Some(Command::Gaze | Command::Next | Command::Previous) | None => {}
        }
    });
}

/// An icon in front of words: what most buttons hold.
#[component]
pub(super) fn Labelled(icon: &'static str, #[prop(optional)] size: &'static str, children: Children) -> impl IntoView {
    view! {
        <Icon name=icon size=size/>
        " "
        {children()}
    }
}
