//! Projects, classes and photos: plain data, as it is stored and as both threads speak of it.

mod folders;
mod project;
mod split;

pub use folders::{FolderEntry, is_junk, sort_by_path};
pub use project::{BurstId, Class, ClassId, HeadId, Photo, PhotoId, Project, ProjectId};
pub use split::{Split, stratified};
