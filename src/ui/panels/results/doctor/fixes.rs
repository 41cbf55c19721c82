//! What can be done about a finding, each with its key.

use crate::{
    dataset::{ClassId, PhotoId},
    protocol::{Finding, FindingKind},
    ui::{
        i18n::{Words, t_string},
        page::Page,
        panels::classes,
        state::State,
    },
};

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Put the photo into a class.
    Place(ClassId),
    /// Keep a photo and nothing else.
    Exclude(PhotoId),
    /// Move a photo to the trash.
    Remove(PhotoId),
    /// All is right as it is.
    Keep,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fix {
    pub(super) act: Act,
    pub(super) label: String,
    pub(super) key: Option<String>,
    /// `primary` on the current item, `quiet` or `plain`.
    pub(super) look: &'static str,
}

/// The keys that keep, exclude and remove.
const ENTER: &str = "↵";
const EXCLUDE: &str = "X";
const DELETE: &str = "⌫";

/// The buttons of a finding.
pub(super) fn fixes(i18n: Words, state: &State, finding: &Finding) -> Vec<Fix> {
    let photo = finding.photo;
    let Some(own) = state.photos.class_of(photo) else { return Vec::new() };
    let name = |id| classes::name(state, id);
    let key = |id| classes::key(state, id);
    let fix = |act, label: String, key: Option<String>, look| Fix { act, label, key, look };
    let delete =
        |look| fix(Act::Remove(photo), t_string!(i18n, doctor.delete).to_string(), Some(DELETE.to_owned()), look);
    let exclude =
        |look| fix(Act::Exclude(photo), t_string!(i18n, doctor.exclude).to_string(), Some(EXCLUDE.to_owned()), look);
    let keep = |label: &str| fix(Act::Keep, label.to_owned(), Some(ENTER.to_owned()), "plain");
    match finding.kind {
        FindingKind::LooksLike { class, .. } => vec![
            fix(
                Act::Place(class),
                t_string!(i18n, doctor.move_to, name = name(class)).to_string(),
                key(class),
                "primary",
            ),
            fix(Act::Keep, t_string!(i18n, doctor.it_is, name = name(own)).to_string(), key(own), "quiet"),
            exclude("plain"),
            delete("plain"),
        ],
        FindingKind::TwinElsewhere { other } => {
            let elsewhere = state.photos.class_of(other).unwrap_or(own);
            let stay = |id, gone| {
                fix(Act::Remove(gone), t_string!(i18n, doctor.keep_in, name = name(id)).to_string(), key(id), "quiet")
            };
            vec![stay(own, other), stay(elsewhere, photo), keep(t_string!(i18n, doctor.both_right))]
        }
        FindingKind::Twin { .. } => vec![delete("quiet"), keep(t_string!(i18n, doctor.keep_both))],
        FindingKind::Outlier | FindingKind::Flaw(_) => {
            vec![delete("quiet"), exclude("plain"), keep(t_string!(i18n, doctor.keep))]
        }
    }
}

/// What a key does about a finding.
pub(super) fn act_of_key(page: Page, finding: &Finding, fixes: &[Fix], key: &str) -> Option<Act> {
    let by_key = |wanted: &str| fixes.iter().find(|fix| fix.key.as_deref() == Some(wanted)).map(|fix| fix.act);
    match key {
        "Delete" | "Backspace" => by_key(DELETE),
        "x" | "X" => by_key(EXCLUDE),
        // What has no key of its own for it is kept by its class's number.
        "Enter" => by_key(ENTER).or(Some(Act::Keep)),
        _ => by_key(key).or_else(|| {
            let placed = matches!(finding.kind, FindingKind::LooksLike { .. } | FindingKind::Outlier);
            let class = classes::of_key(page, key).filter(|_| placed)?;
            let own = page.with_untracked(|state| state.photos.class_of(finding.photo));
            Some(if own == Some(class) { Act::Keep } else { Act::Place(class) })
        }),
    }
}

/// Does it.
pub(super) fn perform(page: Page, finding: &Finding, act: Act) {
    match act {
        Act::Place(class) => page.move_photos(vec![finding.photo], class),
        Act::Exclude(photo) => page.exclude_photos(vec![photo], true),
        Act::Remove(photo) => page.remove_photos(vec![photo]),
        Act::Keep => {
            let settled = page.with_untracked(|state| state.settles(finding));
            page.keep_photos(settled.into_iter().collect());
        }
    }
}
