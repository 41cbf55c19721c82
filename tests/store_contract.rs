//! The laws of a store, on the one in memory.
#![cfg(not(target_arch = "wasm32"))]

#[macro_use]
#[path = "support/store_contract.rs"]
mod store_contract;

use headstart::store::{MemoryStore, Store, StoreError, Table, Write};

struct Memory(MemoryStore);

impl store_contract::Place for Memory {
    type Store = MemoryStore;

    async fn open(&self) -> MemoryStore {
        self.0.clone()
    }
}

store_contract!(tokio::test, Memory(MemoryStore::new()));

#[tokio::test]
async fn a_full_store_writes_nothing_of_a_commit() {
    let store = MemoryStore::with_limit(10);
    let put = |key: &str, bytes: usize| Write::Put(Table::Copies, key.to_owned(), vec![0; bytes]);
    store.commit(vec![put("1", 6)]).await.expect("room");

    let refused = store.commit(vec![put("2", 1), put("3", 4)]).await;

    assert_eq!(refused, Err(StoreError::Full));
    assert_eq!(store.get(Table::Copies, "2").await, Ok(None));
    let exchanged = store.commit(vec![put("3", 10), Write::Delete(Table::Copies, "1".to_owned())]).await;
    assert_eq!(exchanged, Ok(()), "what a commit removes makes room for what it puts");
}
