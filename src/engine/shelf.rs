//! The heads that a project has, and which of them answers.

use super::session::{Session, json};
use crate::{
    dataset::{HeadId, MOST_MADE_HEADS, Project, ProjectId, Steps},
    head::Head,
    protocol::{HeadOrigin, HeadView, Heads},
    store::{Table, Write, keys},
};
use std::rc::Rc;

/// The heads of a project.
#[derive(Clone, Default)]
pub(super) struct Shelf {
    /// The one that is fitted as photos arrive.
    pub(super) instant: Option<KeptHead>,
    /// Those that were trained or opened, the last one last.
    pub(super) made: Vec<KeptHead>,
}

/// A head, and what the page shows of it.
#[derive(Clone)]
pub(super) struct KeptHead {
    /// Shared, so that the shelf can be copied while a new head is kept.
    pub(super) head: Rc<Head>,
    pub(super) view: HeadView,
}

impl Shelf {
    pub(super) fn get(&self, id: HeadId) -> Option<&KeptHead> {
        self.all().find(|kept| kept.view.id == id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &KeptHead> {
        self.instant.iter().chain(&self.made)
    }

    /// What the page needs to know.
    pub(super) fn heads(&self, project: &Project) -> Heads {
        Heads {
            all: self.all().map(|kept| kept.view.clone()).collect(),
            active: project.active_head,
            chosen: project.head_chosen,
            false_unknown_percent: project.false_unknown_percent,
        }
    }

    /// Of the instant head and the one that was made last, the one that is better on the same photos: those of the trained
    /// head's score. The two scores themselves are of other photos, a fifth and all of them, and chance would decide. The
    /// instant head answers where they are equal: it knows every photo, also those that came since.
    fn better(&self) -> Option<HeadId> {
        let made = self.made.last().filter(|made| {
            let accuracy = made.view.score.as_ref().map(|score| score.accuracy);
            self.instant.is_none()
                || accuracy.zip(made.view.instant_accuracy).is_some_and(|(made, instant)| made > instant)
        });
        made.or(self.instant.as_ref()).map(|kept| kept.view.id)
    }
}

/// The writes that keep a head in a project.
pub(super) fn head_writes(project: ProjectId, view: &HeadView, file: Vec<u8>) -> [Write; 2] {
    let key = keys::head(project, view.id);
    [Write::Put(Table::Heads, key.clone(), json(view)), Write::Put(Table::HeadFiles, key, file)]
}

impl Session {
    /// The head that answers.
    pub(super) fn active(&self) -> Option<&KeptHead> {
        self.project.active_head.and_then(|head| self.shelf.get(head))
    }

    /// What the page needs to know of the heads.
    pub(super) fn heads(&self) -> Heads {
        self.shelf.heads(&self.project)
    }

    /// Decides which head answers: the one that the person chose, while it is there.
    pub(super) fn pick_active(&mut self) {
        let project = &mut self.project;
        project.head_chosen &= project.active_head.is_some_and(|head| self.shelf.get(head).is_some());
        if !project.head_chosen {
            project.active_head = self.shelf.better();
        }
    }

    /// Puts a head on the shelf; one that was opened answers. The head that has to go for it, if any: there is one instant head,
    /// and of the others the oldest that was removed makes room, or the oldest that does not answer.
    pub(super) fn put_on_shelf(&mut self, kept: KeptHead) -> Option<HeadId> {
        let (project, id, origin) = (&mut self.project, kept.view.id, kept.view.origin);
        if origin == HeadOrigin::Instant {
            project.instant_head = Some(id);
            let before = self.shelf.instant.replace(kept);
            return before.map(|before| before.view.id).filter(|before| *before != id);
        }
        self.shelf.made.push(kept);
        project.made_heads.push(id);
        project.head_chosen = origin == HeadOrigin::Opened;
        if project.head_chosen {
            project.active_head = Some(id);
        }
        if project.made_heads.len() + project.removed_heads.len() <= MOST_MADE_HEADS {
            return None;
        }
        if !project.removed_heads.is_empty() {
            return Some(project.removed_heads.remove(0));
        }
        let at = self.shelf.made.iter().position(|made| Some(made.view.id) != project.active_head)?;
        let oldest = self.shelf.made.remove(at).view.id;
        project.made_heads.retain(|made| *made != oldest);
        Some(oldest)
    }

    /// The project as another one begins with it: without its past, and with the heads that are there.
    pub(super) fn project_to_copy(&self) -> Project {
        Project {
            made_heads: self.shelf.made.iter().map(|kept| kept.view.id).collect(),
            removed_heads: Vec::new(),
            steps: Steps::default(),
            ..self.project.clone()
        }
    }

    /// The writes that keep a head.
    pub(super) fn head_writes(&self, kept: &KeptHead, file: Vec<u8>) -> [Write; 2] {
        head_writes(self.project.id, &kept.view, file)
    }

    /// The writes that end a head.
    pub(super) fn head_end(&self, head: HeadId) -> [Write; 2] {
        let key = keys::head(self.project.id, head);
        [Write::Delete(Table::Heads, key.clone()), Write::Delete(Table::HeadFiles, key)]
    }
}
