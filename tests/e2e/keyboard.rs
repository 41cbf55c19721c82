//! The page without a mouse.

use std::time::Duration;

use fantoccini::{Locator, key::Key};

use crate::{
    app::App,
    browser::{Options, Profile},
    cdp,
    files::write_classes,
    page::Page,
};

/// Presses Tab from the top until it comes round, and gives what had the focus: test id or name, and whether a ring was to be
/// seen.
async fn walk(page: &Page) -> Vec<(String, bool)> {
    let mut stops = Vec::new();
    // Where Tab goes on depends on what had the focus last; the link over the page is the first stop.
    page.run("document.querySelector('a').focus()").await;
    for _ in 0..120 {
        page.browser.client.active_element().await.unwrap().send_keys(&Key::Tab.to_string()).await.unwrap();
        let seen = page
            .run(
                r"const e = document.activeElement;
                if (e === document.body) return null;
                const style = getComputedStyle(e), near = getComputedStyle(e.parentElement);
                const shown = [style, near].some((s) => s.outlineStyle !== 'none' || s.boxShadow !== 'none');
                return [e.dataset.testid ?? e.getAttribute('aria-label') ?? e.textContent.trim().slice(0, 40), shown];",
            )
            .await;
        if seen.is_null() {
            break;
        }
        stops.push((seen[0].as_str().unwrap().to_owned(), seen[1].as_bool().unwrap()));
    }
    stops
}

/// Asserts that all of `needed` are among the stops, as their name or a part of it, and that every stop shows the focus.
fn assert_reached(stops: &[(String, bool)], needed: &[&str]) {
    println!("{} stops: {:?}", stops.len(), stops.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for part in needed {
        assert!(stops.iter().any(|(name, _)| name.contains(part)), "{part} cannot be reached: {stops:?}");
    }
    let hidden: Vec<&String> = stops.iter().filter(|(_, shown)| !shown).map(|(name, _)| name).collect();
    assert!(hidden.is_empty(), "the focus cannot be seen on {hidden:?}");
}

#[tokio::test]
async fn everything_can_be_reached_and_pressed_from_the_keyboard() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    // File inputs take no place of their own: buttons open them.
    assert_reached(
        &walk(&page).await,
        &["Choose a folder", "Choose photos", "add-class", "open a head file", "engine-status"],
    );

    // A class by keyboard alone.
    page.hook("add-class").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    let field = page.hook("add-class-name").await;
    field.send_keys(&format!("pebbles{}", char::from(Key::Enter))).await.unwrap();
    let now = page.wait("a new class", 10, |now| now.classes.len() == 1).await;
    assert_eq!(now.counts().keys().collect::<Vec<_>>(), ["pebbles"]);

    page.import(folder.path(), photos).await;
    page.hook("train").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.wait("a trained head", 120, |now| now.train_state() == "trained" && now.engine_state() == "ready").await;

    assert_reached(&walk(&page).await, &["add-class", "train", "download-head", "engine-status"]);
}

#[tokio::test]
async fn every_control_has_a_name_and_every_picture_a_text() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.train().await;
    let controls =
        page.browser.client.find_all(Locator::Css("button, input, a[href], select, textarea")).await.unwrap();
    let mut nameless = Vec::new();
    for control in controls {
        if control.is_displayed().await.unwrap() && cdp::accessible_name(&control).await.is_empty() {
            nameless.push(control.html(false).await.unwrap());
        }
    }
    assert_eq!(nameless, Vec::<String>::new());
    let script = "return [...document.querySelectorAll('img:not([alt])')].map((img) => img.outerHTML)";
    assert_eq!(page.run(script).await, serde_json::json!([]));
    assert_eq!(page.run("return document.documentElement.lang").await, "en");
}

#[tokio::test]
async fn letters_are_listed_under_the_question_mark_changed_and_switched_off() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    // What has the focus may be on its way: a dialog that closes gives it back a moment later.
    let keys = async |keys: &str| {
        for _ in 0..20 {
            let focused = page.browser.client.active_element().await.unwrap();
            if focused.send_keys(keys).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("nothing takes {keys:?}");
    };
    let is_open = |id: &str, open: bool| format!("return document.getElementById('{id}').open === {open}");
    let escape = "\u{e00c}";
    let list = async || {
        page.until(5, "the list of keys", &is_open("keys", true)).await;
        page.until(5, "the focus in it", "return document.activeElement.id === 'keys-title'").await;
    };
    keys("?").await;
    list().await;
    // The second line is the camera.
    let line = "document.querySelectorAll(\"[data-testid='change-key']\")[1]";
    page.run(&format!("{line}.focus()")).await;
    keys("\u{e007}").await;
    page.until(5, "the wish for a letter", &format!("return {line}.ariaPressed === 'true'")).await;
    keys("q").await;
    page.until(5, "the new letter", &format!("return {line}.textContent === 'Q'")).await;
    keys(escape).await;
    page.until(5, "the list closed", &is_open("keys", false)).await;
    keys("c").await;
    keys("q").await;
    page.until(5, "the camera", &is_open("camera-dialog", true)).await;
    keys(escape).await;
    page.until(5, "the camera closed", &is_open("camera-dialog", false)).await;
    // Kept over a reload, and switched off as a whole.
    page.browser.client.refresh().await.unwrap();
    page.ready().await;
    keys("?").await;
    list().await;
    page.run("document.querySelector(\"[data-testid='keys-on']\").focus()").await;
    keys(" ").await;
    page.until(5, "no letters", "return document.querySelectorAll(\"[data-testid='change-key']\").length === 0").await;
    keys(escape).await;
    page.until(5, "the list closed", &is_open("keys", false)).await;
    for letter in ["q", "?"] {
        keys(letter).await;
    }
    let none = "return !document.getElementById('keys').open && !document.getElementById('camera-dialog').open";
    assert_eq!(page.run(none).await, true);
    // The button goes on working, and everything comes back.
    page.run("document.querySelector('.topbar .keys').click()").await;
    list().await;
    page.run("document.querySelector(\"[data-testid='keys-on']\").click()").await;
    page.press("keys-usual").await;
    page.until(5, "the usual letter", &format!("return {line}.textContent === 'C'")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
