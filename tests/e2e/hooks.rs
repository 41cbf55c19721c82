//! The names that scripts stand on.

use std::fs;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{CLASSES, picture, write_classes},
    page::Page,
};

const SINGLE: [&str; 21] = [
    "engine-status",
    "import-folder",
    "import-files",
    "add-class",
    "extract-progress",
    "train",
    "train-status",
    "instant-head",
    "score",
    "predict-input",
    "download-head",
    "open-head",
    "undo",
    "redo",
    "camera",
    "live-prediction",
    "request-meter",
    "export-project",
    "import-project",
    "delete-everything",
    "language",
];

async fn counts(page: &Page) -> Vec<(String, u64)> {
    let mut counts = Vec::new();
    for id in SINGLE {
        let script = format!("return document.querySelectorAll(\"[data-testid='{id}']\").length");
        counts.push((id.to_owned(), page.run(&script).await.as_u64().unwrap()));
    }
    counts
}

#[tokio::test]
async fn every_hook_is_there_once_from_the_first_frame_and_stays() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 4, 0);
    let page = Page::open_early(&app, "?device=cpu", &profile, Options::default()).await;
    page.wait("the page", 20, |now| !now.engine.is_empty()).await;
    let expected: Vec<(String, u64)> = SINGLE.iter().map(|id| ((*id).to_owned(), 1)).collect();
    assert_eq!(counts(&page).await, expected, "in the first frame");
    page.ready().await;
    assert_eq!(counts(&page).await, expected, "in the empty project");
    page.import(folder.path(), photos).await;
    assert_eq!(counts(&page).await, expected, "with photos");
    let trained = page.train().await;
    assert_eq!(counts(&page).await, expected, "with a head");
    assert_eq!(trained.engine["device"], "cpu");
    assert!(!trained.score["protocol"].is_empty());
    for width in [390, 1280] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        assert_eq!(counts(&page).await, expected, "{width} pixels wide");
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assert_eq!(page.run(script).await.as_i64(), Some(0), "the page scrolls sideways at {width} pixels");
    }
}

#[tokio::test]
async fn photos_can_be_added_class_by_class_and_predictions_stay_until_cleared() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    write_classes(folder.path(), 4, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    for name in &CLASSES[..2] {
        page.import(&folder.path().join(name), 4).await;
    }
    let now = page.now().await;
    assert_eq!(
        now.counts(),
        [("green", "4"), ("red", "4")].map(|(name, count)| (name.to_owned(), count.to_owned())).into()
    );

    // A card's own input, with the files of the third colour.
    let more: Vec<_> = crate::files::files_in(&folder.path().join("blue"));
    let paths: Vec<String> = more.iter().map(|file| file.display().to_string()).collect();
    page.hook("class-card")
        .await
        .find(fantoccini::Locator::Css("[data-testid='photo-input']"))
        .await
        .unwrap()
        .send_keys(&paths.join("\n"))
        .await
        .unwrap();
    page.wait("the third colour", 60, |now| now.engine_state() == "ready" && now.photos() == 12).await;

    page.train().await;
    let new = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for number in 0..4 {
        let file = new.path().join(format!("new-{number}.bmp"));
        fs::write(&file, picture(1, 900 + number)).unwrap();
        files.push(file);
    }
    page.predict(&files[..2]).await;
    let answers = page.predict(&files[2..]).await;
    assert_eq!(answers.keys().collect::<Vec<_>>(), ["new-0.bmp", "new-1.bmp", "new-2.bmp", "new-3.bmp"]);
    assert!(answers.values().all(|answer| answer.top == "green"), "{answers:?}");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
