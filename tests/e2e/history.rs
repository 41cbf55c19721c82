//! Undo and redo: by key, by the buttons in the bar, by the toast; across a reload; and the trash that they need.

use fantoccini::key::Key;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::write_classes,
    page::Page,
    snapshot::Snapshot,
};

/// Presses a key as people do who are nowhere in particular.
async fn press(page: &Page, keys: &[&str]) {
    page.run("document.activeElement?.blur()").await;
    let control = Key::Control.to_string();
    let chord: String = [&[control.as_str()], keys].concat().concat();
    page.browser.client.find(fantoccini::Locator::Css("body")).await.unwrap().send_keys(&chord).await.unwrap();
}

/// What the bar's button says that it would do.
async fn would(page: &Page, button: &str) -> String {
    let label = page.run(&format!("return document.querySelector(\"[data-testid='{button}']\").ariaLabel")).await;
    label.as_str().unwrap().to_owned()
}

async fn wait_for(page: &Page, what: &str, counts: &[(&str, &str)]) -> Snapshot {
    let wanted = counts.iter().map(|(class, count)| ((*class).to_owned(), (*count).to_owned())).collect();
    page.wait(what, 30, |now| now.counts() == wanted).await
}

#[tokio::test]
async fn what_was_done_is_taken_back_and_made_again_across_a_reload() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    let shown = "return document.querySelector(\"[data-testid='undo']\").checkVisibility()";
    assert_eq!(page.run(shown).await, false, "nothing yet");
    page.import(folder.path(), photos).await;
    let all = [("blue", "6"), ("green", "6"), ("red", "6")];
    page.until(10, "the step", "return document.querySelector(\"[data-testid='undo']\").ariaLabel.includes('18')")
        .await;
    assert_eq!(would(&page, "undo").await, "Undo: Added 18 photos");
    assert_eq!(would(&page, "redo").await, "Nothing to redo");

    // A class goes, and comes back by key; goes again by the other key.
    page.run("document.querySelector(\"[aria-label^='Remove'][aria-label*='green']\").click()").await;
    let without = [("blue", "6"), ("red", "6")];
    wait_for(&page, "one class less", &without).await;
    page.until(10, "the step", "return document.querySelector('.toast')?.textContent.includes('Removed the class')")
        .await;
    press(&page, &["z"]).await;
    wait_for(&page, "the class back", &all).await;
    page.until(10, "its toast", "return document.querySelector('.toast')?.textContent.includes('Undone: Removed')")
        .await;
    press(&page, &["y"]).await;
    wait_for(&page, "one class less", &without).await;

    // After a reload it can still be taken back, and so can the import before it.
    page.reload().await;
    page.ready().await;
    page.until(10, "the history", "return !!document.querySelector(\"[data-testid='undo']\")").await;
    assert!(would(&page, "undo").await.contains("Removed the class"), "{}", would(&page, "undo").await);
    page.press("undo").await;
    wait_for(&page, "the class back", &all).await;
    let now = page.instant().await;
    assert_eq!(now.photos(), photos);
    press(&page, &["z"]).await;
    wait_for(&page, "nothing any more", &[]).await;
    page.until(10, "a way back", "return document.querySelector(\"[data-testid='redo']\")?.ariaLabel.includes('18')")
        .await;
    page.press("redo").await;
    wait_for(&page, "everything again", &all).await;

    // In a field the keys belong to the field.
    page.press("add-class").await;
    let field = page.hook("add-class-name").await;
    field.send_keys(&format!("x{}z", Key::Control)).await.unwrap();
    wait_for(&page, "everything as it was", &all).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn classes_change_places_and_go_into_one_another() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let order = |wanted: &str| {
        format!(
            "return [...document.querySelectorAll('[data-testid=class-card]')].map((c) => c.dataset.class).join() === '{wanted}'"
        )
    };
    page.until(10, "the order of import", &order("blue,green,red")).await;
    page.run("document.querySelector(\"[aria-label^='More to do'][aria-label*='red']\").click()").await;
    page.until(10, "the line", "return !!document.querySelector('.acts.more')").await;
    page.run("document.querySelector(\".acts.more [aria-label='Move up']\").click()").await;
    page.until(10, "red before green", &order("blue,red,green")).await;
    let pick = "const pick = document.querySelector(\"[data-testid='merge-class']\");
                pick.value = [...pick.options].find((o) => o.textContent === 'blue').value;
                pick.dispatchEvent(new Event('change', { bubbles: true }))";
    page.run(pick).await;
    wait_for(&page, "one class less", &[("blue", "12"), ("green", "6")]).await;
    page.until(10, "the toast", "return document.querySelector('.toast')?.textContent.includes('into')").await;
    press(&page, &["z"]).await;
    press(&page, &["z"]).await;
    page.until(10, "the order of import", &order("blue,green,red")).await;
    wait_for(&page, "all classes", &[("blue", "6"), ("green", "6"), ("red", "6")]).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn removed_photos_are_told_in_the_privacy_panel_and_deleted_for_good_there() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 6, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    page.run("for (const tile of [...document.querySelectorAll('.class-row .thumb')].slice(0, 2)) tile.click()").await;
    page.press_words("Remove").await;
    page.wait("two photos less", 20, |now| now.photos() == photos - 2).await;

    page.press("request-meter").await;
    let copies = "Number(document.querySelector(\"[data-part='copies']\")?.dataset.count)";
    page.until(10, "what is stored", &format!("return {copies} === {photos}")).await;
    let told = page
        .run("return document.querySelector(\"[data-testid='empty-trash']\").previousElementSibling.textContent")
        .await;
    assert!(told.as_str().unwrap().contains("2 removed photos are kept for a week"), "{told}");
    page.press("empty-trash").await;
    page.until(10, "fewer copies", &format!("return {copies} === {photos} - 2")).await;
    page.until(10, "no trash", "return document.querySelector(\"[data-testid='empty-trash']\") === null").await;
    page.run("document.querySelector('dialog[open]').close()").await;
    assert_eq!(would(&page, "undo").await, "Nothing to undo");
    page.reload().await;
    assert_eq!(page.ready().await.photos(), photos - 2);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
