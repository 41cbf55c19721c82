//! Closing, reloading and power cuts: what was acknowledged is there afterwards.

use std::time::Duration;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::write_classes,
    page::Page,
    snapshot::same_score,
};

#[tokio::test]
async fn a_reload_in_the_middle_of_reading_loses_no_acknowledged_photo_and_goes_on() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 30, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.start_import(folder.path()).await;
    let before = page.wait("some photos", 60, |now| now.photos() >= photos / 6).await;
    assert!(before.photos() < photos, "all photos were read before the reload: the test showed nothing");

    page.reload().await;
    let after = page.ready().await;
    assert!(
        after.photos() >= before.photos(),
        "{} photos were acknowledged, {} are there",
        before.photos(),
        after.photos()
    );
    // The handles of the other files are gone with the old page: the person drops the folder once more.
    page.start_import(folder.path()).await;
    let whole = page.wait("the whole folder", 120, |now| now.engine_state() == "ready" && now.photos() == photos).await;
    assert_eq!(whole.classes.len(), 3);
    page.train().await;
}

#[tokio::test]
async fn a_power_cut_loses_no_acknowledged_photo_and_no_head() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let before = page.train().await;
    page.browser.kill();
    tokio::time::sleep(Duration::from_secs(1)).await;

    // Origins are told apart by their port, so it is the same server.
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    let after = page.ready().await;
    assert_eq!(after.counts(), before.counts());
    assert_eq!(after.train_state(), "trained");
    assert!(same_score(&after.score, &before.score), "{:?} {:?}", after.score, before.score);
}
