//! The database as a whole: how large it is, and its end.

use super::{
    IndexedDbStore, StoreError, Table,
    indexed_db::{factory, failed, settled},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::IdbKeyRange;

/// Records that are in memory at once while they are counted: copies take some 40 KB each, blocks of features 800.
const AT_ONCE: u32 = 16;

impl IndexedDbStore {
    /// How many records a table has, and the bytes of their values.
    ///
    /// # Errors
    /// When the store has stopped working.
    pub async fn size(&self, table: Table) -> Result<(usize, u64), StoreError> {
        let (mut count, mut bytes) = (0, 0);
        let mut after: Option<JsValue> = None;
        loop {
            let store = self.reading(table)?;
            let range = match &after {
                Some(key) => IdbKeyRange::lower_bound_with_open(key, true).map_err(failed)?.into(),
                None => JsValue::UNDEFINED,
            };
            // Both within one transaction, so that they belong together.
            let keys = store.get_all_keys_with_key_and_limit(&range, AT_ONCE).map_err(failed)?;
            let values = store.get_all_with_key_and_limit(&range, AT_ONCE).map_err(failed)?;
            let keys = settled(&keys).await?.unchecked_into::<Array>();
            let values = settled(&values).await?.unchecked_into::<Array>();
            for value in values.iter().filter_map(|value| value.dyn_into::<Uint8Array>().ok()) {
                count += 1;
                bytes += u64::from(value.byte_length());
            }
            if keys.length() < AT_ONCE {
                return Ok((count, bytes));
            }
            after = Some(keys.get(keys.length() - 1));
        }
    }

    /// Deletes a database for good. `blocked` is called when that has to wait for somebody who has it open and does not let go.
    ///
    /// # Errors
    /// When there is no storage here.
    pub async fn delete(name: &str, blocked: impl FnMut() + 'static) -> Result<(), StoreError> {
        let request = factory()?.delete_database(name).map_err(failed)?;
        let waiting = Closure::<dyn FnMut()>::new(blocked);
        request.set_onblocked(Some(waiting.as_ref().unchecked_ref()));
        settled(&request).await.map(drop)
    }
}
