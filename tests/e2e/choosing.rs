//! Many photos at once: chosen with the shift key, by keys alone, and pasted; and the answers as a table.

use std::fs;

use fantoccini::{Locator, key::Key};

use crate::{
    app::App,
    browser::{Options, Profile, new_download},
    files::{picture, write_classes},
    page::Page,
};

/// How many photos are chosen.
const CHOSEN: &str = "document.querySelectorAll(\".class-row .thumb[aria-pressed='true']\").length";

async fn chosen(page: &Page, count: u32) {
    page.until(10, &format!("{count} chosen photos"), &format!("return {CHOSEN} === {count}")).await;
}

async fn keys(page: &Page, keys: &[Key]) {
    let keys: String = keys.iter().map(ToString::to_string).collect();
    page.browser.client.active_element().await.unwrap().send_keys(&keys).await.unwrap();
}

#[tokio::test]
async fn photos_are_chosen_many_at_a_time_by_pointer_and_by_keys() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 12, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;

    // From the third to the seventh with the shift key.
    let tiles = "[...document.querySelector('.class-row').querySelectorAll('[id^=photo-]')]";
    page.run(&format!(
        "{tiles}[2].click(); {tiles}[6].dispatchEvent(new MouseEvent('click', {{ bubbles: true, shiftKey: true }}))"
    ))
    .await;
    chosen(&page, 5).await;

    // By keys: arrows go, space chooses, Escape lets go, Ctrl and A take the whole class.
    page.run(&format!("{tiles}[0].focus()")).await;
    keys(&page, &[Key::Escape]).await;
    chosen(&page, 0).await;
    keys(&page, &[Key::Right]).await;
    assert_eq!(page.run(&format!("return {tiles}.indexOf(document.activeElement)")).await, 1);
    page.browser.client.active_element().await.unwrap().send_keys(" ").await.unwrap();
    chosen(&page, 1).await;
    keys(&page, &[Key::Down]).await;
    let below = page.run(&format!("return {tiles}.indexOf(document.activeElement)")).await;
    assert!(below.as_u64().is_some_and(|at| at > 2), "{below}");
    keys(&page, &[Key::Up]).await;
    assert_eq!(page.run(&format!("return {tiles}.indexOf(document.activeElement)")).await, 1);
    page.browser.client.active_element().await.unwrap().send_keys(&format!("{}a", Key::Control)).await.unwrap();
    chosen(&page, 12).await;
    keys(&page, &[Key::Null, Key::Delete]).await;
    page.wait("the class without its photos", 20, |now| now.photos() == photos - 12).await;
    page.press("undo").await;
    page.wait("all photos", 20, |now| now.photos() == photos).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_pasted_picture_goes_where_the_focus_is_and_answers_go_into_a_table() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.instant().await;
    let paste = |number: u32| {
        format!(
            "const bytes = new Uint8Array({:?}); const clipboardData = new DataTransfer();
             clipboardData.items.add(new File([bytes], 'image.bmp', {{ type: 'image/bmp' }}));
             (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', {{ clipboardData, bubbles: true, cancelable: true }}));",
            picture(1, number)
        )
    };
    let tile = "document.querySelector(\"[data-testid='class-card'][data-class='green'] .thumb\")";
    page.run(&format!("{tile}.focus(); {}", paste(500))).await;
    let now = page.wait("the pasted photo", 20, |now| now.photos() == photos + 1).await;
    assert_eq!(now.counts()["green"], "7");
    page.instant().await;

    let files = [0, 1].map(|class| {
        let file = folder.path().join(format!("new, {class}.bmp"));
        fs::write(&file, picture(class, 700)).unwrap();
        file
    });
    page.predict(&files).await;
    let before = profile.downloads();
    page.press("download-table").await;
    let table = fs::read_to_string(new_download(&profile, &before).await).unwrap();
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines[0], "file,answer,probability,unknown,second,second_probability,folder,agrees");
    assert!(lines[1].starts_with("\"new, 0.bmp\",red,") && lines[2].starts_with("\"new, 1.bmp\",green,"), "{table}");
    assert_eq!(lines.len(), 4);
    assert!(page.browser.client.find(Locator::Css(".notice")).await.is_err());
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
