//! The project as a file: saved in one browser, opened in another, and beside what is there.

use std::{fs, path::Path};

use crate::{
    app::App,
    browser::{self, Options, Profile},
    files::{files_in, picture, write_classes},
    page::Page,
    shelves::{Moment, Shelves},
    snapshot::same_score,
};

/// Saves the project and gives the file's place.
async fn save(page: &Page, profile: &Profile) -> std::path::PathBuf {
    let before = profile.downloads();
    page.press("request-meter").await;
    page.press("export-project").await;
    let file = browser::new_download(profile, &before).await;
    page.run("document.getElementById('privacy').close()").await;
    page.ready().await;
    file
}

/// Paths and tags of the photos that are kept, in order.
async fn tags(page: &Page) -> Vec<(String, Vec<String>)> {
    let photos = Shelves::look_here(&page.browser).await.photos();
    photos.into_iter().map(|photo| (photo.path, photo.tags)).collect()
}

#[tokio::test]
async fn a_project_that_was_saved_is_the_same_in_another_browser() {
    let Some(app) = App::start().await else { return };
    let (here, there, folder) = (Profile::fresh(), Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    // Two folders inside of two classes, of one name: a tag.
    for class in ["red", "blue"] {
        let inside = folder.path().join(class).join("evening");
        fs::create_dir(&inside).unwrap();
        for file in files_in(&folder.path().join(class)).into_iter().filter(|file| file.is_file()).take(2) {
            fs::rename(&file, inside.join(file.file_name().unwrap())).unwrap();
        }
    }
    let page = Page::open(&app, "?device=cpu", &here, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.train().await;
    let before = page.instant().await;
    let new = tempfile::tempdir().unwrap();
    let sample = [0, 1, 2].map(|class| {
        let file = new.path().join(format!("new-{class}.bmp"));
        fs::write(&file, picture(class, 900)).unwrap();
        file
    });
    let answers = page.predict(&sample).await;
    let (file, tagged) = (save(&page, &here).await, tags(&page).await);
    assert!(file.to_string_lossy().ends_with(".headstart.zip"), "{}", file.display());
    println!("{} photos and 2 heads take {} bytes", photos, fs::metadata(&file).unwrap().len());
    assert!(tagged.iter().any(|(_, tags)| tags == &["evening"]), "{tagged:?}");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    drop(page);

    let page = Page::open(&app, "?device=cpu", &there, Options::default()).await;
    page.give("import-project", std::slice::from_ref(&file)).await;
    let opened =
        page.wait("the opened project", 60, |now| now.photos() == photos && now.engine_state() == "ready").await;
    let opened_score = page.instant().await.score;
    assert_eq!(opened.counts(), before.counts());
    assert!(same_score(&opened_score, &before.score), "{:?} {:?}", opened_score, before.score);
    assert_eq!(page.predict(&sample).await, answers, "the head answers the same");
    assert_eq!(tags(&page).await, tagged);
    page.until(
        10,
        "the thumbnails",
        "return [...document.querySelectorAll('[data-testid=class-card] img')].some((i) => i.naturalWidth === 120)",
    )
    .await;

    // It is kept, whole and alone.
    page.reload().await;
    page.ready().await;
    assert_eq!(page.now().await.counts(), before.counts());
    assert_eq!(Shelves::look_here(&page.browser).await.troubles(Moment::AtRest), Vec::<String>::new());
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_project_file_is_opened_beside_the_project_that_is_open_and_a_broken_one_changes_nothing() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let photos = [write_classes(&first, 4, 0), write_classes(&second, 3, 100)];
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(&first, photos[0]).await;
    page.instant().await;
    let file = save(&page, &profile).await;
    page.import(&second, photos[1]).await;
    let both = page.now().await;

    page.give("import-project", std::slice::from_ref(&file)).await;
    page.wait("the saved project", 60, |now| now.photos() == photos[0] && now.engine_state() == "ready").await;
    let shelves = Shelves::look_here(&page.browser).await;
    assert_eq!(shelves.troubles(Moment::AtRest), Vec::<String>::new());
    assert_eq!(shelves.projects().len(), 2);

    let broken = folder.path().join("broken.headstart.zip");
    for (bytes, word) in [(b"PK no zip".to_vec(), "not a project file"), (cut(&file), "damaged")] {
        fs::write(&broken, bytes).unwrap();
        page.give("import-project", std::slice::from_ref(&broken)).await;
        let told = page.wait("a refusal", 30, |now| !now.notices.is_empty() && now.engine_state() == "ready").await;
        println!("{}", told.notices.join(" / "));
        assert!(told.notices.iter().any(|notice| notice.contains(word)), "{:?}", told.notices);
        assert_eq!(told.photos(), photos[0], "a file that is refused changes nothing");
        page.close_notices().await;
    }

    page.press("projects").await;
    page.run("document.querySelector('[data-project]').click()").await;
    let back =
        page.wait("both again", 60, |now| now.photos() == photos[0] + photos[1] && now.engine_state() == "ready").await;
    assert_eq!(back.counts(), both.counts());
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// The file without its last picture's end.
fn cut(file: &Path) -> Vec<u8> {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.windows(3).rposition(|window| window == b"\xFF\xD8\xFF").unwrap();
    bytes[at + 200] ^= 1;
    bytes
}
