//! Follows how a grid of photos lies on the screen while it is scrolled, and while the page around it changes.

use crate::{
    dataset::PhotoId,
    ui::{browser::focus_in_place, in_sight::Lying, live::Memo},
};
use js_sys::{Array, Function, Object, Reflect};
use leptos::{ev, html::Div, prelude::*};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Element, HtmlElement};

/// So often the browser tells that more or less of a grid is in sight: at every 1/20 of its height, a few rows.
const STEPS: u32 = 20;

#[wasm_bindgen]
extern "C" {
    // Tells of what moves a grid without scrolling it, such as another class that is shown whole.
    type IntersectionObserver;

    #[wasm_bindgen(constructor)]
    fn new(told: &Function, options: &Object) -> IntersectionObserver;

    #[wasm_bindgen(method)]
    fn observe(this: &IntersectionObserver, element: &Element);

    #[wasm_bindgen(method)]
    fn disconnect(this: &IntersectionObserver);
}

/// A grid within the box that it is scrolled in.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    pub(super) viewport: NodeRef<Div>,
    pub(super) grid: NodeRef<Div>,
    /// How it lies; nothing before the first look.
    pub(super) lying: RwSignal<Option<Lying>>,
    ids: Memo<Vec<PhotoId>>,
    on: RwSignal<bool>,
}

impl Sight {
    /// Follows a grid of these photos while `on`, until it is gone from the page.
    pub(super) fn follow(ids: Memo<Vec<PhotoId>>, on: RwSignal<bool>) -> Self {
        let sight = Self { viewport: NodeRef::new(), grid: NodeRef::new(), lying: RwSignal::new(None), ids, on };
        let told = Closure::<dyn Fn()>::new(move || sight.look()).into_js_value();
        let thresholds: Array = (0..=STEPS).map(|step| JsValue::from(f64::from(step) / f64::from(STEPS))).collect();
        let options = Object::new();
        let _ = Reflect::set(&options, &"threshold".into(), &thresholds); // an object of our own takes everything
        let observer = StoredValue::new_local(IntersectionObserver::new(told.unchecked_ref(), &options));
        Effect::new(move || {
            if let Some(viewport) = sight.viewport.get() {
                observer.with_value(|observer| observer.observe(&viewport));
            }
        });
        // More photos make the box higher, and the browser tells nothing of a box that is in sight before and after.
        Effect::new(move || {
            ids.with(Vec::len);
            if on.get() {
                request_animation_frame(move || sight.look());
            }
        });
        let resized = window_event_listener(ev::resize, move |_| sight.look());
        on_cleanup(move || {
            observer.with_value(IntersectionObserver::disconnect);
            resized.remove();
        });
        sight
    }

    /// Looks how it lies now.
    pub(super) fn look(self) {
        if self.on.try_get_untracked() != Some(true) {
            return;
        }
        let elements = self.viewport.try_get_untracked().flatten().zip(self.grid.try_get_untracked().flatten());
        let Some((viewport, grid)) = elements else { return };
        let Some(lying) = lying(&viewport, &grid) else { return };
        self.keep_focus(lying, &viewport);
        if self.lying.get_untracked() != Some(lying) {
            self.lying.set(Some(lying));
        }
    }

    /// A photo that has the focus and is no longer drawn hands it to the box around.
    fn keep_focus(self, lying: Lying, viewport: &HtmlElement) {
        let Some(active) = document().active_element().filter(|active| viewport.contains(Some(active))) else { return };
        let Some(photo) = active.id().strip_prefix("photo-").and_then(|id| id.parse().ok()).map(PhotoId) else {
            return;
        };
        let place = self.ids.with_untracked(|ids| ids.binary_search(&photo).map(|at| (at, ids.len())));
        if place.is_ok_and(|(at, count)| !lying.part(count).photos.contains(&at)) {
            focus_in_place(viewport);
        }
    }
}

/// The columns of the grid that a photo lies in.
pub(super) fn columns(tile: &Element) -> Option<usize> {
    let style = window().get_computed_style(&tile.parent_element()?).ok()??;
    let columns = style.get_property_value("grid-template-columns").ok()?;
    Some(columns.split_whitespace().count())
}

/// The columns of a grid, and from one row to the next in pixels.
pub(super) fn raster(grid: &HtmlElement) -> Option<(usize, f64)> {
    let style = window().get_computed_style(grid).ok()??;
    let px = |text: &str| text.strip_suffix("px")?.parse::<f64>().ok();
    // The browser tells the columns that it made, one after the other.
    let columns = style.get_property_value("grid-template-columns").ok()?;
    let width = px(columns.split_whitespace().next()?)?;
    let pitch_px = width + px(&style.get_property_value("row-gap").ok()?)?;
    Some((columns.split_whitespace().count(), pitch_px))
}

/// How a grid lies; nothing while it takes no room.
fn lying(viewport: &HtmlElement, grid: &HtmlElement) -> Option<Lying> {
    let (columns, pitch_px) = raster(grid)?;
    let screen = window().inner_height().ok()?.as_f64()?;
    let (seen, top) = (viewport.get_bounding_client_rect(), grid.get_bounding_client_rect().top());
    Some(Lying {
        columns,
        pitch_px,
        from_px: seen.top().clamp(0.0, screen) - top,
        to_px: seen.bottom().clamp(0.0, screen) - top,
    })
}
