//! Which folder of a path names the class, and which ones only tag the photo.
//!
//! As a rule the folder that holds a photo names its class. Folders inside a class folder say something else of its photos:
//! where, with what camera, by whom. They are told by two signs: a folder above has the name of a class that is there
//! already; or, in one chosen folder, the same names come again inside of several folders, as in `apple/kitchen` and
//! `pear/kitchen`.

/// Names of the parts that photos are often split into: such folders hold classes and are none.
const PARTS: [&str; 9] = ["train", "training", "val", "valid", "validation", "test", "testing", "dev", "eval"];

/// How the folders of one import are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Folders {
    /// Names of the classes that were there when it began.
    known: Vec<String>,
    /// How many folders lie above those that name the classes, where that is not simply the last one.
    level: Option<usize>,
}

impl Folders {
    /// Looks at all paths of an import, and at the classes that are there.
    pub fn read<'p>(
        paths: impl IntoIterator<Item = &'p str>,
        classes: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let known = classes.into_iter().map(Into::into).collect();
        Self { known, level: level(paths) }
    }

    /// The folder that names a photo's class, where it lies in any, and the folders inside of that one: the photo's tags.
    pub fn of<'p>(&self, path: &'p str) -> (Option<&'p str>, Vec<&'p str>) {
        let folders = folders(path);
        let last = folders.len().checked_sub(1);
        let is_known = |folder: &&str| self.known.iter().any(|known| known == folder);
        let known = folders.iter().rposition(is_known);
        let at = known.or(self.level.filter(|level| *level < folders.len())).or(last);
        match at {
            Some(at) => (Some(folders[at]), folders[at + 1..].to_vec()),
            None => (None, Vec::new()),
        }
    }
}

/// The folders of a path, outermost first.
fn folders(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    parts.pop();
    parts
}

/// The level below one chosen folder, if names of the level below it come again in several folders.
fn level<'p>(paths: impl IntoIterator<Item = &'p str>) -> Option<usize> {
    /// The chosen folder, the classes, what is inside of them.
    const CLASSES: usize = 1;
    let mut chosen = None;
    // Names with the class that they were found in first. Files come sorted, so few of them bring a new one.
    let mut inside: Vec<(&str, &str)> = Vec::new();
    let (mut last, mut again) = (None, false);
    for path in paths {
        let folders = folders(path);
        let root = folders.first().copied();
        if *chosen.get_or_insert(root) != root {
            return None;
        }
        let (Some(&class), Some(&name)) = (folders.get(CLASSES), folders.get(CLASSES + 1)) else { continue };
        if last.replace((class, name)) == Some((class, name)) {
            continue;
        }
        if PARTS.iter().any(|part| part.eq_ignore_ascii_case(class)) {
            return None;
        }
        match inside.iter().find(|(known, _)| *known == name) {
            Some((_, first)) => again |= *first != class,
            None => inside.push((name, class)),
        }
    }
    again.then_some(CLASSES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paths: &[&'static str], classes: &[&str]) -> Vec<(Option<&'static str>, Vec<&'static str>)> {
        let folders = Folders::read(paths.iter().copied(), classes.iter().copied());
        paths.iter().map(|path| folders.of(path)).collect()
    }

    #[test]
    fn the_folder_that_holds_a_photo_names_its_class() {
        assert_eq!(
            read(&["fruit/apple/1.jpg", "fruit/pear/1.jpg", "fruit/2.jpg", "3.jpg"], &[]),
            [(Some("apple"), vec![]), (Some("pear"), vec![]), (Some("fruit"), vec![]), (None, vec![])]
        );
        // Folders of folders, none of whose names comes again.
        assert_eq!(
            read(&["all/animals/cat/1.jpg", "all/plants/oak/1.jpg"], &[]),
            [(Some("cat"), vec![]), (Some("oak"), vec![])]
        );
    }

    #[test]
    fn folders_inside_of_a_class_that_is_there_are_tags() {
        assert_eq!(
            read(&["apple/kitchen/dark/1.jpg", "new/apple/2.jpg", "pear/kitchen/1.jpg"], &["apple", "plum"]),
            [(Some("apple"), vec!["kitchen", "dark"]), (Some("apple"), vec![]), (Some("kitchen"), vec![])]
        );
    }

    #[test]
    fn names_that_come_again_in_several_folders_are_tags() {
        assert_eq!(
            read(&["fruit/apple/kitchen/1.jpg", "fruit/pear/kitchen/1.jpg", "fruit/pear/2.jpg"], &[]),
            [(Some("apple"), vec!["kitchen"]), (Some("pear"), vec!["kitchen"]), (Some("pear"), vec![])]
        );
        // The parts of a split are no classes, and two folders that were dropped together may hold the same classes.
        assert_eq!(
            read(&["fruit/Train/apple/1.jpg", "fruit/test/apple/2.jpg"], &[]),
            [(Some("apple"), vec![]), (Some("apple"), vec![])]
        );
        assert_eq!(
            read(&["2025/apple/1.jpg", "2026/apple/2.jpg"], &[]),
            [(Some("apple"), vec![]), (Some("apple"), vec![])]
        );
    }
}
