//! Several tabs on one project: one has it, the others show it as it is there, and it can be handed over.

use crate::{
    app::App,
    browser::{Options, Profile},
    files::{picture, write_classes},
    page::Page,
    shelves::{Moment, Shelves},
    snapshot::Snapshot,
};
use fantoccini::wd::WindowHandle;
use std::{collections::BTreeMap, fs};

/// Whether what changes the project is out of use, all of it.
const HELD: &str = "return [...document.querySelectorAll('fieldset.held')].every((held) => held.disabled)
  && [...document.querySelectorAll('#photos button')].every((button) => button.matches(':disabled'));";

/// Tabs of one browser. WebDriver looks at one at a time.
struct Windows {
    page: Page,
    all: Vec<WindowHandle>,
}

impl Windows {
    async fn open(app: &App, profile: &Profile) -> Self {
        let page = Page::open(app, "?device=cpu", profile, Options::default()).await;
        let first = page.browser.client.window().await.unwrap();
        Self { page, all: vec![first] }
    }

    /// Opens the app in one more tab, which becomes the one that is looked at.
    async fn add(&mut self, app: &App) {
        let client = &self.page.browser.client;
        let handle = client.new_window(true).await.unwrap().handle;
        client.switch_to_window(handle.clone()).await.unwrap();
        client.goto(&app.url("?device=cpu")).await.unwrap();
        self.all.push(handle);
    }

    async fn look_at(&self, tab: usize) -> &Page {
        self.page.browser.client.switch_to_window(self.all[tab].clone()).await.unwrap();
        &self.page
    }

    /// Waits until a tab has the project and is at rest.
    async fn owns(&self, tab: usize) -> Snapshot {
        let page = self.look_at(tab).await;
        page.wait("the project", 60, |now| now.engine_state() == "ready" && !is_elsewhere(now)).await
    }

    /// Waits until a tab only shows the project, with these photos in the classes.
    async fn shows(&self, tab: usize, wanted: &[(&str, u64)]) {
        let wanted: BTreeMap<String, String> =
            wanted.iter().map(|(name, count)| ((*name).to_owned(), count.to_string())).collect();
        let page = self.look_at(tab).await;
        page.wait(&format!("{wanted:?}"), 20, |now| is_elsewhere(now) && now.counts() == wanted).await;
        assert_eq!(page.run(HELD).await, true, "something is still in use");
    }
}

fn is_elsewhere(now: &Snapshot) -> bool {
    now.notices.iter().any(|notice| notice.contains("This project is open in another tab"))
}

#[tokio::test]
async fn one_tab_has_the_project_the_others_show_it_and_it_is_handed_over() {
    let Some(app) = App::start().await else { return };
    let profile = Profile::fresh();
    let folder = tempfile::tempdir().unwrap();
    let photos = write_classes(folder.path(), 6, 0);
    let mut tabs = Windows::open(&app, &profile).await;
    tabs.page.import(folder.path(), photos).await;
    let names: Vec<String> = tabs.page.instant().await.counts().into_keys().collect();
    let [red, ..] = &names[..] else { panic!("no classes") };
    let counts = |first: u64| -> Vec<(&str, u64)> {
        names.iter().map(|name| (name.as_str(), if name == red { first } else { 6 })).collect()
    };

    // Another tab shows the same, with the photos' pictures, and changes nothing.
    tabs.add(&app).await;
    tabs.shows(1, &counts(6)).await;
    let page = tabs.look_at(1).await;
    page.until(10, "thumbnails", "return document.querySelectorAll('#photos .thumb img').length >= 6").await;
    page.give("import-folder", &[folder.path().to_owned()]).await;
    page.wait("a refusal", 10, |now| now.notices.iter().any(|notice| notice.contains("Nothing was changed"))).await;
    page.run("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true }))").await;
    assert_eq!(page.now().await.train_state(), tabs.look_at(0).await.now().await.train_state(), "nothing is trained");

    // What is added in the first is seen in the second.
    let more = tempfile::tempdir().unwrap();
    let class = more.path().join(red);
    fs::create_dir(&class).unwrap();
    for number in 0..3 {
        fs::write(class.join(format!("more {number}.bmp")), picture(0, 200 + number)).unwrap();
    }
    tabs.look_at(0).await.import(more.path(), 3).await;
    tabs.shows(1, &counts(9)).await;

    // It is handed over, but what runs is first brought to its end.
    let many = tempfile::tempdir().unwrap();
    let class = many.path().join(red);
    fs::create_dir(&class).unwrap();
    for number in 0..40 {
        fs::write(class.join(format!("many {number}.bmp")), picture(0, 300 + number)).unwrap();
    }
    tabs.look_at(0).await.start_import(many.path()).await;
    tabs.look_at(1).await.press("work-here").await;
    assert_eq!(tabs.owns(1).await.counts()[red], "49", "all that the first tab was reading");
    tabs.shows(0, &counts(49)).await;

    // Now it is the other way round.
    let page = tabs.look_at(1).await;
    page.run("document.querySelector('#photos .thumb').focus()").await;
    page.run("document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }))")
        .await;
    page.wait("one photo fewer", 10, |now| now.counts()[red] == "48").await;
    tabs.shows(0, &counts(48)).await;

    // A third one asks, though the first stands in front of it in the line.
    tabs.add(&app).await;
    tabs.shows(2, &counts(48)).await;
    tabs.page.press("work-here").await;
    assert_eq!(tabs.owns(2).await.counts()[red], "48");
    tabs.shows(0, &counts(48)).await;
    tabs.shows(1, &counts(48)).await;

    // The tab that has it is closed: the one that has waited longest goes on.
    tabs.look_at(2).await;
    tabs.page.browser.client.close_window().await.unwrap();
    tabs.owns(1).await;
    tabs.shows(0, &counts(48)).await;
    let page = tabs.look_at(1).await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
    let troubles = Shelves::look_here(&page.browser).await.troubles(Moment::AtRest);
    assert_eq!(troubles, Vec::<String>::new());
}
