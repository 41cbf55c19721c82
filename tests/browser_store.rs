//! The laws of a store, in a browser's worker: on its database, and on the store in memory.
#![cfg(target_arch = "wasm32")]

#[macro_use]
#[path = "support/store_contract.rs"]
mod store_contract;

use headstart::store::{IndexedDbStore, MemoryStore, Store, StoreError, Table, Write};
use js_sys::{Function, Promise};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbFactory, WorkerGlobalScope};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

thread_local! {
    static DATABASES: Cell<u32> = const { Cell::new(0) };
}

struct Database(String);

impl Database {
    /// One that no other test, and no earlier run, has used.
    fn fresh() -> Self {
        let number = DATABASES.replace(DATABASES.get() + 1);
        Self(format!("test-{}-{number}", js_sys::Date::now()))
    }
}

impl store_contract::Place for Database {
    type Store = IndexedDbStore;

    async fn open(&self) -> IndexedDbStore {
        IndexedDbStore::open(&self.0).await.expect("a browser with storage")
    }
}

struct Memory(MemoryStore);

impl store_contract::Place for Memory {
    type Store = MemoryStore;

    async fn open(&self) -> MemoryStore {
        self.0.clone()
    }
}

mod indexed_db {
    use super::{Database, wasm_bindgen_test};

    store_contract!(wasm_bindgen_test, Database::fresh());
}

mod memory {
    use super::{Memory, MemoryStore, wasm_bindgen_test};

    store_contract!(wasm_bindgen_test, Memory(MemoryStore::new()));
}

fn one_photo() -> Vec<Write> {
    vec![Write::Put(Table::Photos, "1".to_owned(), b"here".to_vec())]
}

/// Opens a database at a version of its own, as a newer app would, and closes it again.
async fn open_at_version(name: &str, version: u32) {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let factory: IdbFactory = scope.indexed_db().expect("storage").expect("storage");
    let request = factory.open_with_u32(name, version).expect("a valid version");
    let opened = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.expect("nobody is in the way");
    request.result().expect("opened").unchecked_into::<web_sys::IdbDatabase>().close();
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_app_is_left_alone() {
    let name = Database::fresh().0;
    open_at_version(&name, 2).await;
    assert_eq!(IndexedDbStore::open(&name).await.err(), Some(StoreError::Newer));
}

#[wasm_bindgen_test]
async fn an_open_store_gives_way_to_a_newer_app() {
    let name = Database::fresh().0;
    let store = IndexedDbStore::open(&name).await.expect("a browser with storage");
    store.commit(one_photo()).await.expect("room");

    open_at_version(&name, 2).await; // would wait for ever if the store stayed open

    assert!(matches!(store.commit(one_photo()).await, Err(StoreError::Failed(_))));
}

#[wasm_bindgen_test]
async fn a_closed_store_still_writes_what_was_under_way() {
    let name = Database::fresh().0;
    let store = IndexedDbStore::open(&name).await.expect("a browser with storage");
    let mut writing = Box::pin(store.commit(one_photo()));
    let begun = std::future::poll_fn(|context| std::task::Poll::Ready(writing.as_mut().poll(context))).await;
    assert!(begun.is_pending());

    store.close();

    assert_eq!(writing.await, Ok(()));
    let again = IndexedDbStore::open(&name).await.expect("a browser with storage");
    assert_eq!(again.get(Table::Photos, "1").await, Ok(Some(b"here".to_vec())));
}

#[wasm_bindgen_test]
async fn a_commit_waits_for_the_disk() {
    let store = IndexedDbStore::open(&Database::fresh().0).await.expect("a browser with storage");
    // Writes down what the browser says of each transaction that is made. No library hands the durability out.
    let listen = Function::new_no_args(
        "const make = IDBDatabase.prototype.transaction, seen = []; \
         IDBDatabase.prototype.transaction = function (...how) { \
           const made = make.apply(this, how); seen.push(`${made.mode} ${made.durability}`); return made; }; \
         return () => { IDBDatabase.prototype.transaction = make; return seen.join(); };",
    );
    let seen: Function = listen.call0(&wasm_bindgen::JsValue::UNDEFINED).expect("a script").unchecked_into();

    let written = store.commit(one_photo()).await;

    let seen = seen.call0(&wasm_bindgen::JsValue::UNDEFINED).expect("a script");
    assert_eq!((written, seen.as_string().as_deref()), (Ok(()), Some("readwrite strict")));
}
