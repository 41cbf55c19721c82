//! What a person changed in one step, so that it can be taken back and made again, across a reload too.
//!
//! A step holds what it changed and nothing else, before and after. Whatever changed beside it in the meantime, such as photos
//! that were being read, stays as it is when the step is taken back.

use super::{BurstId, Class, ClassId, Deed, HeadId, Photo, PhotoId, Project};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Before and after a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Change<T> {
    before: T,
    after: T,
}

impl<T: PartialEq + Clone> Change<T> {
    /// Nothing where both are the same.
    fn between(before: &T, after: &T) -> Option<Self> {
        (before != after).then(|| Self { before: before.clone(), after: after.clone() })
    }

    fn to(&self, side: Side) -> &T {
        match side {
            Side::Before => &self.before,
            Side::After => &self.after,
        }
    }
}

/// A class at its place among the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Placed {
    name: String,
    at: usize,
}

/// What a step changed of a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PhotoChange {
    id: PhotoId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    class: Option<Change<Option<ClassId>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    excluded: Option<Change<bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tags: Option<Change<Vec<String>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    burst: Option<Change<Option<BurstId>>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trashed_ms: Option<Change<Option<u64>>>,
}

impl PhotoChange {
    fn between(before: &Photo, after: &Photo) -> Self {
        Self {
            id: after.id,
            class: Change::between(&before.class, &after.class),
            excluded: Change::between(&before.excluded, &after.excluded),
            tags: Change::between(&before.tags, &after.tags),
            burst: Change::between(&before.burst, &after.burst),
            trashed_ms: Change::between(&before.trashed_ms, &after.trashed_ms),
        }
    }

    fn apply(&self, side: Side, photo: &mut Photo) {
        let Self { id: _, class, excluded, tags, burst, trashed_ms } = self;
        put(&mut photo.class, class.as_ref(), side);
        put(&mut photo.excluded, excluded.as_ref(), side);
        put(&mut photo.tags, tags.as_ref(), side);
        put(&mut photo.burst, burst.as_ref(), side);
        put(&mut photo.trashed_ms, trashed_ms.as_ref(), side);
    }
}

fn put<T: Clone + PartialEq>(value: &mut T, change: Option<&Change<T>>, side: Side) {
    if let Some(change) = change {
        value.clone_from(change.to(side));
    }
}

/// A head that was taken away, and whether it answered because the person had chosen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct GoneHead {
    id: HeadId,
    chosen: bool,
}

impl GoneHead {
    fn between(before: &Project, after: &Project) -> Option<Self> {
        let id = *before.made_heads.iter().find(|head| after.removed_heads.contains(head))?;
        Some(Self { id, chosen: before.head_chosen && before.active_head == Some(id) })
    }

    fn apply(&self, side: Side, project: &mut Project) {
        match side {
            Side::Before => {
                if project.return_head(self.id) && self.chosen {
                    (project.active_head, project.head_chosen) = (Some(self.id), true);
                }
            }
            Side::After => project.remove_head(self.id),
        }
    }
}

/// Which side of a step is wanted: what was before it when it is taken back, what came of it when it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Before the step.
    Before,
    /// After it.
    After,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What was done.
    pub deed: Deed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    name: Option<Change<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    classes: Vec<(ClassId, Change<Option<Placed>>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    photos: Vec<PhotoChange>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone_head: Option<GoneHead>,
}

impl Step {
    /// What changed of a project and of some of its photos; `photos` are pairs of before and after.
    pub fn between<'a>(
        deed: Deed,
        (before, after): (&Project, &Project),
        photos: impl Iterator<Item = (&'a Photo, &'a Photo)>,
    ) -> Self {
        Self {
            deed,
            name: Change::between(&before.name, &after.name),
            classes: classes_between(&before.classes, &after.classes),
            photos: photos.filter(|(was, is)| was != is).map(|(was, is)| PhotoChange::between(was, is)).collect(),
            gone_head: GoneHead::between(before, after),
        }
    }

    /// The same of photos that came by the step: before it they lie in the trash.
    pub fn adding<'a>(
        deed: Deed,
        (before, after): (&Project, &Project),
        added: impl Iterator<Item = &'a Photo>,
        now_ms: u64,
    ) -> Self {
        let photos =
            added.map(|photo| PhotoChange::between(&Photo { trashed_ms: Some(now_ms), ..photo.clone() }, photo));
        Self { photos: photos.collect(), ..Self::between(deed, (before, after), std::iter::empty()) }
    }

    /// Whether it changed nothing.
    pub fn is_empty(&self) -> bool {
        self.name.is_none() && self.classes.is_empty() && self.photos.is_empty() && self.gone_head.is_none()
    }

    /// The photos that it changed.
    pub fn photos(&self) -> impl Iterator<Item = PhotoId> {
        self.photos.iter().map(|change| change.id)
    }

    /// Brings a project and photos to one side of the step.
    pub fn apply(&self, side: Side, project: &mut Project, photos: &mut [Photo]) {
        put(&mut project.name, self.name.as_ref(), side);
        if let Some(head) = &self.gone_head {
            head.apply(side, project);
        }
        let wanted = |change: &'_ (ClassId, Change<Option<Placed>>)| change.1.to(side).clone();
        let moved = |id: ClassId| self.classes.iter().any(|(other, _)| *other == id);
        project.classes.retain(|class| !moved(class.id));
        let mut back: Vec<(usize, Class)> = self
            .classes
            .iter()
            .filter_map(|change| wanted(change).map(|Placed { name, at }| (at, Class { id: change.0, name })))
            .collect();
        back.sort_by_key(|(at, _)| *at);
        for (at, class) in back {
            project.classes.insert(at.min(project.classes.len()), class);
        }
        let changes: BTreeMap<PhotoId, &PhotoChange> = self.photos.iter().map(|change| (change.id, change)).collect();
        for photo in photos {
            if let Some(change) = changes.get(&photo.id) {
                change.apply(side, photo);
            }
        }
    }
}

/// Classes that are new, gone, named anew or in another order.
fn classes_between(before: &[Class], after: &[Class]) -> Vec<(ClassId, Change<Option<Placed>>)> {
    let placed = |classes: &[Class], id: ClassId| {
        let at = classes.iter().position(|class| class.id == id)?;
        Some(Placed { name: classes[at].name.clone(), at })
    };
    let common = |these: &[Class], those: &[Class]| -> Vec<ClassId> {
        these.iter().map(|class| class.id).filter(|id| those.iter().any(|class| class.id == *id)).collect()
    };
    let reordered = common(before, after) != common(after, before);
    let mut all: Vec<ClassId> = before.iter().chain(after).map(|class| class.id).collect();
    all.sort_unstable();
    all.dedup();
    let change = |id| {
        let (was, is) = (placed(before, id), placed(after, id));
        let same = was.as_ref().map(|placed| &placed.name) == is.as_ref().map(|placed| &placed.name) && !reordered;
        Change::between(&was, &is).filter(|_| !same).map(|change| (id, change))
    };
    all.into_iter().filter_map(change).collect()
}
