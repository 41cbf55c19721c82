//! Why something could not be done.

use serde::{Deserialize, Serialize};

/// Why something could not be done: a code with its arguments. The page has the words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Failure {
    /// The file is larger than allowed.
    #[error("{mib} MiB, the limit is {limit_mib}")]
    FileTooLarge {
        /// Its size.
        mib: u32,
        /// The limit.
        limit_mib: u32,
    },
    /// The picture has more pixels than allowed.
    #[error("{megapixels} megapixels, the limit is {limit_megapixels}")]
    TooManyPixels {
        /// Its pixels, rounded up.
        megapixels: u32,
        /// The limit.
        limit_megapixels: u32,
    },
    /// The file has no bytes.
    #[error("empty file")]
    EmptyFile,
    /// The bytes are no picture.
    #[error("not a picture")]
    NotAPicture,
    /// A picture in a format that cannot be read here.
    #[error("{format} is not supported")]
    UnsupportedFormat {
        /// Name of the format, such as `HEIC`.
        format: String,
    },
    /// A picture that cannot be decoded to its end.
    #[error("damaged picture")]
    DamagedPicture,
    /// The same bytes are already in the class.
    #[error("the same photo as {name}")]
    Duplicate {
        /// Base name of the one that is kept.
        name: String,
    },
    /// The same bytes teach: a photo that taught a head cannot test it.
    #[error("{name} is in the training set")]
    InTrainingSet {
        /// Base name of the one that is kept.
        name: String,
    },
    /// The same bytes test: a photo that tests a head must not teach it.
    #[error("{name} is in the test set")]
    InTestSet {
        /// Base name of the one that is kept.
        name: String,
    },
    /// The folder of a test photo has not the name of a class.
    #[error("there is no class called {name}")]
    NoSuchClass {
        /// The folder's name; empty for a photo outside of any folder.
        name: String,
    },
    /// A zip that is damaged, or that claims more than it can hold.
    #[error("unreadable zip")]
    UnreadableZip,
    /// A project file, where photos are wanted.
    #[error("a project file")]
    IsProject,
    /// The browser could not hand over the file's bytes.
    #[error("unreadable file")]
    UnreadableFile,
    /// The device has no room for more.
    #[error("storage is full")]
    StorageFull,
    /// The project was written by a newer version of the page.
    #[error("the store has a newer version")]
    StorageNewer,
    /// The store does not work.
    #[error("storage failed: {detail}")]
    StorageFailed {
        /// What the browser said.
        detail: String,
    },
    /// A class of that name exists.
    #[error("there is already a class called {name}")]
    ClassExists {
        /// The name.
        name: String,
    },
    /// Training needs two classes.
    #[error("training needs two classes with photos")]
    TooFewClasses,
    /// Training needs more photos of a class.
    #[error("class {class} has too few photos")]
    TooFewPhotos {
        /// Name of the class.
        class: String,
        /// Photos that are enough to train.
        needed: u32,
    },
    /// There is no head to answer.
    #[error("no head yet")]
    NoHead,
    /// The file is no head file.
    #[error("not a head file: {detail}")]
    NotAHead {
        /// What is wrong with it.
        detail: String,
    },
    /// The head file is cut off or its numbers do not fit together.
    #[error("damaged head file: {detail}")]
    DamagedHead {
        /// What is wrong with it.
        detail: String,
    },
    /// The head was made for another backbone.
    #[error("the head needs {needs}, this page has {has}")]
    OtherBackbone {
        /// The backbone it needs.
        needs: String,
        /// The backbone of this page.
        has: String,
    },
    /// The head file has a newer version.
    #[error("head format {version} is newer than this page")]
    NewerHead {
        /// Its version.
        version: String,
    },
    /// The head does not give the answers that it promises.
    #[error("the head failed its self-test")]
    HeadSelfTest,
    /// The file is no project file.
    #[error("not a project file: {detail}")]
    NotAProject {
        /// What is wrong with it.
        detail: String,
    },
    /// The project file is cut off, or its parts do not fit together.
    #[error("damaged project file: {detail}")]
    DamagedProject {
        /// What is wrong with it.
        detail: String,
    },
    /// The project file has a newer version.
    #[error("project format {version} is newer than this page")]
    NewerProject {
        /// Its version.
        version: String,
    },
    /// The network's weights did not arrive.
    #[error("the network could not be loaded: {detail}")]
    WeightsMissing {
        /// What the browser said.
        detail: String,
    },
    /// The network's weights are not the ones this page was made for.
    #[error("the network's weights are damaged")]
    WeightsDamaged,
    /// The device cannot be used.
    #[error("device unavailable: {detail}")]
    DeviceUnavailable {
        /// What the driver said.
        detail: String,
    },
    /// The device failed in the middle of work.
    #[error("device failed: {detail}")]
    DeviceFailed {
        /// What the driver said.
        detail: String,
    },
}
