//! The page in other languages: as the browser asks for, by hand, without a network, and the whole job from right to left.

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{files_below, write_classes},
    offline::kept,
    page::Page,
};
use serde_json::{Value, json};

/// What `<html>` says of the language.
async fn language(page: &Page) -> Value {
    page.run("const { lang, dir } = document.documentElement; return [lang, dir]").await
}

/// Chooses by hand, and waits until the page is in it.
async fn choose(page: &Page, tag: &str) {
    let script = format!(
        "const select = document.querySelector('[data-testid=language]'); select.value = '{tag}';
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
    );
    page.run(&script).await;
    page.until(10, "the language", &format!("return document.documentElement.lang === '{tag}'")).await;
}

/// How many pixels the page is wider than its window, at the widths of a desk, a phone and a small phone.
async fn overflow(page: &Page) -> Vec<Value> {
    let mut all = Vec::new();
    for width in [1280, 390, 320] {
        let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
        crate::cdp::devtools(&page.browser.client, "Emulation.setDeviceMetricsOverride", size).await;
        all.push(page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await);
    }
    crate::cdp::devtools(&page.browser.client, "Emulation.clearDeviceMetricsOverride", json!({})).await;
    all
}

#[tokio::test]
async fn the_language_is_the_one_of_the_browser() {
    let Some(app) = App::start().await else { return };
    for (asked, tag, direction) in
        [("de-AT,de", "de", "ltr"), ("es-MX,es", "es", "ltr"), ("ar", "ar", "rtl"), ("fr", "en", "ltr")]
    {
        let profile = Profile::fresh();
        let page = Page::open(&app, "?device=cpu", &profile, Options { languages: asked, ..Options::default() }).await;
        assert_eq!(language(&page).await, json!([tag, direction]), "{asked}");
        assert_eq!(overflow(&page).await, [json!(0), json!(0), json!(0)], "{asked} overflows");
        assert_eq!(page.console_errors().await, Vec::<String>::new(), "{asked}");
    }
}

#[tokio::test]
async fn a_language_chosen_by_hand_stays_and_the_whole_job_is_done_in_arabic_without_a_network() {
    let Some((mut app, _copy)) = App::of_copy(false).await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    assert_eq!(language(&page).await, json!(["en", "ltr"]));
    kept(&page).await;
    app.stop();

    choose(&page, "ar").await;
    assert_eq!(page.run("return document.activeElement.dataset.testid").await, "language", "the focus got lost");
    page.reload().await;
    page.ready().await;
    assert_eq!(language(&page).await, json!(["ar", "rtl"]));
    page.import(folder.path(), photos).await;
    page.train().await;
    assert_eq!(page.predict(&files_below(folder.path())[..2]).await.len(), 2);
    assert_eq!(overflow(&page).await, [json!(0), json!(0), json!(0)]);
    // What is there stays when the language changes.
    let before = page.now().await.counts();
    choose(&page, "de").await;
    assert_eq!(page.now().await.counts(), before);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn another_language_is_one_request_and_is_counted_once() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    for (tag, sent) in [("de", "1"), ("en", "1"), ("ar", "2")] {
        choose(&page, tag).await;
        // The browser tells of a request some moments after it has ended.
        let script = format!("return document.querySelector('[data-testid=request-meter]').dataset.count === '{sent}'");
        page.until(10, &format!("{sent} requests after {tag}"), &script).await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(page.hook("request-meter").await.attr("data-count").await.unwrap().as_deref(), Some("2"));
}

/// Beside each step a paragraph, folded away, in the language of the page.
#[tokio::test]
async fn what_is_going_on_is_told_beside_each_step() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.press("try-samples").await;
    page.wait("answers", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    for (tag, word) in [("en", "shift"), ("de", "Verschiebung"), ("es", "desplazamiento"), ("ar", "الانزياح")] {
        choose(&page, tag).await;
        page.run("document.querySelector(\"[data-about='score']\").open = false").await;
        let folds =
            "return [...document.querySelectorAll(\"[data-testid='fold']\")].map((e) => [e.dataset.about, e.open])";
        let closed =
            json!([["photos", false], ["training", false], ["score", false], ["try", false], ["share", false]]);
        assert_eq!(page.run(folds).await, closed);
        page.run("document.querySelector(\"[data-about='score'] summary\").click()").await;
        let said = page.run("return document.querySelector(\"[data-about='score']\").innerText").await;
        assert!(said.as_str().unwrap().contains(word), "{said}");
    }
}
