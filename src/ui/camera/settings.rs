//! Which camera, whether it is a mirror, and whether a photo waits.

use super::Camera;
use crate::{
    ui::{
        components::When,
        i18n::{t, t_string, use_i18n},
        live::{Views, live, part},
        words::whole,
    },
    web::camera::{Device, Wanted},
};
use leptos::{ev, prelude::*};

/// The settings.
#[component]
pub(super) fn Settings() -> impl IntoView {
    let i18n = use_i18n();
    let camera = Camera::get();
    let several = live(move || camera.devices.with(|devices| devices.len() > 1));
    let picked = move |event: ev::Event| camera.switch_on(Wanted::Device(event_target_value(&event)));
    let option = move |(at, device): (usize, Device)| {
        let on = Some(&device.id) == camera.device.get_untracked().as_ref();
        let label = if device.label.is_empty() {
            t_string!(i18n, camera.nth, n = whole(at + 1)).to_string()
        } else {
            device.label
        };
        view! { <option value=device.id selected=on>{label}</option> }
    };
    let devices = move || {
        camera.device.track();
        camera.devices.get().into_iter().enumerate().map(option).views()
    };
    view! {
        <div class="row settings">
            <When is=several>
                <select class="pick" data-testid="camera-device" aria-label=t_string!(i18n, camera.which) on:change=picked>{part(devices)}</select>
            </When>
            <Switch on=camera.mirrored testid="mirror">{t!(i18n, camera.mirror)}</Switch>
            <Switch on=camera.waits testid="countdown">{t!(i18n, camera.countdown)}</Switch>
        </div>
    }
}

#[component]
fn Switch(on: RwSignal<bool>, testid: &'static str, children: Children) -> impl IntoView {
    view! {
        <label class="switch">
            <input type="checkbox" data-testid=testid prop:checked=on on:change=move |event| on.set(event_target_checked(&event))/>
            {children()}
        </label>
    }
}
