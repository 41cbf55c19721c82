//! Where the head looks, and whether that is the background.

use std::fs;

use fantoccini::Locator;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, write_classes},
    page::Page,
};

/// Heat-maps that the browser shows, each over its photo.
const MAPS: &str =
    "[...document.querySelectorAll('.pred .heat image')].filter((i) => i.href.baseVal.startsWith('blob:')).length";

#[tokio::test]
async fn a_press_shows_where_it_looks_and_h_shows_it_everywhere() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 8, 0);
    let asked = tempfile::tempdir().unwrap();
    let files: Vec<_> = (0..3)
        .map(|class| {
            let file = asked.path().join(format!("new-{class}.bmp"));
            fs::write(&file, picture(class, 99)).unwrap();
            file
        })
        .collect();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    page.predict(&files).await;
    assert_eq!(page.run(&format!("return {MAPS}")).await, 0);

    page.press("gaze").await;
    page.until(20, "one map", &format!("return {MAPS} === 1")).await;
    page.until(
        5,
        "its sentence",
        "return document.querySelector(\"[data-testid='gaze-said']\").textContent.includes('it looks')",
    )
    .await;
    // The picture is a real one, and covers what the network sees of the photo.
    let script =
        "const i = document.querySelector('.pred .heat image'); const p = document.querySelector('.pred .pic');
        const [a, b] = [i.getBoundingClientRect(), p.getBoundingClientRect()];
        return Math.round(1000 * a.width / b.width) / 1000";
    assert_eq!(page.run(script).await, 0.875);

    // The slider makes it fainter.
    let script = "const s = document.querySelector(\"[data-testid='gaze-strength']\"); s.value = '20';
        s.dispatchEvent(new Event('input', { bubbles: true }));
        return document.querySelector('.pred .heat image').getAttribute('opacity')";
    page.run(script).await;
    page.until(
        5,
        "a faint map",
        "return document.querySelector('.pred .heat image').getAttribute('opacity') === '0.2'",
    )
    .await;

    page.browser.client.find(Locator::Css("body")).await.unwrap().send_keys("h").await.unwrap();
    page.until(30, "all maps", &format!("return {MAPS} === 3")).await;
    page.browser.client.find(Locator::Css("body")).await.unwrap().send_keys("h").await.unwrap();
    page.until(5, "no maps", &format!("return {MAPS} === 0")).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_test_for_background_shortcuts_can_be_stopped_and_tells_what_it_found() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 10, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    page.press_words("Show results").await;
    page.until(10, "the section", "return !!document.querySelector(\"[data-testid='border-test']\")").await;
    // Not by the mouse: the columns still change their places.
    let press = "document.querySelector(\"[data-testid='border-test']\").click()";
    page.run(press).await;
    page.until(10, "progress", "return !!document.querySelector(\"#border [role='progressbar']\")").await;
    page.run("[...document.querySelectorAll('#border button')].find((b) => b.textContent === 'Cancel').click()").await;
    page.wait("an idle engine", 20, |now| now.engine_state() == "ready").await;
    let verdict = "document.querySelector(\"[data-testid='border']\").dataset.verdict";
    assert_eq!(page.run(&format!("return {verdict} ?? null")).await, serde_json::Value::Null);

    let began = std::time::Instant::now();
    page.run(press).await;
    // The stripes fill the pictures: either half tells the class.
    page.until(60, "what it found", &format!("return ['either', 'things', 'needs-both'].includes({verdict})")).await;
    println!("{photos} photos tested in {:.1} s", began.elapsed().as_secs_f64());
    let said = page.run("return document.querySelector('.border-said').textContent").await;
    assert!(said.as_str().unwrap().contains("Without the background"), "{said}");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
