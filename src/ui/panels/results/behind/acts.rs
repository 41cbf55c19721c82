//! What can be done with the photos of an opened list.

use super::{Behind, Opened};
use crate::{
    dataset::{ClassId, PhotoId},
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::{live, memo, part},
        page::Page,
        panels::{class_pick::ClassPick, classes, tag_pick::TagPick},
        words::whole,
    },
};
use leptos::prelude::*;

/// Buttons for the chosen photos; where none is chosen, for all of them.
#[component]
pub(super) fn Acts(opened: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let count = memo(move || u32::try_from(opened.targets().len()).unwrap_or(u32::MAX));
    let some = memo(move || opened.chosen.with(|chosen| !chosen.is_empty()));
    let mistake = memo(move || match opened.what.get() {
        Some(Behind::Cell { class, answer }) if class != answer => Some((class, answer)),
        _ => None,
    });
    let say = move || {
        let n = whole(count.get());
        if some.get() {
            t_string!(i18n, photos.chosen, count = count.get()).to_string()
        } else {
            t_string!(i18n, mix_ups.all, count = count.get(), n = n).to_string()
        }
    };
    // Any class, for photos that are neither what they are called nor what was answered.
    let place = move |to| opened.place(page, targets(opened), to);
    let exclude = move |_| opened.exclude(page, targets(opened));
    let remove = move |_| opened.remove(page, targets(opened));
    view! {
        <When is=live(move || count.get() > 0)>
            <div class="acts">
                <span class="small muted num">{live(say)}</span>
                {part(move || mistake.get().map(|(class, answer)| view! { <PutRight class answer opened/> }))}
                <ClassPick label=t_string!(i18n, photos.move_to) say=t_string!(i18n, photos.move_to) on_pick=Callback::new(place)/>
                <button class="btn plain small" title=t_string!(i18n, photos.exclude_say) on:click=exclude>
                    {t!(i18n, photos.exclude)}" "<kbd class="kbd">"X"</kbd>
                </button>
                <button class="btn plain small" on:click=remove>{t!(i18n, photos.remove)}" "<kbd class="kbd">"⌫"</kbd></button>
                <When is=some><TagPick id=opened.heading.to_owned() photos=live(move || opened.targets())/></When>
            </div>
        </When>
        <When is=live(move || opened.photos.with(Vec::is_empty))>
            <p class="small muted">{t!(i18n, mix_ups.nothing_left)}</p>
        </When>
    }
}

fn targets(opened: Opened) -> Vec<PhotoId> {
    untrack(move || opened.targets())
}

/// A mistake is of the head or of whoever sorted the photos.
#[component]
fn PutRight(class: ClassId, answer: ClassId, opened: Opened) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let name = |id| page.with(|state| classes::name(state, id));
    let hint = |id| page.with(|state| classes::key(state, id)).map(|key| view! { <kbd class="kbd">{key}</kbd> });
    let put = move |_| opened.place(page, targets(opened), answer);
    let keep = move |_| opened.keep(page, &targets(opened));
    view! {
        <button class="btn primary small" on:click=put>
            {t_string!(i18n, doctor.move_to, name = name(answer)).to_string()}
            {hint(answer)}
        </button>
        <button class="btn quiet small" on:click=keep>
            {t_string!(i18n, doctor.it_is, name = name(class)).to_string()}
            {hint(class)}
        </button>
    }
}
