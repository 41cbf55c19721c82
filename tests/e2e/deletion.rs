//! "Delete everything": what is left, by the browser's own lists and in its folder on the disk.

use std::fs;

use serde_json::{Value, json};

use crate::{
    app::App,
    browser::{Options, Profile},
    files::write_classes,
    offline::{kept, promised},
    page::Page,
    snapshot::Snapshot,
};

/// What the browser itself lists of this address.
const LISTS: &str = "const names = (all) => all.map((it) => it.name);
    return {
      databases: names(await indexedDB.databases()),
      caches: await caches.keys(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      settings: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
    }";

async fn left(page: &Page) -> Value {
    promised(page, LISTS).await
}

fn nothing() -> Value {
    json!({ "databases": [], "caches": [], "workers": 0, "settings": 0 })
}

/// The bytes of the copies, counted by a script of the test.
const COPIES: &str = "const database = await new Promise((done) => {
      const request = indexedDB.open('headstart');
      request.onsuccess = () => done(request.result);
    });
    const copies = await new Promise((done) => {
      const request = database.transaction('copies').objectStore('copies').getAll();
      request.onsuccess = () => done(request.result);
    });
    database.close();
    return [copies.length, copies.reduce((sum, copy) => sum + copy.byteLength, 0)]";

fn is_fresh(now: &Snapshot) -> bool {
    now.classes.is_empty() && now.train_state() == "idle"
}

#[tokio::test]
async fn everything_goes_in_the_middle_of_work_and_the_page_starts_afresh() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder, more) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 20, 0);
    write_classes(more.path(), 60, 100);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    kept(&page).await;
    page.import(folder.path(), photos).await;
    page.train().await;
    page.run("localStorage.setItem('headstart.theme', '\"dark\"')").await;

    page.press("request-meter").await;
    page.until(20, "the list of what is stored", "return document.querySelectorAll('[data-part]').length === 7").await;
    let told = "const { count, bytes } = document.querySelector('[data-part=copies]').dataset; return [Number(count), Number(bytes)]";
    assert_eq!(page.run(told).await, promised(&page, COPIES).await);
    let parts = page.run("return [...document.querySelectorAll('[data-part]')].map((e) => [e.dataset.part, Number(e.dataset.bytes)])").await;
    println!("stored: {parts}");
    for part in parts.as_array().unwrap() {
        assert!(part[1].as_u64().unwrap() > 0, "{part}");
    }
    // Once thought better of it.
    page.press("delete-everything").await;
    page.press_words("Keep everything").await;
    page.until(5, "the list again", "return document.activeElement.dataset.testid === 'delete-everything'").await;
    assert_eq!(page.now().await.photos(), photos);
    page.browser.client.active_element().await.unwrap().send_keys("\u{e00c}").await.unwrap();

    page.start_import(more.path()).await;
    page.wait("an import under way", 60, |now| now.photos() > photos + 5).await;
    page.press("request-meter").await;
    page.press("delete-everything").await;
    page.press("delete-everything-confirm").await;
    let shown = "return document.querySelector(\"[data-testid='left']\")?.dataset.count === '0'";
    page.until(60, "the proof", shown).await;
    println!("{}", page.run("return document.getElementById('privacy').innerText").await.as_str().unwrap());
    assert_eq!(left(&page).await, nothing());
    println!("the browser's estimate: {}", promised(&page, "return await navigator.storage.estimate()").await);
    // Nothing comes back by itself.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(left(&page).await, nothing());

    page.press("start-afresh").await;
    let now = page.ready().await;
    assert!(is_fresh(&now), "{}", now.told());
    assert_eq!(now.notices, Vec::<String>::new());
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// Whether a file has these bytes.
fn holds(file: &std::path::Path, text: &[u8]) -> bool {
    fs::read(file).is_ok_and(|bytes| bytes.windows(text.len()).any(|part| part == text))
}

#[tokio::test]
async fn on_the_disk_no_photo_name_and_no_file_of_the_app_is_left() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    kept(&page).await;
    page.import(folder.path(), photos).await;
    let named =
        |profile: &Profile| profile.kept("IndexedDB").into_iter().filter(|file| holds(file, b"red-003.bmp")).count();
    let cached = |profile: &Profile| profile.kept("Service Worker/CacheStorage").len();
    assert!(named(&profile) > 0 && cached(&profile) > 0, "nothing was kept on the disk: the test shows nothing");
    page.press("request-meter").await;
    page.press("delete-everything").await;
    page.press("delete-everything-confirm").await;
    page.until(60, "the proof", "return document.querySelector(\"[data-testid='left']\")?.dataset.count === '0'").await;
    let files_of_the_app = |profile: &Profile| {
        let kept = profile.kept("Service Worker/CacheStorage");
        kept.into_iter().filter(|file| holds(file, b"worker-boot.js")).count()
    };
    // Chromium marks the files of a deleted cache and removes them when its stopped service worker lets go of them, 17 to 19 s
    // later where it was measured and more on a busy machine; at the latest when it is closed. The panel says so.
    let says = "return document.querySelector(\"[data-testid='left']\").textContent.includes('at the latest until it is closed')";
    assert_eq!(page.run(says).await, true);
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while named(&profile) + files_of_the_app(&profile) > 0 && std::time::Instant::now() < end {
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
    page.browser.close().await;
    let files = |folder| profile.kept(folder).len();
    println!("files left on the disk: {} and {}", files("IndexedDB"), files("Service Worker/CacheStorage"));
    assert_eq!(named(&profile), 0);
    assert_eq!(files_of_the_app(&profile), 0);
}

#[tokio::test]
async fn another_tab_is_told_and_one_that_does_not_let_go_is_named_and_waited_for() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let client = page.browser.client.clone();
    let first = client.window().await.unwrap();
    let second = client.new_window(true).await.unwrap().handle;
    client.switch_to_window(second.clone()).await.unwrap();
    client.goto(&app.url("?device=cpu")).await.unwrap();
    page.wait("a word about the first tab", 60, |now| now.notices.iter().any(|it| it.contains("another tab"))).await;
    // It has the database open and does not hear that it shall let go.
    promised(&page, "await new Promise((done) => { indexedDB.open('headstart').onsuccess = (e) => { globalThis.held = e.target.result; done() } })").await;

    client.switch_to_window(first.clone()).await.unwrap();
    page.press("request-meter").await;
    page.press("delete-everything").await;
    page.press("delete-everything-confirm").await;
    let blocked =
        "return document.getElementById('privacy').innerText.includes('Another tab still has the photos open')";
    page.until(20, "a word about the other tab", blocked).await;
    client.switch_to_window(second).await.unwrap();
    page.wait("a word about the deletion", 10, |now| {
        now.notices.iter().any(|it| it.contains("deleted in another tab"))
    })
    .await;
    client.close_window().await.unwrap();
    client.switch_to_window(first).await.unwrap();
    page.until(20, "the proof", "return document.querySelector(\"[data-testid='left']\")?.dataset.count === '0'").await;
    assert_eq!(left(&page).await["databases"], json!([]));
    page.press("start-afresh").await;
    assert!(is_fresh(&page.ready().await));
}
