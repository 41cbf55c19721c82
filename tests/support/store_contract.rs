//! What every store keeps to. One test a law, for each store: see [`store_contract!`].

use headstart::store::{Store, StoreError, Table, Write};

/// Where stores are opened: each opening is another handle on the same data.
#[allow(async_fn_in_trait, reason = "one thread: nothing here needs Send")]
pub(crate) trait Place {
    /// The store that is opened here.
    type Store: Store;

    /// Opens it.
    async fn open(&self) -> Self::Store;
}

/// The laws as tests: `$test` is the attribute of a test, `$place` makes a fresh place.
macro_rules! store_contract {
    ($test:meta, $place:expr) => {
        store_contract!(@ $test, $place,
            a_value_can_be_read_back
            a_deleted_value_is_gone
            all_that_begins_with_a_text_is_deleted_and_nothing_else
            the_last_write_of_a_key_holds
            a_scan_gives_what_begins_with_the_prefix_in_order
            a_prefix_may_end_in_any_character
            a_megabyte_comes_back_as_it_was
            nothing_to_write_is_fine
            what_was_written_is_there_after_reopening
            tables_of_one_commit_change_together
        );
    };
    (@ $test:meta, $place:expr, $($law:ident)*) => {
        $(
            #[$test]
            async fn $law() {
                crate::store_contract::$law(&$place).await;
            }
        )*
    };
}

type Outcome = Result<(), StoreError>;

fn put(table: Table, key: &str, value: &[u8]) -> Write {
    Write::Put(table, key.to_owned(), value.to_vec())
}

fn delete(table: Table, key: &str) -> Write {
    Write::Delete(table, key.to_owned())
}

async fn value(store: &impl Store, table: Table, key: &str) -> Option<Vec<u8>> {
    store.get(table, key).await.expect("a working store")
}

async fn keys(store: &impl Store, table: Table, prefix: &str) -> Vec<String> {
    let found = store.scan(table, prefix).await.expect("a working store");
    found.into_iter().map(|(key, _)| key).collect()
}

pub(crate) async fn a_value_can_be_read_back(place: &impl Place) {
    let store = place.open().await;
    store.commit(vec![put(Table::Photos, "1", b"one"), put(Table::Photos, "2", b"")]).await.expect("room");
    assert_eq!(value(&store, Table::Photos, "1").await.as_deref(), Some(&b"one"[..]));
    assert_eq!(value(&store, Table::Photos, "2").await.as_deref(), Some(&b""[..]));
    assert_eq!(value(&store, Table::Photos, "3").await, None);
    assert_eq!(value(&store, Table::Copies, "1").await, None, "a table has its own keys");
}

pub(crate) async fn a_deleted_value_is_gone(place: &impl Place) {
    let store = place.open().await;
    store.commit(vec![put(Table::Heads, "1", b"one"), put(Table::Heads, "2", b"two")]).await.expect("room");
    store.commit(vec![delete(Table::Heads, "1"), delete(Table::Heads, "never there")]).await.expect("room");
    assert_eq!(value(&store, Table::Heads, "1").await, None);
    assert_eq!(keys(&store, Table::Heads, "").await, ["2"]);
}

pub(crate) async fn all_that_begins_with_a_text_is_deleted_and_nothing_else(place: &impl Place) {
    let store = place.open().await;
    let all = ["00000001/1", "00000001/2", "00000010/1", "0000001"];
    let mut writes: Vec<Write> = all.iter().map(|key| put(Table::Photos, key, b"here")).collect();
    writes.push(put(Table::Thumbs, "00000001/1", b"here"));
    store.commit(writes).await.expect("room");
    let gone = Write::DeleteAll(Table::Photos, "00000001/".to_owned());
    store.commit(vec![gone, put(Table::Photos, "00000001/3", b"new")]).await.expect("room");
    assert_eq!(keys(&store, Table::Photos, "").await, ["00000001/3", "0000001", "00000010/1"]);
    assert_eq!(keys(&store, Table::Thumbs, "").await, ["00000001/1"]);
    store.commit(vec![Write::DeleteAll(Table::Copies, "none".to_owned())]).await.expect("nothing to do");
}

pub(crate) async fn the_last_write_of_a_key_holds(place: &impl Place) {
    let store = place.open().await;
    store.commit(vec![put(Table::Thumbs, "1", b"old, and longer")]).await.expect("room");
    store.commit(vec![put(Table::Thumbs, "1", b"newer"), put(Table::Thumbs, "1", b"new")]).await.expect("room");
    assert_eq!(value(&store, Table::Thumbs, "1").await.as_deref(), Some(&b"new"[..]));
    store.commit(vec![put(Table::Thumbs, "1", b"back"), delete(Table::Thumbs, "1")]).await.expect("room");
    assert_eq!(value(&store, Table::Thumbs, "1").await, None);
}

pub(crate) async fn a_scan_gives_what_begins_with_the_prefix_in_order(place: &impl Place) {
    let store = place.open().await;
    let written = ["2/b", "1/b", "1/a", "10/a", "1/", "1", "1/aa"];
    store.commit(written.map(|key| put(Table::Features, key, key.as_bytes())).to_vec()).await.expect("room");
    store.commit(vec![put(Table::HeadFiles, "1/z", b"another table")]).await.expect("room");
    assert_eq!(keys(&store, Table::Features, "1/").await, ["1/", "1/a", "1/aa", "1/b"]);
    assert_eq!(keys(&store, Table::Features, "").await, ["1", "1/", "1/a", "1/aa", "1/b", "10/a", "2/b"]);
    assert!(keys(&store, Table::Features, "3").await.is_empty());
    for (key, value) in store.scan(Table::Features, "").await.expect("a working store") {
        assert_eq!(value, key.as_bytes(), "values stay beside their keys");
    }
}

pub(crate) async fn a_prefix_may_end_in_any_character(place: &impl Place) {
    let store = place.open().await;
    let written =
        ["a", "a\0", "a/", "a~", "aé", "a\u{ffff}", "a\u{ffff}b", "a\u{10ffff}", "a\u{10ffff}b", "b", "\u{ffff}"];
    store.commit(written.map(|key| put(Table::Projects, key, b"")).to_vec()).await.expect("room");
    for prefix in written {
        let mut found = keys(&store, Table::Projects, prefix).await;
        let mut expected: Vec<&str> = written.into_iter().filter(|key| key.starts_with(prefix)).collect();
        // Stores may order what lies beyond the Basic Multilingual Plane differently: our own keys are ASCII.
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "prefix {prefix:?}");
    }
}

pub(crate) async fn a_megabyte_comes_back_as_it_was(place: &impl Place) {
    let store = place.open().await;
    let large: Vec<u8> = (0..1_000_003_u32).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let writes = ["1", "2", "3"].map(|key| put(Table::Copies, key, &large));
    store.commit(writes.to_vec()).await.expect("room");
    assert!(value(&store, Table::Copies, "2").await.is_some_and(|value| value == large));
    let scanned = store.scan(Table::Copies, "").await.expect("a working store");
    assert!(scanned.len() == 3 && scanned.iter().all(|(_, value)| *value == large));
}

pub(crate) async fn nothing_to_write_is_fine(place: &impl Place) {
    let nothing: Outcome = place.open().await.commit(Vec::new()).await;
    assert_eq!(nothing, Ok(()));
}

pub(crate) async fn what_was_written_is_there_after_reopening(place: &impl Place) {
    let store = place.open().await;
    for table in Table::ALL {
        store.commit(vec![put(table, "key", table.name().as_bytes())]).await.expect("room");
    }
    drop(store);
    let store = place.open().await;
    for table in Table::ALL {
        assert_eq!(value(&store, table, "key").await.as_deref(), Some(table.name().as_bytes()));
    }
}

pub(crate) async fn tables_of_one_commit_change_together(place: &impl Place) {
    let (writer, reader) = (place.open().await, place.open().await);
    let both = [Table::Photos, Table::Copies].map(|table| put(table, "1", b"here")).to_vec();
    writer.commit(both).await.expect("room");
    for table in [Table::Photos, Table::Copies] {
        assert_eq!(value(&reader, table, "1").await.as_deref(), Some(&b"here"[..]), "seen through another handle");
    }
    writer.commit(vec![delete(Table::Photos, "1"), put(Table::Copies, "1", b"new")]).await.expect("room");
    assert_eq!(value(&reader, Table::Photos, "1").await, None);
    assert_eq!(value(&reader, Table::Copies, "1").await.as_deref(), Some(&b"new"[..]));
}
