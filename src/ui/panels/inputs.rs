//! The page's file inputs, once and from the first frame on; the buttons that open them come and go.

use crate::{
    dataset::ClassId,
    protocol::Destination,
    ui::{
        components::FileInput,
        i18n::{t_string, use_i18n},
        page::Page,
    },
};
use leptos::prelude::*;

/// Ids for [`open_picker`](crate::ui::browser::open_picker).
pub(in crate::ui) const FOLDER: &str = "pick-folder";
pub(in crate::ui) const FILES: &str = "pick-files";
pub(in crate::ui) const PREDICT: &str = "pick-predict";
pub(in crate::ui) const PREDICT_FOLDER: &str = "pick-predict-folder";
pub(in crate::ui) const HEAD: &str = "pick-head";
pub(in crate::ui) const PROJECT: &str = "pick-project";
pub(in crate::ui) const TEST: &str = "pick-test";
/// The id of the picker of a class.
pub(in crate::ui) fn class_picker(class: ClassId) -> String {
    format!("pick-class-{}", class.0)
}

/// What the pickers for photos offer.
pub(in crate::ui) const PHOTOS: &str = "image/*";
/// The same, and zips of them.
pub(in crate::ui) const PHOTOS_OR_ZIP: &str = "image/*,.zip";

/// All file inputs but those of the classes.
#[component]
pub(in crate::ui) fn Inputs() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let folder =
        Callback::new(move |files| page.take_in(files, |page, picked| page.add_files(picked, Destination::Folders)));
    let files = Callback::new(move |files| page.take_in(files, Page::add_dropped));
    let predict = Callback::new(move |files| page.take_in(files, Page::predict));
    let head = Callback::new(move |files| page.take_in(files, Page::open_first_head));
    let project = Callback::new(move |files| page.take_in(files, Page::open_first_project));
    let test =
        Callback::new(move |files| page.take_in(files, |page, picked| page.add_files(picked, Destination::Test)));
    let label = |text: &'static str| Signal::stored(text.to_owned());
    view! {
        <FileInput id=FOLDER testid="import-folder" label=label(t_string!(i18n, inputs.folder)) folder=true on_pick=folder/>
        <FileInput id=FILES testid="import-files" label=label(t_string!(i18n, inputs.files)) accept=PHOTOS_OR_ZIP multiple=true on_pick=files/>
        <FileInput id=PREDICT testid="predict-input" label=label(t_string!(i18n, inputs.predict)) accept=PHOTOS multiple=true on_pick=predict/>
        <FileInput id=PREDICT_FOLDER testid="predict-folder" label=label(t_string!(i18n, inputs.predict_folder)) folder=true on_pick=predict/>
        <FileInput id=HEAD testid="open-head" label=label(t_string!(i18n, inputs.head)) accept=".safetensors" on_pick=head/>
        <FileInput id=PROJECT testid="import-project" label=label(t_string!(i18n, inputs.project)) accept=".zip" on_pick=project/>
        <FileInput id=TEST testid="import-test-folder" label=label(t_string!(i18n, inputs.test)) folder=true on_pick=test/>
    }
}
