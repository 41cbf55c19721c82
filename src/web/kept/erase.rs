//! Deletes everything, and looks again.

use super::browser;
use crate::store::{DATABASE, IndexedDbStore};

/// What is still there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Left {
    /// Each thing by its name.
    pub things: Vec<String>,
    /// What the browser says that this address takes, in bytes; none where it does not say.
    pub usage_bytes: Option<u64>,
}

/// Deletes everything that the page keeps. End the engine before: it would write on. `blocked` is called when a tab that does
/// not let go is waited for; what is still there is looked for anew afterwards, with the browser's own lists.
pub async fn erase(blocked: impl FnMut() + 'static) -> Left {
    browser::delete_settings();
    // First: it may be keeping files.
    browser::end_service_workers().await;
    for name in browser::cache_names().await {
        browser::delete_cache(&name).await;
    }
    let failed = IndexedDbStore::delete(DATABASE, blocked).await.err();
    let mut left = left().await;
    left.things.extend(failed.map(|error| error.to_string()));
    left
}

async fn left() -> Left {
    let databases = browser::databases().await.unwrap_or_default();
    let mut things: Vec<String> = databases.into_iter().filter(|name| name == DATABASE).collect();
    things.extend(browser::cache_names().await);
    things.extend(browser::service_workers().await);
    things.extend(browser::settings().into_iter().map(|(name, _)| name));
    Left { things, usage_bytes: browser::settled_usage_bytes().await }
}
