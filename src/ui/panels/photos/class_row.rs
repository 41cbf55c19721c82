//! One class while photos have the room: who it is on the left, its photos on the right.

use super::{class_more::ClassMore, grid::PhotoGrid, mark_of, name_of};
use crate::{
    dataset::{Class, ClassId},
    protocol::Destination,
    ui::{
        app::Over,
        browser::{focus_soon, open_picker},
        camera::Camera,
        components::{ClassKey, FileInput, Icon, NameEdit, When},
        drops::Target,
        i18n::{Words, t, t_string, use_i18n},
        live::{Memo, live, memo, part},
        page::{PHOTOS_HEADING, Page},
        panels::{
            classes::adder_id,
            inputs::{PHOTOS_OR_ZIP, class_picker},
        },
        state::Enough,
        words::{photos, whole},
    },
};
use leptos::prelude::*;

/// The row.
#[component]
pub(super) fn ClassRow(id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let over = expect_context::<Over>().0;
    let name = name_of(page, id);
    let count = page.memo(move |state| state.photos.of(Some(id)).len());
    let teaching = page.memo(move |state| state.photos.teaching(id));
    let to_read = page.memo(move |state| state.waiting.count(state.photos.class(id)));
    let is_over = memo(move || over.get() == Some(Target::Class(id)));
    let picker = class_picker(id);
    view! {
        <section
            class="class-row"
            class:is-over=is_over.signal()
            data-testid="class-card"
            data-class=name
            data-count=count
            data-drop=Target::Class(id).word()
            aria-label=name
        >
            <div class="class-id">
                <ClassName id name/>
                <p class="small muted">
                    {part(move || if is_over.get() { t_string!(i18n, photos.let_go).into_any() } else { count_view(i18n, teaching.get(), to_read.get()) })}
                </p>
                <Excluded id/>
                <Acts id name picker=picker.clone()/>
            </div>
            <div>
                <PhotoGrid class=Some(id) name=name picker=picker/>
                <p class="more-line" hidden=live(move || to_read.get() > 0 || missing(teaching.get()).is_none())>{live(move || advice(i18n, teaching.get()))}</p>
            </div>
        </section>
    }
}

/// How many photos teach nothing, and the way back for them.
#[component]
fn Excluded(id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = page.memo(move |state| u32::try_from(state.photos.excluded_of(id)).unwrap_or(u32::MAX));
    let include = move |_| {
        page.exclude_photos(page.with_untracked(|state| state.photos.of(Some(id)).to_vec()), false);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <When is=live(move || count.get() > 0)>
            <p class="small muted">
                {live(move || t_string!(i18n, photos.excluded_of, count = count.get(), n = whole(count.get())).to_string())}
                " "
                <button class="btn link small" on:click=include>{t!(i18n, photos.include)}</button>
            </p>
        </When>
    }
}

#[component]
fn ClassName(id: ClassId, name: Memo<String>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let label = live(move || t_string!(i18n, photos.rename_class, name = name.get()).to_string());
    let rename = Callback::new(move |new: String| page.rename_class(&Class { id, name: name.get_untracked() }, &new));
    view! {
        <h3 class="name">
            <ClassKey mark=mark_of(page, id)/>
            <NameEdit
                id=format!("class-name-{}", id.0)
                name=name
                shown=name
                button_label=label
                field_label=t_string!(i18n, photos.name_of_class)
                on_change=rename
            />
        </h3>
    }
}

#[component]
fn Acts(id: ClassId, name: Memo<String>, picker: String) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let add = Callback::new(move |files| {
        page.take_in(files, move |page, picked| page.add_files(picked, Destination::Class(id)));
    });
    let camera = Camera::get();
    let opened = picker.clone();
    let more = RwSignal::new(false);
    let remove = move |_| {
        page.remove_class(id);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <div class="acts">
            <FileInput
                id=picker
                testid="photo-input"
                label=live(move || t_string!(i18n, inputs.photos_for, name = name.get()).to_string())
                accept=PHOTOS_OR_ZIP
                multiple=true
                on_pick=add
            />
            <button
                class="btn plain icon-only small"
                id=adder_id(id)
                aria-label=live(move || t_string!(i18n, photos.add_to, name = name.get()).to_string())
                on:click=move |_| open_picker(&opened)
            >
                <Icon name="plus"/>
            </button>
            <button
                class="btn plain icon-only small"
                aria-haspopup="dialog"
                aria-label=live(move || t_string!(i18n, camera.for_class, name = name.get()).to_string())
                on:click=move |_| camera.show(Some(id))
            >
                <Icon name="camera"/>
            </button>
            <button
                class="btn plain icon-only small"
                aria-label=live(move || t_string!(i18n, photos.remove_class, name = name.get()).to_string())
                on:click=remove
            >
                <Icon name="trash"/>
            </button>
            <button
                class="btn plain icon-only small"
                aria-label=live(move || t_string!(i18n, photos.more_of_class, name = name.get()).to_string())
                aria-expanded=live(move || more.get().to_string())
                on:click=move |_| more.update(|more| *more = !*more)
            >
                <Icon name="more"/>
            </button>
        </div>
        <ClassMore id more/>
    }
}

fn count_view(i18n: Words, count: usize, to_read: usize) -> AnyView {
    if to_read > 0 {
        return t_string!(i18n, photos.to_read, photos = photos(i18n, count), n = whole(to_read))
            .to_string()
            .into_any();
    }
    let plural = u32::try_from(count).unwrap_or(u32::MAX);
    let chip =
        |text: String| view! { <span class="chip warn"><Icon name="alert" size="s"/>" "{text}</span> }.into_any();
    match Enough::of(count) {
        Enough::None => t!(i18n, photos.no_photos).into_any(),
        Enough::TooFew { .. } => chip(t_string!(i18n, photos.too_few, count = plural).to_string()),
        Enough::BitFew { .. } => chip(t_string!(i18n, photos.a_bit_few, n = whole(count)).to_string()),
        Enough::Some { .. } | Enough::Good => photos(i18n, count).into_any(),
    }
}

fn missing(count: usize) -> Option<usize> {
    match Enough::of(count) {
        Enough::TooFew { missing } | Enough::BitFew { missing } | Enough::Some { missing } => Some(missing),
        Enough::None => Some(crate::ui::state::NEEDED),
        Enough::Good => None,
    }
}

/// What number is enough.
fn advice(i18n: Words, count: usize) -> String {
    let missing = missing(count).unwrap_or(0);
    let plural = u32::try_from(missing).unwrap_or(u32::MAX);
    match Enough::of(count) {
        Enough::None | Enough::TooFew { .. } => t_string!(i18n, photos.needs_two, count = plural).to_string(),
        Enough::BitFew { .. } | Enough::Some { .. } => {
            t_string!(i18n, photos.with_more, n = whole(missing)).to_string()
        }
        Enough::Good => String::new(),
    }
}
