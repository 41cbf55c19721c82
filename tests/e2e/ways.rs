//! Ways in and ways to sort: a zip of folders, a rectangle over photos, a class that is split, photos found by their names.

use std::fs;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{CLASSES, picture, stored_zip, write_classes},
    page::Page,
};

#[tokio::test]
async fn the_folders_of_a_zip_become_classes_and_a_broken_one_is_told() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let files: Vec<(String, Vec<u8>)> = (0..12)
        .map(|number| {
            let class = number as usize % 3;
            (format!("things/{}/{number}.bmp", CLASSES[class]), picture(class, number))
        })
        .chain([("things/red/read me.txt".to_owned(), b"no picture".to_vec())])
        .collect();
    let (zip, cut) = (folder.path().join("things.zip"), folder.path().join("cut.zip"));
    let bytes = stored_zip(&files);
    fs::write(&zip, &bytes).unwrap();
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.give("import-files", &[cut]).await;
    let says = |notices: &[String], words: &str| notices.iter().any(|notice| notice.contains(words));
    page.wait("a word about the broken one", 20, |now| says(&now.notices, "This zip cannot be read")).await;
    page.give("import-files", &[zip]).await;
    let now = page
        .wait("the photos", 60, |now| {
            now.photos() == 12 && now.engine_state() == "ready" && says(&now.notices, "read me.txt")
        })
        .await;
    assert_eq!(now.counts(), CLASSES.map(|name| (name.to_owned(), "4".to_owned())).into());
    page.instant().await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn photos_are_chosen_by_a_rectangle_and_become_a_class_of_their_own() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 12, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    // From within the first photo of a class to within the third of its first line.
    let middles = "const tiles = [...document.querySelector('[data-class=red]').querySelectorAll('.thumb')];
        tiles[0].scrollIntoView({ block: 'center' });
        return [0, 2].map((at) => tiles[at].getBoundingClientRect()).map((r) => [r.x + r.width / 2, r.y + r.height / 2])";
    let [(x, y), (to_x, to_y)]: [(f64, f64); 2] = serde_json::from_value(page.run(middles).await).unwrap();
    let to = |x: f64, y: f64| PointerAction::MoveTo { duration: None, x: x.round(), y: y.round() };
    let draw = MouseActions::new("mouse".to_owned())
        .then(to(x, y))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(to(x + 20.0, y))
        .then(to(to_x, to_y))
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    page.browser.client.perform_actions(draw).await.unwrap();
    let chosen = "return document.querySelectorAll('[data-class=red] .thumb[aria-pressed=true]').length";
    page.until(5, "three chosen photos", &chosen.replace("return ", "return 3 === ")).await;
    // A press without a way is a press: one more.
    let press = "document.querySelectorAll('[data-class=red] .thumb')[5].click()";
    page.run(press).await;
    page.until(5, "four chosen photos", &chosen.replace("return ", "return 4 === ")).await;
    page.press("split-class").await;
    page.until(5, "the field", "return document.activeElement?.dataset.testid === 'split-name'").await;
    page.browser.client.active_element().await.unwrap().send_keys("scarlet\u{e007}").await.unwrap();
    let wanted = |red: &str, scarlet: Option<&str>| {
        let (red, scarlet) = (red.to_owned(), scarlet.map(str::to_owned));
        move |now: &crate::snapshot::Snapshot| {
            now.counts().get("red") == Some(&red) && now.counts().get("scarlet") == scarlet.as_ref()
        }
    };
    page.wait("the split class", 10, wanted("8", Some("4"))).await;
    page.undo().await;
    page.wait("one class again", 10, wanted("12", None)).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn photos_are_found_by_their_names() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 30, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let type_in = async |text: &str| {
        let script = format!(
            "const field = document.querySelector(\"[data-class=green] [data-testid='photo-search']\");
             field.value = '{text}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        );
        page.run(&script).await;
    };
    let shown = |count: usize| {
        format!("return document.querySelectorAll('[data-class=green] .thumb:not(.add)').length === {count}")
    };
    type_in("GREEN-02").await;
    page.until(5, "ten photos", &shown(10)).await;
    type_in("green-029").await;
    page.until(5, "one photo", &shown(1)).await;
    let name = "return document.querySelector('[data-class=green] .thumb').ariaLabel.includes('green-029.bmp')";
    assert_eq!(page.run(name).await, json!(true));
    type_in("nothing").await;
    page.until(5, "no photo", &shown(0)).await;
    type_in("").await;
    page.until(5, "all photos", &shown(30)).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
