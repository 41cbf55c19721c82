//! A photo on its way into the project: where it goes, and the record that is kept of it.

use super::{
    reading::{ReadPhoto, Reading},
    session::Session,
};
use crate::{
    dataset::{self, BurstId, ClassId, FolderEntry, Folders, Photo, PhotoId, Role},
    features::PhotoHash,
    protocol::{Destination, Failure, Incoming},
};

/// A photo that is being read.
pub(super) struct Coming {
    pub(super) incoming: Incoming,
    /// How many files of its import are through when it is.
    pub(super) number: usize,
    pub(super) hash: PhotoHash,
    pub(super) size_bytes: u64,
    pub(super) reading: Reading,
}

/// Where a photo goes.
pub(super) enum Class<'a> {
    /// Into a class that is there, or into the unsorted tray.
    There(Option<ClassId>),
    /// Into a class that its folder names.
    New(&'a str),
}

/// Where a photo goes, and what its folders say of it beside that.
pub(super) struct Place<'a> {
    pub(super) class: Class<'a>,
    pub(super) role: Role,
    pub(super) tags: Vec<String>,
}

impl Session {
    /// Where an incoming photo goes.
    ///
    /// # Errors
    /// [`Failure::Duplicate`] where the same bytes are there already, [`Failure::InTrainingSet`] and [`Failure::InTestSet`]
    /// where they are on the other side, [`Failure::NoSuchClass`] for a test photo whose folder names no class.
    pub(super) fn place<'a>(
        &self,
        incoming: &'a Incoming,
        into: Destination,
        folders: &Folders,
        hash: PhotoHash,
    ) -> Result<Place<'a>, Failure> {
        let (folder, inside) = folders.of(&incoming.path);
        let named =
            folder.map(dataset::name).and_then(|name| self.project.classes.iter().find(|class| class.name == name));
        let class = match (into, folder, named) {
            (Destination::Class(class) | Destination::Burst(class), ..) => {
                Class::There(self.project.class(class).map(|class| class.id))
            }
            (Destination::Unsorted, ..) | (Destination::Folders, None, _) => Class::There(None),
            (Destination::Folders | Destination::Test, _, Some(class)) => Class::There(Some(class.id)),
            (Destination::Folders, Some(name), None) if dataset::name(name).is_empty() => Class::There(None),
            (Destination::Folders, Some(name), None) => Class::New(name),
            (Destination::Test, folder, None) => {
                return Err(Failure::NoSuchClass { name: dataset::name(folder.unwrap_or_default()) });
            }
        };
        let role = into.role();
        // A folder that is chosen again brings nothing back that the person has put into another class since.
        let again = (into == Destination::Folders).then_some(&*incoming.path);
        self.check_twins(&hash.hex(), &class, role, again)?;
        let by_folder = matches!(into, Destination::Folders | Destination::Test);
        let tags = inside.into_iter().filter(|_| by_folder).map(dataset::name).filter(|tag| !tag.is_empty()).collect();
        Ok(Place { class, role, tags })
    }

    /// Whether a photo may come back from the trash.
    ///
    /// # Errors
    /// Those of [`Self::place`] for the same bytes.
    pub(super) fn may_return(&self, photo: &Photo) -> Result<(), Failure> {
        self.check_twins(&photo.sha256, &Class::There(photo.class), photo.role, None)
    }

    /// A photo is kept once a class, and never on both sides: one that has taught a head cannot test it. With a path also the
    /// photo of that path counts, whatever its class is now.
    fn check_twins(&self, hash: &str, class: &Class<'_>, role: Role, path: Option<&str>) -> Result<(), Failure> {
        let mut twins = self.photos.values().filter(|photo| photo.sha256 == hash);
        let clash = |photo: &Photo| {
            let name = photo.name.clone();
            match (role, photo.role) {
                (Role::Training, Role::Test) => Some(Failure::InTestSet { name }),
                (Role::Test, Role::Training) => Some(Failure::InTrainingSet { name }),
                (Role::Test, Role::Test) => Some(Failure::Duplicate { name }),
                (Role::Training, Role::Training) => {
                    let same =
                        matches!(class, Class::There(class) if *class == photo.class) || path == Some(&photo.path);
                    same.then_some(Failure::Duplicate { name })
                }
            }
        };
        twins.find_map(clash).map_or(Ok(()), Err)
    }
}

impl Coming {
    /// The record of the photo, now that it is read.
    pub(super) fn record(
        &self,
        id: PhotoId,
        class: Option<ClassId>,
        role: Role,
        mut tags: Vec<String>,
        burst: Option<BurstId>,
        read: &ReadPhoto,
    ) -> Photo {
        tags.extend(read.camera.clone().filter(|camera| !tags.contains(camera)));
        Photo {
            id,
            class,
            role,
            excluded: false,
            tags,
            sha256: self.hash.hex(),
            size_bytes: self.size_bytes,
            name: dataset::plain(FolderEntry::parse(&self.incoming.path).name),
            path: self.incoming.path.clone(),
            captured: read.captured.clone(),
            order: id.0,
            burst,
            width_px: read.width_px,
            height_px: read.height_px,
            quality: Some(read.quality),
            trashed_ms: None,
        }
    }
}
