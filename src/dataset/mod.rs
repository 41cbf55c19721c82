//! Projects, classes and photos: plain data, as it is stored and as both threads speak of it.

mod bursts;
mod deed;
mod folders;
mod head_name;
mod levels;
mod names;
mod project;
mod quality;
mod random;
mod split;
mod step;
mod subsets;

pub use bursts::{Shot, bursts, members_of};
pub use deed::Deed;
pub use folders::{FolderEntry, is_junk, order_of_paths, sort_by_path};
pub use head_name::{head_file_name, safe_file_name};
pub use levels::Folders;
pub use names::{name, plain};
pub use project::{BurstId, Class, ClassId, HeadId, MOST_MADE_HEADS, Photo, PhotoId, Project, ProjectId, Role, Steps};
pub use quality::Quality;
pub(crate) use random::SplitMix64;
pub use split::{Split, stratified};
pub use step::{Side, Step};
pub use subsets::{Draw, deal, round};
