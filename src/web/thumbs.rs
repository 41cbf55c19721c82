//! Thumbnails for the page, straight from the database: they need not pass through the engine. Nothing is written here.

use super::{files, yield_now::yield_now};
use crate::{
    dataset::{PhotoId, ProjectId},
    store::{DATABASE, IndexedDbStore, Store, StoreError, Table, keys},
};
use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
};

/// Thumbnails take about 6 KB each; a screen shows some hundred, and a wall of photos is scrolled back and forth.
const MOST_URLS: usize = 2_000;

/// A read-only handle on the thumbnails that the engine keeps.
pub struct Thumbs {
    store: IndexedDbStore,
    urls: RefCell<Urls>,
}

type Name = (ProjectId, PhotoId);

#[derive(Default)]
struct Urls {
    urls: HashMap<Name, String>,
    /// The oldest first.
    order: VecDeque<Name>,
}

impl Thumbs {
    /// Opens the app's database.
    ///
    /// # Errors
    /// When the browser keeps nothing; then there are no thumbnails.
    pub async fn open() -> Result<Self, StoreError> {
        Ok(Self { store: IndexedDbStore::open(DATABASE).await?, urls: RefCell::default() })
    }

    /// An address of a photo's thumbnail, for an `img`. None where there is none.
    pub async fn url(&self, project: ProjectId, photo: PhotoId) -> Option<String> {
        let name = (project, photo);
        if let Some(url) = self.known(name) {
            return Some(url);
        }
        let jpeg = self.store.get(Table::Thumbs, &keys::photo(project, photo)).await.ok()??;
        // An address takes the browser a millisecond, and hundreds are asked for at once: the page must stay responsive.
        yield_now().await;
        // Somebody else may have asked for the same one in the meantime.
        if let Some(url) = self.known(name) {
            return Some(url);
        }
        let url = files::address(&jpeg, "image/jpeg")?;
        self.urls.borrow_mut().keep(name, url.clone());
        Some(url)
    }

    fn known(&self, name: Name) -> Option<String> {
        self.urls.borrow().urls.get(&name).cloned()
    }
}

impl Urls {
    fn keep(&mut self, name: Name, url: String) {
        self.urls.insert(name, url);
        self.order.push_back(name);
        if self.order.len() > MOST_URLS
            && let Some(oldest) = self.order.pop_front()
            && let Some(url) = self.urls.remove(&oldest)
        {
            files::let_go(&url);
        }
    }
}

impl Drop for Urls {
    fn drop(&mut self) {
        for url in self.urls.values() {
            files::let_go(url);
        }
    }
}
