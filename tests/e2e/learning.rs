//! Whether more photos would help, what the head start is worth, and classes that are short of photos.

use std::fs;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, write_classes},
    page::Page,
};

const CURVE: &str = "document.querySelector(\"[data-testid='learning-curve']\")";
const START: &str = "document.querySelector(\"[data-testid='head-start']\")";

#[tokio::test]
async fn the_curve_opens_the_photos_behind_its_points_and_the_head_start_joins_it() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 12, 0) + 1;
    fs::write(folder.path().join("green/green-intruder.bmp"), picture(2, 77)).unwrap();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    page.press_words("Show results").await;
    page.until(10, "the curve", &format!("return {CURVE}?.dataset.state === 'ready'")).await;
    let points = page.run(&format!("return Number({CURVE}.dataset.points)")).await.as_u64().unwrap();
    assert!(points >= 3, "{points} points");
    let told = page.run(&format!("return {CURVE}.querySelector('.big-say').textContent")).await;
    println!("{}: {told}", page.run(&format!("return {CURVE}.dataset.outlook")).await);

    // The point of all photos, by the keyboard: the intruder is wrong at every size.
    let last = points - 1;
    page.run(&format!("document.getElementById('dot-{last}').focus()")).await;
    page.browser.client.active_element().await.unwrap().send_keys("\u{e007}").await.unwrap();
    let behind =
        format!("return {CURVE}.querySelector('.opened')?.textContent.includes('green-intruder.bmp') === true");
    page.until(10, "the photo behind it", &behind).await;
    page.close_opened().await;
    page.until(10, "the focus back", &format!("return document.activeElement.id === 'dot-{last}'")).await;

    page.press("measure-head-start").await;
    page.until(10, "the head start", &format!("return {START}.dataset.points !== undefined")).await;
    let drawn = page.run(&format!("return Number({CURVE}.dataset.points)")).await.as_u64().unwrap();
    assert!(drawn > points, "a second curve: {drawn} points");
    println!("{}", page.run(&format!("return {START}.textContent")).await);
    // The table has a row for every point.
    page.run(&format!("{CURVE}.querySelector('details').open = true")).await;
    let rows = format!("return {CURVE}.querySelectorAll('tbody tr').length === {drawn}");
    page.until(10, "the table", &rows).await;
    // How far off the percentages were before the temperature was set stands beside how far they are now.
    let before = "return Number(document.querySelector(\"[data-testid='confidence']\").dataset.before)";
    assert!(page.run(before).await.as_f64().unwrap() > 0.0);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_class_with_too_few_photos_is_named_and_the_way_to_add_some_is_one_press() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0);
    let few = folder.path().join("few");
    fs::create_dir(&few).unwrap();
    fs::write(few.join("few-1.bmp"), picture(0, 501)).unwrap();
    fs::write(few.join("few-2.bmp"), picture(1, 502)).unwrap();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos + 2).await;
    page.instant().await;
    page.press_words("Show results").await;
    let item = "document.querySelector(\"[data-testid='doctor-item'][data-kind='too-few']\")";
    page.until(10, "the finding", &format!("return {item}?.dataset.class === 'few'")).await;
    page.run(&format!("{item}.querySelector('button').click()")).await;
    let focused = "return document.activeElement.closest(\"[data-testid='class-card']\")?.dataset.class === 'few'
        && document.activeElement.id.startsWith('add-to-class-')";
    page.until(10, "the button that adds photos to it", focused).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
