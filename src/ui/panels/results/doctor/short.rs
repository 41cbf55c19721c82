//! Classes that have too few photos, or far fewer than the others: the reason, and the way to add some.

use super::HEADING;
use crate::{
    dataset::ClassId,
    metrics::Shortage,
    ui::{
        browser::focus_soon,
        components::{ClassKey, Icon},
        i18n::{Words, t_string, use_i18n},
        live::{Views, live, part},
        page::Page,
        panels::classes,
        state::{Settled, ShortClass, State},
        words::{percent, photos, whole},
    },
};
use leptos::prelude::*;

/// The list; empty where no class is short of photos.
#[component]
pub(super) fn ShortClasses() -> impl IntoView {
    let list = Page::get().memo(State::short_classes);
    let item = |short: ShortClass| view! { <Item short/> };
    view! { <ul class="doctor">{part(move || list.get().into_iter().map(item).views())}</ul> }
}

#[component]
fn Item(short: ShortClass) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let (name, mark) =
        page.with_untracked(|state| (classes::name(state, short.class), classes::mark(state, short.class)));
    let found = page.examined(move |state| state.found(short.class));
    let leave = move |_| {
        page.keep_photos(vec![Settled::Few(short.class)]);
        focus_soon(HEADING);
    };
    let kind = match short.shortage {
        Shortage::TooFew { .. } => "too-few",
        Shortage::Imbalance { .. } => "imbalance",
    };
    view! {
        <li class="doc" data-testid="doctor-item" data-kind=kind data-class=name.clone()>
            <ClassKey mark=Signal::stored(mark)/>
            <div class="why">
                <h4>{title(i18n, short, name.clone())}</h4>
                <p>{live(move || reason(i18n, short, found.get()))}</p>
            </div>
            <div class="acts">
                <button class="btn quiet small" on:click=move |_| go_and_add(page, short.class)>
                    <Icon name="plus"/>
                    " "
                    {t_string!(i18n, doctor.add_to, name = name.clone()).to_string()}
                </button>
                <button class="btn plain small" on:click=leave>{t_string!(i18n, doctor.leave)}</button>
            </div>
        </li>
    }
}

fn title(i18n: Words, short: ShortClass, name: String) -> String {
    let count = photos(i18n, short.shortage.photos());
    match short.shortage {
        Shortage::TooFew { .. } => t_string!(i18n, doctor.too_few, photos = count, name = name).to_string(),
        Shortage::Imbalance { .. } => t_string!(i18n, doctor.imbalance, photos = count, name = name).to_string(),
    }
}

/// Why that holds the head back, and what was found so far.
fn reason(i18n: Words, short: ShortClass, found: Option<f64>) -> String {
    let why = match short.shortage {
        Shortage::TooFew { .. } => t_string!(i18n, doctor.too_few_say).to_owned(),
        Shortage::Imbalance { others, .. } => t_string!(i18n, doctor.imbalance_say, n = whole(others)).to_string(),
    };
    match found {
        Some(found) => t_string!(i18n, doctor.found_so_far, why = why, percent = percent(i18n, found)).to_string(),
        None => why,
    }
}

/// Photos get the room, and the focus goes to the button that adds some to the class.
fn go_and_add(page: Page, class: ClassId) {
    page.update(|state| state.at_results = false);
    focus_soon(classes::adder_id(class));
}
