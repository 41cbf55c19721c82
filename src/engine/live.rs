//! Answers the frames of a camera: always the newest one. A frame that waits when the next one comes is never looked at, so
//! that answers are about now, however slow the device.

use super::{Engine, PhotoSource};
use crate::{
    features::Extractor,
    image, predict,
    protocol::{Event, Failure, Ranked},
    store::Store,
};

/// Classes told of a frame.
const RANKED: usize = 5;

/// A frame of a camera. Nothing of it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its number on the page.
    pub number: u32,
    /// Columns of `rgba`.
    pub width_px: u32,
    /// Rows of `rgba`.
    pub height_px: u32,
    /// Rows of RGBA, as the browser hands them out; nothing is see-through.
    pub rgba: Vec<u8>,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Takes a frame in, instead of the one that waits. It is answered by `Live`, before anything but edits.
    pub fn watch(&mut self, frame: Frame) {
        self.frame = Some(frame);
    }

    pub(super) async fn step_frame(&mut self) {
        let Some(frame) = self.frame.take() else { return };
        match self.answer_frame(&frame).await {
            Ok((ranking, unknown)) => self.emit(Event::Live { frame: frame.number, ranking, unknown }),
            Err(failure) => self.emit(Event::Failed { run: None, failure }),
        }
    }

    /// The active head's answer; an empty one where there is no head.
    async fn answer_frame(&self, frame: &Frame) -> Result<(Vec<Ranked>, bool), Failure> {
        let Some(active) = self.session.as_ref().and_then(|session| session.active()) else {
            return Ok((Vec::new(), false));
        };
        let pixels = image::prepare_frame(&frame.rgba, frame.width_px, frame.height_px)?;
        let pools = self.backbone.extract(&[pixels]).await?;
        let pools = pools.first().map_or(&[][..], Vec::as_slice);
        Ok((predict::rank(&active.head, pools, RANKED), predict::is_unknown(&active.head, pools)))
    }
}
