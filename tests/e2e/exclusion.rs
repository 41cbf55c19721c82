//! Photos that are kept and nothing else: excluded by key and by button wherever a photo is shown, and taken in again.

use std::{fs, path::Path};

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{HeadFile, picture, write_classes},
    page::Page,
};

/// Photos that the score was measured on: the sum over all cells of the mix-ups.
const JUDGED: &str =
    "[...document.querySelectorAll('[id^=cell-]')].reduce((sum, cell) => sum + Number(cell.textContent), 0)";
const INTRUDER: &str = "document.querySelector(\"[data-testid='doctor-item'][data-file='green-intruder.bmp']\")";

async fn with_photos(app: &App, profile: &Profile, folder: &Path, photos: usize) -> Page {
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    page.import(folder, photos).await;
    page.instant().await;
    page
}

/// Waits until so many photos are drawn as excluded and the head is fitted to the others.
async fn wait_for(page: &Page, excluded: u32) {
    let script = format!("return document.querySelectorAll('.thumb.is-excluded').length === {excluded}");
    page.until(20, &format!("{excluded} excluded photos"), &script).await;
    page.instant().await;
}

/// How many photos of each class the head that answers was made of, as its file says.
async fn counts(page: &Page, profile: &Profile) -> [u64; 3] {
    let open = |words: &str| {
        format!(
            "[...document.querySelectorAll('button')].find((b) => b.checkVisibility() && b.textContent === '{words}')?.click()"
        )
    };
    page.run(&open("Show results")).await; // unless they are shown
    let counts = HeadFile::read(&page.download_head(profile).await).counts();
    page.run(&open("Open")).await;
    ["blue", "green", "red"].map(|class| counts[class])
}

async fn key(page: &Page, element: &str, key: &str) {
    page.until(10, element, &format!("return !!{element}")).await;
    page.run(&format!("{element}.focus()")).await;
    page.browser.client.active_element().await.unwrap().send_keys(key).await.unwrap();
}

#[tokio::test]
async fn photos_are_excluded_in_the_grid_stay_in_their_class_and_come_back() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0);
    let page = with_photos(&app, &profile, folder.path(), photos).await;
    let before = page.now().await;
    assert_eq!(counts(&page, &profile).await, [8, 8, 8]);

    // By key, on the photo that has the focus.
    let tile = "document.querySelector('.class-row .thumb')";
    key(&page, tile, "x").await;
    wait_for(&page, 1).await;
    assert_eq!(page.now().await.counts(), before.counts(), "it stays in its class");
    assert_eq!(counts(&page, &profile).await, [7, 8, 8]);
    assert_eq!(page.run(&format!("return {tile}.ariaLabel.endsWith(', excluded')")).await, true);
    assert_eq!(page.run(&format!("return getComputedStyle({tile}.querySelector('img')).opacity < 1")).await, true);
    page.undo().await;
    wait_for(&page, 0).await;
    assert_eq!(counts(&page, &profile).await, [8, 8, 8]);

    // By button, all that are chosen, and kept over a reload.
    page.run("for (const tile of [...document.querySelectorAll('.class-row .thumb')].slice(0, 2)) tile.click()").await;
    page.press_words("Exclude").await;
    wait_for(&page, 2).await;
    page.reload().await;
    page.ready().await;
    wait_for(&page, 2).await;
    let row = page.run("return document.querySelector('.class-row').textContent").await;
    assert!(row.as_str().unwrap().contains("2 more are excluded"), "{row}");

    // Training leaves them out as well.
    page.train().await;
    page.use_head("Trained").await;
    assert_eq!(counts(&page, &profile).await, [6, 8, 8]);

    page.press_words("Include again").await;
    wait_for(&page, 0).await;
    page.use_head("Instant").await;
    assert_eq!(counts(&page, &profile).await, [8, 8, 8]);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_photo_is_excluded_from_the_doctors_list_and_from_the_photos_behind_a_mix_up() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0) + 1;
    fs::write(folder.path().join("green/green-intruder.bmp"), picture(2, 77)).unwrap();
    let page = with_photos(&app, &profile, folder.path(), photos).await;
    page.press_words("Show results").await;
    let mixed_up = |count: u32| format!("return document.getElementById('cell-1-0').textContent.trim() === '{count}'");

    page.until(10, "the doctor", &format!("return {INTRUDER}?.dataset.kind === 'looks-like'")).await;
    key(&page, INTRUDER, "x").await;
    page.until(10, "a list without it", &format!("return {INTRUDER} === null")).await;
    page.until(10, "no mix-up", &mixed_up(0)).await;
    page.undo().await;
    page.until(20, "the mix-up", &mixed_up(1)).await;

    page.run("document.getElementById('cell-1-0').click()").await;
    key(&page, "document.querySelector('.opened .thumb')", "x").await;
    page.until(10, "no mix-up", &mixed_up(0)).await;
    page.until(10, "nothing behind it", "return document.querySelectorAll('.opened img').length === 0").await;
    page.instant().await;
    page.until(10, "one photo less", &format!("const all = {JUDGED}; return all === 24 || all")).await;
    assert_eq!(page.now().await.photos(), photos, "it is kept");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
