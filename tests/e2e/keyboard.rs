//! The page without a mouse.

use std::collections::BTreeSet;

use fantoccini::{Locator, key::Key};

use crate::{
    app::App,
    browser::{Options, Profile},
    cdp,
    files::write_classes,
    page::Page,
};

/// Presses Tab until it comes round, and gives what had the focus: test id or name, and whether a ring was to be seen.
async fn walk(page: &Page) -> Vec<(String, bool)> {
    let mut stops = Vec::new();
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

#[tokio::test]
async fn everything_can_be_reached_and_pressed_from_the_keyboard() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 5, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;

    // A class by keyboard alone.
    let add = page.hook("add-class").await;
    add.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.wait("a new class", 10, |now| now.classes.len() == 1).await;

    page.import(folder.path(), photos).await;
    // Train without a click.
    page.hook("train").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.wait("a trained head", 120, |now| now.train_state() == "trained" && now.engine_state() == "ready").await;

    page.run("document.activeElement.blur(); window.scrollTo(0, 0)").await;
    let stops = walk(&page).await;
    println!("{} stops: {:?}", stops.len(), stops.iter().map(|(name, _)| name).collect::<Vec<_>>());
    let names: BTreeSet<&str> = stops.iter().map(|(name, _)| name.as_str()).collect();
    for needed in ["import-folder", "import-files", "add-class", "train", "predict-input", "download-head", "open-head"]
    {
        assert!(names.contains(needed), "{needed} cannot be reached: {names:?}");
    }
    let hidden: Vec<&String> = stops.iter().filter(|(_, shown)| !shown).map(|(name, _)| name).collect();
    assert!(hidden.is_empty(), "the focus cannot be seen on {hidden:?}");
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
