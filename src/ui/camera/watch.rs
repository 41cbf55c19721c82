//! Asks the engine what it says to the picture, again as soon as it has answered.

use super::{Camera, Phase};
use crate::{
    ui::browser::now_ms,
    web::camera::{Canvas, frame},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

/// How often it is looked whether the picture is black, in milliseconds.
const BLACK_EVERY_MS: f64 = 1_000.0;

/// So many looks in a row make a black picture: a camera needs a moment for the light.
const BLACK_LOOKS: u32 = 3;

impl Camera {
    /// Watches until the camera is switched off. It rests while the page is hidden, as the browser draws no frames then.
    pub(super) fn watch(self, turn: u32, video: HtmlVideoElement) {
        spawn_local(async move {
            let canvas = Canvas::new();
            let (mut looked_ms, mut black) = (now_ms(), 0);
            while !self.is_over(turn) && video.is_connected() {
                let now = now_ms();
                if now - looked_ms >= BLACK_EVERY_MS {
                    looked_ms = now;
                    black = if canvas.as_ref().is_some_and(|canvas| canvas.is_black(&video)) { black + 1 } else { 0 };
                    self.set(self.black, black >= BLACK_LOOKS);
                    self.set(self.tall, video.video_height() > video.video_width());
                }
                if self.has_head() && !self.page.live.with_untracked(|live| live.is_asked(now)) {
                    self.ask(&video).await;
                }
                next_frame().await;
            }
            if !self.is_over(turn) {
                self.phase.set(Phase::Off);
            }
        });
    }

    async fn ask(self, video: &HtmlVideoElement) {
        if let Some(picture) = frame(video).await
            && let Some(number) = self.page.live.try_update(|live| live.ask(now_ms()))
        {
            self.page.client.with_value(|client| client.watch(number, picture));
        }
    }

    fn has_head(self) -> bool {
        self.page.with_untracked(|state| state.head.is_some() && state.opened)
    }

    fn set(self, signal: RwSignal<bool>, value: bool) {
        if signal.try_get_untracked() == Some(!value) {
            signal.set(value);
        }
    }
}

/// The browser's next frame.
async fn next_frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.request_animation_frame(&resolve); // a page always gives one
        }
    });
    let _ = JsFuture::from(promise).await; // it is never rejected
}
