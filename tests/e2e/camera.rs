//! The camera: live answers, photos for the classes, and what is said where there is none. Chromium makes up the picture.

use std::{fs, time::Duration};

use fantoccini::{
    actions::{InputSource, MouseActions, PointerAction},
    key::Key,
};

use crate::{
    app::App,
    browser::{Camera, Options, Profile},
    cdp,
    files::{film, write_classes},
    page::Page,
    snapshot::Snapshot,
};

/// What the camera's window says now: its phase, the best class, its probability, answers a second.
async fn live(page: &Page) -> (String, Option<String>, f64, f64) {
    let script = "const live = document.querySelector(\"[data-testid='live-prediction']\");
        return [document.querySelector('dialog.camera').dataset.phase, live.dataset.top ?? null,
                Number(live.dataset.confidence ?? 0), Number(live.dataset.fps)]";
    serde_json::from_value(page.run(script).await).unwrap()
}

/// Opens the camera by the button in the bar and waits for its picture.
async fn open(page: &Page) {
    page.press("camera").await;
    page.until(20, "a picture", "return document.querySelector('dialog.camera').dataset.phase === 'on' && document.querySelector('dialog.camera video').videoWidth > 0").await;
}

/// Waits until the best class is this one.
async fn says(page: &Page, class: &str) {
    let script =
        format!("return document.querySelector(\"[data-testid='live-prediction']\").dataset.top === '{class}'");
    page.until(20, &format!("{class} in the picture"), &script).await;
}

fn button(class: &str) -> String {
    format!("[data-testid='shoot'][data-class='{class}']")
}

/// Photos of a class.
fn of(now: &Snapshot, class: &str) -> usize {
    now.counts().get(class).map_or(0, |count| count.parse().unwrap())
}

/// Waits until a class has so many photos, all of them read.
async fn has(page: &Page, class: &str, photos: usize) {
    page.wait(&format!("{photos} photos of {class}"), 30, |now| {
        of(now, class) == photos && now.engine_state() == "ready"
    })
    .await;
}

#[tokio::test]
async fn the_picture_is_answered_as_it_moves_and_corrected_by_one_tap() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    fs::write(profile.film(), film(Some(0))).unwrap();
    let photos = write_classes(folder.path(), 8, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options { camera: Camera::Film, ..Options::default() }).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    open(&page).await;
    says(&page, "red").await;
    tokio::time::sleep(Duration::from_secs(4)).await;
    let (_, top, confidence, fps) = live(&page).await;
    println!("live: {fps} answers a second, {top:?} with {confidence:.3}");
    assert!(top.as_deref() == Some("red") && confidence > 0.5 && fps > 0.0);
    // One tap adds what is seen now to the class that is tapped, as one photo.
    let tap = page.browser.client.find(fantoccini::Locator::Css(&button("blue"))).await.unwrap();
    tap.click().await.unwrap();
    has(&page, "blue", 9).await;
    page.press("camera-undo").await;
    has(&page, "blue", 8).await;
    // Held, it takes many of one scene; they are one step.
    let down = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveToElement { element: tap.clone(), duration: None, x: 0.0, y: 0.0 })
        .then(PointerAction::Down { button: fantoccini::actions::MOUSE_BUTTON_LEFT });
    page.browser.client.perform_actions(down).await.unwrap();
    page.until(
        10,
        "several photos",
        "return Number(document.querySelector(\"[data-testid='camera-taken']\").textContent.match(/\\d+/)?.[0]) >= 3",
    )
    .await;
    page.browser.client.release_actions().await.unwrap();
    let held =
        page.wait("the photos of the hold", 30, |now| of(now, "blue") >= 11 && now.engine_state() == "ready").await;
    println!("a hold gave {} photos", of(&held, "blue") - 8);
    page.press("camera-undo").await;
    has(&page, "blue", 8).await;
    // Held still, the same picture is asked about and taken.
    page.press("hold-still").await;
    page.until(5, "a still picture", "return document.querySelector('dialog.camera video').paused").await;
    says(&page, "red").await;
    page.press("camera-off").await;
    page.until(5, "the camera off", "return document.querySelector('dialog.camera video').srcObject === null").await;
    assert_eq!(live(&page).await.1, None);
    // Nothing of it was sent anywhere.
    assert_eq!(page.hook("request-meter").await.attr("data-count").await.unwrap().as_deref(), Some("0"));
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_classifier_is_made_with_the_camera_and_the_keys_alone() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let page =
        Page::open(&app, "?device=cpu", &profile, Options { camera: Camera::Made(1), ..Options::default() }).await;
    let keys = async |keys: &str| page.browser.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    page.run("document.querySelector(\"[data-testid='camera']\").focus()").await;
    keys("\u{e007}").await;
    page.until(20, "a picture", "return document.querySelector('dialog.camera video').videoWidth > 0").await;
    page.until(5, "the focus in the window", "return document.activeElement.closest('dialog.camera') !== null").await;
    let tab = Key::Tab.to_string();
    for class in ["left", "right"] {
        while page.run("return document.activeElement.dataset.testid === 'camera-class'").await != true {
            keys(&tab).await;
        }
        keys(&format!("{class}\u{e007}")).await;
        page.until(10, class, &format!("return document.querySelector(\"{}\") !== null", button(class))).await;
    }
    // A digit is a class: one photo for each press. In a field it is a letter.
    page.run("document.activeElement.blur(); document.querySelector('#camera-title').focus()").await;
    for (number, class) in [("1", "left"), ("2", "right")] {
        for photos in 1..=5 {
            keys(number).await;
            has(&page, class, photos).await;
        }
    }
    page.instant().await;
    page.until(
        20,
        "a live answer",
        "return document.querySelector(\"[data-testid='live-prediction']\").dataset.top !== undefined",
    )
    .await;
    keys("\u{e00c}").await;
    page.until(5, "the window closed", "return !document.querySelector('dialog.camera').open && document.querySelector('dialog.camera video').srcObject === null").await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn another_camera_a_mirror_and_a_countdown_are_chosen() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let options = Options { camera: Camera::Made(2), window: (390, 844), ..Options::default() };
    let page = Page::open(&app, "?device=cpu", &profile, options).await;
    let first = "return document.querySelector('.choices button').textContent.includes('camera')";
    assert_eq!(page.run(first).await, true, "on a phone the camera comes first");
    open(&page).await;
    page.until(
        10,
        "two cameras",
        "return document.querySelectorAll(\"[data-testid='camera-device'] option\").length === 2",
    )
    .await;
    let used = "return document.querySelector('dialog.camera video').srcObject?.getVideoTracks()[0]?.getSettings().deviceId ?? ''";
    let before = page.run(used).await;
    page.press("flip-camera").await;
    let other = format!("const now = (() => {{ {used} }})(); return now !== '' && now !== {before}");
    page.until(10, "the other camera", &other).await;
    page.until(10, "its name in the list", "const list = document.querySelector(\"[data-testid='camera-device']\"); return list && list.value === document.querySelector('dialog.camera video').srcObject.getVideoTracks()[0].getSettings().deviceId").await;
    let mirrored =
        "return getComputedStyle(document.querySelector('dialog.camera video')).transform.startsWith('matrix(-1')";
    assert_eq!(page.run(mirrored).await, true, "a camera that looks at the person is a mirror");
    page.press("mirror").await;
    page.until(
        5,
        "no mirror",
        "return getComputedStyle(document.querySelector('dialog.camera video')).transform === 'none'",
    )
    .await;
    page.hook("camera-class").await.send_keys("me\u{e007}").await.unwrap();
    page.until(10, "the class", &format!("return document.querySelector(\"{}\") !== null", button("me"))).await;
    page.press("countdown").await;
    page.run(&format!("document.querySelector(\"{}\").click()", button("me"))).await;
    page.until(5, "a countdown", "return document.querySelector('.finder .count').textContent === '2'").await;
    has(&page, "me", 1).await;
    for width in [320, 390, 1280] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        let inside = "const d = document.querySelector('dialog.camera'); return d.scrollWidth <= d.clientWidth && document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(page.run(inside).await, true, "{width} pixels wide");
    }
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// What the window says of its trouble, and that it names the other way in.
async fn trouble(page: &Page) -> String {
    page.until(20, "a trouble", "return document.querySelector('dialog.camera').dataset.phase === 'trouble'").await;
    let told = page.hook("camera-trouble").await.text().await.unwrap();
    assert!(told.contains("Choose photos instead"), "{told}");
    told
}

#[tokio::test]
async fn a_camera_that_is_denied_missing_busy_or_gone_is_told_in_a_sentence() {
    let Some(app) = App::start().await else { return };
    for (camera, says) in [(Camera::Denied, "not allowed"), (Camera::None, "No camera was found")] {
        let profile = Profile::fresh();
        let page = Page::open(&app, "?device=cpu", &profile, Options { camera, ..Options::default() }).await;
        page.press("camera").await;
        let told = trouble(&page).await;
        assert!(told.contains(says), "{told}");
    }
    // Chromium cannot be told to have a camera that another app uses: here its refusal is made by hand.
    let profile = Profile::fresh();
    let page =
        Page::open(&app, "?device=cpu", &profile, Options { camera: Camera::Made(1), ..Options::default() }).await;
    page.run("navigator.mediaDevices.real = navigator.mediaDevices.getUserMedia; navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('in use', 'NotReadableError'))").await;
    page.press("camera").await;
    let told = trouble(&page).await;
    assert!(told.contains("used by another app"), "{told}");
    page.run("navigator.mediaDevices.getUserMedia = navigator.mediaDevices.real").await;
    page.press("camera-again").await;
    page.until(20, "a picture", "return document.querySelector('dialog.camera').dataset.phase === 'on'").await;
    // Nor can its plug be pulled: the browser's word for it is said by hand.
    page.run(
        "document.querySelector('dialog.camera video').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))",
    )
    .await;
    let told = trouble(&page).await;
    assert!(told.contains("The camera is gone"), "{told}");
    page.press("camera-off").await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_black_picture_is_told() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    fs::write(profile.film(), film(None)).unwrap();
    let page = Page::open(&app, "?device=cpu", &profile, Options { camera: Camera::Film, ..Options::default() }).await;
    open(&page).await;
    page.until(20, "what is wrong", "return document.querySelector('.glass.dark')?.textContent.includes('The picture is black') && !document.querySelector('.glass.dark').hidden").await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

/// Ten minutes of live answers hold no more memory at their end than after the first. Run by hand, with its figures in
/// BENCHMARKS.md: `HEADSTART_CAMERA_MINUTES=10 … camera::minutes`.
#[tokio::test]
async fn minutes_of_live_answers_hold_no_more_memory() {
    let Ok(minutes) = std::env::var("HEADSTART_CAMERA_MINUTES") else {
        println!("skipped: HEADSTART_CAMERA_MINUTES says how long");
        return;
    };
    let minutes: u64 = minutes.parse().unwrap();
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    fs::write(profile.film(), film(Some(1))).unwrap();
    let photos = write_classes(folder.path(), 8, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options { camera: Camera::Film, ..Options::default() }).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    open(&page).await;
    says(&page, "green").await;
    let memory = crate::memory::Memory::of(&page.browser);
    let mut first = 0;
    for minute in 1..=minutes {
        tokio::time::sleep(Duration::from_secs(60)).await;
        let _ = cdp::devtools(&page.browser.client, "HeapProfiler.collectGarbage", serde_json::json!({})).await;
        let (held, (_, top, _, fps)) = (memory.most(), live(&page).await);
        println!(
            "after {minute} min: {} MB in the page and its workers, {fps} answers a second, {top:?}",
            held.page / 1024
        );
        first = if minute == 1 { held.page } else { first };
        assert!(held.page <= first + first / 4, "{} KB after {first} KB", held.page);
    }
}
