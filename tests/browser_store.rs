//! The laws of a store, in a browser's worker: on its database, and on the store in memory.
#![cfg(target_arch = "wasm32")]

#[macro_use]
#[path = "support/store_contract.rs"]
mod store_contract;

use headstart::store::{IndexedDbStore, MemoryStore, SCHEMA, Store, StoreError, Table, Write};
use js_sys::{Function, Promise, Uint8Array};
use std::cell::Cell;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{IdbDatabase, IdbFactory, WorkerGlobalScope};

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

/// Opens a database at a version of its own, as another app would, makes what is new in it, and closes it again.
async fn open_at_version(name: &str, version: u32, make: impl Fn(&IdbDatabase) + 'static) {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let factory: IdbFactory = scope.indexed_db().expect("storage").expect("storage");
    let request = factory.open_with_u32(name, version).expect("a valid version");
    let upgraded = Closure::<dyn Fn()>::new({
        let request = request.clone();
        move || make(request.result().expect("opened").unchecked_ref())
    });
    request.set_onupgradeneeded(Some(upgraded.as_ref().unchecked_ref()));
    let opened = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(opened).await.expect("nobody is in the way");
    request.result().expect("opened").unchecked_into::<IdbDatabase>().close();
}

#[wasm_bindgen_test]
async fn a_database_of_every_older_version_keeps_what_it_has_and_gets_what_it_lacks() {
    for version in 1..SCHEMA {
        let name = Database::fresh().0;
        let tables = move || Table::ALL.into_iter().filter(move |table| table.since() <= version);
        open_at_version(&name, version, move |database| {
            for table in tables() {
                let made = database.create_object_store(table.name()).expect("a new table");
                made.put_with_key(&Uint8Array::from(table.name().as_bytes()), &"1".into()).expect("room");
            }
        })
        .await;

        let store = IndexedDbStore::open(&name).await.expect("a browser with storage");

        for table in tables() {
            assert_eq!(store.get(table, "1").await, Ok(Some(table.name().into())), "version {version}");
        }
        for table in Table::ALL {
            store.commit(vec![Write::Put(table, "2".to_owned(), b"new".to_vec())]).await.expect("room");
        }
    }
}

#[wasm_bindgen_test]
async fn a_database_of_a_newer_app_is_left_alone() {
    let name = Database::fresh().0;
    open_at_version(&name, SCHEMA + 1, |_| ()).await;
    assert_eq!(IndexedDbStore::open(&name).await.err(), Some(StoreError::Newer));
}

#[wasm_bindgen_test]
async fn an_open_store_gives_way_to_a_newer_app() {
    let name = Database::fresh().0;
    let store = IndexedDbStore::open(&name).await.expect("a browser with storage");
    store.commit(one_photo()).await.expect("room");

    open_at_version(&name, SCHEMA + 1, |_| ()).await; // would wait for ever if the store stayed open

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
