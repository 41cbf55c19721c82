//! What can be done with the photos that are chosen in a grid.

use super::split::Split;
use crate::{
    dataset::{ClassId, PhotoId},
    ui::{
        browser::focus_soon,
        components::{Icon, When},
        i18n::{t, t_string, use_i18n},
        live::live,
        page::{PHOTOS_HEADING, Page},
        panels::{class_pick::ClassPick, tag_pick::TagPick},
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What can be done with the chosen photos.
#[component]
pub(super) fn Chosen(
    /// The photos.
    chosen: RwSignal<BTreeSet<PhotoId>>,
    /// The class that they are in, or none for the unsorted tray.
    class: Option<ClassId>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let take = move || chosen.try_update(std::mem::take).unwrap_or_default().into_iter().collect::<Vec<_>>();
    let count = move || u32::try_from(chosen.with(BTreeSet::len)).unwrap_or(u32::MAX);
    let moved = move |to| {
        page.move_photos(take(), to);
        focus_soon(PHOTOS_HEADING);
    };
    let remove = move |_| {
        page.remove_photos(take());
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <When is=live(move || chosen.with(|chosen| !chosen.is_empty()))>
            <p class="more-line chosen">
                <span class="num">{live(move || t_string!(i18n, photos.chosen, count = count()).to_string())}</span>
                <ClassPick
                    label=t_string!(i18n, photos.move_to)
                    say=t_string!(i18n, photos.move_to)
                    but=class
                    on_pick=Callback::new(moved)
                />
                <Split id=format!("grid-{}", class.map_or(0, |class| class.0)) chosen/>
                <button class="btn quiet small" on:click=remove><Icon name="trash"/>" "{t!(i18n, photos.remove)}</button>
                <Exclude chosen/>
                <SameScene chosen/>
                <TagPick id=format!("grid-{}", class.map_or(0, |class| class.0)) photos=live(move || chosen.get().into_iter().collect())/>
            </p>
        </When>
    }
}

/// Excludes the chosen photos, or includes them where all are excluded.
#[component]
fn Exclude(chosen: RwSignal<BTreeSet<PhotoId>>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let are = page.memo(move |state| chosen.with(|chosen| chosen.iter().all(|photo| state.photos.is_excluded(*photo))));
    let say = move || if are.get() { t_string!(i18n, photos.include) } else { t_string!(i18n, photos.exclude) };
    let exclude = move |_| {
        let on = !are.get_untracked();
        let photos = chosen.try_update(std::mem::take).unwrap_or_default();
        page.exclude_photos(photos.into_iter().collect(), on);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <button class="btn quiet small" title=t_string!(i18n, photos.exclude_say) on:click=exclude>{live(say)}</button>
    }
}

/// Says that the chosen photos show one scene; not there for those of which that is known.
#[component]
fn SameScene(chosen: RwSignal<BTreeSet<PhotoId>>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let joined = page.memo(move |state| chosen.with(|chosen| state.joined(chosen)));
    let fits = page.memo(move |state| joined.with(|all| all.as_ref().is_none_or(|all| state.can_be_one_scene(all))));
    let join = move |_| {
        if let Some(photos) = joined.get_untracked().filter(|_| fits.get_untracked()) {
            chosen.set(BTreeSet::new());
            focus_soon(PHOTOS_HEADING);
            page.same_scene(photos);
        }
    };
    view! {
        <When is=live(move || joined.with(Option::is_some))>
            <button
                class="btn quiet small"
                aria-disabled=live(move || (!fits.get()).to_string())
                aria-describedby=live(move || (!fits.get()).then_some("scene-too-large"))
                on:click=join
            >
                {t!(i18n, bursts.same)}
            </button>
            <When is=live(move || !fits.get())>
                <span class="small muted" id="scene-too-large">{t!(i18n, bursts.too_large)}</span>
            </When>
        </When>
    }
}
