//! How long it takes from the address to a page, to an engine that is ready, and to the first features. Printed, not judged:
//! machines differ.

use std::path::Path;

use serde_json::json;

use crate::{
    app::App,
    browser::{Browser, Options, Profile},
    cdp,
    files::write_classes,
    page::Page,
};

/// Visits with a fresh profile, and again with the same one.
const VISITS: usize = 5;

/// Notes when something is first so, milliseconds after the navigation began.
const WATCH: &str = r#"
globalThis.marks = {};
const watch = setInterval(() => {
  const engine = document.querySelector('[data-testid=engine-status]');
  if (!engine) return;
  marks.drawn ??= performance.now();
  if (engine.dataset.state === 'ready') marks.ready ??= performance.now();
  if (document.querySelectorAll('[data-testid=class-card][data-count="1"]').length === VISIT) {
    marks.features ??= performance.now();
    if (marks.ready) clearInterval(watch);
  }
}, 4);
"#;

/// Drawn, ready, and with the first photo read, milliseconds. The photo, of another class each `visit` of a profile, is handed
/// over as soon as there is a place for it.
async fn visit(app: &App, profile: &Profile, visit: usize, folder: &Path) -> [f64; 3] {
    let browser = Browser::start(profile, Options::default()).await;
    cdp::devtools(
        &browser.client,
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": WATCH.replace("VISIT", &visit.to_string()) }),
    )
    .await;
    browser.client.goto(&app.url("?device=cpu")).await.unwrap();
    let page = Page { browser };
    page.wait("the page", 20, |now| !now.engine.is_empty()).await;
    page.start_import(folder).await;
    page.wait("the photo", 30, |now| now.photos() == visit && now.engine_state() == "ready").await;
    serde_json::from_value(page.run("return [marks.drawn, marks.ready, marks.features]").await).unwrap()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[tokio::test]
async fn start_up_takes_as_long_as_printed() {
    let Some(app) = App::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    write_classes(folder.path(), 1, 0);
    let photo = |class: &str| folder.path().join(class);
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for _ in 0..VISITS {
        let profile = Profile::fresh();
        first.push(visit(&app, &profile, 1, &photo("red")).await);
        second.push(visit(&app, &profile, 2, &photo("blue")).await);
    }
    for (name, visits) in [("first", first), ("second", second)] {
        let at = |mark: usize| median(visits.iter().map(|visit| visit[mark]).collect()) / 1000.0;
        println!(
            "{name} visit, median of {VISITS}: drawn after {:.2} s, engine ready {:.2} s, first features {:.2} s",
            at(0),
            at(1),
            at(2)
        );
        assert!(at(0) <= at(1) && at(0) <= at(2));
    }
}
