//! The photos of a class or of the unsorted tray: two rows and a peek, all of them on demand, and what is chosen among them.

use super::{band::Band, chosen::Chosen, sight::Sight, walk};
use crate::{
    dataset::{ClassId, PhotoId},
    ui::{
        browser::{focus_soon, input_of, open_picker},
        components::{Icon, Thumb, When},
        i18n::{t_string, use_i18n},
        in_sight::Part,
        live::{Memo, each, live, memo, part as part_of},
        page::{PHOTOS_HEADING, Page},
        words::whole,
    },
};
use leptos::{ev, prelude::*};
use std::collections::BTreeSet;

/// Photos that are drawn at first.
const FIRST: usize = 20;
/// Tiles of photos on their way that shimmer.
const SHIMMER: u64 = 4;
/// Photos that are drawn for the peek below them.
const PEEK: usize = 12;

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
    let search = RwSignal::new(String::new());
    let ids = page.memo(move |state| {
        let all = state.photos.of(class);
        let search = search.get().trim().to_lowercase();
        let is_found =
            |photo: &&PhotoId| state.photos.name(**photo).is_some_and(|name| name.to_lowercase().contains(&search));
        if search.is_empty() { all.to_vec() } else { all.iter().filter(is_found).copied().collect() }
    });
    let total = page.memo(move |state| state.photos.of(class).len());
    let all = RwSignal::new(false);
    let chosen = RwSignal::new(BTreeSet::<PhotoId>::new());
    // The photo that was pressed last: with the shift key all between are chosen.
    let last = StoredValue::new(None);
    let count = memo(move || ids.with(Vec::len));
    let sight = Sight::follow(ids, all);
    let band = Band::new((sight.viewport, sight.grid), ids, chosen);
    let key = move |event: ev::KeyboardEvent| {
        if event.key() != "Escape" || !band.cancel() {
            walk::key(&event, &ids, chosen);
        }
    };
    let part = memo(move || {
        let lying = all.get().then(|| sight.lying.get()).flatten();
        lying.map_or(Part::first(count.get().min(FIRST + PEEK)), |lying| lying.part(count.get()))
    });
    let drawn = move || ids.with(|ids| ids.get(part.get().photos).unwrap_or_default().to_vec());
    let waiting = page.memo(move |state| {
        let class = class.and_then(|id| state.photos.class(id));
        (state.waiting.count(class), state.waiting.is_next(class))
    });
    let has_picker = !picker.is_empty();
    let viewport = move || match (all.get(), count.get() + waiting.get().0 > FIRST) {
        (true, _) => "viewport all",
        (false, true) => "viewport fade",
        (false, false) => "viewport",
    };
    view! {
        <div class=live(viewport) node_ref=sight.viewport on:scroll=move |_| sight.look() on:keydown=key on:pointerdown=move |event| band.down(&event) on:pointermove=move |event| band.moved(&event) on:pointerup=move |_| band.up() on:pointercancel=move |_| band.up() hidden=live(move || count.get() == 0 && !has_picker) tabindex="0" role="group"
            aria-label=live(move || t_string!(i18n, photos.of_class, name = name.get()).to_string())>
            <div
                class="thumbs"
                node_ref=sight.grid
                style:padding-block-start=live(move || part.with(|part| px(part.above_px)))
                style:padding-block-end=live(move || part.with(|part| px(part.below_px)))
            >
                {part_of(move || band.shape().map(|shape| view! { <span class="band" style:inset-inline-start=px(shape[0]) style:top=px(shape[1]) style:width=px(shape[2]) style:height=px(shape[3])></span> }))}
                {each(drawn, move |photo| view! { <Tile photo ids chosen last name/> })}
                <Coming count waiting/>
                <When is=live(move || has_picker && count.get() + waiting.get().0 < FIRST)>
                    <AddTile name picker=picker.clone()/>
                </When>
            </div>
        </div>
        <More count=total all search/>
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
    last: StoredValue<Option<PhotoId>>,
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
    let press = move |shift: bool| {
        let from = last.get_value().filter(|_| shift);
        last.set_value(Some(photo));
        chosen.update(|chosen| {
            if let Some(from) = from {
                chosen.extend(ids.with_untracked(|ids| between(ids, from, photo)));
            } else if !chosen.remove(&photo) {
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

/// All photos from one to another, both included.
fn between(ids: &[PhotoId], one: PhotoId, other: PhotoId) -> Vec<PhotoId> {
    let (first, last) = (one.min(other), one.max(other));
    ids.iter().copied().filter(|id| (first..=last).contains(id)).collect()
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

fn px(length: f64) -> String {
    format!("{length}px")
}

#[component]
fn More(count: Memo<usize>, all: RwSignal<bool>, search: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    // What is searched is shown whole; the field goes when it is not.
    let typed = move |event: ev::Event| {
        search.set(input_of(&event).map(|input| input.value()).unwrap_or_default());
        all.set(true);
    };
    let turn = move |_| {
        all.update(|all| *all = !*all);
        search.set(String::new());
    };
    let range = move || t_string!(i18n, app.range, low = 1_u32, high = whole(count.get().min(FIRST))).to_string();
    view! {
        <p class="more-line" hidden=live(move || count.get() <= FIRST)>
            <When is=live(move || !all.get())>
                <span class="num">{live(move || t_string!(i18n, app.of, done = range(), total = whole(count.get())).to_string())}</span>
            </When>
            <button class="btn link small" aria-expanded=live(move || all.get().to_string()) on:click=turn>
                {live(move || if all.get() { t_string!(i18n, photos.show_less) } else { t_string!(i18n, photos.show_all) })}
            </button>
            <input
                class="pick search"
                type="search"
                data-testid="photo-search"
                aria-label=t_string!(i18n, answers.search)
                placeholder=t_string!(i18n, answers.search)
                prop:value=search
                on:input=typed
            />
        </p>
    }
}
