//! What can be taken back and made again.

use super::{State, Told};
use crate::{dataset::Deed, protocol::News};

/// The next steps each way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct History {
    /// The last step.
    pub undo: Option<Deed>,
    /// The step that was taken back last.
    pub redo: Option<Deed>,
    /// Photos in the trash.
    pub trashed: u32,
}

impl State {
    /// The engine told of it.
    pub(super) fn take_history(&mut self, history: History, news: News) {
        self.history = history;
        match news {
            News::Done(deed) | News::Redone(deed) if !is_seen(&deed) => self.notices.tell(Told::Done(deed)),
            News::Undone(deed) => self.notices.tell(Told::Undone(deed)),
            _ => self.notices.tell_no_step(),
        }
    }
}

/// Whether what was done shows where it was done: then no toast tells it.
fn is_seen(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Added { .. }
            | Deed::ClassAdded { .. }
            | Deed::ClassRenamed { .. }
            | Deed::ClassShifted { .. }
            | Deed::ProjectRenamed { .. }
    )
}
