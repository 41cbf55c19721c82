//! The names of the entries, and of the file itself. They are made of numbers alone, so that no name from anybody is ever a
//! path.

use crate::dataset::{HeadId, PhotoId, safe_file_name};

/// What the name of a project file ends with.
pub const ENDING: &str = ".headstart.zip";

/// The entry that says what the others are.
pub(super) const MANIFEST: &str = "headstart.json";

/// What an entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    Manifest,
    Photo(PhotoId),
    Thumbnail(PhotoId),
    Head(HeadId),
}

impl Entry {
    /// Its name.
    pub(super) fn name(self) -> String {
        match self {
            Self::Manifest => MANIFEST.to_owned(),
            Self::Photo(photo) => format!("photos/{:08}.jpg", photo.0),
            Self::Thumbnail(photo) => format!("thumbnails/{:08}.jpg", photo.0),
            Self::Head(head) => format!("heads/{:08}.safetensors", head.0),
        }
    }

    /// The entry of that name, written exactly as [`Self::name`] writes it.
    pub(super) fn named(name: &str) -> Option<Self> {
        let number = || name.rsplit('/').next()?.split('.').next()?.parse().ok();
        let entry = match name.split('/').next()? {
            MANIFEST => Self::Manifest,
            "photos" => Self::Photo(PhotoId(number()?)),
            "thumbnails" => Self::Thumbnail(PhotoId(number()?)),
            "heads" => Self::Head(HeadId(number()?)),
            _ => return None,
        };
        (entry.name() == name).then_some(entry)
    }
}

/// A file name that fits a project.
pub fn file_name(project: &str) -> String {
    safe_file_name(project, ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_are_written_here_name_an_entry() {
        let entries =
            [Entry::Manifest, Entry::Photo(PhotoId(1)), Entry::Thumbnail(PhotoId(99_999_999)), Entry::Head(HeadId(7))];
        for entry in entries {
            assert_eq!(Entry::named(&entry.name()), Some(entry));
        }
        let strange = [
            "",
            "/",
            "photos/",
            "photos/1.jpg",
            "photos/+0000001.jpg",
            "photos/00000001.jpg/",
            "photos/00000001.png",
            "/photos/00000001.jpg",
            "../photos/00000001.jpg",
            "photos/../heads/00000001.safetensors",
            "photos\\00000001.jpg",
            "C:/photos/00000001.jpg",
            "photos/99999999999.jpg",
            "PHOTOS/00000001.jpg",
            "headstart.json/00000001.jpg",
        ];
        for name in strange {
            assert_eq!(Entry::named(name), None, "{name}");
        }
    }
}
