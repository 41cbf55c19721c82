//! The store of a browser that may keep nothing.

use super::{IndexedDbStore, MemoryStore, Store, StoreError, Table, Write};

/// `IndexedDB` where it works, memory where it does not (some private windows).
#[derive(Debug)]
pub enum AnyStore {
    /// Kept on the device.
    IndexedDb(IndexedDbStore),
    /// Gone with the worker.
    Memory(MemoryStore),
}

impl Store for AnyStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.get(table, key).await,
            Self::Memory(store) => store.get(table, key).await,
        }
    }

    async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        match self {
            Self::IndexedDb(store) => store.scan(table, prefix).await,
            Self::Memory(store) => store.scan(table, prefix).await,
        }
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        match self {
            Self::IndexedDb(store) => store.commit(writes).await,
            Self::Memory(store) => store.commit(writes).await,
        }
    }

    fn is_durable(&self) -> bool {
        match self {
            Self::IndexedDb(store) => store.is_durable(),
            Self::Memory(store) => store.is_durable(),
        }
    }
}
