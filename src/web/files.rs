//! Files into the page, by picker and by drop, and out of it, by download.

use super::yield_now::yield_now;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry, HtmlAnchorElement, HtmlInputElement, Response, Url, window,
};

/// Folders within folders are followed this far: a person's photos lie less deep, and a loop of links ends.
const MOST_FOLDERS_DEEP: usize = 128;

/// A download must not lose its bytes while the browser still asks the person where to put it.
const REVOKE_AFTER_MS: u32 = 60_000;

/// A file that a person handed over.
#[derive(Debug, Clone)]
pub struct PickedFile {
    /// Path below the chosen folder, `/` between the parts; the base name where there was none.
    pub path: String,
    /// Its handle.
    pub file: File,
}

/// Files on their way into the page.
pub type Arriving = Pin<Box<dyn Future<Output = Vec<PickedFile>>>>;

/// Files that are looked at in one go: their names come out of the browser one by one, and the page must stay responsive.
const FILES_AT_ONCE: u32 = 100;

/// What was chosen in a file or folder input. Then the input is emptied, so that choosing the same again is told again.
pub fn from_input(input: &HtmlInputElement) -> Arriving {
    let (input, files) = (input.clone(), input.files());
    Box::pin(async move {
        let mut picked = Vec::new();
        let Some(files) = files else { return picked };
        for at in 0..files.length() {
            if at % FILES_AT_ONCE == 0 {
                yield_now().await;
            }
            if let Some(file) = files.get(at) {
                picked.push(PickedFile { path: path_of(&file), file });
            }
        }
        // Not before: it would empty this very list. Something else that was chosen meanwhile stays.
        if input.files().is_some_and(|now| js_sys::Object::is(&now, &files)) {
            input.set_value("");
        }
        yield_now().await;
        picked
    })
}

/// Files of the page's own, by address and path; those that do not arrive are left out.
pub async fn fetched(wanted: Vec<(String, String)>) -> Vec<PickedFile> {
    let Some(window) = window() else { return Vec::new() };
    // All at once: the browser knows best how many it asks for side by side.
    let coming: Vec<(Promise, String)> =
        wanted.into_iter().map(|(address, path)| (window.fetch_with_str(&address), path)).collect();
    let mut files = Vec::new();
    for (response, path) in coming {
        if let Some(file) = file_from(response, &path).await {
            files.push(PickedFile { path, file });
        }
    }
    files
}

async fn file_from(response: Promise, path: &str) -> Option<File> {
    let response: Response = JsFuture::from(response).await.ok()?.dyn_into().ok()?;
    let blob = JsFuture::from(response.ok().then(|| response.blob())?.ok()?).await.ok()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    File::new_with_blob_sequence(&Array::of1(&blob), name).ok()
}

fn path_of(file: &File) -> String {
    let path = Reflect::get(file, &"webkitRelativePath".into()).ok().and_then(|path| path.as_string());
    path.filter(|path| !path.is_empty()).unwrap_or_else(|| file.name())
}

/// What was dropped, folders walked. Call it within the drop event: the browser empties `data` when the event is over, so
/// its entries are taken before the first wait.
pub fn from_drop(data: &DataTransfer) -> Arriving {
    let items = data.items();
    let mut entries = Vec::new();
    let mut picked = Vec::new();
    for at in 0..items.length() {
        let Some(item) = items.get(at).filter(|item| item.kind() == "file") else { continue };
        if let Ok(Some(entry)) = item.webkit_get_as_entry() {
            entries.push(entry);
        } else if let Ok(Some(file)) = item.get_as_file() {
            picked.push(PickedFile { path: file.name(), file });
        }
    }
    Box::pin(async move {
        // A stack, not recursion: an async function cannot call itself.
        let mut left: Vec<(FileSystemEntry, usize)> = entries.into_iter().map(|entry| (entry, 0)).collect();
        while let Some((entry, depth)) = left.pop() {
            if entry.is_file() {
                let path = entry.full_path().trim_start_matches('/').to_owned();
                if let Some(file) = file_of(entry.unchecked_into()).await {
                    picked.push(PickedFile { path, file });
                }
            } else if depth < MOST_FOLDERS_DEEP {
                let inside = entries_of(&entry.unchecked_into()).await;
                left.extend(inside.into_iter().map(|entry| (entry, depth + 1)));
            }
        }
        picked
    })
}

/// A file that cannot be opened is left out here: there is no handle that the engine could report.
async fn file_of(entry: FileSystemFileEntry) -> Option<File> {
    let promise = Promise::new(&mut |resolve: Function, reject: Function| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    });
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// A reader gives its entries a hundred at a time, and none when it is through.
async fn entries_of(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader: FileSystemDirectoryReader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let promise = Promise::new(&mut |resolve: Function, reject: Function| {
            if let Err(thrown) = reader.read_entries_with_callback_and_callback(&resolve, &reject) {
                let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
            }
        });
        let Ok(Ok(batch)) = JsFuture::from(promise).await.map(JsCast::dyn_into::<Array>) else { return entries };
        if batch.length() == 0 {
            return entries;
        }
        entries.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

/// Downloads bytes as a file.
pub fn save(name: &str, bytes: &Uint8Array, mime: &str) {
    // It fails only outside a page, or without memory for the blob; then the browser has said so already.
    let _ = blob(bytes, mime).and_then(|blob| try_save(name, &blob));
}

/// A file that arrives in parts. The browser holds them, on the disk where they are many.
#[derive(Debug, Default)]
pub struct Parts(Array);

impl Parts {
    /// Adds a part.
    pub fn add(&self, bytes: &Uint8Array) {
        // It fails only without memory for the blob; then the browser has said so already.
        if let Ok(part) = blob(bytes, "") {
            self.0.push(&part);
        }
    }

    /// Downloads all of them as one file.
    pub fn save(&self, name: &str, mime: &str) {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        // As in `save`.
        let _ = Blob::new_with_blob_sequence_and_options(&self.0, &options).and_then(|whole| try_save(name, &whole));
    }
}

/// An address of bytes on this device, for an `img`; none without memory for them.
pub fn address(bytes: &[u8], mime: &str) -> Option<String> {
    let blob = blob(&Uint8Array::from(bytes), mime).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Frees what an address stands for.
pub fn let_go(address: &str) {
    let _ = Url::revoke_object_url(address); // never fails for an address made here
}

fn blob(bytes: &Uint8Array, mime: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options)
}

fn try_save(name: &str, file: &Blob) -> Result<(), JsValue> {
    let Some(document) = window().and_then(|window| window.document()) else { return Ok(()) };
    let url = Url::create_object_url_with_blob(file)?;
    let anchor: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    let revoke = move || {
        let _ = Url::revoke_object_url(&url);
    };
    gloo::timers::callback::Timeout::new(REVOKE_AFTER_MS, revoke).forget();
    Ok(())
}
