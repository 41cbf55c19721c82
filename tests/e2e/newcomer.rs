//! A newcomer who reads nothing: hands over a folder, presses what looks like the next thing, and has a trained head. Scripted
//! with the pauses of a person, who takes a moment to see what to press.

use std::time::{Duration, Instant};

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, write_classes},
    page::Page,
};

/// What a person takes to find the next thing and press it.
const MOMENT: Duration = Duration::from_secs(3);

/// Presses the most prominent button that is to be seen: the first primary one.
async fn press_what_stands_out(page: &Page) -> String {
    let script = "const seen = [...document.querySelectorAll('.btn.primary')].filter((e) => e.checkVisibility() && !e.disabled && e.ariaDisabled !== 'true');
        seen[0]?.click(); return seen[0]?.textContent.trim() ?? ''";
    page.run(script).await.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_newcomer_gets_to_a_trained_head_in_a_minute_without_reading() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 20, 0);
    let began = Instant::now();
    let page = Page::open_early(&app, "?device=cpu", &profile, Options::default()).await;
    page.until(60, "the page", "return document.querySelector('.btn.primary')?.checkVisibility() === true").await;
    tokio::time::sleep(MOMENT).await;
    // What stands out opens the system's picker, which a script cannot press: the folder comes as from there.
    let folder_button = "return document.querySelector('.choices .btn.primary').textContent.trim()";
    assert_eq!(page.run(folder_button).await, "Choose a folder");
    page.start_import(folder.path()).await;
    page.wait("all photos", 120, |now| now.photos() == photos && now.engine_state() == "ready").await;
    tokio::time::sleep(MOMENT).await;
    let pressed = press_what_stands_out(&page).await;
    assert!(pressed.contains("Train"), "{pressed} stands out");
    page.wait("a trained head", 120, |now| now.train_state() == "trained" && now.engine_state() == "ready").await;
    let to_trained = began.elapsed();
    tokio::time::sleep(MOMENT).await;
    let new = folder.path().join("new.bmp");
    std::fs::write(&new, picture(1, 999)).unwrap();
    let answers = page.predict(&[new]).await;
    assert_eq!(answers["new.bmp"].top, "green");
    let whole = began.elapsed();
    println!(
        "a newcomer: trained head after {:.0} s, first answer after {:.0} s, {} s of them thinking; 2 presses",
        to_trained.as_secs_f64(),
        whole.as_secs_f64(),
        3 * MOMENT.as_secs()
    );
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
