//! How much of what lies on the device.

use super::browser;
use crate::store::{DATABASE, IndexedDbStore, StoreError, Table};

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Records of photos and projects: names, classes, times.
    Records,
    /// Copies of the photos.
    Copies,
    /// Small pictures of the photos.
    Thumbs,
    /// What the network sees in the photos.
    Features,
    /// Heads.
    Heads,
    /// The app's own files.
    App,
    /// Settings.
    Settings,
}

/// How much there is of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    /// Of what.
    pub part: Part,
    /// How many.
    pub count: usize,
    /// How large, in bytes.
    pub bytes: u64,
}

/// Everything that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Part by part.
    pub parts: Vec<Amount>,
    /// What the browser says that this address takes, in bytes; none where it does not say.
    pub usage_bytes: Option<u64>,
    /// Whether the browser promised to keep it when the device is short of room; none where it makes no promises.
    pub for_good: Option<bool>,
}

const TABLES: [(Part, &[Table]); 5] = [
    (Part::Records, &[Table::Projects, Table::Photos]),
    (Part::Copies, &[Table::Copies]),
    (Part::Thumbs, &[Table::Thumbs]),
    (Part::Features, &[Table::Features]),
    (Part::Heads, &[Table::Heads, Table::HeadFiles]),
];

/// Looks through everything.
pub async fn look() -> Kept {
    // Without a database there is nothing in it.
    let mut parts = in_database().await.unwrap_or_default();
    let mut app = Amount { part: Part::App, count: 0, bytes: 0 };
    for name in browser::cache_names().await {
        let (count, bytes) = browser::cache_size(&name).await;
        app.count += count;
        app.bytes += bytes;
    }
    let settings = browser::settings();
    let bytes = settings.iter().map(|(name, value)| (name.len() + value.len()) as u64).sum();
    parts.extend([app, Amount { part: Part::Settings, count: settings.len(), bytes }]);
    Kept { parts, usage_bytes: browser::usage_bytes().await, for_good: browser::is_for_good().await }
}

async fn in_database() -> Result<Vec<Amount>, StoreError> {
    let store = IndexedDbStore::open(DATABASE).await?;
    let mut amounts = Vec::new();
    for (part, tables) in TABLES {
        let mut amount = Amount { part, count: 0, bytes: 0 };
        for table in tables {
            let (count, bytes) = store.size(*table).await?;
            amount.bytes += bytes;
            // A head's record and file are one head; a project has one record besides those of its photos.
            if !matches!(table, Table::Projects | Table::HeadFiles) {
                amount.count += count;
            }
        }
        amounts.push(amount);
    }
    store.close();
    Ok(amounts)
}

/// Asks the browser not to delete anything by itself; its answer, none where it makes no promises.
pub async fn keep_for_good() -> Option<bool> {
    browser::ask_for_good().await
}
