//! The same story on the graphics chip, here one in software, slow but exact: a handful of photos.

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{files_below, write_classes},
    page::Page,
};

/// Software WebGPU needs 1 to 3 s a photo.
const PHOTOS_EACH: u32 = 4;

#[tokio::test]
async fn the_graphics_chip_reads_trains_and_answers_as_the_processor_does() {
    let Some(app) = App::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let photos = write_classes(folder.path(), PHOTOS_EACH, 0);
    let sample = files_below(folder.path()).into_iter().step_by(3).collect::<Vec<_>>();
    let gpu = Options { webgpu: true, ..Options::default() };

    let mut answers = Vec::new();
    for (query, device, options) in [("?device=cpu", "cpu", Options::default()), ("?device=webgpu", "webgpu", gpu)] {
        let page = Page::open(&app, query, &Profile::fresh(), options).await;
        assert_eq!(page.now().await.engine["device"], device);
        page.import(folder.path(), photos).await;
        page.train().await;
        answers.push(page.predict(&sample).await);
        assert_eq!(page.console_errors().await, Vec::<String>::new(), "{device}");
    }
    let mut apart = 0.0_f64;
    for (file, on_cpu) in &answers[0] {
        let on_gpu = &answers[1][file];
        assert_eq!(on_cpu.top, on_gpu.top, "{file}");
        apart = apart.max((on_cpu.confidence - on_gpu.confidence).abs());
    }
    println!("processor and graphics chip: probabilities at most {apart:.1e} apart");
    assert!(apart <= 0.01);
}

#[tokio::test]
async fn without_an_adapter_the_processor_works_at_once_and_the_console_stays_clean() {
    let Some(app) = App::start().await else { return };
    let page = Page::open(&app, "", &Profile::fresh(), Options::default()).await;
    assert_eq!(page.now().await.engine["device"], "cpu");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
