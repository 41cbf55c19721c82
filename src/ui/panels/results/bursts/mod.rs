//! The bursts that were found, to be looked at and parted. Joined they are where photos are chosen.

use crate::{
    dataset::PhotoId,
    ui::{
        browser::focus_soon,
        components::{ClassKey, KeySize, Picture},
        i18n::{t, t_string, use_i18n},
        live::{Views, live, memo, part},
        page::Page,
        panels::classes,
        state::{Scene, State},
        words::{self, whole},
    },
};
use leptos::prelude::*;

/// Bursts that are drawn, and photos of each.
const MOST: usize = 40;
const PICTURES: usize = 8;
const SUMMARY: &str = "bursts-summary";

/// The list, folded away; only where photos were judged.
#[component]
pub(super) fn Bursts() -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let judged = page.examined(|state| state.judged().next().is_some());
    let open = RwSignal::new(false);
    let scenes = page.examined(State::scenes);
    let toggled = move |event: leptos::ev::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    let drawn =
        memo(
            move || {
                if open.get() { scenes.with(|scenes| scenes.iter().take(MOST).cloned().collect()) } else { Vec::new() }
            },
        );
    let say =
        move || if scenes.with(Vec::is_empty) { t_string!(i18n, bursts.none) } else { t_string!(i18n, bursts.say) };
    view! {
        <details class="behind" data-testid="bursts" data-count=live(move || scenes.with(Vec::len)) hidden=live(move || !judged.get()) on:toggle=toggled>
            <summary id=SUMMARY><span class="go">{t!(i18n, bursts.look)}</span></summary>
            <p class="small muted">{live(say)}</p>
            <ul class="bursts">{part(move || drawn.get().into_iter().map(|scene| view! { <Line scene/> }).views())}</ul>
        </details>
    }
}

#[component]
fn Line(scene: Scene) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let Scene { class, photos, by_hand } = scene;
    let mark = page.memo(move |state| classes::mark(state, class));
    let name = page.with_untracked(|state| classes::name(state, class));
    let count = words::photos(i18n, photos.len());
    let found = t_string!(i18n, bursts.found, photos = count, name = name).to_string();
    let label = [t_string!(i18n, bursts.part), ": ", &found].concat();
    let picture = move |photo: &PhotoId| view! { <span class="thumb"><Picture url=page.thumb(*photo)/></span> };
    let pictures = photos.iter().take(PICTURES).map(picture).views();
    let more = photos.len().saturating_sub(PICTURES);
    let part = move |_| {
        page.part_scene(photos.clone());
        focus_soon(SUMMARY);
    };
    view! {
        <li>
            <span class="row small">
                <ClassKey mark size=KeySize::Small/>
                <span class="num">{found}</span>
                {by_hand.then(|| view! { <span class="faint">{t_string!(i18n, bursts.by_hand)}</span> })}
                <button class="btn quiet small push" aria-label=label on:click=part>{t!(i18n, bursts.part)}</button>
            </span>
            <span class="strip">
                {pictures}
                {(more > 0).then(|| view! { <span class="small faint">{t_string!(i18n, bursts.more, n = whole(more)).to_string()}</span> })}
            </span>
        </li>
    }
}
