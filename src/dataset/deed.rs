//! What a person did to the project, as it is told.

use serde::{Deserialize, Serialize};

/// What was done in one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Photos were read in.
    Added {
        /// How many.
        photos: u32,
    },
    /// Photos went to the trash, and classes with them.
    Removed {
        /// How many photos.
        photos: u32,
        /// Names of the classes.
        classes: Vec<String>,
    },
    /// Photos went to another class.
    Moved {
        /// How many.
        photos: u32,
        /// The class's name; none for the unsorted tray.
        to: Option<String>,
    },
    /// Photos are kept and nothing else, or count again.
    Excluded {
        /// How many.
        photos: u32,
        /// Whether they are excluded now.
        on: bool,
    },
    /// Photos got a tag, or lost it.
    Tagged {
        /// How many.
        photos: u32,
        /// The tag.
        tag: String,
        /// Whether they have it now.
        on: bool,
    },
    /// Photos were said to show one scene, or each its own.
    Scenes {
        /// How many.
        photos: u32,
        /// Whether they show one.
        one: bool,
    },
    /// A class was made.
    ClassAdded {
        /// Its name.
        name: String,
    },
    /// A class got another name.
    ClassRenamed {
        /// The old name.
        from: String,
        /// The new one.
        to: String,
    },
    /// A class went into another one.
    Merged {
        /// Its name.
        from: String,
        /// The name of the other.
        into: String,
    },
    /// A class changed places with its neighbour.
    ClassShifted {
        /// Its name.
        name: String,
    },
    /// A head was removed.
    HeadRemoved,
    /// The project got another name.
    ProjectRenamed {
        /// The new name, empty where it has none any more.
        name: String,
    },
}
