//! Whether the head can be trusted, and what to mend: mix-ups, the photo doctor, the unknown.

use std::fs;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, stranger, write_classes},
    page::Page,
    snapshot::ANSWERS,
};

const INTRUDER: &str = "document.querySelector(\"[data-testid='doctor-item'][data-file='green-intruder.bmp']\")";

/// The choice of how many of the own photos may be called unknown.
const SHARE: &str = "document.querySelector(\"[data-testid='false-unknown']\")";

#[tokio::test]
async fn a_wrong_label_is_found_and_mended_by_one_key_and_the_mending_undone() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0) + 1;
    fs::write(folder.path().join("green/green-intruder.bmp"), picture(2, 77)).unwrap();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    page.press_words("Show results").await;

    // A blue one among the green: in the mix-ups, and first in the doctor's list.
    page.until(10, "the doctor", &format!("return {INTRUDER}?.dataset.kind === 'looks-like'")).await;
    // Rows and columns are blue, green, red: folders are read in their order.
    page.until(10, "the mix-up", "return document.getElementById('cell-1-0').textContent.trim() === '1'").await;

    // The bar of its class opens all nine, it first; Escape closes them and gives the focus back.
    page.run("document.getElementById('class-line-2').click()").await;
    let nine = "const opened = document.querySelectorAll('#per-class .opened .thumb');
                return opened.length === 9 && opened[0].ariaLabel.includes('green-intruder.bmp')";
    page.until(10, "the photos behind the bar", nine).await;
    page.close_opened().await;
    page.until(
        10,
        "the bar",
        "return document.activeElement.id === 'class-line-2' && !document.querySelector('.opened')",
    )
    .await;

    page.run("document.getElementById('cell-1-0').click()").await;
    page.until(
        10,
        "the photo behind it",
        "return document.querySelector('.opened')?.querySelectorAll('img').length === 1",
    )
    .await;

    // The key of the class that it looks like.
    let intruder = fantoccini::Locator::Css("[data-testid='doctor-item'][data-file='green-intruder.bmp']");
    page.browser.client.find(intruder).await.unwrap().send_keys("1").await.unwrap();
    let counts = |blue: &str, green: &str| {
        [("blue", blue), ("green", green), ("red", "8")].map(|(a, b)| (a.to_owned(), b.to_owned())).into()
    };
    page.wait("the photo among the blue", 20, |now| now.counts() == counts("9", "8")).await;
    page.until(10, "a list without it", &format!("return {INTRUDER}?.dataset.kind !== 'looks-like'")).await;
    page.until(10, "no mix-up", "return document.getElementById('cell-1-0').textContent.trim() === '0'").await;
    page.undo().await;
    page.wait("the photo among the green", 20, |now| now.counts() == counts("8", "9")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// What the page calls each of the photos that it was asked about.
async fn labels(page: &Page) -> Vec<(String, String)> {
    let answers: Vec<std::collections::BTreeMap<String, String>> =
        serde_json::from_value(page.run(ANSWERS).await).unwrap();
    answers.into_iter().map(|answer| (answer["file"].clone(), answer["label"].clone())).collect()
}

#[tokio::test]
async fn a_photo_like_none_of_the_classes_is_called_unknown_in_another_profile_too() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0);
    let asked = tempfile::tempdir().unwrap();
    let files: Vec<_> = [("blue.bmp", picture(2, 99)), ("stranger.bmp", stranger())]
        .into_iter()
        .map(|(name, bytes)| {
            let file = asked.path().join(name);
            fs::write(&file, bytes).unwrap();
            file
        })
        .collect();
    let expected = [("blue.bmp", "blue"), ("stranger.bmp", "unknown")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    // Nobody has trained: the instant head answers.
    page.instant().await;
    page.predict(&files).await;
    assert_eq!(labels(&page).await, expected);

    page.press_words("Show results").await;
    page.run(&format!("const s = {SHARE}; s.value = '2'; s.dispatchEvent(new Event('change', {{ bubbles: true }}))"))
        .await;
    page.reload().await;
    page.ready().await;
    page.press_words("Show results").await;
    page.until(10, "the chosen share after a reload", &format!("return {SHARE}?.value === '2'")).await;
    let head = page.download_head(&profile).await;
    let other = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    other.open_head(&head).await;
    // Its card stands above all that is said of it.
    let card = other.hook("head-card").await.text().await.unwrap();
    for word in ["red\u{2069}, learned from", "right, likely between", "passed its self-test"] {
        assert!(card.contains(word), "{card}");
    }
    other.predict(&files).await;
    assert_eq!(labels(&other).await, expected);
}
