//! The class key: colour, number and name's place in one mark.

use crate::ui::live::live;
use leptos::prelude::*;

/// Colours of the class keys; with more classes they repeat, and letters take the numbers' place.
const COLOURS: usize = 12;

/// What stands on a class's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) struct Mark {
    colour: usize,
    text: String,
}

impl Mark {
    /// Of the class at that place among so many. A class without a place has no colour.
    pub(in crate::ui) fn new(place: Option<usize>, name: &str, of: usize) -> Self {
        let letters = || name.chars().take(2).collect();
        match place {
            Some(at) if of <= COLOURS => Self { colour: at + 1, text: (at + 1).to_string() },
            Some(at) => Self { colour: at % COLOURS + 1, text: letters() },
            None => Self { colour: 0, text: letters() },
        }
    }

    /// The class name that sets the colours of what it stands on.
    pub(in crate::ui) fn colour(&self) -> String {
        format!("k{}", self.colour)
    }
}

/// How large a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum KeySize {
    Small,
    #[default]
    Medium,
}

/// The key of a class. Its name stands beside it, so the key itself says nothing to a screen reader.
#[component]
pub(in crate::ui) fn ClassKey(#[prop(into)] mark: Signal<Mark>, #[prop(optional)] size: KeySize) -> impl IntoView {
    let size = if size == KeySize::Small { "s" } else { "" };
    view! {
        <span class=live(move || format!("key {} {size}", mark.with(Mark::colour))) aria-hidden="true">
            {live(move || mark.with(|mark| mark.text.clone()))}
        </span>
    }
}
