//! Chooses photos by a rectangle that is drawn over them with the mouse. A finger scrolls instead, and taps.

use super::sight;
use crate::{
    dataset::PhotoId,
    ui::{in_sight::covered, live::Memo},
};
use leptos::{ev, html::Div, prelude::*};
use std::collections::BTreeSet;
use web_sys::HtmlElement;

/// So far the mouse moves, in pixels, before a press becomes a rectangle.
const BEGINS_PX: f64 = 6.0;
/// So near to an edge the box is scrolled, and so much with each movement, in pixels.
const EDGE_PX: f64 = 28.0;

/// A rectangle on its way, in pixels of the grid.
#[derive(Debug, Clone, PartialEq)]
struct Drawn {
    from: (f64, f64),
    to: (f64, f64),
    /// What was chosen before, and stays with the control or shift key.
    before: BTreeSet<PhotoId>,
    /// Whether it is more than a press.
    begun: bool,
}

/// The rectangle of one grid.
#[derive(Clone, Copy)]
pub(super) struct Band {
    viewport: NodeRef<Div>,
    grid: NodeRef<Div>,
    ids: Memo<Vec<PhotoId>>,
    chosen: RwSignal<BTreeSet<PhotoId>>,
    drawn: RwSignal<Option<Drawn>>,
}

impl Band {
    /// Of the grid that lies in a box, with its photos and what is chosen among them.
    pub(super) fn new(
        (viewport, grid): (NodeRef<Div>, NodeRef<Div>),
        ids: Memo<Vec<PhotoId>>,
        chosen: RwSignal<BTreeSet<PhotoId>>,
    ) -> Self {
        Self { viewport, grid, ids, chosen, drawn: RwSignal::new(None) }
    }

    /// The mouse is pressed.
    pub(super) fn down(self, event: &ev::PointerEvent) {
        let Some(from) = self.place(event).filter(|_| event.pointer_type() == "mouse" && event.button() == 0) else {
            return;
        };
        let adds = event.ctrl_key() || event.meta_key() || event.shift_key();
        let before = if adds { self.chosen.get_untracked() } else { BTreeSet::new() };
        self.drawn.set(Some(Drawn { from, to: from, before, begun: false }));
    }

    /// The mouse moves.
    pub(super) fn moved(self, event: &ev::PointerEvent) {
        let Some(Drawn { from, before, begun, .. }) = self.drawn.get_untracked() else { return };
        let Some(to) = self.place(event) else { return };
        let far = (to.0 - from.0).hypot(to.1 - from.1) >= BEGINS_PX;
        if !begun && !far {
            return;
        }
        if let Some(viewport) = self.viewport.get_untracked() {
            if !begun {
                // From here on the tile under the mouse is not pressed any more.
                let _ = viewport.set_pointer_capture(event.pointer_id()); // fails only for a pointer that is gone
            }
            scroll_at_edge(&viewport, f64::from(event.client_y()));
        }
        let covered = self.covered(from, to);
        self.chosen.set(before.union(&covered).copied().collect());
        self.drawn.set(Some(Drawn { from, to, before, begun: true }));
    }

    /// The mouse is let go.
    pub(super) fn up(self) {
        self.drawn.set(None);
    }

    /// Takes the rectangle back; whether there was one.
    pub(super) fn cancel(self) -> bool {
        let drawn = self.drawn.try_update(Option::take).flatten().filter(|drawn| drawn.begun);
        let was = drawn.is_some();
        if let Some(drawn) = drawn {
            self.chosen.set(drawn.before);
        }
        was
    }

    /// Left, top, width and height while there is one.
    pub(super) fn shape(self) -> Option<[f64; 4]> {
        let Drawn { from, to, begun, .. } = self.drawn.get()?;
        let (left, top) = (from.0.min(to.0), from.1.min(to.1));
        begun.then(|| [left, top, (to.0 - from.0).abs(), (to.1 - from.1).abs()])
    }

    /// Where the mouse is in the grid, from where its lines begin.
    fn place(self, event: &ev::PointerEvent) -> Option<(f64, f64)> {
        let grid = self.grid.get_untracked()?;
        let rect = grid.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let from_start = if is_rtl(&grid) { rect.right() - x } else { x - rect.left() };
        Some((from_start, y - rect.top()))
    }

    fn covered(self, from: (f64, f64), to: (f64, f64)) -> BTreeSet<PhotoId> {
        let Some(grid) = self.grid.get_untracked() else { return BTreeSet::new() };
        let Some((columns, pitch_px)) = sight::raster(&grid) else { return BTreeSet::new() };
        self.ids.with_untracked(|ids| covered(columns, pitch_px, from, to, ids.len()).map(|at| ids[at]).collect())
    }
}

fn is_rtl(element: &HtmlElement) -> bool {
    let style = window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value("direction").ok()).is_some_and(|direction| direction == "rtl")
}

fn scroll_at_edge(viewport: &HtmlElement, y: f64) {
    let seen = viewport.get_bounding_client_rect();
    let step = match y {
        y if y < seen.top() + EDGE_PX => -EDGE_PX,
        y if y > seen.bottom() - EDGE_PX => EDGE_PX,
        _ => return,
    };
    #[allow(clippy::cast_possible_truncation, reason = "a few pixels")]
    viewport.set_scroll_top(viewport.scroll_top() + step as i32);
}
