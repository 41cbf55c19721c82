//! The parts of the page that read the state and compose components.

mod class_pick;
pub(super) mod classes;
mod elsewhere;
mod empty;
mod engine_menu;
mod history;
pub(super) mod inputs;
mod language;
mod notices;
mod photos;
mod privacy;
mod project_file;
mod projects;
mod results;
mod share_line;
mod tabbar;
mod tag_pick;
mod task;
mod test_buttons;
mod test_counts;
mod toasts;
mod topbar;
mod training;
mod version;

pub(super) use elsewhere::{Held, join_tabs};
pub(super) use empty::{EmptyIntro, EmptyRest};
pub(super) use inputs::Inputs;
pub(super) use language::{Foot, LanguageFailed, Shown};
pub(super) use notices::NoticeList;
pub(super) use photos::Photos;
pub(super) use results::{Results, bar, marks};
pub(super) use tabbar::TabBar;
pub(super) use toasts::Toasts;
pub(super) use topbar::TopBar;
pub(super) use training::Training;
pub(super) use version::follow as follow_version;
