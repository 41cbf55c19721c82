//! The map over one photo, and the same in a sentence.

use crate::{
    protocol::{FileRef, Heat},
    ui::{
        components::Icon,
        i18n::{Words, t, t_string, use_i18n},
        live::{live, part},
        page::Page,
        state::{Looked, Spot, bmp, spot},
    },
    web::files,
};
use leptos::prelude::*;

/// The map, over the part of the photo that the network sees.
#[component]
pub(in crate::ui) fn Over(file: FileRef) -> impl IntoView {
    let page = Page::get();
    let looked = page.memo(move |state| state.gaze.of(file));
    let strength = page.memo(|state| state.gaze.strength);
    let map = move |heat: &Heat| {
        let address = files::address(&bmp(heat), "image/bmp")?;
        let unused = address.clone();
        on_cleanup(move || files::let_go(&unused));
        Some(view! {
            // Decoration: the sentence beside it says the same.
            <svg class="heat" viewBox="0 0 1 1" aria-hidden="true">
                <image
                    href=address
                    width="1"
                    height="1"
                    preserveAspectRatio="none"
                    opacity=live(move || f64::from(strength.get()) / 100.0)
                />
            </svg>
        })
    };
    part(move || looked.with(|looked| if let Looked::At(heat) = looked { map(heat) } else { None }))
}

/// The button that shows it, and where it is warmest.
#[component]
pub(in crate::ui) fn GazeLine(file: FileRef, class: String) -> impl IntoView {
    let i18n = use_i18n();
    let page = Page::get();
    let looked = page.memo(move |state| state.gaze.of(file));
    let shown = live(move || looked.with(|looked| *looked != Looked::Hidden));
    // Turned on for all at once, a screen reader would read out one sentence after the other.
    let all = page.memo(|state| state.gaze.all());
    let class = StoredValue::new(class);
    let said = move || {
        looked.with(|looked| match looked {
            Looked::Hidden => String::new(),
            Looked::Waiting => t_string!(i18n, gaze.waiting).to_string(),
            Looked::Failed => t_string!(i18n, gaze.failed).to_string(),
            Looked::At(heat) => sentence(i18n, class.get_value(), spot(heat)),
        })
    };
    view! {
        <p class="gaze">
            <button
                class="btn plain small"
                data-testid="gaze"
                aria-pressed=live(move || shown.get().to_string())
                on:click=move |_| page.update(|state| state.gaze.turn(file))
            >
                <Icon name="eye" size="s"/>
                " "
                {t!(i18n, gaze.one)}
            </button>
            <span class="small muted" data-testid="gaze-said" aria-live=live(move || if all.get() { "off" } else { "polite" })>
                {live(said)}
            </span>
        </p>
    }
}

/// "For Maple it looks mostly at the upper right."
fn sentence(i18n: Words, name: String, spot: Spot) -> String {
    let part = match spot {
        Spot::Whole => return t_string!(i18n, gaze.whole, name = name).to_string(),
        Spot::Part(0, 0) => t_string!(i18n, gaze.upper_left),
        Spot::Part(0, 1) => t_string!(i18n, gaze.top),
        Spot::Part(0, _) => t_string!(i18n, gaze.upper_right),
        Spot::Part(1, 0) => t_string!(i18n, gaze.left),
        Spot::Part(1, 1) => t_string!(i18n, gaze.centre),
        Spot::Part(1, _) => t_string!(i18n, gaze.right),
        Spot::Part(_, 0) => t_string!(i18n, gaze.lower_left),
        Spot::Part(_, 1) => t_string!(i18n, gaze.bottom),
        Spot::Part(..) => t_string!(i18n, gaze.lower_right),
    };
    t_string!(i18n, gaze.looks_at, name = name, part = part).to_string()
}
