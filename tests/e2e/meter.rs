//! The count of requests in the top bar: nothing while photos are used, everything that is asked nevertheless.

use std::{fs, path::Path};

use headstart::precache;
use serde_json::Value;

use crate::{
    app::App,
    browser::{Options, Profile, new_download_within},
    files::{files_below, write_classes},
    net_log::Traffic,
    offline::{kept, without_service_workers},
    page::Page,
};

const COUNT: &str = "document.querySelector(\"[data-testid='request-meter']\").dataset.count";

async fn count(page: &Page) -> Value {
    page.run(&format!("return {COUNT} ?? null")).await
}

/// The sample pictures: learned, asked about, removed.
async fn use_samples(page: &Page) {
    page.press("try-samples").await;
    page.wait("answers to the new ones", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    page.press("remove-samples").await;
    page.wait("an empty project", 20, |now| now.photos() == 0 && now.counts().is_empty()).await;
}

async fn keys(page: &Page, element: &str, keys: &str) {
    page.run(&format!("document.querySelector(\"{element}\").focus()")).await;
    page.browser.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// Everything that can be done with photos that are there: excluded, removed, moved, tagged, joined, each taken back or kept.
async fn sort_photos(page: &Page) {
    let all = page.now().await.photos();
    let choose = "for (const tile of [...document.querySelectorAll('.class-row .thumb')].slice(0, 2)) tile.click()";
    keys(page, ".class-row .thumb", "x").await;
    page.until(10, "an excluded photo", "return !!document.querySelector('.thumb.is-excluded')").await;
    page.undo().await;
    page.until(10, "none", "return !document.querySelector('.thumb.is-excluded')").await;
    keys(page, ".class-row .thumb", "\u{e017}").await;
    page.wait("a photo less", 10, |now| now.photos() == all - 1).await;
    page.undo().await;
    page.wait("the photo back", 10, |now| now.photos() == all).await;
    page.run(choose).await;
    page.press("tag-photos").await;
    page.until(10, "the field", "return document.activeElement?.dataset.testid === 'tag-name'").await;
    page.browser.client.active_element().await.unwrap().send_keys("dark\u{e007}").await.unwrap();
    page.press_words("Same scene").await;
    page.run(choose).await;
    let first = page.now().await.counts()["blue"].clone();
    page.run(
        "const pick = document.querySelector('.chosen select.pick');
         pick.value = [...pick.options].find((option) => option.textContent === 'green').value;
         pick.dispatchEvent(new Event('change', { bubbles: true }))",
    )
    .await;
    page.wait("two photos less in their class", 10, |now| now.counts()["blue"] != first).await;
    page.undo().await;
    page.wait("both back", 10, |now| now.counts()["blue"] == first).await;
    page.press("redo").await;
    page.wait("two photos less in their class", 10, |now| now.counts()["blue"] != first).await;
    page.instant().await;
}

/// The answers as a table, the project as a file, and the trash emptied.
async fn save_files(page: &Page, profile: &Profile) {
    for buttons in [&["download-table"][..], &["request-meter", "export-project"]] {
        let before = profile.downloads();
        for button in buttons {
            page.press(button).await;
        }
        new_download_within(30, profile, &before).await;
    }
    page.press("empty-trash").await;
    page.run("document.getElementById('privacy').close()").await;
    page.ready().await;
}

#[tokio::test]
async fn the_count_stays_at_nothing_while_every_feature_is_used_and_the_network_agrees() {
    let Some((app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder, aside) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 10, 0);
    write_classes(aside.path(), 4, 60);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    assert_eq!(count(&page).await, "0");
    kept(&page).await;
    let asked = app.requests().len();

    use_samples(&page).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    sort_photos(&page).await;
    page.give("import-test-folder", &[aside.path().to_owned()]).await;
    page.until(
        30,
        "the test score",
        "return !!document.querySelector(\"[data-testid='test-score']\")?.dataset.accuracy",
    )
    .await;
    page.predict(&files_below(aside.path())[..3]).await;
    page.press("gaze").await;
    page.until(20, "a map", "return !!document.querySelector('.pred .heat image')").await;
    page.press_words("Show results").await;
    page.run("document.querySelector(\"[data-testid='measure-head-start']\").click()").await;
    page.until(
        30,
        "the head start",
        "return document.querySelector(\"[data-testid='head-start']\").dataset.points !== undefined",
    )
    .await;
    page.run("document.querySelector(\"[data-testid='border-test']\").click()").await;
    page.until(60, "the background", "return !!document.querySelector(\"[data-testid='border']\").dataset.verdict")
        .await;
    page.train().await;
    let head = page.download_head(&profile).await;
    page.give("open-head", std::slice::from_ref(&head)).await;
    page.answers_by(&head).await;
    page.predict(&files_below(aside.path())[3..6]).await;
    save_files(&page, &profile).await;

    let listed =
        page.run("return performance.getEntriesByType('resource').slice(-12).map((entry) => entry.name)").await;
    assert_eq!(count(&page).await, "0", "the last of the page: {listed}");
    // By itself the browser looks some time after a load whether the service worker is still the same.
    let later: Vec<String> = app.requests().split_off(asked).into_iter().filter(|path| path != "/sw.js").collect();
    assert_eq!(later, Vec::<String>::new(), "the server was asked");
    page.press("request-meter").await;
    page.until(20, "the list of what is stored", "return document.querySelectorAll('[data-part]').length === 7").await;
    let panel = page.run("return document.getElementById('privacy').innerText").await;
    println!("{}", panel.as_str().unwrap());
    assert!(panel.as_str().unwrap().contains(&app.origin()), "the panel names the only address");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    page.browser.close().await;
    assert_eq!(Traffic::read(&profile.net_log()).strangers(&app.origin()), Vec::<String>::new());
}

/// Lets engine and readers ask an address when the test says so.
fn let_workers_ask(bundle: &Path) {
    let script = bundle.join("worker-boot.js");
    let told = "new BroadcastChannel('test').onmessage = ({ data: [who, address] }) => {
        if (who === (name || 'engine')) fetch(address, { mode: 'no-cors' }).catch(() => {});
    };\n";
    fs::write(&script, told.to_owned() + &fs::read_to_string(&script).unwrap()).unwrap();
    precache::write(bundle).unwrap();
}

/// Page, engine and readers ask another address.
async fn ask(page: &Page, to: &str) {
    let script = format!(
        "fetch('{to}/of-page', {{ mode: 'no-cors' }}).catch(() => {{}});
         const channel = new BroadcastChannel('test');
         for (const who of ['engine', 'reader']) channel.postMessage([who, '{to}/of-' + who]);"
    );
    page.run(&script).await;
}

#[tokio::test]
async fn what_page_engine_and_readers_ask_where_nobody_forbids_it_is_counted_listed_and_caught() {
    let Some((app, bundle)) = App::of_copy(true).await else { return };
    let_workers_ask(bundle.path());
    let (elsewhere, _sink) = App::of_copy(true).await.unwrap();
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = without_service_workers(&app, &profile).await;
    page.ready().await;
    page.import(folder.path(), photos).await; // the readers are there by then
    assert_eq!(count(&page).await, "0");

    ask(&page, &elsewhere.origin()).await;
    page.until(20, "three requests and more", &format!("return Number({COUNT}) >= 3")).await;
    page.press("request-meter").await;
    for who in ["page", "engine", "reader"] {
        let address = format!("{}/of-{who}", elsewhere.origin());
        page.until(5, &address, &format!("return document.getElementById('privacy').innerText.includes('{address}')"))
            .await;
        assert!(elsewhere.requests().contains(&format!("/of-{who}")), "{:?}", elsewhere.requests());
    }
    page.browser.close().await;
    let strangers = Traffic::read(&profile.net_log()).strangers(&app.origin());
    assert_eq!(strangers, [format!("request to {}", elsewhere.origin())]);
}

#[tokio::test]
async fn what_page_engine_and_readers_ask_elsewhere_is_stopped_by_the_policy() {
    let Some((app, bundle)) = App::of_copy(false).await else { return };
    let_workers_ask(bundle.path());
    let (elsewhere, _sink) = App::of_copy(true).await.unwrap();
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    ask(&page, &elsewhere.origin()).await;
    // A request to the own address afterwards shows that the workers heard.
    ask(&page, &app.origin()).await;
    page.until(20, "three requests and more", &format!("return Number({COUNT}) >= 3")).await;
    for who in ["page", "engine", "reader"] {
        assert!(app.requests().contains(&format!("/of-{who}")), "{:?}", app.requests());
    }
    assert_eq!(elsewhere.requests(), Vec::<String>::new());
    page.browser.close().await;
    assert_eq!(Traffic::read(&profile.net_log()).strangers(&app.origin()), Vec::<String>::new());
}

#[tokio::test]
async fn the_browser_is_asked_not_to_delete_the_project_and_its_answer_is_told() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.press("request-meter").await;
    page.press("keep-for-good").await;
    page.until(10, "an answer", "return document.querySelector(\"[data-testid='keep-for-good']\") === null").await;
    let told = page.run("return document.querySelector(\"[data-testid='stored'] [role='status']\").textContent").await;
    let kept = page.run("return navigator.storage.persisted()").await;
    let words = if kept == true { "has promised to keep it" } else { "did not promise it" };
    assert!(told.as_str().unwrap().contains(words), "{kept}: {told}");
}

#[tokio::test]
async fn the_panel_opens_and_closes_by_the_keyboard_and_fits_a_phone() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.run("document.querySelector(\"[data-testid='request-meter']\").focus()").await;
    for width in [1280, 390, 320] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        page.browser.client.active_element().await.unwrap().send_keys("\u{e007}").await.unwrap();
        page.until(10, "the panel", "return document.getElementById('privacy').open").await;
        page.until(20, "its list", "return document.querySelectorAll('[data-part]').length === 7").await;
        let wide = "const d = document.getElementById('privacy');
            return [d.scrollWidth - d.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth]";
        assert_eq!(page.run(wide).await, serde_json::json!([0, 0]), "{width} pixels wide");
        page.browser.client.active_element().await.unwrap().send_keys("\u{e00c}").await.unwrap();
        let back = "return !document.getElementById('privacy').open
            && document.activeElement.dataset.testid === 'request-meter'";
        page.until(10, "the focus back", back).await;
    }
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
