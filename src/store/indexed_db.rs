//! A store in the browser's database: one object store a table, text keys, `Uint8Array` values.

use super::{SCHEMA, Store, StoreError, Table, Write};
use js_sys::{Array, Function, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
};

/// The app's database.
pub const DATABASE: &str = "headstart";

// web-sys hides the options of a transaction behind a flag that would rebuild everything.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = IdbDatabase)]
    type DatabaseWithOptions;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn transaction_with_options(
        this: &DatabaseWithOptions,
        tables: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// Keeps everything on the device. It closes itself when another tab brings a newer version, and fails from then on.
#[derive(Debug)]
pub struct IndexedDbStore(IdbDatabase);

impl IndexedDbStore {
    /// Opens a database, or makes it; one of an older version gets what it lacks, and keeps what it has.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer version of the app has written it; otherwise when there is no storage here.
    pub async fn open(name: &str) -> Result<Self, StoreError> {
        let request = factory()?.open_with_u32(name, SCHEMA).map_err(failed)?;
        let upgrade = Closure::<dyn FnMut(web_sys::IdbVersionChangeEvent)>::new({
            let request = request.clone();
            move |change: web_sys::IdbVersionChangeEvent| {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
                let schema = change.old_version() as u32;
                // A failure aborts the upgrade, which the request then reports.
                let _ = make_tables(&request, schema);
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = settled(&request).await?.unchecked_into();
        let closing = Closure::<dyn FnMut()>::new({
            let database = database.clone();
            move || database.close()
        });
        database.set_onversionchange(Some(closing.into_js_value().unchecked_ref()));
        Ok(Self(database))
    }

    /// Lets go of the database; what is under way is still written.
    pub fn close(&self) {
        self.0.close();
    }

    pub(super) fn reading(&self, table: Table) -> Result<IdbObjectStore, StoreError> {
        let transaction = self.0.transaction_with_str(table.name()).map_err(failed)?;
        transaction.object_store(table.name()).map_err(failed)
    }
}

impl Store for IndexedDbStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let request = self.reading(table)?.get(&key.into()).map_err(failed)?;
        settled(&request).await.map(|value| bytes(&value))
    }

    async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let store = self.reading(table)?;
        let range = beginning_with(prefix).map_err(failed)?;
        // Both within one transaction, so that they belong together.
        let keys = store.get_all_keys_with_key(&range).map_err(failed)?;
        let values = store.get_all_with_key(&range).map_err(failed)?;
        let keys = settled(&keys).await?.unchecked_into::<Array>();
        let values = settled(&values).await?.unchecked_into::<Array>();
        Ok(keys.iter().zip(values.iter()).filter_map(|(key, value)| Some((key.as_string()?, bytes(&value)?))).collect())
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let tables: Array = Table::ALL
            .into_iter()
            .filter(|table| writes.iter().any(|write| write.table() == *table))
            .map(name)
            .collect();
        if tables.length() == 0 {
            return Ok(());
        }
        let options = Object::new();
        // Without this a browser may answer before anything is on the disk.
        Reflect::set(&options, &"durability".into(), &"strict".into()).map_err(failed)?;
        let database: &DatabaseWithOptions = self.0.unchecked_ref();
        let transaction = database.transaction_with_options(&tables, "readwrite", &options).map_err(failed)?;
        let completed = completed(&transaction);
        for write in &writes {
            if let Err(thrown) = ask(&transaction, write) {
                let _ = transaction.abort(); // fails only when it is already over
                let _ = completed.await;
                return Err(failed(thrown));
            }
        }
        completed.await
    }

    fn is_durable(&self) -> bool {
        true
    }
}

fn ask(transaction: &IdbTransaction, write: &Write) -> Result<IdbRequest, JsValue> {
    let store = transaction.object_store(write.table().name())?;
    match write {
        Write::Put(_, key, value) => store.put_with_key(&Uint8Array::from(value.as_slice()), &key.into()),
        Write::Delete(_, key) => store.delete(&key.into()),
        Write::DeleteAll(_, prefix) => store.delete(beginning_with(prefix)?.as_ref()),
    }
}

/// `indexedDB` of a page or a worker.
pub(super) fn factory() -> Result<IdbFactory, StoreError> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into()).map_err(failed)?;
    factory.dyn_into().map_err(|_| StoreError::Failed("this browser has no IndexedDB".to_owned()))
}

/// Makes the tables that came with a later schema than the one that is there.
fn make_tables(request: &IdbOpenDbRequest, schema: u32) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    for table in Table::ALL.into_iter().filter(|table| table.since() > schema) {
        database.create_object_store(table.name())?;
    }
    Ok(())
}

fn name(table: Table) -> JsValue {
    table.name().into()
}

fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec)
}

/// The keys that begin with a text: from the text itself to the first one behind them, which is the text with its last
/// UTF-16 unit counted up. A unit that cannot be counted up is left out with what the next one stands for.
fn beginning_with(prefix: &str) -> Result<IdbKeyRange, JsValue> {
    let mut end: Vec<u16> = prefix.encode_utf16().collect();
    while end.pop_if(|unit| *unit == u16::MAX).is_some() {}
    match end.last_mut() {
        None => IdbKeyRange::lower_bound(&prefix.into()),
        Some(last) => {
            *last += 1;
            // Made from units: counted up they may be half of a pair, which a Rust string cannot hold.
            let end: JsValue = JsString::from_char_code(&end).into();
            IdbKeyRange::bound_with_lower_open_and_upper_open(&prefix.into(), &end, false, true)
        }
    }
}

/// The result of a request.
pub(super) async fn settled(request: &IdbRequest) -> Result<JsValue, StoreError> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    match JsFuture::from(promise).await {
        Ok(_) => request.result().map_err(failed),
        Err(_) => Err(why(request.error().ok().flatten())),
    }
}

/// Waits until everything of a transaction is on the disk. The promise listens from the call on, not from the first wait.
fn completed(transaction: &IdbTransaction) -> impl Future<Output = Result<(), StoreError>> + use<> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject)); // a failed request aborts, too
    });
    let transaction = transaction.clone();
    async move { JsFuture::from(promise).await.map(drop).map_err(|_| why(transaction.error())) }
}

/// What a thrown value means.
pub(super) fn failed(thrown: JsValue) -> StoreError {
    match thrown.dyn_into::<DomException>() {
        Ok(exception) => why(Some(exception)),
        Err(other) => StoreError::Failed(format!("{other:?}")),
    }
}

fn why(exception: Option<DomException>) -> StoreError {
    let Some(exception) = exception else { return StoreError::Failed("the browser gave no reason".to_owned()) };
    match exception.name().as_str() {
        "QuotaExceededError" => StoreError::Full,
        "VersionError" => StoreError::Newer,
        name => StoreError::Failed(format!("{name}: {}", exception.message())),
    }
}
