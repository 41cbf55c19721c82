//! The whole job on real photos: a folder in, a head out, answers on photos it has never seen.

use std::collections::BTreeMap;

use crate::{
    app::App,
    browser::{Options, Profile, base_name},
    files::{files_below, flat_copy, shared_data},
    page::Page,
    snapshot::Answer,
};

/// Longest task of the page's thread that is not felt, milliseconds.
const LONG_TASK_MS: f64 = 100.0;

/// Share of answers whose class is the one in the file's name, in percent.
fn percent_right(answers: &BTreeMap<String, Answer>) -> f64 {
    let right = answers.iter().filter(|(file, answer)| file.split("__").next() == Some(&answer.top)).count();
    right as f64 * 100.0 / answers.len() as f64
}

fn largest_difference(one: &BTreeMap<String, Answer>, other: &BTreeMap<String, Answer>) -> f64 {
    assert!(one.keys().eq(other.keys()), "not the same files");
    one.iter()
        .map(|(file, a)| {
            let b = &other[file];
            assert_eq!(a.top, b.top, "{file}: {} and {}", a.confidence, b.confidence);
            (a.confidence - b.confidence).abs()
        })
        .fold(0.0, f64::max)
}

/// Imports, trains and classifies a task on the processor; gives the page, the test photos and their answers.
async fn whole_task(
    app: &App,
    name: &str,
    bar: f64,
    profile: &Profile,
) -> Option<(Page, Vec<std::path::PathBuf>, BTreeMap<String, Answer>, tempfile::TempDir)> {
    let task = shared_data(name)?;
    let photos = files_below(&task.join("train")).len();
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    let began = std::time::Instant::now();
    page.start_import(&task.join("train")).await;
    page.wait("a busy engine with progress", 60, |now| {
        now.engine_state() == "busy" && now.progress("done") > 0 && now.progress("total") == photos
    })
    .await;
    let imported =
        page.wait("the import's end", 400, |now| now.engine_state() == "ready" && now.photos() == photos).await;
    assert_eq!(imported.progress("failed"), 0, "{:?}", imported.notices);
    let import_s = began.elapsed().as_secs_f64();
    let during_import = longest(&page).await;

    let began = std::time::Instant::now();
    let trained = page.train().await;
    let train_s = began.elapsed().as_secs_f64();
    let score = trained.accuracy().expect("a score");
    let (low, high) = (trained.score["low"].parse::<f64>().unwrap(), trained.score["high"].parse::<f64>().unwrap());
    assert!(low <= score && score <= high && (0.0..=1.0).contains(&low) && high <= 1.0, "{:?}", trained.score);

    let copies = tempfile::tempdir().unwrap();
    let test = flat_copy(&task.join("test"), copies.path());
    let began = std::time::Instant::now();
    let answers = page.predict(&test).await;
    let predict_s = began.elapsed().as_secs_f64();
    assert_eq!(answers.len(), test.len());
    let right = percent_right(&answers);
    println!(
        "{name}: {photos} photos read in {import_s:.1} s, trained in {train_s:.1} s, {} classified in {predict_s:.1} s; \
         score {:.1} % ({:.1} to {:.1}), on the test folder {right:.1} %; longest task of the page's thread {during_import:.0} ms \
         while reading, {:.0} ms in all",
        test.len(),
        score * 100.0,
        low * 100.0,
        high * 100.0,
        longest(&page).await,
    );
    assert!(right >= bar, "{name}: {right:.1} % are right, {bar} were promised");
    assert!(during_import <= LONG_TASK_MS, "a task of {during_import:.0} ms while photos were read");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    Some((page, test, answers, copies))
}

/// The longest task of the page's thread, milliseconds.
async fn longest(page: &Page) -> f64 {
    page.long_tasks().await.iter().map(|(_, duration)| *duration).fold(0.0, f64::max)
}

#[tokio::test]
async fn groceries_are_told_apart_and_the_head_works_in_another_profile() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let Some((page, test, answers, _copies)) = whole_task(&app, "grocery10", 83.0, &profile).await else { return };

    // A reload keeps everything and computes nothing again.
    let before = page.now().await;
    page.reload().await;
    let after = page.ready().await;
    assert_eq!(after.counts(), before.counts());
    assert_eq!(after.score, before.score);
    assert_eq!(after.train_state(), "trained");
    assert_eq!(after.progress("done"), after.progress("total"), "photos were read again: {:?}", after.progress);
    let again = page.predict(&test[..20]).await;
    for (file, answer) in &again {
        assert!((answer.confidence - answers[file].confidence).abs() <= 1e-5, "{file}");
    }

    // The file is all that another person needs.
    let head = page.download_head(&profile).await;
    println!("{}: {} bytes", base_name(&head), head.metadata().unwrap().len());
    page.browser.close().await;
    let other = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &other, Options::default()).await;
    assert_eq!(page.now().await.train_state(), "idle");
    page.open_head(&head).await;
    let theirs = page.predict(&test).await;
    let apart = largest_difference(&answers, &theirs);
    println!("the opened head: probabilities at most {apart:.1e} apart");
    assert!(apart <= 1e-5);
}

#[tokio::test]
async fn rubbish_is_told_apart() {
    let Some(app) = App::start().await else { return };
    whole_task(&app, "trash6", 76.5, &Profile::fresh()).await;
}

#[tokio::test]
async fn photos_of_everyday_things_are_told_apart() {
    let Some(app) = App::start().await else { return };
    whole_task(&app, "pacs6", 98.0, &Profile::fresh()).await;
}
