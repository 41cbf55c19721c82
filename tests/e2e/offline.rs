//! Without a network, without headers, from one version to the next: what the service worker is for.

use std::{fs, path::Path};

use headstart::precache;
use serde_json::{Value, json};

use crate::{
    app::App,
    browser::{Browser, Options, Profile},
    cdp,
    files::{files_below, write_classes},
    page::Page,
    snapshot::same_score,
};

/// A script that tells whether the service worker's side said this word.
fn said(word: &str) -> String {
    format!("return (document.documentElement.dataset.offline ?? '').split(' ').includes('{word}')")
}

/// Waits until this version is on the device.
pub(crate) async fn kept(page: &Page) {
    page.until(60, "a kept version", &said("kept")).await;
}

/// Runs an async script of the page.
pub(crate) async fn promised(page: &Page, script: &str) -> Value {
    let script =
        format!("const done = arguments[0]; (async () => {{ {script} }})().then(done, (e) => done(String(e)))");
    page.browser.client.execute_async(&script, Vec::new()).await.unwrap()
}

fn count(requests: &[String], part: &str) -> usize {
    requests.iter().filter(|path| path.contains(part)).count()
}

#[tokio::test]
async fn after_one_visit_everything_works_without_a_network_and_nothing_was_loaded_twice() {
    let Some((mut app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    kept(&page).await;
    let all = app.downloads();
    println!("{} downloads: {all:?}", all.len());
    let place = |part: &str| all.iter().position(|path| path.contains(part));
    assert!(place("sw.js") > place(".safetensors"), "the service worker came before the engine was ready: {all:?}");
    let twice: Vec<&String> = all.iter().filter(|path| all.iter().filter(|other| other == path).count() > 1).collect();
    assert_eq!(twice, Vec::<&String>::new(), "downloaded twice");
    assert_eq!(count(&all, "gpu"), 0, "the engine for a graphics chip came to a browser without one: {all:?}");

    app.stop();
    let asked = app.requests().len();
    page.reload().await;
    page.ready().await;
    page.import(folder.path(), photos).await;
    let trained = page.train().await;
    let answers = page.predict(&files_below(folder.path())[..3]).await;
    page.download_head(&profile).await;
    page.browser.client.goto(&app.url("")).await.unwrap();
    let again = page.ready().await;
    assert_eq!(again.counts(), trained.counts());
    assert!(same_score(&again.score, &trained.score), "{:?} {:?}", again.score, trained.score);
    assert_eq!(page.predict(&files_below(folder.path())[..3]).await, answers);
    page.browser.client.goto(&app.url("index.html?device=cpu")).await.unwrap();
    page.ready().await;
    kept(&page).await;
    assert_eq!(app.requests().len(), asked, "the host was not gone");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// Makes another version of the bundle, in the page and in the worker.
fn change(bundle: &Path) {
    for (file, added) in
        [("boot.js", "\ndocument.documentElement.dataset.build = 'two';\n"), ("worker-boot.js", "\n// build two\n")]
    {
        let text = fs::read_to_string(bundle.join(file)).unwrap();
        fs::write(bundle.join(file), text + added).unwrap();
    }
    precache::write(bundle).unwrap();
}

/// Whether the page and what a worker of it would get are of the second version.
async fn versions(page: &Page) -> Value {
    let script = "const worker = await (await fetch('worker-boot.js')).text();
                  return [document.documentElement.dataset.build === 'two', worker.includes('build two')]";
    promised(page, script).await
}

#[tokio::test]
async fn a_new_version_is_offered_and_comes_whole_when_the_person_says_so() {
    let Some((app, bundle)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    let before = page.import(folder.path(), photos).await;
    kept(&page).await;

    change(bundle.path());
    page.reload().await;
    page.ready().await;
    assert_eq!(versions(&page).await, json!([false, false]), "a version came before it was wanted");
    let offered = page.wait("the offer", 30, |now| now.notices.iter().any(|it| it.contains("A new version"))).await;
    println!("{}", offered.notices.join(" / "));
    // Not even the next load takes it by itself, and its weights are those that are here.
    page.reload().await;
    page.ready().await;
    assert_eq!(versions(&page).await, json!([false, false]));
    assert_eq!(count(&app.downloads(), ".safetensors"), 1);

    // Another tab stands on the old version: it is not changed under it.
    page.until(60, "the offer again", &said("update")).await;
    let first = page.browser.client.window().await.unwrap();
    let second = page.browser.client.new_window(true).await.unwrap().handle;
    page.browser.client.switch_to_window(second).await.unwrap();
    page.browser.client.goto(&app.url("?device=cpu")).await.unwrap();
    page.until(60, "the other tab", "return document.querySelector('[data-testid=engine-status]') !== null").await;
    page.browser.client.switch_to_window(first.clone()).await.unwrap();
    page.press("use-new-version").await;
    page.until(60, "a word about the other tab", &said("tabs")).await;
    assert!(page.now().await.notices.iter().any(|notice| notice.contains("another tab")));
    assert_eq!(versions(&page).await, json!([false, false]));
    let all = page.browser.client.windows().await.unwrap();
    for window in all.into_iter().filter(|window| *window != first) {
        page.browser.client.switch_to_window(window).await.unwrap();
        page.browser.client.close_window().await.unwrap();
    }
    page.browser.client.switch_to_window(first).await.unwrap();

    page.press("use-new-version").await;
    page.until(60, "the new version", "return document.documentElement.dataset.build === 'two'").await;
    let after = page.ready().await;
    kept(&page).await;
    assert_eq!(versions(&page).await, json!([true, true]), "page and worker are of two versions");
    assert_eq!(after.counts(), before.counts());
    assert_eq!(after.notices, Vec::<String>::new());
    let caches = promised(&page, "return (await caches.keys()).length").await;
    assert_eq!(caches, 1, "the old version is still kept");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// What comes of a fetch to another address, from the page and from a worker whose script the host sent.
async fn foreign(page: &Page, to: &str) -> Value {
    let script = format!(
        "const page = await fetch('{to}/page', {{ mode: 'no-cors' }}).then(() => 'sent', () => 'stopped');
         const worker = new Worker('worker-boot.js', {{ type: 'module', name: '{to}/worker' }});
         const word = await new Promise((resolve) => {{ worker.onmessage = (told) => resolve(told.data); }});
         worker.terminate();
         return [page, word];"
    );
    promised(page, &script).await
}

#[tokio::test]
async fn on_a_host_without_headers_page_and_worker_are_bound_by_the_policy() {
    let Some((app, bundle)) = App::of_copy(true).await else { return };
    let elsewhere = App::start().await.unwrap();
    // A worker of the same script that tries to send something to the address in its name, and never becomes an engine.
    let attempt = "if (name.endsWith('/worker')) {
        postMessage(await fetch(name, { mode: 'no-cors' }).then(() => 'sent', () => 'stopped'));
        await new Promise(() => {});
    }\n";
    let script = bundle.path().join("worker-boot.js");
    let text = fs::read_to_string(&script).unwrap();
    fs::write(&script, format!("{attempt}{text}")).unwrap();
    precache::write(bundle.path()).unwrap();

    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let policy = "const files = ['./', 'boot.js', 'worker-boot.js', 'worker_bg.wasm', 'missing'];
                  const headers = await Promise.all(files.map(async (file) => (await fetch(file)).headers));
                  return headers.every((of) => of.get('content-security-policy')?.includes(\"connect-src 'self'\"))";
    assert_eq!(promised(&page, policy).await, true, "before everything is kept");
    assert_eq!(foreign(&page, &elsewhere.origin()).await, json!(["stopped", "stopped"]));
    kept(&page).await;
    page.reload().await;
    let now = page.ready().await;
    assert_eq!(now.notices, Vec::<String>::new());
    assert_eq!(promised(&page, policy).await, true, "from what is kept");
    assert_eq!(foreign(&page, &elsewhere.origin()).await, json!(["stopped", "stopped"]));
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
}

/// Opens the page in a browser that has no service workers, as some private windows.
pub(crate) async fn without_service_workers(app: &App, profile: &Profile) -> Page {
    let browser = Browser::start(profile, Options::default()).await;
    let source = json!({ "source": "delete Navigator.prototype.serviceWorker" });
    cdp::devtools(&browser.client, "Page.addScriptToEvaluateOnNewDocument", source).await;
    browser.client.goto(&app.url("?device=cpu")).await.unwrap();
    Page { browser }
}

#[tokio::test]
async fn without_service_workers_the_page_works_and_says_if_nothing_binds_it() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let profile = Profile::fresh();
    let page = without_service_workers(&app, &profile).await;
    assert_eq!(page.ready().await.notices, Vec::<String>::new());
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    page.browser.close().await;

    let (bare, _copy) = App::of_copy(true).await.unwrap();
    let page = without_service_workers(&bare, &profile).await;
    let now = page.ready().await;
    println!("{}", now.notices.join(" / "));
    assert!(now.notices.iter().any(|notice| notice.contains("rule")), "{:?}", now.notices);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_installed_page_opens_a_head_file_from_the_system() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let options = Options { installs: true, ..Options::default() };
    let page = Page::open(&app, "", &profile, options).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    page.press_words("Show results").await;
    let head = page.download_head(&profile).await;
    kept(&page).await;

    let client = &page.browser.client;
    let found = cdp::devtools(client, "Page.getInstallabilityErrors", json!({})).await;
    assert_eq!(found["installabilityErrors"], json!([]));
    let id = app.url("");
    cdp::devtools(client, "PWA.install", json!({ "manifestId": id, "installUrlOrBundleUrl": id })).await;
    cdp::devtools(client, "PWA.launchFilesInApp", json!({ "manifestId": id, "files": [head] })).await;
    page.answers_by(&head).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
