//! The photos of a class or of the unsorted tray: two rows and a peek, all of them on demand, and what is chosen among them.

use crate::{
    dataset::{ClassId, PhotoId},
    ui::{
        browser::{focus_soon, open_picker},
        components::{Icon, Thumb, When},
        i18n::{t, t_string, use_i18n},
        live::{Memo, each, live, memo},
        page::{PHOTOS_HEADING, Page},
        panels::{class_pick::ClassPick, tag_pick::TagPick},
        words::whole,
    },
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Photos that are drawn at first.
const FIRST: usize = 20;
/// Tiles of photos on their way that shimmer.
const SHIMMER: u64 = 4;
/// Photos that are drawn for the peek below them, and more a frame when all are asked for: a frame stays short.
const PEEK: usize = 12;
const A_FRAME: usize = 60;

/// The grid.
#[component]
pub(super) fn PhotoGrid(
    /// The class, or none for the unsorted tray.
    class: Option<ClassId>,
    /// Its name.
    #[prop(into)]
    name: Signal<String>,
    /// The file input that the tile for more photos opens.
    #[prop(optional, into)]
    picker: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let ids = page.memo(move |state| state.photos.of(class).to_vec());
    let limit = RwSignal::new(FIRST + PEEK);
    let chosen = RwSignal::new(BTreeSet::<PhotoId>::new());
    let drawn = move || ids.with(|ids| ids.iter().copied().take(limit.get()).collect());
    let count = memo(move || ids.with(Vec::len));
    let waiting = page.memo(move |state| {
        let class = class.and_then(|id| state.photos.class(id));
        (state.waiting.count(class), state.waiting.is_next(class))
    });
    let all = memo(move || limit.get() > FIRST + PEEK);
    let has_picker = !picker.is_empty();
    let viewport = move || match (all.get(), count.get() + waiting.get().0 > FIRST) {
        (true, _) => "viewport all",
        (false, true) => "viewport fade",
        (false, false) => "viewport",
    };
    view! {
        <div class=live(viewport) hidden=live(move || count.get() == 0 && !has_picker) tabindex="0" role="group"
            aria-label=live(move || t_string!(i18n, photos.of_class, name = name.get()).to_string())>
            <div class="thumbs">
                {each(drawn, move |photo| view! { <Tile photo ids chosen name/> })}
                <Coming count waiting/>
                <When is=live(move || has_picker && count.get() + waiting.get().0 < FIRST)>
                    <AddTile name picker=picker.clone()/>
                </When>
            </div>
        </div>
        <More count limit/>
        <Chosen chosen class/>
    }
}

/// Places of the photos that are still to be read; the ones that are read next shimmer.
#[component]
fn Coming(count: Memo<usize>, waiting: Memo<(usize, bool)>) -> impl IntoView {
    let places = memo(move || waiting.get().0.min((FIRST + PEEK).saturating_sub(count.get())) as u64);
    let next = memo(move || waiting.get().1);
    let class = move |at| if next.get() && at < SHIMMER { "thumb wait next" } else { "thumb wait" };
    view! {
        {each(move || (0..places.get()).collect(), move |at: u64| view! { <span class=live(move || class(at))></span> })}
    }
}

#[component]
fn Tile(
    photo: PhotoId,
    ids: Memo<Vec<PhotoId>>,
    chosen: RwSignal<BTreeSet<PhotoId>>,
    name: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let file = page.with_untracked(|state| state.photos.name(photo).unwrap_or_default().to_owned());
    let excluded = page.memo(move |state| state.photos.is_excluded(photo));
    let label = move || {
        let place = whole(ids.with(|ids| ids.binary_search(&photo).unwrap_or(0)) + 1);
        let (class, file) = (name.get(), file.clone());
        if excluded.get() {
            t_string!(i18n, photos.photo_excluded, class = class, n = place, file = file).to_string()
        } else {
            t_string!(i18n, photos.photo, class = class, n = place, file = file).to_string()
        }
    };
    // One of the chosen stands for all of them.
    let take = move || {
        let mut these = chosen.try_update(std::mem::take).unwrap_or_default();
        these.insert(photo);
        these
    };
    let exclude = move |()| page.exclude_photos(take().into_iter().collect(), !excluded.get_untracked());
    let press = move |()| {
        chosen.update(|chosen| {
            if !chosen.remove(&photo) {
                chosen.insert(photo);
            }
        });
    };
    let delete = move |()| {
        let gone = take();
        focus_soon(neighbour(&ids.get_untracked(), photo, &gone).map_or_else(|| PHOTOS_HEADING.to_owned(), tile_id));
        page.remove_photos(gone.into_iter().collect());
    };
    view! {
        <Thumb
            url=page.thumb(photo)
            id=tile_id(photo)
            label=live(label)
            chosen=live(move || chosen.with(|chosen| chosen.contains(&photo)))
            excluded
            on_press=Callback::new(press)
            on_exclude=Callback::new(exclude)
            on_delete=Callback::new(delete)
        />
    }
}

/// The photo that takes the focus when others go: the next that stays, or the one before.
fn neighbour(ids: &[PhotoId], photo: PhotoId, gone: &BTreeSet<PhotoId>) -> Option<PhotoId> {
    let at = ids.binary_search(&photo).ok()?;
    let stays = |id: &&PhotoId| !gone.contains(*id);
    ids[at..].iter().find(stays).or_else(|| ids[..at].iter().rev().find(stays)).copied()
}

fn tile_id(photo: PhotoId) -> String {
    format!("photo-{}", photo.0)
}

#[component]
fn AddTile(name: Signal<String>, picker: String) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <button
            class="thumb add"
            aria-label=live(move || t_string!(i18n, photos.add_to, name = name.get()).to_string())
            on:click=move |_| open_picker(&picker)
        >
            <Icon name="plus"/>
        </button>
    }
}

#[component]
fn More(count: Memo<usize>, limit: RwSignal<usize>) -> impl IntoView {
    let i18n = use_i18n();
    let all = memo(move || limit.get() > FIRST + PEEK);
    let toggle = move |_| {
        if all.get_untracked() {
            limit.set(FIRST + PEEK);
        } else {
            grow(count, limit);
        }
    };
    let range = move || t_string!(i18n, app.range, low = "1", high = whole(count.get().min(FIRST))).to_string();
    view! {
        <p class="more-line" hidden=live(move || count.get() <= FIRST)>
            <When is=live(move || !all.get())>
                <span class="num">{live(move || t_string!(i18n, app.of, done = range(), total = whole(count.get())).to_string())}</span>
            </When>
            <button class="btn link small" aria-expanded=live(move || all.get().to_string()) on:click=toggle>
                {live(move || if all.get() { t_string!(i18n, photos.show_less) } else { t_string!(i18n, photos.show_all) })}
            </button>
        </p>
    }
}

/// Some more a frame, and at last whatever comes.
fn grow(count: Memo<usize>, limit: RwSignal<usize>) {
    let now = limit.get_untracked() + A_FRAME;
    if now < count.get_untracked() {
        limit.set(now);
        request_animation_frame(move || {
            // Gone, or asked for less, in the meantime.
            if limit.try_get_untracked() == Some(now) {
                grow(count, limit);
            }
        });
    } else {
        limit.set(usize::MAX);
    }
}

/// What can be done with the chosen photos.
#[component]
fn Chosen(chosen: RwSignal<BTreeSet<PhotoId>>, class: Option<ClassId>) -> impl IntoView {
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
