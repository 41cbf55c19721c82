//! The first step: classes and their photos.

mod add_class;
mod band;
mod chosen;
mod class_mini;
mod class_more;
mod class_row;
mod grid;
mod progress;
mod samples;
mod sight;
mod split;
mod test_row;
mod tray;
mod walk;

pub(super) use add_class::AddClass;

use crate::{
    dataset::ClassId,
    ui::{
        app::Labelled,
        browser::{focus_soon, open_picker},
        components::{Mark, When},
        i18n::{t, t_string, use_i18n},
        live::{Memo, each, live, memo},
        page::{PHOTOS_HEADING, Page},
        panels::{
            classes,
            fold::Fold,
            inputs::{FILES, FOLDER},
        },
        state::{Layout, State},
        words,
    },
};
use class_mini::ClassMini;
use class_row::ClassRow;
use leptos::prelude::*;
use progress::ReadProgress;
use samples::SampleLine;
use test_row::TestRow;
use tray::Tray;

/// The step: a sheet while it has the room, a rail beside the results.
#[component]
pub(in crate::ui) fn Photos() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let layout = page.memo(State::layout);
    let class = move || if layout.get() == Layout::Trained { "rest stack" } else { "sheet is-active" };
    let ids = page.memo(|state| state.photos.classes().iter().map(|class| class.id).collect::<Vec<_>>());
    let rail = memo(move || layout.get() == Layout::Trained);
    view! {
        <section id="photos" class=live(class) aria-labelledby=PHOTOS_HEADING hidden=live(move || layout.get() == Layout::Empty)>
            <Head rail/>
            <Fold name="photos" say=t_string!(i18n, fold.photos)/>
            <ReadProgress/>
            <SampleLine/>
            <Tray/>
            <When is=live(move || !rail.get())>
                {each(move || ids.get(), |id| view! { <ClassRow id/> })}
                <TestRow/>
            </When>
            <When is=rail>
                {each(move || ids.get(), |id| view! { <ClassMini id/> })}
                <RailFoot/>
            </When>
        </section>
    }
}

#[component]
fn Head(rail: Memo<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let counts = page.memo(|state| (state.photos.total(), state.photos.classes().len()));
    let empty = page.memo(|state| state.layout() == Layout::Empty);
    let in_classes = move || {
        let (photos, classes) = counts.get();
        let classes = u32::try_from(classes).unwrap_or(u32::MAX);
        t_string!(i18n, photos.in_classes, count = classes, photos = words::photos(i18n, photos)).to_string()
    };
    let open = move |_| {
        page.update(|state| state.at_results = false);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <div class="step-head">
            <h2 id=PHOTOS_HEADING tabindex="-1">
                <span class=live(move || if rail.get() { "step-no done" } else { "step-no" })>"1"</span>
                " "
                {t!(i18n, steps.photos)}
            </h2>
            <When is=live(move || !rail.get())>
                <span class="muted small">{live(in_classes)}</span>
            </When>
            <When is=live(move || !rail.get())>
                <div class="row push">
                        <button class="btn quiet small" on:click=|_| open_picker(FOLDER)>
                            <Labelled icon="folder">{t!(i18n, photos.add_folder)}</Labelled>
                        </button>
                        <AddClass class="btn quiet small" named=live(move || !empty.get())>
                            <Labelled icon="plus">{t!(i18n, photos.add_class)}</Labelled>
                        </AddClass>
                    </div>
            </When>
            <When is=rail>
                <button class="btn plain small push" on:click=open>{t!(i18n, photos.open)}</button>
            </When>
        </div>
    }
}

#[component]
fn RailFoot() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let total = page.memo(|state| state.photos.total());
    view! {
        <p class="small muted">{live(move || words::photos(i18n, total.get()))}</p>
        <button class="btn quiet small wide" on:click=|_| open_picker(FILES)>
            <Labelled icon="plus">{t!(i18n, photos.add_photos)}</Labelled>
        </button>
        <AddClass class="btn plain small wide">
            <Labelled icon="plus">{t!(i18n, photos.add_class)}</Labelled>
        </AddClass>
    }
}

/// The key of a project's class.
fn mark_of(page: Page, id: ClassId) -> Memo<Mark> {
    page.memo(move |state| classes::mark(state, id))
}

fn name_of(page: Page, id: ClassId) -> Memo<String> {
    page.memo(move |state| classes::name(state, id))
}
