//! Photos that came out badly.

use crate::{
    dataset::{Photo, Quality},
    protocol::Flaw,
};

/// From which blur on, in percent, a photo is called blurred. Of the 2,734 photos of three tasks two are, and both truly
/// are; under a Gaussian blur of 4 pixels, at a shorter side of 384, eight to ten in ten are, by task.
const BLURRED: u8 = 68;
/// A photo is dark when all but a twentieth of its pixels are darker than this grey level; the darkest of those has 88.
const DARK: u8 = 70;
/// A photo of a shorter side under this is tiny: it is enlarged two and a half times before the network sees it.
const TINY_PX: u32 = 96;

/// What is wrong with a photo, the worst first.
pub fn flaw(photo: &Photo) -> Option<Flaw> {
    let is = |bad: fn(Quality) -> bool| photo.quality.is_some_and(bad);
    if photo.width_px.min(photo.height_px) < TINY_PX {
        Some(Flaw::Tiny)
    } else if is(|quality| quality.light < DARK) {
        Some(Flaw::Dark)
    } else if is(|quality| quality.blur_percent > BLURRED) {
        Some(Flaw::Blurred)
    } else {
        None
    }
}
