//! A large project from its first photo to its file: read, reloaded, edited, scrolled through, learned from, saved, and opened
//! in another browser, with the time and the memory of each step. No photo may be lost or doubled on the way.
//!
//! `HEADSTART_LOAD` says of how many photos, 300 where it is not set.

use std::{
    collections::BTreeMap,
    env, fs,
    time::{Duration, Instant},
};

use fantoccini::wd::TimeoutConfiguration;

use crate::{
    app::App,
    browser::{Options, Profile, new_download_within},
    edits::{STANDSTILL_MS, edit, show_all},
    files::HeadFile,
    made_photos,
    page::Page,
    scrolling::{frames_ms, scroll_through, watch_frames},
    shelves::{Moment, Shelves},
    snapshot::Snapshot,
    steps::Steps,
};

/// Elements that the document has at most, however many photos there are.
const MOST_NODES: usize = 12_000;

/// Scrolls through the page and through the photos of every class; each has to come into sight with its picture.
async fn scroll(page: &Page, now: &Snapshot, steps: &mut Steps) -> String {
    steps.next(page).await;
    watch_frames(page).await;
    let mut most_nodes = 0;
    let (mut turns, mut late) = (0, 0);
    let mut all = vec![scroll_through(page, None).await];
    for (class, count) in now.counts() {
        let scrolled = scroll_through(page, Some(&format!("[data-class='{class}'] .viewport"))).await;
        assert_eq!(scrolled.seen.len().to_string(), count, "photos of {class} that came into sight");
        all.push(scrolled);
    }
    for scrolled in all {
        most_nodes = most_nodes.max(scrolled.most_nodes);
        turns += scrolled.turns;
        late += scrolled.late;
    }
    let frames = frames_ms(page).await;
    assert!(steps.row(page, "scroll through all photos").await < STANDSTILL_MS);
    assert!(most_nodes < MOST_NODES, "{most_nodes} elements");
    let at = |percent: usize| frames[(frames.len() - 1) * percent / 100];
    format!(
        "  scrolling: {turns} turns of the wheel, {} frames: median {:.0} ms, 99 of 100 within {:.0} ms, longest {:.0} ms; after {late} turns a picture came late; at most {most_nodes} elements",
        frames.len(),
        at(50),
        at(99),
        at(100)
    )
}

/// A page on a profile, with time for scripts that read a large database.
async fn open(app: &App, profile: &Profile) -> Page {
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    let timeouts = TimeoutConfiguration::new(Some(Duration::from_secs(600)), None, None);
    page.browser.client.update_timeouts(timeouts).await.unwrap();
    page
}

#[tokio::test]
async fn a_large_project_is_read_edited_saved_and_opened_without_loss() {
    let Some(app) = App::start().await else { return };
    let photos: usize = env::var("HEADSTART_LOAD").ok().and_then(|photos| photos.parse().ok()).unwrap_or(300);
    let folder = tempfile::tempdir().unwrap();
    let made = Instant::now();
    made_photos::write(folder.path(), photos);
    println!("load: {photos} photos made in {:.0} s", made.elapsed().as_secs_f64());
    let mut counts: BTreeMap<String, String> = (0..made_photos::CLASSES)
        .map(|class| (made_photos::name(class), made_photos::count(class, photos).to_string()))
        .collect();
    let patience = 120 + photos as u64 / 2;
    let (here, there) = (Profile::fresh(), Profile::fresh());

    let page = open(&app, &here).await;
    let mut steps = Steps::begin(&page).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    steps.row(&page, "an empty project").await;
    steps.next(&page).await;
    page.start_import(folder.path()).await;
    for percent in [10, 50, 100] {
        page.wait("photos to be read", patience, |now| {
            now.progress("total") == photos && now.progress("done") * 100 >= photos * percent
        })
        .await;
        steps.row(&page, &format!("read {percent} % of {photos} photos")).await;
    }
    let read = page.wait("the import's end", 60, |now| now.photos() == photos && now.engine_state() == "ready").await;
    assert_eq!((read.progress("failed"), read.counts()), (0, counts.clone()), "{:?}", read.notices);
    page.wait("the instant head", patience, |now| now.instant_state() == "ready").await;
    steps.row(&page, "and the instant head fitted").await;

    let began = Instant::now();
    page.reload().await;
    page.until(
        60,
        "the photos",
        "return [...document.querySelectorAll('.viewport img')].some((i) => i.naturalWidth > 0)",
    )
    .await;
    let shown = began.elapsed();
    let loaded = page.ready().await;
    assert_eq!(loaded.counts(), counts);
    (steps.began, steps.clock_ms) = (began, 0.0);
    steps.row(&page, &format!("reload: first photos after {:.1} s, ready", shown.as_secs_f64())).await;

    steps.next(&page).await;
    show_all(&page).await;
    steps.row(&page, "show all photos").await;
    edit(&page, photos, &mut counts, &mut steps).await;
    let scrolling = scroll(&page, &page.now().await, &mut steps).await;
    steps.next(&page).await;
    page.wait("the instant head", patience, |now| now.instant_state() == "ready" && now.engine_state() == "ready")
        .await;
    steps.row(&page, "the instant head, after the edits").await;

    steps.next(&page).await;
    page.press("train").await;
    let trained =
        page.wait("a head", patience, |now| now.train_state() == "trained" && now.engine_state() == "ready").await;
    steps.row(&page, "train").await;
    assert_eq!(trained.counts(), counts);
    page.use_head("Trained").await;
    let head = HeadFile::read(&page.download_head(&here).await);

    let before = here.downloads();
    steps.next(&page).await;
    page.press("request-meter").await;
    page.press("export-project").await;
    let file = new_download_within(patience, &here, &before).await;
    page.ready().await;
    let megabytes = fs::metadata(&file).unwrap().len() / 1_000_000;
    steps.row(&page, &format!("save the project, {megabytes} MB")).await;
    let kept = Shelves::look_here(&page.browser).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    let mut rows = std::mem::take(&mut steps.rows);
    drop((page, steps));

    let page = open(&app, &there).await;
    let mut steps = Steps::begin(&page).await;
    page.give("import-project", std::slice::from_ref(&file)).await;
    page.wait("all photos", patience, |now| now.photos() == photos).await;
    steps.row(&page, "open it in another browser").await;
    page.wait("the opened project", patience, |now| {
        now.engine_state() == "ready" && now.instant_state() == "ready" && now.photos() == photos
    })
    .await;
    steps.row(&page, "and read all photos for the network").await;
    rows.append(&mut steps.rows);
    page.reload().await;
    assert_eq!(page.ready().await.counts(), counts);
    let opened = HeadFile::read(&page.download_head(&there).await);
    let found = Shelves::look_here(&page.browser).await;
    assert_eq!(found.troubles(Moment::AtRest), Vec::<String>::new());
    assert_eq!(found.photos().len(), photos);
    found.assert_holds_the_same(&kept);
    assert!(head.has_the_numbers_of(&opened), "the head is the same");
    assert_eq!(page.console_errors().await, Vec::<String>::new());

    println!("load: {photos} photos, {} classes", made_photos::CLASSES);
    println!("  {:<46} {:>10} {:>10} {:>10} {:>10}", "step", "time", "longest", "page", "browser");
    println!("{}\n{scrolling}", rows.join("\n"));
}
