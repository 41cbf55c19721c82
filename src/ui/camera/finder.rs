//! What the camera sees, and what can be done with the picture.

use super::{Camera, Phase};
use crate::{
    ui::{
        browser::open_picker,
        components::{Icon, When},
        i18n::{Words, t, t_string, use_i18n},
        live::{live, part},
        panels::inputs::{FILES, PREDICT},
        words::whole,
    },
    web::camera::{Trouble, Wanted},
};
use leptos::prelude::*;

/// The picture.
#[component]
pub(super) fn Finder() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let is_on = live(move || camera.phase.get() == Phase::On);
    view! {
        <div class="finder" class:is-tall=camera.tall class:is-mirrored=camera.mirrored>
            <div class="view" hidden=live(move || !is_on.get())>
                <video
                    node_ref=camera.video
                    aria-label=t_string!(i18n, camera.picture)
                    prop:muted=true
                    playsinline
                    autoplay
                ></video>
                <div class="frame" aria-hidden="true"></div>
                <p class="count" aria-live="assertive">{live(move || camera.count.get().map(whole))}</p>
            </div>
            <div class="over">
                <When is=is_on>
                    <span class="glass"><span class="rec"></span>{t!(i18n, camera.on)}</span>
                </When>
                <button class="glass round push" data-testid="camera-off" aria-label=t_string!(i18n, camera.off) on:click=move |_| camera.close()>
                    <Icon name="x"/>
                </button>
            </div>
            <Why/>
            <When is=is_on><Shoot/></When>
        </div>
    }
}

/// The buttons on the picture.
#[component]
fn Shoot() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let several = live(move || camera.devices.with(|devices| devices.len() > 1));
    let still_say =
        move || if camera.still.get() { t_string!(i18n, camera.go_on) } else { t_string!(i18n, camera.hold_still) };
    view! {
        <p class="glass dark" role="status" hidden=live(move || !camera.black.get())>
            {live(move || camera.black.get().then(|| t_string!(i18n, camera.black)))}
        </p>
        <div class="shoot">
            <button class="glass round" aria-label=t_string!(i18n, camera.instead) on:click=move |_| camera.choose_instead()>
                <Icon name="image"/>
            </button>
            <button
                class="shutter"
                data-testid="hold-still"
                aria-label=t_string!(i18n, camera.hold_still)
                aria-pressed=live(move || camera.still.get().to_string())
                title=live(still_say)
                on:click=move |_| camera.hold_still()
            ></button>
            <When is=several>
                <button class="glass round" data-testid="flip-camera" aria-label=t_string!(i18n, camera.other) on:click=move |_| camera.flip()>
                    <Icon name="flip"/>
                </button>
            </When>
        </div>
    }
}

/// Why there is no picture, and the other way in.
#[component]
fn Why() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let view = move || {
        let (title, say) = match camera.phase.get() {
            Phase::Off | Phase::On => return None,
            Phase::Asking => (t_string!(i18n, camera.asking), t_string!(i18n, camera.asking_say).to_string()),
            Phase::Trouble(trouble) => words(i18n, &trouble),
        };
        let asking = camera.phase.get_untracked() == Phase::Asking;
        Some(view! {
            <h3>{title}</h3>
            <p>{say}</p>
            <div class="row">
                <button class="btn primary" data-testid="photos-instead" on:click=move |_| camera.choose_instead()>{t!(i18n, camera.instead)}</button>
                <button class="btn quiet" data-testid="camera-again" hidden=asking on:click=move |_| camera.switch_on(Wanted::Any)>
                    {t!(i18n, camera.again)}
                </button>
            </div>
        })
    };
    view! {
        <div class="why" role="status" data-testid="camera-trouble">{part(view)}</div>
    }
}

/// What happened, and what to do.
fn words(i18n: Words, trouble: &Trouble) -> (&'static str, String) {
    match trouble {
        Trouble::Denied => (t_string!(i18n, camera.denied), t_string!(i18n, camera.denied_say).to_string()),
        Trouble::Missing => (t_string!(i18n, camera.missing), t_string!(i18n, camera.missing_say).to_string()),
        Trouble::Busy => (t_string!(i18n, camera.busy), t_string!(i18n, camera.busy_say).to_string()),
        Trouble::Unsupported => {
            (t_string!(i18n, camera.unsupported), t_string!(i18n, camera.unsupported_say).to_string())
        }
        Trouble::Gone => (t_string!(i18n, camera.gone), t_string!(i18n, camera.gone_say).to_string()),
        Trouble::Failed { detail } => {
            (t_string!(i18n, camera.failed), t_string!(i18n, camera.failed_say, detail = detail.clone()).to_string())
        }
    }
}

impl Camera {
    /// The other way in: photos to add, or to be answered where there is a head.
    fn choose_instead(self) {
        self.close();
        let has_head = self.page.with_untracked(|state| state.head.is_some());
        open_picker(if has_head { PREDICT } else { FILES });
    }
}
