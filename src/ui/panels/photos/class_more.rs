//! What is seldom done with a class: it goes up or down in the list, or into another class.

use crate::{
    dataset::ClassId,
    ui::{
        browser::focus_soon,
        components::{Icon, When},
        i18n::{t_string, use_i18n},
        live::live,
        page::{PHOTOS_HEADING, Page},
        panels::class_pick::ClassPick,
    },
};
use leptos::prelude::*;

/// The line that the button of three dots opens.
#[component]
pub(super) fn ClassMore(
    /// The class.
    id: ClassId,
    /// Whether it is open.
    more: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let edge = move |up: bool| {
        page.memo(move |state| {
            let classes = state.photos.classes();
            let edge = if up { classes.first() } else { classes.last() };
            edge.is_some_and(|class| class.id == id)
        })
    };
    let (first, last) = (edge(true), edge(false));
    let merge = move |into| {
        page.merge_classes(id, into);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <When is=more>
            <p class="acts more">
                <button class="btn plain icon-only small" aria-label=t_string!(i18n, photos.shift_up) disabled=live(move || first.get()) on:click=move |_| page.shift_class(id, true)>
                    <Icon name="up"/>
                </button>
                <button class="btn plain icon-only small" aria-label=t_string!(i18n, photos.shift_down) disabled=live(move || last.get()) on:click=move |_| page.shift_class(id, false)>
                    <Icon name="down"/>
                </button>
                <ClassPick label=t_string!(i18n, photos.merge_into) say=t_string!(i18n, photos.merge_into) but=Some(id) testid="merge-class" on_pick=Callback::new(merge)/>
            </p>
        </When>
    }
}
