//! The engine's badge, and the menu behind it that says what computes.

use crate::{
    protocol::DeviceKind,
    ui::{
        browser::focus_soon,
        components::{Icon, When, close_behind, menu_key},
        i18n::{Words, t, t_string, use_i18n},
        live::{Views, live},
        page::Page,
        state::{Badge, State},
        words::fixed,
    },
    web::{DeviceChoice, GpuNote},
};
use leptos::prelude::*;

const BUTTON: &str = "engine-button";
const CHOICES: [DeviceChoice; 3] = [DeviceChoice::Auto, DeviceChoice::Cpu, DeviceChoice::WebGpu];

/// The badge with its menu.
#[component]
pub(in crate::ui) fn EngineMenu() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let open = RwSignal::new(false);
    let badge = page.memo(State::badge);
    let device = page.memo(|state| state.engine.as_ref().map(|engine| engine.device));
    let toggle = move |_| {
        open.update(|open| *open = !*open);
        if open.get_untracked() {
            let chosen = page.with_untracked(|state| state.engine.as_ref().map(|engine| engine.choice));
            focus_soon(item_id(chosen.unwrap_or_default()));
        }
    };
    view! {
        <div class="menu" on:keydown=move |event| menu_key(&event, open, BUTTON) on:focusout=move |event| close_behind(&event, open)>
            <button
                class="badge"
                id=BUTTON
                data-testid="engine-status"
                data-state=live(move || badge.get().code())
                data-device=live(move || device.get().map(device_code))
                aria-haspopup="menu"
                aria-expanded=live(move || open.get().to_string())
                on:click=toggle
            >
                <span class=live(move || dot(badge.get()))></span>
                <span>
                    {live(move || badge_word(i18n, badge.get()))}
                    {move || badge_more(i18n, badge.get(), device.get()).map(|more| view! { <span class="hide-s">" · "<span class="num">{more}</span></span> })}
                </span>
            </button>
            <When is=open>
                <div class="menu-list" role="menu" aria-label=t_string!(i18n, engine.menu)>
                    <p class="title" role="presentation">{t!(i18n, engine.menu)}</p>
                    {CHOICES.map(|choice| view! { <Item choice open/> }).into_iter().views()}
                </div>
            </When>
        </div>
    }
}

#[component]
fn Item(choice: DeviceChoice, open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let chosen = page.memo(move |state| state.engine.as_ref().is_some_and(|engine| engine.choice == choice));
    let gpu = page.memo(|state| state.engine.as_ref().map(|engine| engine.gpu.clone()));
    let choose = move |_| {
        page.choose_device(choice);
        open.set(false);
        focus_soon(BUTTON);
    };
    let (title, say) = match choice {
        DeviceChoice::Auto => (t_string!(i18n, engine.auto), Some(t_string!(i18n, engine.auto_say))),
        DeviceChoice::Cpu => (t_string!(i18n, engine.cpu_choice), Some(t_string!(i18n, engine.cpu_say))),
        DeviceChoice::WebGpu => (t_string!(i18n, engine.webgpu_choice), None),
    };
    view! {
        <button class="menu-item" role="menuitemradio" id=item_id(choice) aria-checked=live(move || chosen.get().to_string()) on:click=choose>
            <span class="tick"><Icon name="check"/></span>
            <span>{title}</span>
            <span class="small muted">{live(move || say.map_or_else(|| gpu_words(i18n, gpu.get()), ToOwned::to_owned))}</span>
        </button>
    }
}

fn item_id(choice: DeviceChoice) -> String {
    format!("engine-choice-{}", choice.word())
}

fn device_code(device: DeviceKind) -> &'static str {
    match device {
        DeviceKind::Cpu => "cpu",
        DeviceKind::WebGpu => "webgpu",
    }
}

fn dot(badge: Badge) -> &'static str {
    match badge {
        Badge::Loading { .. } | Badge::Reading | Badge::Training | Badge::Answering | Badge::Saving => "dot busy",
        Badge::Elsewhere => "dot off",
        Badge::Ready => "dot",
        Badge::Failed => "dot fail",
    }
}

fn badge_word(i18n: Words, badge: Badge) -> &'static str {
    match badge {
        Badge::Loading { .. } => t_string!(i18n, engine.loading),
        Badge::Elsewhere => t_string!(i18n, engine.elsewhere),
        Badge::Ready => t_string!(i18n, engine.ready),
        Badge::Reading => t_string!(i18n, engine.reading),
        Badge::Training => t_string!(i18n, engine.training),
        Badge::Answering => t_string!(i18n, engine.answering),
        Badge::Saving => t_string!(i18n, engine.saving),
        Badge::Failed => t_string!(i18n, engine.failed),
    }
}

#[allow(clippy::cast_precision_loss, reason = "the weights are far below 2^53 bytes")]
fn badge_more(i18n: Words, badge: Badge, device: Option<DeviceKind>) -> Option<String> {
    match badge {
        Badge::Loading { total_bytes: 0, .. } | Badge::Elsewhere | Badge::Failed => None,
        Badge::Loading { done_bytes, total_bytes } => {
            let megabytes = |bytes: u64, places| fixed(bytes as f64 / 1e6, places);
            Some(
                t_string!(i18n, engine.loading_of, done = megabytes(done_bytes, 1), total = megabytes(total_bytes, 0))
                    .to_string(),
            )
        }
        Badge::Ready | Badge::Reading | Badge::Training | Badge::Answering | Badge::Saving => {
            device.map(|device| match device {
                DeviceKind::Cpu => t_string!(i18n, engine.cpu).to_string(),
                DeviceKind::WebGpu => t_string!(i18n, engine.webgpu).to_string(),
            })
        }
    }
}

fn gpu_words(i18n: Words, gpu: Option<GpuNote>) -> String {
    match gpu {
        None | Some(GpuNote::Unknown) => t_string!(i18n, engine.gpu_unknown).to_string(),
        Some(GpuNote::None) => t_string!(i18n, engine.gpu_none).to_string(),
        Some(GpuNote::Slower) => t_string!(i18n, engine.gpu_slower).to_string(),
        Some(GpuNote::Wrong) => t_string!(i18n, engine.gpu_wrong).to_string(),
        Some(GpuNote::Failed { .. }) => t_string!(i18n, engine.gpu_failed).to_string(),
        Some(GpuNote::InUse) => t_string!(i18n, engine.gpu_in_use).to_string(),
    }
}
