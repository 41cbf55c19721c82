//! The page as a person uses it: what can be done, and waiting until it is done.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use fantoccini::{Client, Locator, elements::Element};
use serde_json::{Value, json};

use crate::{
    app::App,
    browser::{self, Browser, Options, Profile},
    cdp,
    snapshot::{self, ANSWERS, Answer, SCRIPT, Snapshot},
};

/// Records long tasks of the page's thread from before its first script on.
const WATCH_LONG_TASKS: &str = r"
globalThis.longTasks = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push([entry.startTime, entry.duration]);
}).observe({ type: 'longtask', buffered: true });
";

/// The app in one browser.
pub(crate) struct Page {
    pub(crate) browser: Browser,
}

impl Page {
    /// Opens the app in a browser on the profile and waits until its engine is ready.
    pub(crate) async fn open(app: &App, query: &str, profile: &Profile, options: Options) -> Self {
        let page = Self::open_early(app, query, profile, options).await;
        page.ready().await;
        page
    }

    /// Opens the app and does not wait for its engine.
    pub(crate) async fn open_early(app: &App, query: &str, profile: &Profile, options: Options) -> Self {
        let browser = Browser::start(profile, options).await;
        let source = json!({ "source": WATCH_LONG_TASKS });
        cdp::devtools(&browser.client, "Page.addScriptToEvaluateOnNewDocument", source).await;
        browser.client.goto(&app.url(query)).await.unwrap();
        Self { browser }
    }

    fn client(&self) -> &Client {
        &self.browser.client
    }

    /// Runs a script in the page.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.client().execute(script, Vec::new()).await.unwrap()
    }

    /// What the hooks say now.
    pub(crate) async fn now(&self) -> Snapshot {
        serde_json::from_value(self.run(SCRIPT).await).unwrap()
    }

    /// Waits until the page is as `wanted`, looking five times a second. `what` ends the sentence "waited for …".
    pub(crate) async fn wait(&self, what: &str, seconds: u64, wanted: impl Fn(&Snapshot) -> bool) -> Snapshot {
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            let now = self.now().await;
            if wanted(&now) {
                return now;
            }
            if Instant::now() > end {
                let errors = cdp::console_errors(self.client()).await;
                let shot = std::env::temp_dir().join("headstart-e2e-failure.png");
                let _ = std::fs::write(&shot, self.client().screenshot().await.unwrap_or_default());
                let told = now.told();
                panic!("waited {seconds} s for {what}: {told}; console {errors:?}; screenshot {}", shot.display());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// Waits until a script of the page, `return …`, gives true; the page may be loading meanwhile.
    pub(crate) async fn until(&self, seconds: u64, what: &str, script: &str) {
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            let told = self.client().execute(script, Vec::new()).await;
            if told.as_ref().is_ok_and(|told| *told == true) {
                return;
            }
            assert!(Instant::now() < end, "waited {seconds} s for {what}; the last look gave {told:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Waits until the engine is there and has nothing to do.
    pub(crate) async fn ready(&self) -> Snapshot {
        self.wait("a ready engine", 60, |now| now.engine_state() == "ready").await
    }

    /// The one element with this `data-testid`.
    pub(crate) async fn hook(&self, id: &str) -> Element {
        self.client().find(Locator::Css(&format!("[data-testid='{id}']"))).await.unwrap_or_else(|e| panic!("{id}: {e}"))
    }

    /// Hands files, or one folder, to a file input, as a picker would.
    pub(crate) async fn give(&self, id: &str, files: &[PathBuf]) {
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        self.hook(id).await.send_keys(&paths.join("\n")).await.unwrap();
    }

    /// Imports a folder whose sub-folders are classes, without waiting for its end.
    pub(crate) async fn start_import(&self, folder: &Path) {
        self.give("import-folder", &[folder.to_owned()]).await;
    }

    /// Imports a folder to its end; `photos` of it can be read.
    pub(crate) async fn import(&self, folder: &Path, photos: usize) -> Snapshot {
        let before = self.now().await.photos();
        self.start_import(folder).await;
        let until = 60 + photos as u64 / 3;
        self.wait("the import's end", until, |now| now.engine_state() == "ready" && now.photos() == before + photos)
            .await
    }

    /// Waits until the instant head is fitted to all photos.
    pub(crate) async fn instant(&self) -> Snapshot {
        self.wait("the instant head", 60, |now| now.instant_state() == "ready" && now.engine_state() == "ready").await
    }

    /// Waits until the instant head is fitted, or it is known that there is none.
    pub(crate) async fn instant_or_none(&self) -> Snapshot {
        self.wait("the instant head to rest", 60, |now| {
            now.instant_state() != "fitting" && now.engine_state() == "ready"
        })
        .await
    }

    /// Lets the head of that word answer, `Instant` or `Trained`, by its radio button.
    pub(crate) async fn use_head(&self, word: &str) {
        let script = format!(
            "for (const l of document.querySelectorAll(\"[data-testid='head-choice'] label\"))
               if (l.textContent.includes('{word}')) l.querySelector('input').click();"
        );
        self.run(&script).await;
        let protocol = if word == "Instant" { "leave-one-burst-out" } else { "held-back" };
        self.wait("the chosen head", 10, |now| now.protocol() == protocol).await;
    }

    /// Presses the first button whose text has these words.
    pub(crate) async fn press_words(&self, words: &str) {
        let script = format!(
            "const b = [...document.querySelectorAll('button')].find((b) => b.checkVisibility() && b.textContent.includes('{words}'));
             b?.click(); return b !== undefined;"
        );
        self.until(10, &format!("a button that says {words}"), &script).await;
    }

    /// Closes the photos behind a number by Escape, from within: they take the focus with the frame after they are drawn.
    pub(crate) async fn close_opened(&self) {
        let within = "return !!document.activeElement.closest('.opened')";
        self.until(10, "the focus in the opened list", within).await;
        self.browser.client.active_element().await.unwrap().send_keys("\u{e00c}").await.unwrap();
    }

    /// Takes back what the toast of the last step tells.
    pub(crate) async fn undo(&self) {
        let script = "const b = [...document.querySelectorAll('.toast button')].find((b) => b.textContent === 'Undo');
                      b?.click(); return b !== undefined";
        self.until(10, "a step to take back", script).await;
    }

    /// Takes all answers off the page.
    pub(crate) async fn clear_predictions(&self) {
        self.press("clear-predictions").await;
        self.wait("no answers", 10, |now| now.predictions == 0).await;
    }

    /// Trains to the end.
    pub(crate) async fn train(&self) -> Snapshot {
        self.press("train").await;
        self.wait("a trained head", 300, |now| now.train_state() == "trained" && now.engine_state() == "ready").await
    }

    /// Presses a button, scrolled into view first, as a click needs it.
    pub(crate) async fn press(&self, id: &str) {
        // What another press brings is drawn with the next frame, and moves what stands below: a click on its way would miss.
        let script = format!(
            "const e = document.querySelector(\"[data-testid='{id}']\");
             if (e === null) return false;
             e.scrollIntoView({{ block: 'center' }});
             const at = e.getBoundingClientRect().top, rests = e.pressAt === at;
             e.pressAt = at;
             return rests"
        );
        self.until(10, id, &script).await;
        self.hook(id).await.click().await.unwrap_or_else(|error| panic!("{id}: {error}"));
    }

    /// Classifies files to the end; their base names must differ from those in the list.
    pub(crate) async fn predict(&self, files: &[PathBuf]) -> BTreeMap<String, Answer> {
        let before = self.now().await.predictions;
        self.give("predict-input", files).await;
        let until = 60 + files.len() as u64 / 3;
        self.wait("all predictions", until, |now| {
            now.predictions >= before + files.len() && now.engine_state() == "ready"
        })
        .await;
        snapshot::answers(&serde_json::from_value::<Vec<_>>(self.run(ANSWERS).await).unwrap())
    }

    /// Downloads the head.
    pub(crate) async fn download_head(&self, profile: &Profile) -> PathBuf {
        let before = profile.downloads();
        self.press("download-head").await;
        browser::new_download(profile, &before).await
    }

    /// Opens a head file and waits until it is the active head or a notice says why not.
    pub(crate) async fn open_head(&self, file: &Path) -> Snapshot {
        let before = self.now().await;
        self.give("open-head", &[file.to_owned()]).await;
        self.wait("an answer to the head file", 60, |now| {
            now.engine_state() == "ready" && (now.notices != before.notices || now.score != before.score)
        })
        .await
    }

    /// Waits until the head of that file answers.
    pub(crate) async fn answers_by(&self, file: &Path) {
        let name = browser::base_name(file);
        let stem = name.trim_end_matches(".head.safetensors");
        let script = format!(
            "return [...document.querySelectorAll(\"[data-testid='head']\")]
               .some((e) => e.dataset.active === 'true' && e.querySelector('b').textContent === '{stem}')"
        );
        self.until(60, &format!("the head {name}"), &script).await;
    }

    /// Closes every notice by its own button.
    pub(crate) async fn close_notices(&self) {
        let script = "for (const b of document.querySelectorAll(\"[data-testid='notice'] button[aria-label='Close']\")) b.click()";
        self.run(script).await;
        self.wait("no notices", 5, |now| now.notices.is_empty()).await;
    }

    /// Loads the page again.
    pub(crate) async fn reload(&self) {
        self.client().refresh().await.unwrap();
    }

    /// Errors on the console since the last look.
    pub(crate) async fn console_errors(&self) -> Vec<String> {
        cdp::console_errors(self.client()).await
    }

    /// The page's own clock, milliseconds since it was loaded.
    pub(crate) async fn clock_ms(&self) -> f64 {
        self.run("return performance.now()").await.as_f64().unwrap()
    }

    /// Start, after `since_ms`, and duration of every task of the page's thread over 50 ms, milliseconds.
    pub(crate) async fn long_tasks(&self, since_ms: f64) -> Vec<(f64, f64)> {
        let tasks: Vec<(f64, f64)> = serde_json::from_value(self.run("return globalThis.longTasks").await).unwrap();
        tasks.into_iter().filter(|(start, _)| *start >= since_ms).map(|(start, ms)| (start - since_ms, ms)).collect()
    }
}
