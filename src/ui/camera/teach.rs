//! The classes: a tap takes a photo for one, a hold many.

use super::{Camera, Phase, shutter::MOST};
use crate::{
    dataset::ClassId,
    ui::{
        components::{ClassKey, When},
        i18n::{t, t_string, use_i18n},
        live::{each, live, memo},
        panels::classes,
        words::whole,
    },
};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The id of the button of a class.
pub(super) fn button_id(class: ClassId) -> String {
    format!("shoot-{}", class.0)
}

/// The classes, and a field for another one.
#[component]
pub(super) fn Teach() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let page = camera.page;
    let ids = page.memo(|state| state.photos.classes().iter().map(|class| class.id).collect::<Vec<_>>());
    let has_answer = memo(move || page.live.with(|live| !live.ranking.is_empty()));
    let hint = move || match (has_answer.get(), ids.with(Vec::len)) {
        (true, _) => t_string!(i18n, camera.wrong),
        (false, 0) => t_string!(i18n, camera.no_class),
        (false, _) => t_string!(i18n, camera.take),
    };
    view! {
        <div class="teach">
            <p class="small muted">{live(hint)}</p>
            <div class="opts">{each(move || ids.get(), |id| view! { <Shot id/> })}</div>
            <NewClass/>
            <TakenLine/>
        </div>
    }
}

/// A class as a button.
#[component]
fn Shot(id: ClassId) -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let page = camera.page;
    let name = page.memo(move |state| classes::name(state, id));
    let count = page.memo(move |state| state.photos.of(Some(id)).len());
    let holding = memo(move || camera.hold.with(|hold| hold.filter(|hold| hold.class == id)));
    let off = memo(move || camera.phase.get() != Phase::On);
    let down = move |event: ev::PointerEvent| {
        if event.button() == 0 {
            // Wherever the finger goes, letting go is told here.
            let button = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
            let _ = button.map(|button| button.set_pointer_capture(event.pointer_id())); // fails only for a pointer that is gone
            camera.press(id);
        }
    };
    let key_down = move |event: ev::KeyboardEvent| {
        if [" ", "Enter"].contains(&event.key().as_str()) {
            event.prevent_default();
            if !event.repeat() {
                camera.press(id);
            }
        }
    };
    let key_up = move |event: ev::KeyboardEvent| {
        if [" ", "Enter"].contains(&event.key().as_str()) {
            camera.release();
        }
    };
    // Of a screen reader or a script: neither pointer nor key comes with it.
    let click = move |event: ev::MouseEvent| {
        if event.detail() == 0 {
            camera.press(id);
            camera.release();
        }
    };
    let say = move || {
        t_string!(
            i18n,
            camera.photo_for,
            name = name.get(),
            count = u32::try_from(count.get()).unwrap_or(u32::MAX),
            n = whole(count.get())
        )
        .to_string()
    };
    view! {
        <button
            class="btn quiet"
            class:is-taking=live(move || holding.get().is_some())
            id=button_id(id)
            data-testid="shoot"
            data-class=name
            aria-label=live(say)
            aria-disabled=live(move || off.get().to_string())
            on:pointerdown=down
            on:pointerup=move |_| camera.release()
            on:pointercancel=move |_| camera.release()
            on:lostpointercapture=move |_| camera.release()
            on:blur=move |_| camera.release()
            on:contextmenu=|event| event.prevent_default()
            on:keydown=key_down
            on:keyup=key_up
            on:click=click
        >
            <ClassKey mark=page.memo(move |state| classes::mark(state, id))/>
            <span class="cut"><bdi>{name}</bdi></span>
            <span class="num small muted">{live(move || whole(holding.get().map_or(count.get(), |hold| count.get() + hold.photos)))}</span>
        </button>
    }
}

/// A field for the name of another class.
#[component]
fn NewClass() -> impl IntoView {
    let i18n = use_i18n();
    let page = Camera::get().page;
    let field = NodeRef::<leptos::html::Input>::new();
    let add = move || {
        if let Some(input) = field.get_untracked() {
            page.add_class(&input.value());
            input.set_value("");
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" {
            add();
        }
    };
    view! {
        <div class="row new">
            <input
                node_ref=field
                class="edit-name new-class"
                data-testid="camera-class"
                aria-label=t_string!(i18n, photos.class_name)
                placeholder=t_string!(i18n, camera.new_class)
                maxlength="80"
                autocomplete="off"
                on:keydown=key
            />
            <button class="btn quiet small" on:click=move |_| add()>{t!(i18n, photos.make_class)}</button>
        </div>
    }
}

/// What is being taken, or was taken last, and the way back.
#[component]
fn TakenLine() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let page = camera.page;
    let reading = page.memo(|state| state.jobs.has(crate::ui::state::JobKind::Read));
    let name = move |class| page.with_untracked(|state| classes::name(state, class));
    let count = |photos| u32::try_from(photos).unwrap_or(u32::MAX);
    let say = move || match (camera.hold.get(), camera.taken.get()) {
        (Some(hold), _) if hold.photos >= MOST => t_string!(i18n, camera.enough, n = whole(hold.photos)).to_string(),
        (Some(hold), _) if hold.photos > 1 => {
            t_string!(i18n, camera.taking, count = count(hold.photos), n = whole(hold.photos), name = name(hold.class))
                .to_string()
        }
        (None, Some(taken)) => t_string!(
            i18n,
            camera.added,
            count = count(taken.photos),
            n = whole(taken.photos),
            name = name(taken.class)
        )
        .to_string(),
        _ => String::new(),
    };
    view! {
        <p class="row small taken">
            <span role="status" data-testid="camera-taken">{live(say)}</span>
            <When is=live(move || camera.taken.get().is_some() && !reading.get())>
                <button class="btn link small" data-testid="camera-undo" on:click=move |_| camera.take_back()>{t!(i18n, app.undo)}</button>
            </When>
        </p>
    }
}
