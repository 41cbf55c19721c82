//! What a manifest must fulfil before anything of it is kept: every number names something that is there, once.

use super::{MOST_HEADS, MOST_PHOTOS, Manifest, damaged};
use crate::{
    dataset::{self, HeadId, Photo, Project, Role},
    protocol::{Failure, HeadView},
};
use std::collections::{HashMap, HashSet};

/// Ids are written with eight digits.
const LARGEST_ID: u32 = 99_999_999;

type Checked = Result<(), Failure>;

/// Names as this app would have taken them in.
pub(super) fn tidy(manifest: &mut Manifest) {
    let project = &mut manifest.project;
    project.name = dataset::name(&project.name);
    for class in &mut project.classes {
        class.name = dataset::name(&class.name);
    }
    project.removed_heads.clear();
    for packed in &mut manifest.heads {
        packed.view.name = dataset::plain(&packed.view.name);
    }
    for packed in &mut manifest.photos {
        let photo = &mut packed.photo;
        photo.name = dataset::plain(&photo.name);
        photo.tags.iter_mut().for_each(|tag| *tag = dataset::name(tag));
        photo.tags.retain(|tag| !tag.is_empty());
    }
}

/// All of it.
pub(super) fn manifest(manifest: &Manifest) -> Checked {
    if manifest.photos.len() > MOST_PHOTOS || manifest.heads.len() > MOST_HEADS {
        return Err(damaged(format!("{} photos and {} heads", manifest.photos.len(), manifest.heads.len())));
    }
    project(&manifest.project)?;
    photos(&manifest.project, manifest.photos.iter().map(|packed| &packed.photo))?;
    heads(&manifest.project, manifest.heads.iter().map(|packed| &packed.view))?;
    let hashes = manifest.photos.iter().flat_map(|packed| [&packed.copy_sha256, &packed.thumbnail_sha256]).flatten();
    let hashes = hashes.chain(manifest.heads.iter().map(|packed| &packed.sha256));
    let hashes = hashes.chain(manifest.photos.iter().map(|packed| &packed.photo.sha256));
    all(hashes, |hash| is_sha256(hash), "a hash that is none")
}

fn project(project: &Project) -> Checked {
    let classes = &project.classes;
    once(classes.iter().map(|class| class.id), "a class that is there twice")?;
    once(classes.iter().map(|class| &class.name), "two classes of one name")?;
    all(classes, |class| !class.name.trim().is_empty(), "a class without a name")?;
    all(classes, |class| class.id.0 < project.next_class, "a class with a number that is not given yet")?;
    let next = [project.next_class, project.next_photo, project.next_head];
    all(next, |next| next <= LARGEST_ID, "numbers that are too large")?;
    if project.false_unknown_percent > 100 { Err(damaged("more than 100 percent")) } else { Ok(()) }
}

fn photos<'a>(project: &Project, photos: impl Iterator<Item = &'a Photo> + Clone) -> Checked {
    let has_class = |photo: &Photo| photo.class.is_none_or(|class| project.class(class).is_some());
    once(photos.clone().map(|photo| photo.id), "a photo that is there twice")?;
    all(photos.clone(), |photo| photo.id.0 < project.next_photo, "a photo with a number that is not given yet")?;
    all(photos.clone(), has_class, "a photo of a class that is not there")?;
    all(photos.clone(), |photo| photo.trashed_ms.is_none(), "a photo from the trash")?;
    all(photos.clone(), |photo| photo.burst.is_none_or(|burst| burst.0 <= LARGEST_ID), "numbers that are too large")?;
    let mut roles: HashMap<&str, Role> = HashMap::new();
    for photo in photos {
        if roles.insert(&photo.sha256, photo.role).is_some_and(|role| role != photo.role) {
            return Err(damaged("one photo in the training set and in the test set"));
        }
    }
    Ok(())
}

fn heads<'a>(project: &Project, heads: impl Iterator<Item = &'a HeadView> + Clone) -> Checked {
    once(heads.clone().map(|head| head.id), "a head that is there twice")?;
    all(heads.clone(), |head| head.id.0 < project.next_head, "a head with a number that is not given yet")?;
    let named: Vec<HeadId> = project.made_heads.iter().chain(&project.instant_head).copied().collect();
    once(named.iter(), "a head that is named twice")?;
    all(heads.clone(), |head| named.contains(&head.id), "a head that belongs to nothing")?;
    let there = |head: HeadId| heads.clone().any(|view| view.id == head);
    all(named.iter().copied().chain(project.active_head), there, "a head that is not there")?;
    let fits = |head: &HeadView| head.score.as_ref().is_none_or(|score| score.per_class.len() == head.classes.len());
    all(heads, fits, "a score of other classes")
}

fn once<T: Eq + std::hash::Hash>(mut things: impl Iterator<Item = T>, otherwise: &str) -> Checked {
    let mut seen = HashSet::new();
    if things.all(|thing| seen.insert(thing)) { Ok(()) } else { Err(damaged(otherwise)) }
}

fn all<T>(things: impl IntoIterator<Item = T>, is_right: impl Fn(T) -> bool, otherwise: &str) -> Checked {
    if things.into_iter().all(is_right) { Ok(()) } else { Err(damaged(otherwise)) }
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
