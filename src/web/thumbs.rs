//! Thumbnails for the page, straight from the database: they need not pass through the engine. Nothing is written here.

use super::{files, yield_now::yield_now};
use crate::{
    dataset::{PhotoId, ProjectId},
    store::{DATABASE, IndexedDbStore, Store, StoreError, Table, keys},
};
use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    rc::Rc,
};

/// Thumbnails that are kept at hand beside those on the page, about 6 KB each: photos are scrolled back and forth.
const AT_HAND: usize = 2_000;

/// An address of a thumbnail, for an `img`; it holds as long as this.
pub struct ThumbAddress(String);

impl ThumbAddress {
    /// The address.
    pub fn url(&self) -> &str {
        &self.0
    }
}

impl Drop for ThumbAddress {
    fn drop(&mut self) {
        files::let_go(&self.0);
    }
}

/// A read-only handle on the thumbnails that the engine keeps.
pub struct Thumbs {
    store: IndexedDbStore,
    at_hand: RefCell<AtHand>,
}

type Name = (ProjectId, PhotoId);

#[derive(Default)]
struct AtHand {
    addresses: HashMap<Name, Rc<ThumbAddress>>,
    /// The oldest first.
    order: VecDeque<Name>,
}

impl Thumbs {
    /// Opens the app's database.
    ///
    /// # Errors
    /// When the browser keeps nothing; then there are no thumbnails.
    pub async fn open() -> Result<Self, StoreError> {
        Ok(Self { store: IndexedDbStore::open(DATABASE).await?, at_hand: RefCell::default() })
    }

    /// An address of a photo's thumbnail. None where there is none.
    pub async fn address(&self, project: ProjectId, photo: PhotoId) -> Option<Rc<ThumbAddress>> {
        let name = (project, photo);
        if let Some(address) = self.known(name) {
            return Some(address);
        }
        let jpeg = self.store.get(Table::Thumbs, &keys::photo(project, photo)).await.ok()??;
        // An address takes the browser a millisecond, and hundreds are asked for at once: the page must stay responsive.
        yield_now().await;
        // Somebody else may have asked for the same one in the meantime.
        if let Some(address) = self.known(name) {
            return Some(address);
        }
        let address = Rc::new(ThumbAddress(files::address(&jpeg, "image/jpeg")?));
        self.at_hand.borrow_mut().keep(name, address.clone());
        Some(address)
    }

    fn known(&self, name: Name) -> Option<Rc<ThumbAddress>> {
        self.at_hand.borrow().addresses.get(&name).cloned()
    }
}

impl AtHand {
    /// The oldest goes; where it is still on the page it holds on.
    fn keep(&mut self, name: Name, address: Rc<ThumbAddress>) {
        self.addresses.insert(name, address);
        self.order.push_back(name);
        if self.order.len() > AT_HAND
            && let Some(oldest) = self.order.pop_front()
        {
            self.addresses.remove(&oldest);
        }
    }
}
