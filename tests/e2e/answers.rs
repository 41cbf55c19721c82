//! Many answers at once: a folder asked about in one go, as a table that is sorted, searched, grouped and put into classes.

use std::fs;

use serde_json::json;

use crate::{
    app::App,
    browser::{Options, Profile, new_download_within},
    files::{picture, stranger, write_classes},
    page::Page,
};

/// The rows as they stand: file and answer.
async fn rows(page: &Page) -> Vec<(String, Option<String>)> {
    let script = "return [...document.querySelectorAll(\"[data-testid='answer-row']\")].map((e) => [e.dataset.file, e.dataset.label ?? null])";
    serde_json::from_value(page.run(script).await).unwrap()
}

/// Waits until so many rows are shown.
async fn shows(page: &Page, count: usize) {
    let script = format!("return document.querySelectorAll(\"[data-testid='answer-row']\").length === {count}");
    page.until(10, &format!("{count} rows"), &script).await;
}

/// Changes a choice of the line above the table.
async fn choose(page: &Page, id: &str, value: &str) {
    let script = format!(
        "const e = document.querySelector(\"[data-testid='{id}']\"); e.value = '{value}';
         e.dispatchEvent(new Event(e.type === 'search' ? 'input' : 'change', {{ bubbles: true }}))"
    );
    page.run(&script).await;
}

#[tokio::test]
async fn a_folder_is_asked_about_in_one_go_and_its_answers_are_a_table() {
    let Some(app) = App::start().await else { return };
    let (profile, folder, new) = (Profile::fresh(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    // Three photos a class in folders of its name, one of them in the folder of another, and a stranger in a folder of no class.
    let walk = new.path().join("walk");
    write_classes(&walk, 3, 700);
    fs::write(walk.join("red").join("lost-9.bmp"), picture(2, 777)).unwrap();
    fs::create_dir(walk.join("things")).unwrap();
    fs::write(walk.join("things").join("rings.bmp"), stranger()).unwrap();
    page.give("predict-folder", &[walk]).await;
    page.wait("all answers", 60, |now| now.predictions == 11 && now.engine_state() == "ready").await;
    page.press("as-table").await;
    shows(&page, 11).await;
    // The answers as pictures stay in the document, as scripts stand on them.
    assert_eq!(page.now().await.predictions, 11);
    let told = page.hook("agreement").await;
    assert_eq!(told.attr("data-agree").await.unwrap().as_deref(), Some("9"));
    assert_eq!(told.attr("data-of").await.unwrap().as_deref(), Some("10"));
    page.press("show-disagreeing").await;
    shows(&page, 1).await;
    assert_eq!(rows(&page).await, [("lost-9.bmp".to_owned(), Some("blue".to_owned()))]);
    choose(&page, "answer-only", "all").await;
    choose(&page, "answer-search", "RED-").await;
    shows(&page, 3).await;
    choose(&page, "answer-search", "").await;
    choose(&page, "answer-class", "green").await;
    shows(&page, 3).await;
    choose(&page, "answer-class", "").await;
    shows(&page, 11).await;
    // By name, and the other way round.
    let by_name = "document.querySelector(\"[data-testid='sort'][data-column='Name']\").click()";
    page.run(by_name).await;
    page.until(
        5,
        "the order",
        "return document.querySelector(\"[data-testid='answer-row']\").dataset.file === 'blue-700.bmp'",
    )
    .await;
    page.run(by_name).await;
    page.until(5, "the order turned", "return document.querySelector(\"[data-testid='answer-row']\").dataset.file === 'rings.bmp' && document.querySelector('th[aria-sort=descending]') !== null").await;
    page.press("answer-groups").await;
    page.until(5, "groups", "return document.querySelectorAll('.answers .group').length >= 3").await;
    page.press("answer-groups").await;
    // The one that lies wrong goes into its class, as a photo of the project.
    choose(&page, "answer-search", "lost").await;
    shows(&page, 1).await;
    page.press("choose-all-answers").await;
    page.until(5, "the way into a class", "return document.querySelector(\"[data-testid='put-chosen']\") !== null")
        .await;
    let put = "const pick = document.querySelector(\"[data-testid='put-chosen']\"); pick.value = [...pick.options].find((o) => o.textContent === 'blue').value; pick.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(put).await;
    page.wait("the photo in its class", 20, |now| now.counts()["blue"] == "9" && now.engine_state() == "ready").await;
    page.press("undo").await;
    page.wait("the photo out of it", 20, |now| now.counts()["blue"] == "8").await;
    // The file for spreadsheets has the same columns at the same places.
    let before = profile.downloads();
    page.press("download-table").await;
    let csv = fs::read_to_string(new_download_within(10, &profile, &before).await).unwrap();
    assert!(csv.starts_with("file,answer,probability,unknown,second,second_probability,folder,agrees\r\n"), "{csv}");
    assert!(csv.lines().any(|line| line.starts_with("lost-9.bmp,blue,") && line.ends_with(",red,false")), "{csv}");
    for width in [390, 320] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.run(over).await, json!(0), "{width} pixels wide");
    }
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
