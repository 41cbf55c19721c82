//! One finding: the picture, the reason in a sentence, what to do.

use super::{
    Doctor, Name,
    fixes::{Act, Fix, act_of_key, fixes, perform},
    item_id,
};
use crate::{
    dataset::{ClassId, PhotoId},
    protocol::{Finding, FindingKind},
    ui::{
        components::{ClassKey, KeySize, Mark, Picture},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live, memo, part},
        page::Page,
        state::{finding_id, kind_code},
        words::percent,
    },
};
use leptos::{ev, prelude::*};

/// The item. Its keys work while the focus is on it; Tab goes through the buttons of the current item only.
#[component]
pub(super) fn Item(finding: Finding, doctor: Doctor) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let name: Name = finding_id(&finding);
    let id = item_id(name);
    let current = live(move || doctor.current.get() == Some(name));
    // Its probability may change while it stands here.
    let now = memo(move || {
        doctor.list.with(|list| list.iter().find(|other| finding_id(other) == name).copied()).unwrap_or(finding)
    });
    let offers = page.memo(move |state| fixes(i18n, state, &finding));
    let act = move |act: Act| {
        perform(page, &finding, act);
        doctor.focus();
    };
    let own_id = id.clone();
    let key = move |event: ev::KeyboardEvent| {
        let key = event.key();
        let on_button = event_target::<web_sys::Element>(&event).id() != own_id;
        // On a button, Enter presses it.
        if (on_button && key == "Enter") || event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
            return;
        }
        if let Some(wanted) = offers.with_untracked(|offers| act_of_key(page, &finding, offers, &key)) {
            event.prevent_default();
            act(wanted);
        }
    };
    let button = move |fix: Fix| {
        let Fix { act: wanted, label, key, look } = fix;
        let class = move || match (look, current.get()) {
            ("primary", false) => "btn quiet small",
            ("primary", true) => "btn primary small",
            ("quiet", _) => "btn quiet small",
            _ => "btn plain small",
        };
        view! {
            <button
                class=live(class)
                tabindex=live(move || if current.get() { "0" } else { "-1" })
                on:click=move |_| act(wanted)
            >
                {label}
                {key.map(|key| view! { <kbd class="kbd">{key}</kbd> })}
            </button>
        }
    };
    view! {
        <li
            class="doc"
            class:is-current=current
            id=id.clone()
            data-testid="doctor-item"
            data-kind=kind_code(&finding.kind)
            data-photo=finding.photo.0
            data-file=file_of(page, finding.photo)
            tabindex=live(move || if current.get() { "0" } else { "-1" })
            aria-current=live(move || current.get().then_some("true"))
            aria-labelledby=format!("{id}-title")
            aria-describedby=format!("{id}-reason")
            on:keydown=key
            on:focusin=move |_| doctor.at.set(Some(name))
        >
            <Pictures finding/>
            <div class="why">
                <Title id=format!("{id}-title") finding/>
                <p id=format!("{id}-reason")>{live(move || reason(i18n, page, &now.get()))}</p>
                <p class="file">{files(page, &finding)}</p>
            </div>
            <div class="acts">{part(move || offers.get().into_iter().map(button).views())}</div>
        </li>
    }
}

#[component]
fn Pictures(finding: Finding) -> impl IntoView {
    let page = Page::get();
    let (_, _, other) = finding_id(&finding);
    let picture = move |photo: PhotoId| view! { <span class="thumb"><Picture url=page.thumb(photo)/></span> };
    view! {
        <div class=if other.is_some() { "pics two" } else { "pics" }>
            {picture(finding.photo)}
            {other.map(picture)}
        </div>
    }
}

/// What is the matter.
#[component]
fn Title(id: String, finding: Finding) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let own = move || {
        page.with(|state| state.photos.class_of(finding.photo)).map_or_else(String::new, |id| name_of(page, id))
    };
    let say = move || match finding.kind {
        FindingKind::LooksLike { class, .. } => {
            let mark = page.with(|state| {
                let place = state.photos.classes().iter().position(|other| other.id == class);
                Mark::new(place, &name_of(page, class), state.photos.classes().len())
            });
            view! {
                {t_string!(i18n, doctor.looks_like, name = own()).to_string()}
                " "
                <span class="named"><ClassKey mark=Signal::stored(mark) size=KeySize::Small/><span>{name_of(page, class)}</span></span>
            }
            .into_any()
        }
        FindingKind::TwinElsewhere { other } => {
            let elsewhere =
                page.with(|state| state.photos.class_of(other)).map_or_else(String::new, |id| name_of(page, id));
            t_string!(i18n, doctor.twin_elsewhere, name = own(), other = elsewhere).to_string().into_any()
        }
        FindingKind::Twin { .. } => t_string!(i18n, doctor.twin, name = own()).to_string().into_any(),
        FindingKind::Outlier => t!(i18n, doctor.outlier).into_any(),
    };
    view! { <h4 id=id>{part(say)}</h4> }
}

/// Why it is worth a look, in a sentence.
fn reason(i18n: Words, page: Page, finding: &Finding) -> String {
    match finding.kind {
        FindingKind::LooksLike { class, probability } => {
            let share = percent(i18n, f64::from(probability));
            t_string!(i18n, doctor.looks_like_say, name = name_of(page, class), percent = share).to_string()
        }
        FindingKind::TwinElsewhere { .. } => t_string!(i18n, doctor.twin_elsewhere_say).to_string(),
        FindingKind::Twin { .. } => t_string!(i18n, doctor.twin_say).to_string(),
        FindingKind::Outlier => {
            let class = page.with(|state| state.photos.class_of(finding.photo));
            t_string!(i18n, doctor.outlier_say, name = class.map_or_else(String::new, |id| name_of(page, id)))
                .to_string()
        }
    }
}

fn name_of(page: Page, id: ClassId) -> String {
    page.with(|state| state.photos.class(id).map(|class| class.name.clone())).unwrap_or_default()
}

fn file_of(page: Page, photo: PhotoId) -> String {
    page.with_untracked(|state| state.photos.name(photo).unwrap_or_default().to_owned())
}

/// The names of the files, so that they can be found outside the page too.
fn files(page: Page, finding: &Finding) -> String {
    let (photo, _, other) = finding_id(finding);
    let names: Vec<String> = std::iter::once(photo).chain(other).map(|photo| file_of(page, photo)).collect();
    names.join(", ")
}
