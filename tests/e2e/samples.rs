//! The sample pictures: a first try within seconds, gone with one click.

use std::{collections::BTreeMap, time::Instant};

use crate::{
    app::App,
    browser::{Options, Profile},
    page::Page,
    snapshot::ANSWERS,
};

#[tokio::test]
async fn sample_pictures_are_learned_asked_about_and_removed_in_a_click_each() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    let start = Instant::now();
    page.press("try-samples").await;
    page.wait("answers to the new ones", 60, |now| now.predictions == 4 && now.engine_state() == "ready").await;
    println!("sample pictures: read, learned and asked about in {:.1} s", start.elapsed().as_secs_f64());
    let now = page.now().await;
    assert_eq!(
        now.counts(),
        ["Birch", "Maple", "Oak"].map(|name| (name.to_owned(), "10".to_owned())).into(),
        "ten leaves of each"
    );
    let answers: Vec<BTreeMap<String, String>> = serde_json::from_value(page.run(ANSWERS).await).unwrap();
    let labels: BTreeMap<&str, &str> =
        answers.iter().map(|answer| (answer["file"].as_str(), answer["label"].as_str())).collect();
    let expected = [
        ("new-birch.webp", "Birch"),
        ("new-key.webp", "unknown"),
        ("new-maple.webp", "Maple"),
        ("new-oak.webp", "Oak"),
    ];
    assert_eq!(labels, expected.into());

    // They are known as samples after a reload too.
    page.reload().await;
    page.wait("the samples again", 30, |now| now.photos() == 30 && now.engine_state() == "ready").await;
    page.press("remove-samples").await;
    page.wait("an empty project", 20, |now| now.photos() == 0 && now.counts().is_empty()).await;
    page.undo().await;
    page.wait("the samples back", 20, |now| now.photos() == 30 && now.counts().len() == 3).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
