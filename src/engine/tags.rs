//! How the instant head does on photos of each tag, counted anew when it or the tags change.

use super::{Engine, PhotoSource, session::Session};
use crate::{
    dataset::PhotoId,
    metrics::{Answered, OfTag, by_tag, largest_gap},
    protocol::{Event, Judged, TagReport, TagScore},
    store::Store,
};
use std::collections::BTreeMap;

/// Most tags; of more those with the most photos are looked at.
const MOST: usize = 24;

/// What the page was told of last.
#[derive(Default)]
pub(super) struct Tags {
    /// The revisions of the heads and of the tags.
    known: (u64, u64),
    told: bool,
}

impl Session {
    fn tags_now(&self) -> (u64, u64) {
        (self.heads_revision, self.tags_revision)
    }

    /// The tags of the judged photos, each with its photos, by name.
    fn tagged(&self, judged: &[PhotoId]) -> Vec<(String, Vec<PhotoId>)> {
        let mut tags = BTreeMap::<String, Vec<PhotoId>>::new();
        for photo in judged.iter().filter_map(|id| self.photos.get(id)) {
            for tag in &photo.tags {
                tags.entry(tag.clone()).or_default().push(photo.id);
            }
        }
        let mut tags: Vec<(String, Vec<PhotoId>)> = tags.into_iter().collect();
        if tags.len() > MOST {
            tags.sort_by_key(|(_, photos)| std::cmp::Reverse(photos.len()));
            tags.truncate(MOST);
            tags.sort();
        }
        tags
    }

    fn tag_report(&self) -> TagReport {
        let judged = self.instant.judged();
        let ids: Vec<PhotoId> = judged.iter().map(|judged| judged.photo).collect();
        let tags = self.tagged(&ids);
        let answered = |judged: &&Judged| Answered {
            class: judged.class.0 as usize,
            burst: judged.burst,
            right: judged.answer == judged.class,
            tags: (0..tags.len()).filter(|at| tags[*at].1.binary_search(&judged.photo).is_ok()).collect(),
        };
        let found = by_tag(&judged.iter().map(answered).collect::<Vec<_>>(), tags.len());
        let largest = largest_gap(&found);
        let score = |((tag, _), of): ((String, _), OfTag)| TagScore { tag, of };
        TagReport { tags: tags.into_iter().zip(found).map(score).collect(), largest }
    }
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Whether the tags have to be looked at again.
    pub(super) fn tags_are_due(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.tags.known != session.tags_now())
    }

    /// Looks at all tags: some tens of milliseconds for as many photos as the instant head takes.
    pub(super) fn step_tags(&mut self) {
        let Some(session) = &mut self.session else { return };
        session.tags.known = session.tags_now();
        let report = session.tag_report();
        let told = std::mem::replace(&mut session.tags.told, !report.tags.is_empty());
        if told || session.tags.told {
            self.emit(Event::ByTag(report));
        }
    }
}
