//! Several heads in one project: kept, chosen, compared on the same photos, taken away and brought back.

use std::fs;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, stranger, write_classes},
    page::Page,
};

/// The names of the heads in their order, and which one answers.
async fn heads(page: &Page) -> (Vec<String>, Option<usize>) {
    let script = "const all = [...document.querySelectorAll(\"[data-testid='head']\")];
                  return [all.map((e) => e.querySelector('b').textContent), all.findIndex((e) => e.dataset.active === 'true')]";
    let (names, active): (_, i64) = serde_json::from_value(page.run(script).await).unwrap();
    (names, usize::try_from(active).ok())
}

async fn until_heads(page: &Page, count: usize) {
    let script = format!("return document.querySelectorAll(\"[data-testid='head']\").length === {count}");
    page.until(30, &format!("{count} heads"), &script).await;
}

/// What the compared heads say, line by line: the photo, the answers, and whether they agree.
async fn compared(page: &Page) -> Vec<(String, String, bool)> {
    let script = "return [...document.querySelectorAll(\"[data-testid='compared-row']\")].map((e) =>
                    [e.cells[0].textContent.trim(), [...e.cells].slice(1).map((c) => c.querySelector('bdi').textContent).join(' '), e.dataset.agree === 'true'])";
    serde_json::from_value(page.run(script).await).unwrap()
}

#[tokio::test]
async fn heads_stand_beside_each_other_and_two_answer_the_same_photos() {
    let Some(app) = App::start().await else { return };
    let (mine, theirs, new) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // Somebody's head that knows two of the three colours.
    let elsewhere = Profile::fresh();
    write_classes(theirs.path(), 8, 300);
    fs::remove_dir_all(theirs.path().join("green")).unwrap();
    let page = Page::open(&app, "?device=cpu", &elsewhere, Options::default()).await;
    page.import(theirs.path(), 16).await;
    page.instant().await;
    page.press_words("Show results").await;
    let file = page.download_head(&elsewhere).await;
    let stem = file.file_name().unwrap().to_str().unwrap().trim_end_matches(".head.safetensors").to_owned();
    page.browser.close().await;

    let profile = Profile::fresh();
    let photos = write_classes(mine.path(), 8, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(mine.path(), photos).await;
    page.instant().await;
    assert!(heads(&page).await.0.is_empty(), "one head needs no list");
    page.train().await;
    until_heads(&page, 2).await;
    page.open_head(&file).await;
    until_heads(&page, 3).await;
    assert_eq!(heads(&page).await, (["Instant", "Trained", &stem].map(str::to_owned).to_vec(), Some(2)));
    // All of them are there after a reload, and another one is let answer.
    page.reload().await;
    page.ready().await;
    until_heads(&page, 3).await;
    page.run("document.querySelectorAll(\"[data-testid='use-head']\")[1].click()").await;
    page.until(
        20,
        "the trained head",
        "return document.querySelectorAll(\"[data-testid='head']\")[1].dataset.active === 'true'",
    )
    .await;

    // Of these photos, the other head cannot know the green one.
    for (class, name) in ["red", "green", "blue"].into_iter().enumerate() {
        let folder = new.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join(format!("new-{name}.bmp")), picture(class, 900)).unwrap();
    }
    fs::write(new.path().join("rings.bmp"), stranger()).unwrap();
    page.give("predict-folder", &[new.path().to_owned()]).await;
    page.wait("all answers", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    page.press("compare").await;
    page.until(
        30,
        "the comparison",
        "return document.querySelector(\"[data-testid='compared']\").dataset.photos === '4'",
    )
    .await;
    // Only what they differ on, at first.
    let told = compared(&page).await;
    assert!(told.iter().all(|(_, _, agree)| !agree), "{told:?}");
    let green = told.iter().find(|(photo, ..)| photo == "new-green.bmp").expect("they differ on it");
    assert!(green.1.starts_with("green green "), "its folder, and the head that knows it: {green:?}");
    assert!(!green.1["green green ".len()..].contains("green"), "{green:?}");
    page.press("only-differing").await;
    page.until(10, "all photos", "return document.querySelectorAll(\"[data-testid='compared-row']\").length === 4")
        .await;
    let told = compared(&page).await;
    let red = told.iter().find(|(photo, ..)| photo == "new-red.bmp").expect("all are there");
    assert_eq!((&red.1[..], red.2), ("red red red", true));

    // Taken away and brought back by its undo, on its place, with all that was said of it gone.
    page.run("document.querySelectorAll(\"[data-testid='remove-head']\")[1].click()").await;
    until_heads(&page, 2).await;
    assert!(compared(&page).await.is_empty(), "nothing is said of a head that is gone");
    page.undo().await;
    until_heads(&page, 3).await;
    assert_eq!(heads(&page).await.0[2], stem);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
