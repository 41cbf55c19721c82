//! One class beside the results: its key, name, count and first photos.

use super::{mark_of, name_of};
use crate::{
    dataset::{ClassId, PhotoId},
    protocol::Destination,
    ui::{
        app::Over,
        browser::focus_soon,
        components::{ClassKey, FileInput},
        drops::Target,
        i18n::{t_string, use_i18n},
        live::{each, live},
        page::Page,
        panels::inputs::{PHOTOS, class_picker},
        words::whole,
    },
};
use leptos::prelude::*;

/// So many photos stand in the strip.
const STRIP: usize = 5;

/// The class; pressed, photos get the room again.
#[component]
pub(super) fn ClassMini(id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let over = expect_context::<Over>().0;
    let name = name_of(page, id);
    let count = page.memo(move |state| state.photos.of(Some(id)).len());
    let first = page.memo(move |state| spread(state.photos.of(Some(id))));
    let open = move |_| {
        page.update(|state| state.at_results = false);
        focus_soon(format!("class-name-{}-button", id.0));
    };
    let add = Callback::new(move |files| {
        page.take_in(files, move |page, picked| page.add_files(picked, Destination::Class(id)));
    });
    view! {
        <div
            class:is-over=live(move || over.get() == Some(Target::Class(id)))
            data-testid="class-card"
            data-class=name
            data-count=count
            data-drop=Target::Class(id).word()
        >
            <button class="class-mini" on:click=open>
                <span class="line">
                    <ClassKey mark=mark_of(page, id)/>
                    " "
                    <span class="nm">{name}</span>
                    " "
                    <span class="num">{live(move || whole(count.get()))}</span>
                </span>
                <span class="strip">
                    {each(move || first.get(), |photo| view! { <Tile photo/> })}
                </span>
            </button>
            <FileInput
                id=class_picker(id)
                testid="photo-input"
                label=live(move || t_string!(i18n, inputs.photos_for, name = name.get()).to_string())
                accept=PHOTOS
                multiple=true
                on_pick=add
            />
        </div>
    }
}

#[component]
fn Tile(photo: PhotoId) -> impl IntoView {
    let url = Page::get().thumb(photo);
    move || match url.get() {
        Some(url) => view! { <img src=url alt=""/> }.into_any(),
        None => view! { <span class="blank"></span> }.into_any(),
    }
}

/// Photos from all over the class: neighbours are often of one scene.
fn spread(photos: &[PhotoId]) -> Vec<PhotoId> {
    let shown = photos.len().min(STRIP);
    (0..shown).map(|at| photos[at * photos.len() / shown]).collect()
}
