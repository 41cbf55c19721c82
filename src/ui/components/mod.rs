//! Parts of the page that know no context: everything comes in by props, words too.

mod bar;
mod curve;
mod file_input;
mod icon;
mod key;
mod name_edit;
mod range;
mod thumb;
mod when;
mod whisker;

pub(super) use bar::Bar;
pub(super) use curve::{Curve, Line};
pub(super) use file_input::FileInput;
pub(super) use icon::{Icon, Sprite};
pub(super) use key::{ClassKey, KeySize, Mark};
pub(super) use name_edit::NameEdit;
pub(super) use range::Range;
pub(super) use thumb::Thumb;
pub(super) use when::When;
pub(super) use whisker::Whisker;
