//! What the paths of incoming files say.

use std::cmp::Ordering;

/// Where a file lies, as far as its path tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FolderEntry<'a> {
    /// The folder that holds the file, which names its class; none for a file outside any folder.
    pub class: Option<&'a str>,
    /// The base name.
    pub name: &'a str,
}

impl<'a> FolderEntry<'a> {
    /// Reads a path such as `fruit/apple/001.jpg`: the class is `apple`. A file that lies directly in the chosen folder
    /// (`fruit/001.jpg`) has that folder as its class, so that one folder a class can be added one by one.
    pub fn parse(path: &'a str) -> Self {
        let mut parts = path.rsplit('/').filter(|part| !part.is_empty() && *part != ".");
        let name = parts.next().unwrap_or(path);
        Self { class: parts.next(), name }
    }
}

/// Whether a file is litter that an operating system leaves in folders; it is passed over without a word.
pub fn is_junk(path: &str) -> bool {
    let name = FolderEntry::parse(path).name;
    let lower = name.to_ascii_lowercase();
    matches!(lower.as_str(), ".ds_store" | "thumbs.db" | "desktop.ini" | ".directory" | ".localized")
        || name.starts_with("._")
        || path.split('/').any(|part| part == "__MACOSX")
}

/// Sorts by path, because browsers deliver a folder in any order; digits count as numbers, so `2.jpg` is before `10.jpg`.
pub fn sort_by_path<T>(items: &mut [T], path: impl Fn(&T) -> &str) {
    items.sort_by(|a, b| order_of_paths(path(a), path(b)));
}

/// Which of two paths comes first, as [`sort_by_path`] has it.
pub fn order_of_paths(a: &str, b: &str) -> Ordering {
    natural(a).cmp(natural(b))
}

/// The parts of a path that compare: runs of digits as (length, digits), everything else as letters.
fn natural(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let digits = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits).unwrap_or(rest.len());
        let (part, tail) = rest.split_at(end);
        rest = tail;
        Some(if digits {
            let number = part.trim_start_matches('0');
            Part::Number(number.len(), number, part)
        } else {
            Part::Text(part)
        })
    })
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part<'a> {
    Number(usize, &'a str, &'a str),
    Text(&'a str),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_holding_folder_names_the_class() {
        assert_eq!(FolderEntry::parse("fruit/apple/1.jpg"), FolderEntry { class: Some("apple"), name: "1.jpg" });
        assert_eq!(FolderEntry::parse("apple/1.jpg"), FolderEntry { class: Some("apple"), name: "1.jpg" });
        assert_eq!(FolderEntry::parse("1.jpg"), FolderEntry { class: None, name: "1.jpg" });
    }

    #[test]
    fn litter_is_known_and_hidden_photos_are_not_litter() {
        for path in ["a/.DS_Store", "Thumbs.db", "a/._001.jpg", "__MACOSX/a/1.jpg", "b/desktop.ini"] {
            assert!(is_junk(path), "{path}");
        }
        assert!(!is_junk("a/.hidden.jpg"));
    }

    #[test]
    fn paths_sort_as_people_number_them() {
        let mut paths = vec!["b/1.jpg", "a/10.jpg", "a/2.jpg", "a/002.jpg", "a/1.jpg"];
        sort_by_path(&mut paths, |path| path);
        assert_eq!(paths, ["a/1.jpg", "a/002.jpg", "a/2.jpg", "a/10.jpg", "b/1.jpg"]);
    }
}
