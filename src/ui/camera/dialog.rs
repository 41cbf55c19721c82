//! The camera's window: the picture, and below or beside it what the head says and the classes.

use super::{Camera, DIALOG, Phase, TITLE, answer::Answer, finder::Finder, settings::Settings, teach::Teach};
use crate::ui::{
    browser::{digit, is_typed},
    i18n::{t, use_i18n},
    live::live,
};
use leptos::{ev, prelude::*};

/// The window. It is on the page all the time, closed.
#[component]
pub(in crate::ui) fn CameraDialog() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    // Drawn anew in another language or for another project, it has another picture.
    on_cleanup(move || camera.switch_off());
    let class_at = move |event: &ev::KeyboardEvent| {
        let at = digit(event).filter(|_| !is_typed(event) && !event.ctrl_key() && !event.meta_key())?;
        camera.page.with_untracked(|state| state.photos.classes().get(at - 1).map(|class| class.id))
    };
    let key_down = move |event: ev::KeyboardEvent| {
        // The page's own shortcuts are not for here.
        event.stop_propagation();
        if let Some(class) = class_at(&event).filter(|_| !event.repeat()) {
            camera.press(class);
        }
    };
    let key_up = move |event: ev::KeyboardEvent| {
        if class_at(&event).is_some() {
            camera.release();
        }
    };
    let phase = move || match camera.phase.get() {
        Phase::Off => "off",
        Phase::Asking => "asking",
        Phase::On => "on",
        Phase::Trouble(_) => "trouble",
    };
    view! {
        <dialog
            id=DIALOG
            class="camera"
            aria-labelledby=TITLE
            data-phase=live(phase)
            on:keydown=key_down
            on:keyup=key_up
            on:close=move |_| camera.switch_off()
        >
            <h2 id=TITLE class="vh" tabindex="-1">{t!(i18n, camera.title)}</h2>
            <Finder/>
            <section class="answer">
                <Answer/>
                <Teach/>
                <Settings/>
            </section>
        </dialog>
    }
}
