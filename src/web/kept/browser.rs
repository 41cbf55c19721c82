//! The places where a browser keeps things for a page, besides its database.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, MessageChannel, Response, Storage, Url, window};

/// Begins the names of all settings of this page.
const SETTING: &str = "headstart.";

// web-sys has these behind features whose change would rebuild everything.
#[wasm_bindgen]
extern "C" {
    type CacheStorage;

    #[wasm_bindgen(method, catch)]
    fn keys(this: &CacheStorage) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn open(this: &CacheStorage, name: &str) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn delete(this: &CacheStorage, name: &str) -> Result<Promise, JsValue>;

    type Cache;

    #[wasm_bindgen(method, catch, js_name = keys)]
    fn requests(this: &Cache) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = delete)]
    fn remove(this: &Cache, request: &JsValue) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch, js_name = matchAll)]
    fn match_all(this: &Cache) -> Result<Promise, JsValue>;

    type ServiceWorkers;

    #[wasm_bindgen(method, catch, js_name = getRegistrations)]
    fn registrations(this: &ServiceWorkers) -> Result<Promise, JsValue>;

    type Registration;

    #[wasm_bindgen(method, getter)]
    fn scope(this: &Registration) -> String;

    #[wasm_bindgen(method, catch)]
    fn unregister(this: &Registration) -> Result<Promise, JsValue>;

    type ServiceWorker;

    #[wasm_bindgen(method, catch, js_name = postMessage)]
    fn post_message(this: &ServiceWorker, message: &JsValue, handed_over: &Array) -> Result<(), JsValue>;

    type Databases;

    #[wasm_bindgen(method, catch)]
    fn databases(this: &Databases) -> Result<Promise, JsValue>;
}

/// Something of the window or of an object; none where the browser has it not, as without HTTPS.
fn part<T: JsCast>(of: &JsValue, name: &str) -> Option<T> {
    let part = Reflect::get(of, &name.into()).ok().filter(JsValue::is_object)?;
    Some(part.unchecked_into())
}

async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

async fn listed(promise: Result<Promise, JsValue>) -> Vec<JsValue> {
    settled(promise).await.map(|list| list.unchecked_into::<Array>().to_vec()).unwrap_or_default()
}

/// The folder that this page lies in: other copies of Headstart may live on the same host.
fn folder() -> Option<String> {
    let base = window()?.document()?.base_uri().ok()??;
    Url::new_with_base("./", &base).ok().map(|url| url.href())
}

fn caches() -> Option<CacheStorage> {
    let window = window()?;
    part(&window, "caches")
}

/// The names of this page's caches; `static/sw.js` gives them.
pub(super) async fn cache_names() -> Vec<String> {
    let (Some(caches), Some(folder)) = (caches(), folder()) else { return Vec::new() };
    let path = Url::new(&folder).map(|url| url.pathname()).unwrap_or_default();
    let prefix = format!("headstart {path} ");
    let names = listed(caches.keys()).await;
    names.iter().filter_map(JsValue::as_string).filter(|name| name.starts_with(&prefix)).collect()
}

/// How many files a cache has, and their bytes.
pub(super) async fn cache_size(name: &str) -> (usize, u64) {
    let Some(caches) = caches() else { return (0, 0) };
    let Some(cache) = settled(caches.open(name)).await else { return (0, 0) };
    let (mut count, mut bytes) = (0, 0);
    for response in listed(cache.unchecked_into::<Cache>().match_all()).await {
        count += 1;
        if let Some(blob) = settled(response.unchecked_into::<Response>().blob()).await {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of bytes")]
            let size = blob.unchecked_into::<Blob>().size() as u64;
            bytes += size;
        }
    }
    (count, bytes)
}

/// Deletes a cache, file by file first: the files of a deleted cache lie on the disk for as long as anything still holds it.
pub(super) async fn delete_cache(name: &str) {
    let Some(caches) = caches() else { return };
    if let Some(cache) = settled(caches.open(name)).await {
        let cache: Cache = cache.unchecked_into();
        for request in listed(cache.requests()).await {
            settled(cache.remove(&request)).await;
        }
    }
    settled(caches.delete(name)).await;
}

async fn registrations() -> Vec<Registration> {
    let workers = window().and_then(|window| part::<ServiceWorkers>(&window.navigator(), "serviceWorker"));
    let (Some(workers), Some(folder)) = (workers, folder()) else { return Vec::new() };
    let all = listed(workers.registrations()).await;
    all.into_iter().map(JsCast::unchecked_into).filter(|it: &Registration| it.scope() == folder).collect()
}

/// The addresses of this page's service workers: at most one.
pub(super) async fn service_workers() -> Vec<String> {
    registrations().await.iter().map(Registration::scope).collect()
}

/// Ends this page's service worker. It may be in the middle of keeping files: it is told to keep none any more first.
pub(super) async fn end_service_workers() {
    for registration in registrations().await {
        for state in ["installing", "waiting", "active"] {
            if let Some(worker) = part::<ServiceWorker>(&registration, state) {
                forget(&worker).await;
            }
        }
        settled(registration.unregister()).await;
    }
}

/// A service worker that has not answered after so long is ended without.
const PATIENCE_MS: i32 = 3_000;

async fn forget(worker: &ServiceWorker) {
    let Ok(channel) = MessageChannel::new() else { return };
    let answer = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        call_later(&resolve, PATIENCE_MS);
    });
    let order = Array::of1(&"forget".into());
    if worker.post_message(&order, &Array::of1(&channel.port2())).is_ok() {
        let _ = JsFuture::from(answer).await; // never rejected
    }
}

/// The names of databases here; none where the browser does not tell.
pub(super) async fn databases() -> Option<Vec<String>> {
    let window = window()?;
    let factory: Databases = part(&window, "indexedDB")?;
    let all = settled(factory.databases()).await?.unchecked_into::<Array>();
    Some(all.iter().filter_map(|database| Reflect::get(&database, &"name".into()).ok()?.as_string()).collect())
}

/// What is kept for this address, and for this tab.
fn storages() -> Vec<Storage> {
    let Some(window) = window() else { return Vec::new() };
    [window.local_storage(), window.session_storage()].into_iter().filter_map(|it| it.ok().flatten()).collect()
}

fn settings_in(storage: &Storage) -> Vec<(String, String)> {
    let keys = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok().flatten());
    let keys: Vec<String> = keys.filter(|key| key.starts_with(SETTING)).collect();
    keys.into_iter()
        .filter_map(|key| Some((storage.get_item(&key).ok()??, key)))
        .map(|(value, key)| (key, value))
        .collect()
}

/// The settings of this page, name and value.
pub(super) fn settings() -> Vec<(String, String)> {
    storages().iter().flat_map(settings_in).collect()
}

pub(super) fn delete_settings() {
    for storage in storages() {
        for (key, _) in settings_in(&storage) {
            let _ = storage.remove_item(&key); // looked for again afterwards
        }
    }
}

/// What the browser says that this address takes, in bytes, its own bookkeeping and other pages of this host included.
pub(super) async fn usage_bytes() -> Option<u64> {
    let estimate = settled(storage_manager()?.estimate()).await?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number of bytes")]
    let bytes = Reflect::get(&estimate, &"usage".into()).ok()?.as_f64()? as u64;
    Some(bytes)
}

/// The same once it falls no more, after at most so many looks: a browser deletes its files a moment later than it says.
pub(super) async fn settled_usage_bytes() -> Option<u64> {
    let mut bytes = usage_bytes().await?;
    for _ in 0..MOST_LOOKS {
        let pause = Promise::new(&mut |resolve, _| call_later(&resolve, BETWEEN_LOOKS_MS));
        let _ = JsFuture::from(pause).await; // never rejected
        let before = std::mem::replace(&mut bytes, usage_bytes().await?);
        if bytes == 0 || bytes == before {
            break;
        }
    }
    Some(bytes)
}

const MOST_LOOKS: usize = 5;
const BETWEEN_LOOKS_MS: i32 = 1_000;

fn call_later(function: &Function, ms: i32) {
    if let Some(window) = window() {
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(function, ms); // never fails for a function
    }
}

/// Whether the browser promised to delete nothing by itself when the device is short of room.
pub(super) async fn is_for_good() -> Option<bool> {
    settled(storage_manager()?.persisted()).await?.as_bool()
}

/// Asks the browser for that promise.
pub(super) async fn ask_for_good() -> Option<bool> {
    settled(storage_manager()?.persist()).await?.as_bool()
}

fn storage_manager() -> Option<web_sys::StorageManager> {
    part(&window()?.navigator(), "storage")
}
