//! Storage that fails: each way has its own words and a way out, and nothing that was kept is hidden or changed.

use std::{fs, path::Path, time::Duration};

use serde_json::json;

use crate::{
    app::App,
    browser::{Options, Profile},
    cdp,
    files::write_classes,
    page::Page,
    shelves::{Moment, Shelves},
    snapshot::Snapshot,
};

/// Runs the body of an async function in the page.
async fn run_async(page: &Page, body: &str) {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         const settled = (r) => new Promise((y, n) => {{ r.onsuccess = () => y(r.result); r.onerror = () => n(r.error); }});
         (async () => {{ {body} }})().then(() => done(null), (error) => done(String(error)));"
    );
    let told = page.browser.client.execute_async(&script, Vec::new()).await.unwrap();
    assert!(told.is_null(), "{told}");
}

async fn with_photos(app: &App, profile: &Profile, folder: &Path) -> Page {
    let photos = write_classes(folder, 3, 0);
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    page.import(folder, photos).await;
    page.instant().await;
    page
}

fn says(now: &Snapshot, words: &str) -> bool {
    now.notices.iter().any(|notice| notice.contains(words))
}

/// Goes to the app and waits until it says something.
async fn open_and_hear(page: &Page, app: &App, words: &str) -> Snapshot {
    page.browser.client.goto(&app.url("?device=cpu")).await.unwrap();
    page.wait(words, 60, |now| says(now, words)).await
}

#[tokio::test]
async fn a_project_of_a_newer_version_is_refused_and_left_as_it_is() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let page = with_photos(&app, &profile, folder.path()).await;
    let before = Shelves::look(&app, &page.browser).await;
    run_async(&page, "(await settled(indexedDB.open('headstart', 99))).close();").await;
    open_and_hear(&page, &app, "saved by a newer version").await;
    // Files that are dropped now are refused, not kept somewhere else.
    page.start_import(folder.path()).await;
    page.wait("nothing to be done", 20, |now| now.engine_state() != "busy").await;
    let after = Shelves::look(&app, &page.browser).await;
    assert_eq!(after, before);
    assert_eq!(after.photos().len(), 9);
}

#[tokio::test]
async fn a_full_disk_keeps_what_is_there_and_goes_on_when_there_is_room() {
    let Some(app) = App::start().await else { return };
    let (profile, folder, more) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let page = with_photos(&app, &profile, folder.path()).await;
    let before = page.now().await;
    let new = write_classes(more.path(), 4, 50);
    let quota = async |size: Option<u32>| {
        let params =
            size.map_or(json!({ "origin": app.origin() }), |size| json!({ "origin": app.origin(), "quotaSize": size }));
        cdp::devtools(&page.browser.client, "Storage.overrideQuotaForOrigin", params).await
    };
    // The browser remembers for half a minute how much room a database had.
    Shelves::look(&app, &page.browser).await;
    tokio::time::sleep(Duration::from_secs(31)).await;
    quota(Some(1_000)).await;
    page.browser.client.goto(&app.url("?device=cpu")).await.unwrap();
    page.instant().await;
    page.start_import(more.path()).await;
    let full = page.wait("a full disk", 60, |now| says(now, "nearly full") && now.engine_state() == "ready").await;
    assert!(full.photos() < before.photos() + new, "there was room for all: the test showed nothing");
    let found = Shelves::look_here(&page.browser).await;
    assert_eq!(found.troubles(Moment::AfterKill), Vec::<String>::new());
    assert_eq!(found.photos().len(), full.photos(), "the page shows what is kept");

    quota(None).await;
    page.close_notices().await;
    page.start_import(more.path()).await;
    page.wait("the rest", 60, |now| now.photos() == before.photos() + new && now.engine_state() == "ready").await;
    page.instant().await;
    assert_eq!(Shelves::look_here(&page.browser).await.troubles(Moment::AtRest), Vec::<String>::new());
}

#[tokio::test]
async fn a_project_that_the_browser_deleted_is_not_taken_for_a_new_one() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let page = with_photos(&app, &profile, folder.path()).await;
    Shelves::look(&app, &page.browser).await;
    run_async(&page, "await settled(indexedDB.deleteDatabase('headstart'));").await;
    let told = open_and_hear(&page, &app, "The browser has deleted this project").await;
    assert!(says(&told, "It had 9 photos"), "{:?}", told.notices);
    page.reload().await;
    page.ready().await;
    page.wait("the same once more", 10, |now| says(now, "It had 9 photos")).await;

    // The way out: the photos once more.
    page.import(folder.path(), 9).await;
    page.close_notices().await;
    page.reload().await;
    let now = page.ready().await;
    assert_eq!((now.photos(), now.notices), (9, Vec::new()));
}

/// Puts a script in front of the engine's.
fn before_the_engine(copy: &Path, script: &str) -> String {
    let file = copy.join("worker-boot.js");
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("{script}\n{whole}")).unwrap();
    whole
}

/// The copy keeps nothing offline: what is changed in it is what the browser gets.
fn without_service_worker(copy: &Path) {
    let file = copy.join("index.html");
    let page = fs::read_to_string(&file).unwrap();
    let (before, rest) = page.split_once(" data-version=\"").expect("a listed copy");
    let (_, after) = rest.split_once('"').unwrap();
    fs::write(&file, format!("{before}{after}")).unwrap();
}

#[tokio::test]
async fn without_a_database_everything_works_with_a_warning_and_a_project_of_before_is_not_forgotten() {
    let Some((app, copy)) = App::of_copy(false).await else { return };
    without_service_worker(copy.path());
    let whole = before_the_engine(copy.path(), "Object.defineProperty(globalThis, 'indexedDB', { value: undefined });");
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 3, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    assert!(says(&page.now().await, "This project is not saved"), "{:?}", page.now().await.notices);
    page.import(folder.path(), photos).await;
    page.train().await;
    page.download_head(&profile).await; // the way out

    // With a database all of it is kept …
    let broken = fs::read_to_string(copy.path().join("worker-boot.js")).unwrap();
    fs::write(copy.path().join("worker-boot.js"), whole).unwrap();
    page.reload().await;
    page.ready().await;
    page.import(folder.path(), photos).await;
    // … and when it cannot be opened, it says so, and shows no empty project as if nothing had been there.
    fs::write(copy.path().join("worker-boot.js"), broken).unwrap();
    page.reload().await;
    let told = page.wait("a warning", 60, |now| says(now, "cannot be opened right now")).await;
    assert!(says(&told, "It has 9 photos"), "{:?}", told.notices);
    let found = Shelves::look(&app, &page.browser).await;
    assert_eq!(found.photos().len(), photos);
}
