//! Closing, reloading and power cuts: what was acknowledged is there afterwards.

use std::time::Duration;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::write_classes,
    page::Page,
    shelves::Shelves,
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
    // The handles of the other files are gone with the old page: it says how many, and the person chooses the folder again.
    let missing = format!("{} of {photos} files had not been read", photos - after.photos());
    page.wait("what is missing", 5, |now| now.notices.iter().any(|notice| notice.contains(&missing))).await;
    let picker =
        "globalThis.picked = ''; document.addEventListener('click', (event) => { picked = event.target.id; }, true);
         document.querySelector(\"[data-testid='choose-again']\").click(); return picked;";
    assert_eq!(page.run(picker).await, "pick-folder");
    page.start_import(folder.path()).await;
    page.wait("no more of it", 10, |now| now.notices.is_empty()).await;
    let whole = page.wait("the whole folder", 120, |now| now.engine_state() == "ready" && now.photos() == photos).await;
    assert_eq!(whole.classes.len(), 3);
    assert_eq!(whole.notices, Vec::<String>::new(), "what was there is passed over, not refused");
    page.train().await;
    page.reload().await;
    page.ready().await;
    assert_eq!(page.now().await.notices, Vec::<String>::new(), "nothing is missing any more");
    assert!(Shelves::look_here(&page.browser).await.journal.is_empty());
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
