//! Photos that wait for a class.

use super::grid::PhotoGrid;
use crate::ui::{
    browser::focus_soon,
    components::{Icon, When},
    i18n::{t, t_string, use_i18n},
    live::live,
    page::{PHOTOS_HEADING, Page},
    panels::class_pick::ClassPick,
    words::photos,
};
use leptos::prelude::*;

/// The tray; on the page only while something is in it.
#[component]
pub(super) fn Tray() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = page.memo(|state| state.photos.of(None).len());
    view! {
        <When is=live(move || count.get() != 0)>
            <section class="class-row tray" data-testid="unsorted" data-count=count aria-labelledby="unsorted-heading">
                <div class="class-id">
                    <h3 class="name" id="unsorted-heading">
                        <span class="key unknown" aria-hidden="true">"?"</span>
                        {t!(i18n, photos.unsorted_name)}
                    </h3>
                    <p class="small muted"><span class="chip warn"><Icon name="alert" size="s"/>" "{live(move || photos(i18n, count.get()))}</span></p>
                    <p class="small muted">{t!(i18n, photos.unsorted_say)}</p>
                </div>
                <div>
                    <PhotoGrid class=None name=Signal::stored(t_string!(i18n, photos.unsorted_name).to_owned())/>
                    <PutAll/>
                </div>
            </section>
        </When>
    }
}

#[component]
fn PutAll() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let none = page.memo(|state| state.photos.classes().is_empty());
    let put = move |class| {
        page.move_photos(page.with_untracked(|state| state.photos.of(None).to_vec()), class);
        focus_soon(PHOTOS_HEADING);
    };
    view! {
        <p class="more-line" hidden=none>
            <label class="row">
                {t!(i18n, photos.put_all)}
                <ClassPick
                    label=t_string!(i18n, photos.put_all)
                    say=t_string!(i18n, photos.choose_class)
                    testid="put-all"
                    on_pick=Callback::new(put)
                />
            </label>
        </p>
    }
}
