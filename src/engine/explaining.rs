//! Tells where the active head looks in a photo. One photo a step.

use super::{Engine, PhotoSource};
use crate::{
    head::explain::explain,
    image,
    protocol::{Event, Failure, Heat, Incoming, RunId},
    store::Store,
};

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Reads a photo once more, this time for the maps that its pools average.
    ///
    /// # Errors
    /// When the file cannot be read, and [`Failure::NoHead`] where the active head has no class of that name.
    pub(super) async fn explain(&mut self, run: RunId, file: &Incoming, class: &str) -> Result<(), Failure> {
        let bytes = self.bytes_of(file.file).await?;
        let pixels = image::prepare(&image::store_copy(&self.source.upright(bytes).await?)?.jpeg)?;
        let maps = self.backbone.maps(&pixels).await?;
        let head = &self.session()?.active().ok_or(Failure::NoHead)?.head;
        let class = head.classes.iter().position(|known| known.name == class).ok_or(Failure::NoHead)?;
        let values = explain(head, &maps, class).ok_or(Failure::NoHead)?;
        let side = u32::try_from(maps.side()).expect("a map is small");
        self.emit(Event::Explained { run, heat: Heat { side, values } });
        Ok(())
    }
}
