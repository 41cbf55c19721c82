//! The whole job on real photos: a folder in, a head out, answers on photos it has never seen.

use std::{collections::BTreeMap, path::PathBuf, time::Instant};

use tempfile::TempDir;

use crate::{
    app::App,
    browser::{Options, Profile, base_name},
    files::{files_below, flat_copy, shared_data},
    page::Page,
    snapshot::{Answer, Snapshot, same_score},
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

/// What must come out, in percent.
struct Bars {
    instant: f64,
    trained: f64,
    /// The shown score of the instant head is at most so far from the truth.
    honesty: f64,
}

/// What is there after a task was imported, trained on and answered.
struct Done {
    page: Page,
    /// Copies of the test photos, whose names tell their class, and the folder that holds them.
    test: Vec<PathBuf>,
    _copies: TempDir,
    /// Of the trained head.
    answers: BTreeMap<String, Answer>,
}

/// Imports, trains and classifies a task on the processor, with the instant head and with the trained one.
async fn whole_task(app: &App, name: &str, bars: Bars, profile: &Profile) -> Option<Done> {
    let task = shared_data(name)?;
    let photos = files_below(&task.join("train")).len();
    let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
    let copies = tempfile::tempdir().unwrap();
    let test = flat_copy(&task.join("test"), copies.path());

    let reading = Stopwatch::start(&page).await;
    page.start_import(&task.join("train")).await;
    page.wait("a busy engine with progress", 60, |now| {
        now.engine_state() == "busy" && now.progress("done") > 0 && now.progress("total") == photos
    })
    .await;
    let imported =
        page.wait("the import's end", 400, |now| now.engine_state() == "ready" && now.photos() == photos).await;
    println!("{name}: {photos} photos read: {}", reading.told(&page).await);
    assert_eq!(imported.progress("failed"), 0, "{:?}", imported.notices);

    let fitting = Stopwatch::start(&page).await;
    let fitted = page.instant().await;
    println!("{name}: instant head fitted: {}", fitting.told(&page).await);
    assert_eq!(fitted.protocol(), "leave-one-burst-out");
    let (right, _) = classified(&page, name, "instant", &test, bars.instant).await;
    let shown = told_score(name, &fitted);
    assert!((shown - right).abs() <= bars.honesty, "{name}: shown {shown:.1} %, in truth {right:.1} %");
    page.clear_predictions().await;

    let training = Stopwatch::start(&page).await;
    page.train().await;
    println!("{name}: trained: {}", training.told(&page).await);
    page.use_head("Trained").await;
    told_score(name, &page.now().await);
    let (_, answers) = classified(&page, name, "trained", &test, bars.trained).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    Some(Done { page, test, _copies: copies, answers })
}

/// Classifies the test photos; at least `bar` percent must be right, and how many were comes with the answers.
async fn classified(
    page: &Page,
    name: &str,
    head: &str,
    test: &[PathBuf],
    bar: f64,
) -> (f64, BTreeMap<String, Answer>) {
    let answering = Stopwatch::start(page).await;
    let answers = page.predict(test).await;
    println!("{name}: {} photos classified: {}", test.len(), answering.told(page).await);
    assert_eq!(answers.len(), test.len());
    let right = percent_right(&answers);
    println!("{name}: {head} head, {right:.1} % of the test folder are right (promised {bar:.1})");
    assert!(right >= bar, "{name}: {right:.1} % are right, {bar} were promised");
    (right, answers)
}

/// The score on the page, in percent.
fn told_score(name: &str, now: &Snapshot) -> f64 {
    let percent = |field: &str| now.score[field].parse::<f64>().unwrap() * 100.0;
    let (low, score, high) = (percent("low"), percent("accuracy"), percent("high"));
    println!("{name}: score {score:.1} % ({low:.1} to {high:.1}), {}", now.protocol());
    assert!(0.0 <= low && low <= score && score <= high && high <= 100.0, "{:?}", now.score);
    score
}

/// How long something takes, and how much of that it keeps the page's thread from a person.
struct Stopwatch {
    began: Instant,
    page_clock_ms: f64,
}

impl Stopwatch {
    async fn start(page: &Page) -> Self {
        Self { began: Instant::now(), page_clock_ms: page.clock_ms().await }
    }

    async fn told(&self, page: &Page) -> String {
        let seconds = self.began.elapsed().as_secs_f64();
        let tasks = page.long_tasks(self.page_clock_ms).await;
        let felt: Vec<String> = tasks
            .iter()
            .filter(|(_, ms)| *ms > LONG_TASK_MS)
            .map(|(at, ms)| format!("{ms:.0} ms at {:.1} s", at / 1000.0))
            .collect();
        let longest = tasks.iter().map(|(_, ms)| *ms).fold(0.0, f64::max);
        format!(
            "{seconds:.1} s; longest task of the page's thread {longest:.0} ms; over {LONG_TASK_MS:.0} ms: {felt:?}"
        )
    }
}

#[tokio::test]
async fn groceries_are_told_apart_and_the_head_works_in_another_profile() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let Some(done) = whole_task(&app, "grocery10", Bars { instant: 86.0, trained: 83.0, honesty: 5.0 }, &profile).await
    else {
        return;
    };
    let Done { page, test, answers, .. } = &done;

    // A reload keeps everything and computes nothing again.
    let before = page.now().await;
    page.reload().await;
    let after = page.ready().await;
    assert_eq!(after.counts(), before.counts());
    assert!(same_score(&after.score, &before.score), "{:?} {:?}", after.score, before.score);
    assert_eq!(after.train_state(), "trained");
    assert_eq!(after.progress("done"), after.progress("total"), "photos were read again: {:?}", after.progress);
    let again = page.predict(&test[..20]).await;
    for (file, answer) in &again {
        assert!((answer.confidence - answers[file].confidence).abs() <= 1e-5, "{file}");
    }

    // The file is all that another person needs.
    let head = page.download_head(&profile).await;
    println!("{}: {} bytes", base_name(&head), head.metadata().unwrap().len());
    let other = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &other, Options::default()).await;
    assert_eq!(page.now().await.train_state(), "idle");
    page.open_head(&head).await;
    let theirs = page.predict(test).await;
    let apart = largest_difference(answers, &theirs);
    println!("the opened head: probabilities at most {apart:.1e} apart");
    assert!(apart <= 1e-5);
}

#[tokio::test]
async fn rubbish_is_told_apart() {
    let Some(app) = App::start().await else { return };
    whole_task(&app, "trash6", Bars { instant: 79.0, trained: 76.5, honesty: 3.0 }, &Profile::fresh()).await;
}

#[tokio::test]
async fn photos_of_everyday_things_are_told_apart() {
    let Some(app) = App::start().await else { return };
    whole_task(&app, "pacs6", Bars { instant: 98.0, trained: 98.0, honesty: 3.0 }, &Profile::fresh()).await;
}
