//! A store in memory: for tests, and the last resort where the browser keeps nothing.

use super::{Store, StoreError, Table, Write};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// Keeps everything until the last clone is gone. A clone is another handle on the same data, as a reloaded page would get.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    tables: Rc<RefCell<Tables>>,
    /// The most bytes of values it takes; no limit where absent.
    limit_bytes: Option<usize>,
}

type Tables = BTreeMap<(Table, String), Vec<u8>>;

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty store that is full when its values would take more than `limit_bytes`.
    pub fn with_limit(limit_bytes: usize) -> Self {
        Self { limit_bytes: Some(limit_bytes), ..Self::default() }
    }
}

impl Store for MemoryStore {
    async fn get(&self, table: Table, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.tables.borrow().get(&(table, key.to_owned())).cloned())
    }

    async fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let tables = self.tables.borrow();
        Ok(tables
            .range((table, prefix.to_owned())..)
            .take_while(|((at, key), _)| *at == table && key.starts_with(prefix))
            .map(|((_, key), value)| (key.clone(), value.clone()))
            .collect())
    }

    async fn commit(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let mut tables = self.tables.borrow_mut();
        let Some(limit_bytes) = self.limit_bytes else {
            apply(&mut tables, writes);
            return Ok(());
        };
        let mut after = tables.clone();
        apply(&mut after, writes);
        if after.values().map(Vec::len).sum::<usize>() > limit_bytes {
            return Err(StoreError::Full);
        }
        *tables = after;
        Ok(())
    }

    fn is_durable(&self) -> bool {
        false
    }
}

fn apply(tables: &mut Tables, writes: Vec<Write>) {
    for write in writes {
        match write {
            Write::Put(table, key, value) => drop(tables.insert((table, key), value)),
            Write::Delete(table, key) => drop(tables.remove(&(table, key))),
            Write::DeleteAll(of, prefix) => tables.retain(|(table, key), _| *table != of || !key.starts_with(&prefix)),
        }
    }
}
