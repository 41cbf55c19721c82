//! What a head is called, in words.

use crate::ui::{
    i18n::{self, Words, t_string},
    state::HeadName,
};

/// The name.
pub(super) fn head_name(i18n: Words, name: &HeadName) -> String {
    match name {
        HeadName::Instant => t_string!(i18n, heads.instant).to_owned(),
        HeadName::Trained => t_string!(i18n, heads.trained).to_owned(),
        HeadName::TrainedAt(moment) => t_string!(i18n, heads.trained_at, when = i18n::day_and_time(moment)).to_string(),
        HeadName::Opened(name) if name.is_empty() => t_string!(i18n, heads.opened).to_owned(),
        HeadName::Opened(name) => name.clone(),
    }
}
