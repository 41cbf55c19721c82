//! Several projects, by the menu in the bar: begun, left and opened again, copied, deleted and brought back, by keys alone too.

use fantoccini::key::Key;

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, write_classes},
    page::Page,
    shelves::{Moment, Shelves},
    snapshot::Snapshot,
};

/// The names in the menu: of those that can be opened, and of those that can be brought back.
async fn listed(page: &Page) -> [Vec<String>; 2] {
    page.press("projects").await;
    let mut lists = [Vec::new(), Vec::new()];
    for (list, trashed) in lists.iter_mut().zip([false, true]) {
        let script = format!(
            "return [...document.querySelectorAll(\"[data-project][data-trashed='{trashed}'] bdi:first-of-type\")]
               .filter((e) => !e.parentElement.classList.contains('small')).map((e) => e.textContent)"
        );
        *list = serde_json::from_value(page.run(&script).await).unwrap();
    }
    page.press("projects").await;
    lists
}

/// Presses an item of the menu.
async fn choose(page: &Page, item: &str) {
    page.press("projects").await;
    page.press(item).await;
}

/// Goes to another project of the menu.
async fn go_to(page: &Page, name: &str) {
    page.press("projects").await;
    let script = format!(
        "[...document.querySelectorAll('[data-project]')].find((e) => e.textContent.includes('{name}')).click()"
    );
    page.run(&script).await;
}

async fn name(page: &Page, name: &str) {
    page.run("document.getElementById('project-name-button').click()").await;
    page.until(5, "the field", "return document.activeElement?.id === 'project-name'").await;
    let field = page.browser.client.active_element().await.unwrap();
    field.send_keys(&format!("{name}\u{e007}")).await.unwrap();
    page.until(5, "the name", &format!("return document.title.includes('{name}')")).await;
}

async fn fits(page: &Page, projects: usize) {
    let shelves = Shelves::look_here(&page.browser).await;
    assert_eq!(shelves.troubles(Moment::AtRest), Vec::<String>::new());
    assert_eq!(shelves.projects().len(), projects);
}

#[tokio::test]
async fn projects_are_begun_left_opened_copied_deleted_and_brought_back() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let photos = [write_classes(&first, 5, 0), write_classes(&second, 3, 100)];
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    assert_eq!(page.run("return document.querySelector(\"[data-testid='projects']\")").await, serde_json::json!(null));
    page.import(&first, photos[0]).await;
    name(&page, "Shells").await;
    page.train().await;
    let asked = folder.path().join("asked.bmp");
    std::fs::write(&asked, picture(1, 77)).unwrap();
    let answer = page.predict(std::slice::from_ref(&asked)).await;
    let trained = page.now().await;

    choose(&page, "new-project").await;
    let empty = page.wait("an empty project", 20, |now| now.counts().is_empty() && now.engine_state() == "ready").await;
    assert_eq!((empty.predictions, empty.train_state()), (0, "idle"), "nothing of the other one is left on the page");
    page.import(&second, photos[1]).await;
    name(&page, "Moss").await;
    page.instant().await;
    fits(&page, 2).await;

    // The last one opens; the other one is as it was, with its head, its steps and its thumbnails.
    page.reload().await;
    page.wait("the last project", 30, |now| now.photos() == photos[1] && now.engine_state() == "ready").await;
    assert_eq!(listed(&page).await, [vec!["Shells".to_owned()], Vec::new()]);
    go_to(&page, "Shells").await;
    let back = page.wait("the first one", 30, |now| now.photos() == photos[0] && now.engine_state() == "ready").await;
    assert_eq!((back.counts(), back.train_state()), (trained.counts(), "trained"));
    page.until(10, "the focus on the menu", "return document.activeElement.id === 'projects-button'").await;
    let own = "const [a] = document.querySelectorAll(\"[data-testid='class-card'][data-class='red'] img\"); return a?.naturalWidth === 120";
    page.until(10, "its thumbnails", own).await;
    assert_eq!(page.predict(std::slice::from_ref(&asked)).await, answer);
    assert!(
        page.run("return document.querySelector(\"[data-testid='undo']\").ariaLabel")
            .await
            .as_str()
            .unwrap()
            .contains("Shells")
    );

    // A copy changes alone.
    choose(&page, "duplicate-project").await;
    page.until(30, "the copy", "return document.title.includes('Shells (copy)')").await;
    let copy = page.ready().await;
    assert_eq!((copy.counts(), copy.train_state()), (trained.counts(), "trained"));
    page.run(
        "[...document.querySelectorAll('button')].find((b) => b.checkVisibility() && b.textContent === 'Open').click()",
    )
    .await;
    let remove = "document.querySelector(\"[aria-label^='Remove'][aria-label*='green']\")";
    page.until(10, "the photos", &format!("return {remove} !== null")).await;
    page.run(&format!("{remove}.click()")).await;
    page.wait("a class less", 10, |now| now.counts().len() == 2).await;
    fits(&page, 3).await;
    assert_eq!(listed(&page).await[0], ["Shells", "Moss"]);

    // Deleted, brought back from the toast; deleted, and brought back from the menu after a reload.
    choose(&page, "delete-project").await;
    page.until(20, "another project", "return !document.title.includes('copy')").await;
    page.undo().await;
    page.until(20, "the copy again", "return document.title.includes('Shells (copy)')").await;
    page.wait("as it was", 10, |now| now.counts().len() == 2 && now.engine_state() == "ready").await;
    choose(&page, "delete-project").await;
    page.until(20, "another project", "return !document.title.includes('copy')").await;
    page.reload().await;
    page.ready().await;
    assert_eq!(listed(&page).await[1], ["Shells (copy)"]);
    go_to(&page, "Shells (copy)").await;
    page.until(20, "the copy again", "return document.title.includes('Shells (copy)')").await;
    page.ready().await;

    // Gone for good.
    choose(&page, "delete-project").await;
    page.until(20, "another project", "return !document.title.includes('copy')").await;
    page.press("request-meter").await;
    page.press("empty-trash").await;
    page.until(10, "nothing to empty", "return document.querySelector(\"[data-testid='empty-trash']\") === null").await;
    page.run("document.getElementById('privacy').close()").await;
    assert_eq!(listed(&page).await[1], Vec::<String>::new());
    fits(&page, 2).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_project_that_is_left_during_an_import_says_later_what_was_not_read() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 60, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.start_import(folder.path()).await;
    page.wait("an import under way", 60, |now| now.photos() > 10).await;
    choose(&page, "new-project").await;
    page.wait("an empty project", 20, |now| now.counts().is_empty() && now.engine_state() == "ready").await;
    page.press("projects").await;
    page.run("document.querySelector('[data-project]').click()").await;
    let says = |now: &Snapshot| now.notices.iter().any(|notice| notice.contains("had not been read"));
    let told = page.wait("the project again, and what it lacks", 60, |now| now.photos() > 10 && says(now)).await;
    assert!(told.photos() < photos, "{} photos", told.photos());
    page.start_import(folder.path()).await;
    page.wait("all of them", 120, |now| now.photos() == photos && now.engine_state() == "ready").await;
    fits(&page, 1).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_menu_is_used_by_keys_alone_and_fits_a_phone() {
    let Some(app) = App::start().await else { return };
    let (profile, folder) = (Profile::fresh(), tempfile::tempdir().unwrap());
    let photos = write_classes(folder.path(), 2, 0);
    let page = Page::open(&app, "?device=cpu", &profile, Options::default()).await;
    page.import(folder.path(), photos).await;
    let keys = async |keys: &str| page.browser.client.active_element().await.unwrap().send_keys(keys).await.unwrap();
    let (down, up, enter, escape) = (Key::Down.to_string(), Key::Up.to_string(), "\u{e007}", "\u{e00c}");
    for width in [1280, 390, 320] {
        page.browser.client.set_window_size(width, 800).await.unwrap();
        page.run("document.getElementById('projects-button').focus()").await;
        keys(enter).await;
        page.until(5, "the first item", "return document.activeElement.id === 'new-project'").await;
        keys(&down).await;
        page.until(5, "the next one", "return document.activeElement.id === 'open-project-file'").await;
        keys(&up).await;
        keys(&up).await;
        page.until(5, "the last one", "return document.activeElement.id === 'delete-project'").await;
        let inside = "const { left, right } = document.querySelector('.menu-list').getBoundingClientRect();
            return left >= 0 && right <= innerWidth && document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(page.run(inside).await, true, "{width} pixels wide");
        keys(escape).await;
        page.until(5, "the focus back", "return document.activeElement.id === 'projects-button'").await;
    }
    keys(enter).await;
    page.until(5, "the first item", "return document.activeElement.id === 'new-project'").await;
    keys(enter).await;
    page.wait("an empty project", 20, |now| now.counts().is_empty() && now.engine_state() == "ready").await;
    page.until(5, "the focus", "return document.activeElement.id === 'projects-button'").await;
    keys(enter).await;
    page.until(5, "the first item", "return document.activeElement.id === 'new-project'").await;
    keys(&up).await;
    page.until(5, "the other one", "return document.activeElement.dataset.project === '1'").await;
    keys(enter).await;
    page.wait("the project", 20, |now| now.photos() == photos && now.engine_state() == "ready").await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}
