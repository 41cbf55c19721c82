//! A device that fails in each way that browsers and drivers know: the app says so, goes on with what it has, and loses nothing.

use std::{fs, path::Path};

use fantoccini::key::Key;
use headstart::precache;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::write_classes,
    page::Page,
    snapshot::Snapshot,
};

/// Puts a script in front of one of the bundle's.
fn put_before(bundle: &Path, file: &str, script: &str) {
    let file = bundle.join(file);
    let whole = format!("{script}\n{}", fs::read_to_string(&file).unwrap());
    fs::write(&file, whole).unwrap();
    precache::write(bundle).unwrap();
}

/// Tells all workers a word that a script put before theirs listens for.
async fn tell_workers(page: &Page, word: &str) {
    page.run(&format!("new BroadcastChannel('test').postMessage('{word}')")).await;
}

fn says(now: &Snapshot, words: &str) -> bool {
    now.notices.iter().any(|notice| notice.contains(words))
}

/// The engine's worker, not its readers, dies of an exception in the middle of a step, or never comes back from one.
const DIES_OR_HANGS: &str = "
    if (!name) new BroadcastChannel('test').onmessage = ({ data }) => {
      if (data === 'die') Date.now = () => { throw new Error('made to die'); };
      if (data === 'hang') for (;;) {}
    };";

#[tokio::test]
async fn a_worker_that_dies_or_hangs_while_photos_are_read_is_replaced_and_reads_on() {
    let Some((app, bundle)) = App::of_copy(false).await else { return };
    put_before(bundle.path(), "worker-boot.js", DIES_OR_HANGS);
    for (word, why) in [("die", "made to die"), ("hang", "no answer for 30 seconds")] {
        let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
        let photos = write_classes(folder.path(), 40, 0);
        let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
        page.start_import(folder.path()).await;
        let before = page.wait("the first photos", 60, |now| now.photos() > 5).await;
        tell_workers(&page, word).await;
        if word == "hang" {
            // Nothing serves this edit before the worker is given up.
            page.press("add-class").await;
            page.hook("add-class-name").await.send_keys(&format!("made meanwhile{}", Key::Enter)).await.unwrap();
        }
        let told = page.wait("a word about it", 90, |now| says(now, "started again")).await;
        assert!(says(&told, why), "{word}: {:?}", told.notices);
        assert!(told.photos() >= before.photos(), "{word}: a photo that was told is gone");
        assert!(told.photos() < photos, "{word}: everything had been read: the test showed nothing");
        let now = page.wait("all photos", 120, |now| now.photos() == photos && now.engine_state() == "ready").await;
        assert_eq!(now.notices.len(), 1, "{word}: {:?}", now.notices);
        let mut counts: Vec<(String, String)> = now.counts().into_iter().collect();
        counts.retain(|(_, count)| count != "40");
        let made = (word == "hang").then(|| ("made meanwhile".to_owned(), "0".to_owned()));
        assert_eq!(counts, Vec::from_iter(made), "{word}");
        let now = page.instant().await;
        assert_eq!(now.engine["device"], "cpu");
        page.reload().await;
        page.ready().await;
        assert_eq!(page.instant().await.counts(), now.counts(), "{word}");
    }
}

/// How a graphics chip fails, by a script in front of its worker's; whether a word sets it off; words of what is told.
const FAILURES: [(&str, &str, bool); 6] = [
    (
        "the device is lost",
        "const ask = GPUAdapter.prototype.requestDevice;
         GPUAdapter.prototype.requestDevice = async function (...how) {
           const device = await ask.apply(this, how);
           new BroadcastChannel('test').onmessage = () => device.destroy();
           return device;
         };",
        true,
    ),
    (
        "its memory is full",
        "const ask = GPUAdapter.prototype.requestDevice;
         GPUAdapter.prototype.requestDevice = async function (...how) {
           const device = await ask.apply(this, how);
           const error = new GPUOutOfMemoryError('made to be full');
           new BroadcastChannel('test').onmessage = () =>
             device.dispatchEvent(new GPUUncapturedErrorEvent('uncapturederror', { error }));
           return device;
         };",
        true,
    ),
    (
        "it refuses a shader",
        "const make = GPUDevice.prototype.createShaderModule;
         GPUDevice.prototype.createShaderModule = function (how) {
           return make.call(this, { ...how, code: 'not a shader' });
         };",
        false,
    ),
    (
        "it has less than is needed",
        "const limits = { maxComputeInvocationsPerWorkgroup: 1, maxComputeWorkgroupSizeX: 1, maxStorageBuffersPerShaderStage: 1 };
         for (const [name, value] of Object.entries(limits))
           Object.defineProperty(GPUSupportedLimits.prototype, name, { get: () => value });",
        false,
    ),
    ("it gives no device", "GPUAdapter.prototype.requestDevice = () => Promise.reject(new TypeError('made to fail'));", false),
    ("there is no adapter", "GPU.prototype.requestAdapter = () => Promise.resolve(null);", false),
];

/// Starts of the chip's worker since the page was loaded.
const TRIED: &str =
    "return performance.getEntriesByType('resource').filter((it) => it.name.includes('worker-gpu-boot')).length";

#[tokio::test]
async fn a_graphics_chip_that_fails_leaves_the_work_to_the_processor_and_is_not_tried_again_unasked() {
    let gpu = Options { webgpu: true, ..Options::default() };
    for (what, script, by_word) in FAILURES {
        let Some((app, bundle)) = App::of_copy(false).await else { return };
        put_before(bundle.path(), "worker-gpu-boot.js", script);
        let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
        let photos = write_classes(folder.path(), 3, 0);
        let page = Page::open(&app, "?device=cpu", &profile, gpu).await;
        page.run("localStorage.setItem('headstart.device', 'webgpu')").await; // as a person's choice is kept
        page.browser.client.goto(&app.url("")).await.unwrap();
        let loaded = page.wait("an engine", 90, |now| now.engine_state() == "ready").await;
        if by_word {
            assert_eq!(loaded.engine["device"], "webgpu", "{what}");
        }
        page.start_import(folder.path()).await;
        if by_word {
            page.wait("work", 60, |now| now.engine_state() == "busy").await;
            tell_workers(&page, "now").await;
        }
        let now = page
            .wait(what, 120, |now| {
                now.photos() == photos && now.engine_state() == "ready" && now.engine["device"] == "cpu"
            })
            .await;
        assert!(says(&now, "The graphics chip failed"), "{what}: {:?}", now.notices);
        println!("{what}: {:?}", now.notices);
        assert_eq!(now.notices.len(), 1, "{what}: {:?}", now.notices);
        page.instant().await;
        assert_ne!(page.run(TRIED).await, 0, "{what}: the test would not see a trial");
        page.browser.client.goto(&app.url("")).await.unwrap();
        let now = page.ready().await;
        assert_eq!((now.engine["device"].as_str(), now.photos()), ("cpu", photos), "{what}");
        assert_eq!(page.run(TRIED).await, 0, "{what}: it was tried again, though nobody had asked for it");
        page.browser.close().await;
    }
}
