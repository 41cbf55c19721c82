//! The keys of the records. Numbers are decimal and padded with zeros, so that the order of the text is their order.

use crate::dataset::{HeadId, PhotoId, ProjectId};

/// Key of the record that names the project that was open last.
pub const SETTINGS: &str = "settings";

/// Begins the keys of all project records.
pub const PROJECTS: &str = "project/";

/// A project's record.
pub fn project(project: ProjectId) -> String {
    format!("{PROJECTS}{:08}", project.0)
}

/// Begins the keys of what was begun to be kept of projects that are not there.
pub const LEFTOVERS: &str = "leftover/";

/// The list of what was begun to be kept of a project.
pub fn leftover(project: ProjectId) -> String {
    format!("{LEFTOVERS}{:08}", project.0)
}

/// Begins every key of a project's photos, copies, thumbnails, heads and feature blocks.
pub fn of_project(project: ProjectId) -> String {
    format!("{:08}/", project.0)
}

/// A photo's record, stored copy and thumbnail, each in its table.
pub fn photo(project: ProjectId, photo: PhotoId) -> String {
    format!("{:08}/{:08}", project.0, photo.0)
}

/// A head's record and file, each in its table.
pub fn head(project: ProjectId, head: HeadId) -> String {
    format!("{:08}/{:08}", project.0, head.0)
}

/// A block of cached pools. `space` names everything that the pools depend on besides the photo.
pub fn feature_block(project: ProjectId, space: &str, block: u32) -> String {
    format!("{:08}/{space}/{block:08}", project.0)
}

/// Begins the keys of all blocks of one space.
pub fn feature_space(project: ProjectId, space: &str) -> String {
    format!("{:08}/{space}/", project.0)
}

/// A step of what a person did.
pub fn step(project: ProjectId, step: u32) -> String {
    format!("{:08}/{step:08}", project.0)
}

/// The list of files of an import that is not through.
pub fn journal(project: ProjectId, entry: u32) -> String {
    format!("{:08}/{entry:08}", project.0)
}

/// How many of them are through.
pub fn journal_through(project: ProjectId, entry: u32) -> String {
    format!("{}{THROUGH}", journal(project, entry))
}

/// The entry of which a key says how many files are through.
pub fn journaled_through(key: &str) -> Option<u32> {
    last_number(key.strip_suffix(THROUGH)?)
}

const THROUGH: &str = "/through";

/// The number that a key ends with: the photo, head, block or entry that it names.
pub fn last_number(key: &str) -> Option<u32> {
    key.rsplit('/').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stand_in_the_order_of_their_numbers() {
        let keys: Vec<String> =
            [1, 2, 10, 99, 100, 12_345_678].map(|id| photo(ProjectId(3), PhotoId(id))).into_iter().collect();
        assert!(keys.is_sorted(), "{keys:?}");
    }

    #[test]
    fn a_project_does_not_begin_another_ones_keys() {
        assert!(!photo(ProjectId(10), PhotoId(1)).starts_with(&of_project(ProjectId(1))));
        assert!(photo(ProjectId(1), PhotoId(1)).starts_with(&of_project(ProjectId(1))));
    }

    #[test]
    fn the_number_can_be_read_back() {
        assert_eq!(last_number(&photo(ProjectId(1), PhotoId(42))), Some(42));
        assert_eq!(last_number(&feature_block(ProjectId(1), "lite0-abc", 7)), Some(7));
        assert_eq!(last_number(SETTINGS), None);
        let through = journal_through(ProjectId(1), 3);
        assert_eq!((last_number(&through), journaled_through(&through)), (None, Some(3)));
        assert_eq!(journaled_through(&journal(ProjectId(1), 3)), None);
    }
}
