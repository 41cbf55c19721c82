//! The one journey on the page: when the layout changes, its parts travel to their new places.
//!
//! Nothing is squeezed on the way: a part takes its new size at once and glides from where it stood (FLIP, Paul Lewis 2015).

use super::{browser::element, live::Memo, state::Layout};
use leptos::prelude::*;
use std::time::Duration;

/// The parts, by their ids.
const PARTS: [&str; 3] = ["photos", "training", "results"];

/// Later than any journey ends.
const ARRIVED: Duration = Duration::from_millis(500);

/// The layout that is drawn; it follows `layout` after the places of the parts were looked up.
pub(super) fn travelling(layout: Memo<Layout>) -> ReadSignal<Layout> {
    let drawn = RwSignal::new(layout.get_untracked());
    Effect::new(move |before: Option<Layout>| {
        let now = layout.get();
        if drawn.get_untracked() != now {
            let from = PARTS.map(place);
            drawn.set(now);
            // Nothing travels where there was nothing.
            if before.is_some_and(|before| before != Layout::Empty) {
                request_animation_frame(move || PARTS.into_iter().zip(from).for_each(|(id, from)| travel(id, from)));
            }
        }
        now
    });
    drawn.read_only()
}

/// Where a part stands, in pixels; none while it takes no room.
fn place(id: &str) -> Option<(f64, f64)> {
    let part = element(id)?;
    let _ = part.remove_attribute("data-travels"); // it is no error when there is none
    let place = part.get_bounding_client_rect();
    (place.width() > 0.0).then(|| (place.x(), place.y()))
}

fn travel(id: &str, from: Option<(f64, f64)>) {
    let (Some((x, y)), Some(to), Some(part)) = (from, place(id), element(id)) else { return };
    let style = part.style();
    let set = |name, distance: f64| style.set_property(name, &format!("{distance:.0}px"));
    if (x, y) != to && set("--from-x", x - to.0).is_ok() && set("--from-y", y - to.1).is_ok() {
        let _ = part.set_attribute("data-travels", ""); // a part that stays where it is put is no harm
        // Left there, it would travel again whenever it is shown after it was not, as when the window gets wider.
        set_timeout(move || drop(part.remove_attribute("data-travels")), ARRIVED);
    }
}
