//! Parts of the page that know no context: everything comes in by props, words too.

mod bar;
mod curve;
mod data_table;
mod file_input;
mod growth;
mod histogram;
mod icon;
mod key;
mod matrix;
mod menu;
mod name_edit;
mod path;
mod range;
mod thumb;
mod when;
mod whisker;

pub(super) use bar::Bar;
pub(super) use curve::{Curve, Line};
pub(super) use data_table::{DataTable, Rows};
pub(super) use file_input::FileInput;
pub(super) use growth::{Dot, Growth, GrowthChart, dot_id};
pub(super) use histogram::{Bars, Column, Reliability, bar_id};
pub(super) use icon::{Icon, Sprite};
pub(super) use key::{ClassKey, KeySize, Mark};
pub(super) use matrix::{Cell, Matrix, Place, Square, Tone, cell_id};
pub(super) use menu::{close_behind, menu_key};
pub(super) use name_edit::NameEdit;
pub(super) use range::Range;
pub(super) use thumb::{Picture, Thumb};
pub(super) use when::When;
pub(super) use whisker::Whisker;
