//! What leaves this device, and what stays on it: the meter in the top bar, and the panel behind it.

mod delete;
mod meter;
mod stored;

use crate::{
    ui::{
        browser::{element, focus_soon},
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::{live, memo},
        page::Page,
        panels::project_file::ProjectFileButtons,
        samples,
        words::whole,
    },
    web::{Watch, kept::Left},
};
use delete::{Ask, Deleted, Deleting};
use leptos::{ev, prelude::*};
use meter::Meter;
use stored::Stored;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const DIALOG: &str = "privacy";
const TITLE: &str = "privacy-title";
const DELETE: &str = "delete-everything";

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    /// What was asked of the network, and what is stored.
    Look,
    /// Whether everything shall be deleted.
    Ask,
    /// It is being deleted; perhaps another tab does not let go.
    Deleting { blocked: bool },
    /// It is deleted, and this is what is left.
    Deleted(Left),
}

/// The panel's own state; copying it copies none.
#[derive(Clone, Copy)]
struct Panel {
    open: RwSignal<bool>,
    stage: RwSignal<Stage>,
}

/// The meter and the panel.
#[component]
pub(in crate::ui) fn Privacy() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let panel = Panel { open: RwSignal::new(false), stage: RwSignal::new(Stage::Look) };
    provide_context(panel);
    let sent = page.memo(|state| state.opened.then(|| state.requests.since()));
    let label = move || match sent.get() {
        Some(sent) => t_string!(i18n, privacy.meter, n = whole(sent)).to_string(),
        None => t_string!(i18n, privacy.title).to_string(),
    };
    view! {
        <button
            class="badge"
            data-testid="request-meter"
            data-count=live(move || sent.get().map(|sent| sent.to_string()))
            aria-haspopup="dialog"
            aria-label=live(label)
            on:click=move |_| panel.show()
        >
            <Icon name="shield" size="s"/>
            {move || sent.get().map(|sent| view! {
                <span><span class="num">{whole(sent)}</span><span class="hide-s">" "{t!(i18n, privacy.sent)}</span></span>
            })}
        </button>
        <Dialog/>
    }
}

/// Counts what the page asks of the network; its workers tell by themselves. Once a page, however often it is drawn.
pub(in crate::ui) fn count_requests(page: Page) {
    let told = move |asked| page.update(|state| state.requests.take(asked));
    let watch = StoredValue::new_local(Watch::begin(&samples::addresses(), told));
    let ready = page.memo(|state| state.opened);
    Effect::new(move || {
        if ready.get() {
            watch.with_value(Watch::loaded);
        }
    });
}

impl Panel {
    fn dialog() -> Option<HtmlDialogElement> {
        element(DIALOG)?.dyn_into().ok()
    }

    fn show(self) {
        self.open.set(true);
        if let Some(dialog) = Self::dialog() {
            let _ = dialog.show_modal(); // fails only for one that is open already
        }
    }

    fn close(self) {
        if let Some(dialog) = Self::dialog() {
            dialog.close();
        }
    }

    fn ask(self) {
        self.stage.set(Stage::Ask);
        focus_soon(delete::KEEP);
    }

    /// Back from the question.
    fn keep(self) {
        self.stage.set(Stage::Look);
        focus_soon(DELETE);
    }

    /// Deleting, it cannot be left; afterwards there is nothing to go back to.
    fn cancelled(self, event: &ev::Event) {
        if matches!(self.stage.get_untracked(), Stage::Deleting { .. } | Stage::Deleted(_)) {
            event.prevent_default();
        }
    }

    fn closed(self) {
        self.open.set(false);
        match self.stage.get_untracked() {
            Stage::Look | Stage::Ask => self.stage.set(Stage::Look),
            // A browser lets nobody be held in a dialog for ever.
            Stage::Deleting { .. } => {}
            Stage::Deleted(_) => delete::start_afresh(),
        }
    }
}

/// The panel. It is on the page all the time, closed, and filled only while it is looked at; but the buttons to
/// save the project and to delete everything are always there, as scripts stand on them.
#[component]
fn Dialog() -> impl IntoView {
    let i18n = use_i18n();
    let panel = expect_context::<Panel>();
    let at = move |wanted: fn(&Stage) -> bool| memo(move || panel.open.get() && panel.stage.with(wanted));
    let looking = at(|stage| *stage == Stage::Look);
    let title = move || match panel.stage.get() {
        Stage::Look => t_string!(i18n, privacy.title),
        Stage::Ask => t_string!(i18n, privacy.delete_title),
        Stage::Deleting { .. } => t_string!(i18n, privacy.deleting),
        Stage::Deleted(left) if left.things.is_empty() => t_string!(i18n, privacy.deleted),
        Stage::Deleted(_) => t_string!(i18n, privacy.left),
    };
    view! {
        <dialog
            id=DIALOG
            class="dialog privacy"
            aria-labelledby=TITLE
            // The page's own shortcuts are not for here.
            on:keydown=|event| event.stop_propagation()
            on:cancel=move |event| panel.cancelled(&event)
            on:close=move |_| panel.closed()
        >
            <div class="row">
                <h2 id=TITLE tabindex="-1">{live(title)}</h2>
                <When is=looking>
                    <button class="btn plain icon-only small push" aria-label=t_string!(i18n, app.close) on:click=move |_| panel.close()>
                        <Icon name="x"/>
                    </button>
                </When>
            </div>
            <When is=looking><Meter/><Stored/></When>
            <div hidden=live(move || !looking.get())><ProjectFileButtons/></div>
            <div class="acts" hidden=live(move || panel.stage.with(|stage| *stage != Stage::Look))>
                <button class="btn danger" id=DELETE data-testid=DELETE on:click=move |_| panel.ask()>
                    <Icon name="trash"/>" "{t!(i18n, privacy.delete)}
                </button>
            </div>
            <When is=at(|stage| *stage == Stage::Ask)><Ask/></When>
            <When is=at(|stage| matches!(stage, Stage::Deleting { .. }))><Deleting/></When>
            <When is=at(|stage| matches!(stage, Stage::Deleted(_)))><Deleted/></When>
        </dialog>
    }
}
