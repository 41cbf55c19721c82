//! The same story on the graphics chip, here one in software, slow but exact: a handful of photos.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{files_below, files_in, shared_data, write_classes},
    net_log::Traffic,
    offline::kept,
    page::Page,
};

/// Photos of each class. WebGPU in software takes a second or two for each.
const PHOTOS_EACH: u32 = 4;

/// Reads, trains and answers on both devices; gives the largest difference of a probability, and the smallest probability.
async fn both_devices(app: &App, folder: &Path, photos: usize, sample: &[PathBuf]) -> (f64, f64) {
    let gpu = Options { webgpu: true, ..Options::default() };
    let mut answers = Vec::new();
    for (query, device, options) in [("?device=cpu", "cpu", Options::default()), ("?device=webgpu", "webgpu", gpu)] {
        let profile = Profile::fresh();
        let page = Page::open(app, query, &profile, options).await;
        kept(&page).await;
        assert_eq!(page.now().await.engine["device"], device);
        page.import(folder, photos).await;
        page.train().await;
        page.use_head("Trained").await;
        answers.push(page.predict(sample).await);
        assert_eq!(page.console_errors().await, Vec::<String>::new(), "{device}");
        let sent = "return document.querySelector(\"[data-testid='request-meter']\").dataset.count";
        assert_eq!(page.run(sent).await, "0", "{device}");
        page.browser.close().await;
        assert_eq!(Traffic::read(&profile.net_log()).strangers(&app.origin()), Vec::<String>::new(), "{device}");
    }
    let (mut apart, mut least) = (0.0_f64, 1.0_f64);
    for (file, on_cpu) in &answers[0] {
        let on_gpu = &answers[1][file];
        let difference = (on_cpu.confidence - on_gpu.confidence).abs();
        assert!(on_cpu.top == on_gpu.top || difference <= 0.01, "{file}: {on_cpu:?}, {on_gpu:?}");
        apart = apart.max(difference);
        least = least.min(on_cpu.confidence);
    }
    println!("processor and graphics chip: probabilities, {least:.3} and more, at most {apart:.1e} apart");
    (apart, least)
}

#[tokio::test]
async fn the_graphics_chip_reads_trains_and_answers_as_the_processor_does() {
    let Some(app) = App::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let photos = write_classes(folder.path(), PHOTOS_EACH, 0);
    let sample = files_below(folder.path()).into_iter().step_by(3).collect::<Vec<_>>();
    let (apart, _) = both_devices(&app, folder.path(), photos, &sample).await;
    assert!(apart <= 0.01);
}

#[tokio::test]
async fn on_real_photos_that_leave_doubts_both_devices_give_the_same_probabilities() {
    let Some(app) = App::start().await else { return };
    let Some(task) = shared_data("trash6") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (mut photos, mut sample) = (0, Vec::new());
    for class in ["glass", "metal", "plastic"] {
        fs::create_dir(folder.path().join(class)).unwrap();
        for photo in &files_in(&task.join("train").join(class))[..PHOTOS_EACH as usize] {
            fs::copy(photo, folder.path().join(class).join(photo.file_name().unwrap())).unwrap();
            photos += 1;
        }
        sample.push(files_in(&task.join("test").join(class))[0].clone());
        sample.push(files_in(&task.join("test").join(class))[20].clone());
    }
    let copies = tempfile::tempdir().unwrap();
    for (number, photo) in sample.iter_mut().enumerate() {
        let copy = copies.path().join(format!("{number}.jpg"));
        fs::copy(&photo, &copy).unwrap();
        *photo = copy;
    }
    let (apart, least) = both_devices(&app, folder.path(), photos, &sample).await;
    assert!(least < 0.99, "every answer is certain: this compares nothing");
    assert!(apart <= 0.01);
}

#[tokio::test]
async fn without_an_adapter_the_processor_works_at_once_and_the_console_stays_clean() {
    let Some(app) = App::start().await else { return };
    let page = Page::open(&app, "", &Profile::fresh(), Options::default()).await;
    assert_eq!(page.now().await.engine["device"], "cpu");
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
