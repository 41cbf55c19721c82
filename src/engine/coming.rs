//! A photo on its way into the project: where it goes, and the record that is kept of it.

use super::{
    reading::{ReadPhoto, Reading},
    session::Session,
};
use crate::{
    dataset::{ClassId, FolderEntry, Photo, PhotoId},
    features::PhotoHash,
    protocol::{Destination, Failure, Incoming},
};

/// A photo that is being read.
pub(super) struct Coming {
    pub(super) incoming: Incoming,
    pub(super) hash: PhotoHash,
    pub(super) size_bytes: u64,
    pub(super) reading: Reading,
}

/// Where a photo goes.
pub(super) enum Place<'a> {
    /// Into a class that is there, or into the unsorted tray.
    Class(Option<ClassId>),
    /// Into a class that its folder names.
    New(&'a str),
}

impl Session {
    /// Where an incoming photo goes.
    ///
    /// # Errors
    /// [`Failure::Duplicate`] where the same bytes are there already.
    pub(super) fn place<'a>(
        &self,
        incoming: &'a Incoming,
        into: Destination,
        hash: PhotoHash,
    ) -> Result<Place<'a>, Failure> {
        let class = match into {
            Destination::Class(class) => self.project.class(class).map(|class| class.id),
            Destination::Unsorted => None,
            Destination::Folders => match FolderEntry::parse(&incoming.path).class {
                None => None,
                Some(name) => match self.project.classes.iter().find(|class| class.name == name) {
                    Some(class) => Some(class.id),
                    None => return Ok(Place::New(name)),
                },
            },
        };
        match self.twin(&hash.hex(), class) {
            Some(twin) => Err(Failure::Duplicate { name: twin.name.clone() }),
            None => Ok(Place::Class(class)),
        }
    }
}

impl Coming {
    /// The record of the photo, now that it is read.
    pub(super) fn record(&self, id: PhotoId, class: Option<ClassId>, read: &ReadPhoto) -> Photo {
        Photo {
            id,
            class,
            sha256: self.hash.hex(),
            size_bytes: self.size_bytes,
            name: FolderEntry::parse(&self.incoming.path).name.to_owned(),
            path: self.incoming.path.clone(),
            captured: read.captured.clone(),
            order: id.0,
            tags: Vec::new(),
            burst: None,
            width_px: read.width_px,
            height_px: read.height_px,
            quality: Some(read.quality),
            trashed_ms: None,
        }
    }
}
