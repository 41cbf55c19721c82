//! A test set, tags and bursts by hand: what a person tells the page of the photos, and what it makes of it.

use std::{fs, path::Path};

use serde_json::Value;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{CLASSES, picture, write_classes},
    page::Page,
};

/// The page with eight photos of each colour and its instant head.
async fn with_photos(app: &App, profile: &Profile, folder: &Path) -> Page {
    let photos = write_classes(folder, 8, 0);
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    page.import(folder, photos).await;
    page.instant().await;
    page
}

const TEST: &str = "document.querySelector(\"[data-testid='test-score']\")?.dataset";

#[tokio::test]
async fn a_test_folder_judges_beside_the_score_and_goes_and_comes_back() {
    let Some(app) = App::start().await else { return };
    let (profile, folder, aside) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let page = with_photos(&app, &profile, folder.path()).await;
    // Four new photos of each colour, one of them in the wrong folder, one that teaches already, one of no class.
    write_classes(aside.path(), 4, 60);
    fs::write(aside.path().join("green/wrong.bmp"), picture(2, 77)).unwrap();
    fs::write(aside.path().join("red/leak.bmp"), picture(0, 3)).unwrap();
    fs::create_dir(aside.path().join("violet")).unwrap();
    fs::write(aside.path().join("violet/1.bmp"), picture(1, 78)).unwrap();
    let before = page.now().await;

    page.give("import-test-folder", &[aside.path().to_owned()]).await;
    page.until(15, "the test score", &format!("return {TEST}?.photos === '13' && {TEST}?.accuracy !== undefined"))
        .await;
    let now = page.ready().await;
    assert_eq!(now.counts(), before.counts(), "test photos are in no class");
    assert_eq!(now.score, before.score, "and change no score");
    let notice = now.notices.join(" ");
    for words in ["red-003.bmp", "training set", "no class called \u{2068}violet\u{2069}"] {
        assert!(notice.contains(words), "{words}: {notice}");
    }
    page.close_notices().await;
    page.until(15, "one wrong of thirteen", &format!("return Math.abs(Number({TEST}.accuracy) - 12 / 13) < 1e-9"))
        .await;
    let row = page.run("return document.querySelector('.test-row').textContent").await;
    assert!(row.as_str().unwrap().contains("13 photos, 92"), "{row}");

    // The wrong one is opened, put right by its key, and that undone.
    page.press_words("Show results").await;
    // Not by a pointer: the page is still on its way to the other layout.
    page.run("document.getElementById('show-test-wrong').click()").await;
    let tile = "document.querySelector('.opened .thumb')";
    page.until(15, "the wrong photo", &format!("return {tile}?.ariaLabel.includes('wrong.bmp') === true")).await;
    page.run(&format!("{tile}.focus()")).await;
    page.browser.client.active_element().await.unwrap().send_keys("1").await.unwrap();
    page.until(15, "all right", &format!("return {TEST}.accuracy === '1'")).await;
    page.undo().await;
    page.until(15, "one wrong again", &format!("return Number({TEST}.accuracy) < 1")).await;

    // A reload keeps it; removed it is gone, and undone it is back.
    page.reload().await;
    page.ready().await;
    page.until(
        15,
        "the test score after a reload",
        &format!("return {TEST}?.photos === '13' && Number({TEST}?.accuracy) < 1"),
    )
    .await;
    page.press_words("Remove the test set").await;
    page.until(15, "no test set", &format!("return {TEST}.photos === '0' && {TEST}.accuracy === undefined")).await;
    page.undo().await;
    page.until(15, "the test set", &format!("return {TEST}.photos === '13' && Number({TEST}.accuracy) < 1")).await;
    for width in [320, 390, 1280] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.run(script).await.as_i64(), Some(0), "the page scrolls sideways at {width} pixels");
    }
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn tags_come_from_folders_and_by_hand_and_are_counted() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let mut photos = 0;
    for (class, name) in CLASSES.iter().enumerate() {
        for (place, first) in [("home", 0), ("park", 20)] {
            let inside = folder.path().join(name).join(place);
            fs::create_dir_all(&inside).unwrap();
            for number in first..first + 5 {
                fs::write(inside.join(format!("{name}-{number}.bmp")), picture(class, number)).unwrap();
                photos += 1;
            }
        }
    }
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let now = page.instant().await;
    assert_eq!(now.counts().keys().collect::<Vec<_>>(), ["blue", "green", "red"], "folders inside are no classes");

    // By hand, on two chosen photos.
    page.run("for (const tile of [...document.querySelectorAll('.class-row .thumb')].slice(0, 2)) tile.click()").await;
    page.press("tag-photos").await;
    page.until(15, "the field", "return document.activeElement?.dataset.testid === 'tag-name'").await;
    page.browser.client.active_element().await.unwrap().send_keys("dark\u{e007}").await.unwrap();
    page.until(15, "the tag", "return document.querySelector('.btn.tag')?.textContent.includes('dark') === true").await;
    page.press_words("Show results").await;
    let bias = "document.querySelector(\"[data-testid='bias']\")";
    page.until(15, "three tags", &format!("return {bias}?.dataset.tags === '3'")).await;
    let lines: Value =
        page.run(&format!("return [...{bias}.querySelectorAll('.tags .named')].map((e) => e.textContent)")).await;
    assert_eq!(lines, serde_json::json!(["dark", "home", "park"]));
    page.run("document.getElementById('tag-line-0').click()").await;
    page.until(15, "the dark ones", "return document.querySelectorAll('#bias .opened .thumb').length === 2").await;
    page.undo().await;
    page.until(15, "two tags", &format!("return {bias}?.dataset.tags === '2'")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_burst_is_parted_and_photos_are_joined_by_hand() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let page = with_photos(&app, &profile, folder.path()).await;
    let bursts = "document.querySelector(\"[data-testid='bursts']\")";

    // Whatever was found is parted, burst by burst.
    page.press_words("Show results").await;
    page.run(&format!("{bursts}.querySelector('summary').click()")).await;
    for _ in 0..24 {
        let count = page.run(&format!("return Number({bursts}.dataset.count)")).await.as_u64().unwrap();
        if count == 0 {
            break;
        }
        page.until(15, "its line", &format!("return {bursts}.querySelectorAll('li').length === {count}")).await;
        page.run(&format!("{bursts}.querySelector('li button').click()")).await;
        page.until(15, "one burst less", &format!("return Number({bursts}.dataset.count) === {}", count - 1)).await;
    }
    page.until(15, "no bursts", &format!("return {bursts}.dataset.count === '0'")).await;
    page.instant().await;

    // Two photos of one class are joined, and that is undone.
    page.press_words("Open").await;
    page.run("for (const tile of [...document.querySelectorAll('.class-row .thumb')].slice(0, 2)) tile.click()").await;
    page.press_words("Same scene").await;
    page.until(15, "one burst", &format!("return {bursts}.dataset.count === '1'")).await;
    page.undo().await;
    page.until(15, "no burst", &format!("return {bursts}.dataset.count === '0'")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
