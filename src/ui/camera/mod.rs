//! The camera: a picture that is answered as it moves, and photos for the classes from it.
//!
//! A tap on a class takes one photo for it, a hold takes many of one scene. So correcting an answer and teaching a class are
//! the same thing.

mod answer;
mod dialog;
mod finder;
mod settings;
mod shutter;
mod teach;
mod watch;

pub(super) use dialog::CameraDialog;

use super::{
    browser::{element, focus_soon, phone},
    page::Page,
};
use crate::{
    dataset::ClassId,
    web::camera::{self, Device, Stream, Trouble, Wanted},
};
use leptos::{html::Video, prelude::*, task::spawn_local};
use shutter::{Hold, Taken};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlVideoElement};

const DIALOG: &str = "camera-dialog";
const TITLE: &str = "camera-title";

/// How the camera stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Off,
    /// The browser asks the person.
    Asking,
    On,
    Trouble(Trouble),
}

/// The camera's own state; copying it copies none.
#[derive(Clone, Copy)]
pub(super) struct Camera {
    page: Page,
    phase: RwSignal<Phase>,
    stream: StoredValue<Option<Stream>, LocalStorage>,
    /// What shows the picture.
    video: NodeRef<Video>,
    /// Counted up whenever the camera is switched on or off: what was begun before is over.
    turn: StoredValue<u32>,
    devices: RwSignal<Vec<Device>>,
    /// The one that is on.
    device: RwSignal<Option<String>>,
    /// Whether the page shows a mirror. Photos and answers are never of the mirror.
    mirrored: RwSignal<bool>,
    /// Whether the picture is held still.
    still: RwSignal<bool>,
    black: RwSignal<bool>,
    /// Whether the picture stands rather than lies.
    tall: RwSignal<bool>,
    /// Whether a photo waits for three seconds.
    waits: RwSignal<bool>,
    /// Seconds until the photo.
    count: RwSignal<Option<u32>>,
    hold: RwSignal<Option<Hold>>,
    taken: RwSignal<Option<Taken>>,
    /// The class whose button opened the camera.
    wanted: RwSignal<Option<ClassId>>,
}

impl Camera {
    /// Provides the camera to all panels.
    pub(super) fn provide(page: Page) {
        provide_context(Self {
            page,
            phase: RwSignal::new(Phase::Off),
            stream: StoredValue::new_local(None),
            video: NodeRef::new(),
            turn: StoredValue::new(0),
            devices: RwSignal::new(Vec::new()),
            device: RwSignal::new(None),
            mirrored: RwSignal::new(false),
            still: RwSignal::new(false),
            black: RwSignal::new(false),
            tall: RwSignal::new(phone()),
            waits: RwSignal::new(false),
            count: RwSignal::new(None),
            hold: RwSignal::new(None),
            taken: RwSignal::new(None),
            wanted: RwSignal::new(None),
        });
    }

    /// The camera, within a panel.
    pub(super) fn get() -> Self {
        expect_context()
    }

    /// Opens it, for a class or for whatever comes.
    pub(super) fn show(self, class: Option<ClassId>) {
        self.wanted.set(class);
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal(); // fails only for one that is open already
        }
        self.switch_on(Wanted::Any);
        focus_soon(class.map_or_else(|| TITLE.to_owned(), teach::button_id));
    }

    /// Closes it; the photos that are being taken are kept.
    fn close(self) {
        if let Some(dialog) = dialog() {
            dialog.close();
        }
    }

    /// Asks the browser for a camera.
    fn switch_on(self, wanted: Wanted) {
        self.switch_off();
        let turn = self.turn.get_value();
        self.phase.set(Phase::Asking);
        spawn_local(async move {
            let ended = move || self.lost(turn);
            let opened = Stream::open(&wanted, ended).await;
            // The person may have closed it meanwhile; then it goes off again by itself.
            if self.is_over(turn) {
                return;
            }
            match opened {
                Ok(stream) => self.begin(turn, stream).await,
                Err(trouble) => self.phase.set(Phase::Trouble(trouble)),
            }
        });
    }

    async fn begin(self, turn: u32, stream: Stream) {
        let Some(video) = self.video() else { return };
        stream.show_in(&video);
        self.device.set(stream.device());
        self.mirrored.set(!stream.looks_away());
        self.stream.set_value(Some(stream));
        self.phase.set(Phase::On);
        self.watch(turn, video);
        // Their names are told only now.
        let devices = camera::devices().await;
        if !self.is_over(turn) {
            self.devices.set(devices);
        }
    }

    /// It was pulled out.
    fn lost(self, turn: u32) {
        if !self.is_over(turn) {
            self.switch_off();
            self.phase.set(Phase::Trouble(Trouble::Gone));
        }
    }

    fn switch_off(self) {
        self.turn.update_value(|turn| *turn += 1);
        self.stream.set_value(None);
        if let Some(video) = self.video() {
            video.set_src_object(None);
        }
        self.phase.set(Phase::Off);
        self.still.set(false);
        self.black.set(false);
        self.count.set(None);
        self.page.live.update(super::state::Live::forget);
    }

    /// Whether what was begun in that turn is over.
    fn is_over(self, turn: u32) -> bool {
        self.turn.try_get_value() != Some(turn)
    }

    /// The next one of the cameras.
    fn flip(self) {
        let devices = self.devices.get_untracked();
        let now = self.device.get_untracked();
        let at = devices.iter().position(|device| Some(&device.id) == now.as_ref()).map_or(0, |at| at + 1);
        if let Some(next) = devices.get(at % devices.len().max(1)) {
            self.switch_on(Wanted::Device(next.id.clone()));
        }
    }

    /// Holds the picture still, or lets it go on.
    fn hold_still(self) {
        let Some(video) = self.video() else { return };
        self.still.update(|still| *still = !*still);
        if self.still.get_untracked() {
            let _ = video.pause(); // nothing can be in its way
        } else {
            camera::play(&video);
        }
    }

    fn video(self) -> Option<HtmlVideoElement> {
        self.video.get_untracked()
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    element(DIALOG)?.dyn_into().ok()
}
