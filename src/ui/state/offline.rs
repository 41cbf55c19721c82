//! How the page stands without a network, as `static/offline.js` tells it in words.

/// What the page knows of its service worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Offline {
    /// This version is on the device and starts without a network.
    pub kept: bool,
    /// A new version is ready.
    pub update: bool,
    /// The new version was asked for, and another tab has this one open.
    pub other_tabs: bool,
    /// Nothing enforces the policy: the host sends none, and the browser has no service worker.
    pub unruled: bool,
}

impl Offline {
    /// Reads the words; one that is not known says nothing.
    pub fn of(words: &str) -> Self {
        let has = |word| words.split(' ').any(|said| said == word);
        Self { kept: has("kept"), update: has("update"), other_tabs: has("tabs"), unruled: has("unruled") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_whole_and_in_any_order() {
        assert_eq!(Offline::of(""), Offline::default());
        assert_eq!(Offline::of("update kept"), Offline { kept: true, update: true, ..Offline::default() });
        assert_eq!(
            Offline::of("tabs unruled later"),
            Offline { other_tabs: true, unruled: true, ..Offline::default() }
        );
        assert_eq!(Offline::of("unkept"), Offline::default());
    }
}
