//! Where a project is kept: ordered tables of bytes with one atomic write. `IndexedDB` in the browser, memory in tests and as
//! the last resort.

pub mod keys;
mod memory;

#[cfg(target_arch = "wasm32")]
mod any;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
#[cfg(target_arch = "wasm32")]
mod whole_database;

#[cfg(target_arch = "wasm32")]
pub use any::AnyStore;
#[cfg(target_arch = "wasm32")]
pub use indexed_db::{DATABASE, IndexedDbStore};
pub use memory::MemoryStore;

/// The version of everything that is stored, tables and records. It is counted up when a table is added, or when an older app
/// would lose or misread what a newer one writes; an older app then refuses to open it. A record with one more field that an
/// older app may drop needs no new version: the field has `#[serde(default)]`. `tests/schema.rs` opens what each of them wrote.
///
/// 1. Projects, photos, features, heads.
/// 2. The journal of imports.
/// 3. The steps that can be taken back; photos stay in the trash for some days.
/// 4. Several heads of a project, and removed ones.
pub const SCHEMA: u32 = 4;

/// A table; its keys are ordered text, its values bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// Projects and settings, as JSON.
    Projects,
    /// Photo records, as JSON, under `project/photo`.
    Photos,
    /// Stored copies, as JPEG, under `project/photo`.
    Copies,
    /// Thumbnails, as JPEG, under `project/photo`.
    Thumbs,
    /// Blocks of cached pools, under `project/space/block`. May be evicted: they can be computed again.
    Features,
    /// Head records, as JSON, under `project/head`.
    Heads,
    /// Head files, under `project/head`.
    HeadFiles,
    /// Imports that are not through, as JSON, under `project/entry` and `project/entry/through`.
    Journal,
    /// What a person did, as JSON, under `project/step`.
    Steps,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Projects,
        Self::Photos,
        Self::Copies,
        Self::Thumbs,
        Self::Features,
        Self::Heads,
        Self::HeadFiles,
        Self::Journal,
        Self::Steps,
    ];

    /// The schema that it came with.
    pub fn since(self) -> u32 {
        match self {
            Self::Journal => 2,
            Self::Steps => 3,
            _ => 1,
        }
    }

    /// Its name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Photos => "photos",
            Self::Copies => "copies",
            Self::Thumbs => "thumbs",
            Self::Features => "features",
            Self::Heads => "heads",
            Self::HeadFiles => "head-files",
            Self::Journal => "journal",
            Self::Steps => "steps",
        }
    }
}

/// One change within a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Set a value.
    Put(Table, String, Vec<u8>),
    /// Remove a key; fine if it is not there.
    Delete(Table, String),
    /// Remove all keys that begin with a text; fine if there are none.
    DeleteAll(Table, String),
}

impl Write {
    /// The table that it changes.
    pub fn table(&self) -> Table {
        match self {
            Self::Put(table, ..) | Self::Delete(table, _) | Self::DeleteAll(table, _) => *table,
        }
    }
}

/// Why a store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The device has no room; nothing of the commit was written.
    #[error("storage is full")]
    Full,
    /// The data was written by a newer version of the app; nothing was touched.
    #[error("the data has a newer version than this app")]
    Newer,
    /// There is no storage here, or it stopped working.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// Ordered tables of bytes.
#[allow(async_fn_in_trait, reason = "one thread: nothing here needs Send")]
pub trait Store {
    /// The value of a key.
    ///
    /// # Errors
    /// When the store has stopped working.
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// All keys that begin with `prefix`, in order, with their values.
    ///
    /// # Errors
    /// When the store has stopped working.
    async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError>;

    /// All changes or none; complete and durable when it returns.
    ///
    /// # Errors
    /// [`StoreError::Full`] when the device has no room, with nothing written.
    async fn commit(&self, writes: Vec<Write>) -> Result<(), StoreError>;

    /// Whether what is written is still there after a reload.
    fn is_durable(&self) -> bool;
}
