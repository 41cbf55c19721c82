//! Ways in and ways to sort: a zip of folders, a rectangle over photos, a class that is split, photos found by their names.

use std::fs;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::json;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{CLASSES, picture, shared_data, stored_zip, write_classes},
    page::Page,
    shelves::Shelves,
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

#[tokio::test]
async fn formats_that_only_the_browser_reads_come_in_upright() {
    let Some(app) = App::start().await else { return };
    let Some(hard) = shared_data("hard") else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let class = folder.path().join("things");
    fs::create_dir(&class).unwrap();
    // The sizes after turning: one lies on its side in its file.
    let sizes = [
        ("made/photo.avif", (320, 320)),
        ("fetched/avif_hopper.avif", (128, 128)),
        ("fetched/avif_rot1mir0.avif", (640, 427)),
        ("fetched/avif_transparency.avif", (64, 64)),
        ("fetched/example.avif", (800, 533)),
        ("fetched/paris_icc_exif_xmp.avif", (403, 302)),
    ];
    // This browser has no HEIC.
    for file in sizes.map(|(file, _)| file).into_iter().chain(["fetched/example.heic"]) {
        fs::copy(hard.join(file), class.join(file.rsplit('/').next().unwrap())).unwrap();
    }
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    let now = page.import(folder.path(), sizes.len()).await;
    assert_eq!(now.progress("failed"), 1);
    assert!(now.notices.join(" ").contains("example.heic"), "{:?}", now.notices);
    let kept = Shelves::look_here(&page.browser).await.photos();
    for (file, size) in sizes {
        let photo = kept.iter().find(|photo| file.ends_with(&photo.name)).unwrap_or_else(|| panic!("{file}: {kept:?}"));
        assert_eq!((photo.width_px, photo.height_px), size, "{file}");
    }
    // One of them asked about is answered as the same picture in a format that Rust reads, and shows where it looks.
    let colours = tempfile::tempdir().unwrap();
    write_classes(colours.path(), 6, 0);
    page.give("import-folder", &[colours.path().to_owned()]).await;
    page.wait("the classes", 60, |now| now.photos() == 18 + sizes.len() && now.engine_state() == "ready").await;
    page.instant().await;
    let answers = page.predict(&["made/photo.avif", "made/photo.webp"].map(|file| hard.join(file))).await;
    let [avif, webp] = ["photo.avif", "photo.webp"].map(|file| answers[file].clone());
    assert_eq!(avif.top, webp.top);
    assert!((avif.confidence - webp.confidence).abs() < 0.1, "{avif:?} {webp:?}");
    let maps =
        "[...document.querySelectorAll('.pred .heat image')].filter((i) => i.href.baseVal.startsWith('blob:')).length";
    page.run("for (const button of document.querySelectorAll(\"[data-testid='gaze']\")) button.click()").await;
    page.until(20, "both maps", &format!("return {maps} === 2")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
