//! Takes photos for a class: one for a tap, many of one scene for a hold.

use super::{Camera, Phase};
use crate::{
    dataset::ClassId,
    protocol::Destination,
    web::{camera::Canvas, files::PickedFile, pause},
};
use leptos::{prelude::*, task::spawn_local};

/// A press that is longer than this, in milliseconds, takes more than one photo.
const TAP_MS: u32 = 400;
/// Then one is taken this often, in milliseconds: frames that are closer teach nothing more.
const EVERY_MS: u32 = 200;
/// Photos of one hold: more of one scene teach nothing more.
pub(super) const MOST: usize = 50;
/// Seconds that are counted down.
const COUNTDOWN_S: u32 = 3;

/// A press that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hold {
    pub(super) class: ClassId,
    /// Photos so far.
    pub(super) photos: usize,
    /// Whether the person still holds.
    held: bool,
}

/// What was taken last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) class: ClassId,
    pub(super) photos: usize,
}

impl Camera {
    /// The person presses a class.
    pub(super) fn press(self, class: ClassId) {
        if self.phase.get_untracked() != Phase::On || self.hold.get_untracked().is_some() {
            return;
        }
        self.hold.set(Some(Hold { class, photos: 0, held: true }));
        self.taken.set(None);
        let turn = self.turn.get_value();
        spawn_local(async move {
            if self.waits.get_untracked() && !self.count_down(turn).await {
                return self.hold.set(None);
            }
            let photos = self.take(turn).await;
            self.hold.set(None);
            self.add(class, photos);
        });
    }

    /// The person lets go.
    pub(super) fn release(self) {
        self.hold.update(|hold| {
            if let Some(hold) = hold {
                hold.held = false;
            }
        });
    }

    /// Takes back what was added last.
    pub(super) fn take_back(self) {
        self.taken.set(None);
        self.page.undo();
    }

    /// Counts down; whether it came to its end.
    async fn count_down(self, turn: u32) -> bool {
        for left in (1..=COUNTDOWN_S).rev() {
            self.count.set(Some(left));
            pause(1_000).await;
            if self.is_over(turn) {
                return false;
            }
        }
        self.count.set(None);
        true
    }

    /// The photos of this press: until it ends, the camera goes off, or there are enough.
    async fn take(self, turn: u32) -> Vec<PickedFile> {
        let mut photos = Vec::new();
        let Some(canvas) = Canvas::new() else { return photos };
        // A still picture is the same a moment later.
        let single = self.waits.get_untracked() || self.still.get_untracked();
        while let Some(video) = self.video().filter(|_| !self.is_over(turn)) {
            if let Some(photo) = canvas.photo(&video, &name_now(photos.len() + 1)).await {
                photos.push(photo);
            }
            let taken = photos.len();
            self.hold.update(|hold| hold.iter_mut().for_each(|hold| hold.photos = taken));
            if single || taken >= MOST {
                break;
            }
            pause(if taken <= 1 { TAP_MS } else { EVERY_MS }).await;
            if !self.hold.get_untracked().is_some_and(|hold| hold.held) {
                break;
            }
        }
        photos
    }

    fn add(self, class: ClassId, photos: Vec<PickedFile>) {
        if photos.is_empty() {
            return;
        }
        self.taken.set(Some(Taken { class, photos: photos.len() }));
        let into = if photos.len() > 1 { Destination::Burst(class) } else { Destination::Class(class) };
        self.page.add_files(photos, into);
    }
}

/// A file name by the device's own clock, such as `camera 2026-11-27 14.03.09-2.jpg`.
fn name_now(number: usize) -> String {
    let now = js_sys::Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    let (hours, minutes, seconds) = (now.get_hours(), now.get_minutes(), now.get_seconds());
    format!("camera {year}-{month:02}-{day:02} {hours:02}.{minutes:02}.{seconds:02}-{number}.jpg")
}
