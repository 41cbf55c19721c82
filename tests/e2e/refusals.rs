//! What cannot be used is refused with a sentence, and nothing changes.

use std::{fs, path::PathBuf};

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{HeadFile, files_below, picture, shared_data, write_classes},
    page::Page,
};

#[tokio::test]
async fn a_broken_head_file_gets_a_sentence_and_changes_nothing() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let trained = page.train().await;
    let good = page.download_head(&profile).await;
    let sample = files_below(folder.path())[..3].to_vec();
    let answers = page.predict(&sample).await;

    let broken = tempfile::tempdir().unwrap();
    let head = || HeadFile::read(&good);
    let rubbish = broken.path().join("rubbish.head.safetensors");
    fs::write(&rubbish, "<!doctype html><title>404</title>").unwrap();
    for (file, word) in [
        (rubbish, "head file"),
        (head().truncated(broken.path()), "damaged"),
        (head().with_huge_header(broken.path()), "head file"),
        (head().with_wrong_shape(broken.path()), "damaged"),
        (head().with_nan(broken.path()), "damaged"),
        (head().for_another_backbone(broken.path()), "another network"),
        (head().of_the_future(broken.path()), "newer"),
    ] {
        page.give("open-head", std::slice::from_ref(&file)).await;
        let refused = page.wait("a refusal", 30, |now| !now.notices.is_empty() && now.engine_state() == "ready").await;
        println!("{}: {}", file.file_name().unwrap().to_string_lossy(), refused.notices.join(" / "));
        assert!(refused.notices.iter().any(|notice| notice.contains(word)), "{file:?}: {:?}", refused.notices);
        assert_eq!(refused.score, trained.score, "{file:?} changed the head");
        page.close_notices().await;
    }
    // The head still answers as before, after a reload too.
    page.reload().await;
    page.ready().await;
    assert_eq!(page.predict(&sample).await, answers);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn unreadable_files_are_listed_with_their_reason_and_the_batch_goes_on() {
    let Some(app) = App::start().await else { return };
    let Some(hard) = shared_data("hard") else { return };
    let folder = tempfile::tempdir().unwrap();
    let class = folder.path().join("things");
    fs::create_dir(&class).unwrap();
    let read = [
        "made/plain.jpg",
        "made/gray16.png",
        "made/cmyk.jpg",
        "made/orient_6.jpg",
        "made/lossless.webp",
        "made/animated.gif",
        "made/large_24mp_6000x4000.jpg",
        "made/progressive.jpg",
        "fetched/hopper.bmp",
    ];
    let refused = [
        "made/text.jpg",
        "made/zero_byte.jpg",
        "made/bomb_30000x30000.png",
        "made/bomb_header_2000000000.png",
        "fetched/example.heic",
        "fetched/hopper.tif",
    ];
    let silent = ["made/.DS_Store", "made/Thumbs.db"];
    for file in read.iter().chain(&refused).chain(&silent) {
        let from = hard.join(file);
        fs::copy(&from, class.join(from.file_name().unwrap())).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
    fs::copy(class.join("plain.jpg"), class.join("twin.jpg")).unwrap();
    // A picture in the format of the made stories, to show that these are read.
    fs::write(class.join("stripes.bmp"), picture(0, 1)).unwrap();
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let now = page.import(folder.path(), read.len() + 1).await;

    let told = now.notices.join("\n");
    println!("{told}");
    for file in refused {
        let name = PathBuf::from(file).file_name().unwrap().to_string_lossy().into_owned();
        assert!(told.contains(&name), "{name} is not in: {told}");
    }
    assert!(told.contains("twin.jpg") || told.contains("plain.jpg"), "the duplicate is not in: {told}");
    assert!(!told.contains(".DS_Store") && !told.contains("Thumbs.db"), "{told}");
    assert_eq!(now.progress("failed"), refused.len() + 1);
}
