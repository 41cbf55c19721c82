//! Where the files that are still to be read will go, so that every class can show what is on its way.

use crate::{
    dataset::{Class, ClassId, Folders, name},
    protocol::{Destination, RunId},
};

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Class(ClassId),
    /// A class that the folder names; it may not be there yet.
    Folder(String),
    Unsorted,
    /// The test set stands apart from the classes.
    Test,
}

impl Place {
    fn of(path: &str, into: Destination, folders: &Folders) -> Self {
        match (into, folders.of(path).0) {
            (Destination::Class(class) | Destination::Burst(class), _) => Self::Class(class),
            (Destination::Folders, Some(folder)) => Self::Folder(name(folder)),
            (Destination::Folders, None) | (Destination::Unsorted, _) => Self::Unsorted,
            (Destination::Test, _) => Self::Test,
        }
    }

    fn is(&self, class: Option<&Class>) -> bool {
        match (self, class) {
            (Self::Class(id), Some(class)) => *id == class.id,
            (Self::Folder(name), Some(class)) => *name == class.name,
            (Self::Unsorted, None) => true,
            _ => false,
        }
    }
}

/// The files of one run, counted by the place they go to, in the order in which they are read.
#[derive(Debug, Clone, PartialEq)]
struct Queue {
    run: RunId,
    into: Destination,
    folders: Folders,
    counts: Vec<(Place, usize)>,
}

/// All files that are still to be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waiting {
    queues: Vec<Queue>,
}

impl Waiting {
    /// The page asked to read files, sorted by path; `classes` are there already.
    pub fn begin(&mut self, run: RunId, into: Destination, paths: &[&str], classes: &[Class]) {
        let folders = Folders::read(paths.iter().copied(), classes.iter().map(|class| class.name.as_str()));
        let mut counts: Vec<(Place, usize)> = Vec::new();
        for path in paths {
            let place = Place::of(path, into, &folders);
            match counts.last_mut() {
                Some((last, count)) if *last == place => *count += 1,
                _ => counts.push((place, 1)),
            }
        }
        self.queues.push(Queue { run, into, folders, counts });
    }

    /// Files that will go to a class, or to the unsorted tray.
    pub fn count(&self, class: Option<&Class>) -> usize {
        let counts = self.queues.iter().flat_map(|queue| &queue.counts);
        counts.filter(|(place, _)| place.is(class)).map(|(_, count)| count).sum()
    }

    /// Whether the next file goes to that class, or to the unsorted tray.
    pub fn is_next(&self, class: Option<&Class>) -> bool {
        let mut counts = self.queues.iter().flat_map(|queue| &queue.counts);
        counts.find(|(_, count)| *count > 0).is_some_and(|(place, _)| place.is(class))
    }

    /// Whether test photos are on their way.
    pub fn is_testing(&self) -> bool {
        self.queues.iter().any(|queue| queue.into == Destination::Test)
    }

    pub(super) fn kept(&mut self, run: RunId, class: Option<&Class>) {
        self.take(run, |queue, place| queue.into == Destination::Test || place.is(class));
    }

    pub(super) fn left_out(&mut self, run: RunId, path: &str) {
        self.take(run, |queue, place| *place == Place::of(path, queue.into, &queue.folders));
    }

    pub(super) fn end(&mut self, run: RunId) {
        self.queues.retain(|queue| queue.run != run);
    }

    fn take(&mut self, run: RunId, is_it: impl Fn(&Queue, &Place) -> bool) {
        let Some(queue) = self.queues.iter_mut().find(|queue| queue.run == run) else { return };
        let at = queue.counts.iter().position(|(place, count)| *count > 0 && is_it(queue, place));
        if let Some((_, count)) = at.and_then(|at| queue.counts.get_mut(at)) {
            *count -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: RunId = RunId(3);

    #[test]
    fn every_class_knows_what_is_on_its_way() {
        let class = |id, name: &str| Class { id: ClassId(id), name: name.to_owned() };
        let (oak, birch) = (class(1, "Oak"), class(2, "Birch"));
        let mut waiting = Waiting::default();
        waiting.begin(RUN, Destination::Folders, &["t/Birch/1.jpg", "t/Birch/2.jpg", "t/Oak/1.jpg", "3.jpg"], &[]);
        assert_eq!([waiting.count(Some(&oak)), waiting.count(Some(&birch)), waiting.count(None)], [1, 2, 1]);
        assert!(waiting.is_next(Some(&birch)) && !waiting.is_next(Some(&oak)));
        waiting.kept(RUN, Some(&birch));
        waiting.left_out(RUN, "t/Birch/2.jpg");
        assert!(waiting.is_next(Some(&oak)));
        waiting.kept(RUN, Some(&birch)); // one too many is no harm
        assert_eq!(waiting.count(Some(&birch)), 0);
        waiting.begin(RunId(4), Destination::Class(ClassId(1)), &["x/5.jpg"], &[]);
        assert_eq!(waiting.count(Some(&oak)), 2);
        waiting.end(RUN);
        assert_eq!([waiting.count(Some(&oak)), waiting.count(None)], [1, 0]);
    }

    #[test]
    fn test_photos_stand_in_no_class_and_folders_inside_of_a_class_are_none() {
        let oak = Class { id: ClassId(1), name: "Oak".to_owned() };
        let mut waiting = Waiting::default();
        waiting.begin(RUN, Destination::Test, &["t/Oak/1.jpg", "t/Oak/2.jpg"], std::slice::from_ref(&oak));
        assert!(waiting.is_testing() && !waiting.is_next(Some(&oak)));
        assert_eq!([waiting.count(Some(&oak)), waiting.count(None)], [0, 0]);
        waiting.kept(RUN, Some(&oak));
        waiting.end(RUN);
        assert!(!waiting.is_testing());
        waiting.begin(RUN, Destination::Folders, &["Oak/park/1.jpg", "Oak/2.jpg"], std::slice::from_ref(&oak));
        assert_eq!(waiting.count(Some(&oak)), 2);
    }
}
