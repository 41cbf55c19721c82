//! Files and folders let go over the page, by real drag events of the browser.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    app::App,
    browser::{Options, Profile},
    cdp,
    files::{picture, write_classes},
    page::Page,
};

/// Drags files or a folder from outside over the middle of an element, and lets them go there.
pub(crate) async fn drop_on(page: &Page, selector: &str, files: &[&Path]) {
    let script = format!(
        "const e = document.querySelector('{selector}'); e.scrollIntoView({{ block: 'center' }});
         const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2];"
    );
    let at: (f64, f64) = serde_json::from_value(page.run(&script).await).unwrap();
    let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let data = json!({ "items": [], "files": files, "dragOperationsMask": 1 });
    let drag = |kind: &str| json!({ "type": kind, "x": at.0, "y": at.1, "data": data });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let answer: Value = cdp::devtools(&page.browser.client, "Input.dispatchDragEvent", drag(kind)).await;
        assert!(answer.get("error").is_none(), "{answer}");
    }
}

#[tokio::test]
async fn a_folder_dropped_on_the_page_becomes_classes_and_files_go_where_they_are_let_go() {
    let Some(app) = App::start().await else { return };
    let (profile, folder, loose) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    drop_on(&page, "main", &[folder.path()]).await;
    let now = page.wait("the dropped folder", 60, |now| now.photos() == photos && now.engine_state() == "ready").await;
    assert_eq!(now.counts().keys().collect::<Vec<_>>(), ["blue", "green", "red"]);

    // On a class, whatever their folder is called.
    let file = |name: &str, class: usize, number: u32| {
        let file = loose.path().join(name);
        fs::write(&file, picture(class, number)).unwrap();
        file
    };
    let red = file("one more.bmp", 0, 500);
    drop_on(&page, "[data-testid=\"class-card\"][data-class=\"red\"]", &[&red]).await;
    page.wait("the file in its class", 30, |now| now.counts().get("red").is_some_and(|count| count == "5")).await;

    page.instant().await;
    let (blue, green) = (file("blue?.bmp", 2, 901), file("green?.bmp", 1, 902));
    drop_on(&page, "#try", &[&blue, &green]).await;
    page.wait("both answers", 30, |now| now.predictions == 2 && now.engine_state() == "ready").await;
    assert_eq!(page.now().await.photos(), photos + 1, "what is asked about does not teach");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// A link of another page has no file: left to itself, the browser would go there, and the page would be gone.
#[tokio::test]
async fn the_address_of_a_picture_gets_a_sentence_and_the_page_stays() {
    let Some(app) = App::start().await else { return };
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let here = page.browser.client.current_url().await.unwrap();
    let link = json!([{ "mimeType": "text/uri-list", "data": app.url("elsewhere.jpg") }]);
    let data = json!({ "items": link, "files": [], "dragOperationsMask": 1 });
    for kind in ["dragEnter", "dragOver", "drop"] {
        let drag = json!({ "type": kind, "x": 400, "y": 300, "data": data });
        let answer: Value = cdp::devtools(&page.browser.client, "Input.dispatchDragEvent", drag).await;
        assert!(answer.get("error").is_none(), "{answer}");
    }
    page.wait("a sentence", 10, |now| now.notices.iter().any(|notice| notice.contains("Only an address"))).await;
    assert_eq!(page.browser.client.current_url().await.unwrap(), here);
    assert!(!app.requests().iter().any(|request| request.contains("elsewhere.jpg")), "it was asked for");
}
