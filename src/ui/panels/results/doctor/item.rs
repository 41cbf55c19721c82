//! One finding: the picture, the reason in a sentence, what to do.

use super::{
    Doctor, Name,
    fixes::{Act, Fix, act_of_key, fixes, perform},
    item_id,
};
use crate::{
    dataset::{ClassId, PhotoId},
    protocol::{Finding, FindingKind, Flaw},
    ui::{
        components::{ClassKey, KeySize, Mark, Picture},
        i18n::{Words, t_string, use_i18n},
        live::{Views, live, memo, part},
        page::Page,
        panels::classes,
        state::{State, finding_id, kind_code},
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
    let names = page.examined(move |state| Classes::of(state, &finding));
    let offers = page.examined(move |state| fixes(i18n, state, &finding));
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
            on:focusin=move |_| doctor.at.set(item_id(name))
        >
            <Pictures finding/>
            <div class="why">
                <h4 id=format!("{id}-title")>{part(move || title(i18n, &finding.kind, names.get()))}</h4>
                <p id=format!("{id}-reason")>{live(move || reason(i18n, &now.get().kind, names.get()))}</p>
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

/// The classes that a finding is about: the one that the photo is in, and the other one with its mark.
#[derive(Debug, Clone, PartialEq)]
struct Classes {
    own: String,
    other: String,
    mark: Mark,
}

impl Classes {
    fn of(state: &State, finding: &Finding) -> Self {
        let name = |id: Option<ClassId>| id.map_or_else(String::new, |id| classes::name(state, id));
        let own = state.photos.class_of(finding.photo);
        let other = match finding.kind {
            FindingKind::LooksLike { class, .. } => Some(class),
            FindingKind::TwinElsewhere { other } | FindingKind::Twin { other } => state.photos.class_of(other),
            FindingKind::Outlier | FindingKind::Flaw(_) => None,
        };
        let mark = other.map_or_else(|| Mark::new(None, "", 0), |id| classes::mark(state, id));
        Self { own: name(own), other: name(other), mark }
    }
}

/// What is the matter.
fn title(i18n: Words, kind: &FindingKind, classes: Classes) -> AnyView {
    let Classes { own, other, mark } = classes;
    match kind {
        FindingKind::LooksLike { .. } => view! {
            {t_string!(i18n, doctor.looks_like, name = own).to_string()}
            " "
            <span class="named"><ClassKey mark=Signal::stored(mark) size=KeySize::Small/><span>{other}</span></span>
        }
        .into_any(),
        FindingKind::TwinElsewhere { .. } => {
            t_string!(i18n, doctor.twin_elsewhere, name = own, other = other).to_string().into_any()
        }
        FindingKind::Twin { .. } => t_string!(i18n, doctor.twin, name = own).to_string().into_any(),
        FindingKind::Outlier => t_string!(i18n, doctor.outlier).to_string().into_any(),
        FindingKind::Flaw(Flaw::Blurred) => t_string!(i18n, doctor.blurred).to_string().into_any(),
        FindingKind::Flaw(Flaw::Dark) => t_string!(i18n, doctor.dark).to_string().into_any(),
        FindingKind::Flaw(Flaw::Tiny) => t_string!(i18n, doctor.tiny).to_string().into_any(),
    }
}

/// Why it is worth a look, in a sentence.
fn reason(i18n: Words, kind: &FindingKind, classes: Classes) -> String {
    match kind {
        FindingKind::LooksLike { probability, .. } => {
            let share = percent(i18n, f64::from(*probability));
            t_string!(i18n, doctor.looks_like_say, name = classes.other, percent = share).to_string()
        }
        FindingKind::TwinElsewhere { .. } => t_string!(i18n, doctor.twin_elsewhere_say).to_string(),
        FindingKind::Twin { .. } => t_string!(i18n, doctor.twin_say).to_string(),
        FindingKind::Outlier => t_string!(i18n, doctor.outlier_say, name = classes.own).to_string(),
        FindingKind::Flaw(Flaw::Blurred) => t_string!(i18n, doctor.blurred_say, name = classes.own).to_string(),
        FindingKind::Flaw(Flaw::Dark) => t_string!(i18n, doctor.dark_say, name = classes.own).to_string(),
        FindingKind::Flaw(Flaw::Tiny) => t_string!(i18n, doctor.tiny_say, name = classes.own).to_string(),
    }
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
