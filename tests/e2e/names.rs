//! Names that anybody may give files and classes, very many files, and very deep folders.

use std::{fs, time::Instant};

use serde_json::json;

use crate::{
    app::App,
    browser::{Options, Profile},
    drops::drop_on,
    files::picture,
    page::Page,
};

/// Markup, emoji, both directions of writing, a character that turns what follows, braces of our own texts, and length.
fn strange() -> Vec<String> {
    vec![
        "<img src=x onerror=\"window.pwned=1\">".to_owned(),
        "\"><svg onload=window.pwned=1>&lt;b&gt;".to_owned(),
        "👩‍👩‍👧‍👦 família 🏳️‍🌈".to_owned(),
        "שלום עולם".to_owned(),
        "\u{202e}gnp.exe\u{2066}".to_owned(),
        "{{ name }} $t(x) %s".to_owned(),
        "w".repeat(10_000),
    ]
}

/// Hands files to an input that are made in the page, so that their names can be any: a picture and what is none for each.
const GIVE: &str = r"
const [id, names, bytes] = arguments;
const data = new DataTransfer();
const picture = Uint8Array.from(bytes);
names.forEach((name, at) => {
  const own = picture.slice();
  own[60] = at; // another pixel, so that none is the same as another
  data.items.add(new File([own], `${name}.bmp`));
  data.items.add(new File(['no picture'], `${name}.txt`));
});
const input = document.querySelector(`[data-testid='${id}']`);
input.files = data.files;
input.dispatchEvent(new Event('change', { bubbles: true }));
";

/// Opens the field for a class's name.
const ADD: &str = "document.querySelector(\"[data-testid='add-class']\").click()";

/// What is wrong with how the page shows names: markup that became elements, and names that hang out or turn around.
const LOOK: &str = r"
const wrong = [];
if (window.pwned !== undefined || document.querySelector('img[src=x], .class-row svg[onload]')) wrong.push('markup');
const page = document.documentElement;
if (page.scrollWidth > page.clientWidth) wrong.push(`scrolls sideways by ${page.scrollWidth - page.clientWidth}`);
const shown = document.querySelectorAll('.name-button .strong, .class-mini .nm, .left-out .file, .pred .file, .pred .named > span, .test-counts .nm');
for (const e of shown) {
  if (!e.checkVisibility() || e.textContent === '') continue;
  const box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  if (!['isolate', 'plaintext', 'isolate-override'].includes(style.unicodeBidi)) wrong.push(`not isolated: ${e.className}`);
  if (box.right > innerWidth + 1) wrong.push(`hangs out: ${e.className} ${box.right}`);
  if (box.height > 160) wrong.push(`not cut: ${e.className} ${box.height}`);
}
for (const e of document.querySelectorAll('.notice, .class-row, .toast')) {
  if (e.checkVisibility() && e.getBoundingClientRect().height > 1200) wrong.push(`too tall: ${e.className} ${e.getBoundingClientRect().height}`);
}
if (/[\u202a-\u202e]/.test(document.body.innerText)) wrong.push('a character that turns');
return [wrong, shown.length];
";

/// Whether nothing is on its way to another place; what turns for ever may go on.
const AT_REST: &str = "return document.getAnimations().every((it) => it.effect.getTiming().iterations === Infinity);";

async fn execute(page: &Page, script: &str, arguments: Vec<serde_json::Value>) -> serde_json::Value {
    page.browser.client.execute(script, arguments).await.unwrap()
}

/// Looks at the page on a desk and on a phone.
async fn look(page: &Page, at: &str) {
    for (width, height) in [(1280, 900), (390, 844)] {
        page.browser.client.set_window_size(width, height).await.unwrap();
        page.until(10, "the layout to rest", AT_REST).await;
        let (wrong, shown): (Vec<String>, usize) = serde_json::from_value(page.run(LOOK).await).unwrap();
        println!("{at}, {width} pixels: {shown} names");
        assert_eq!(wrong, Vec::<String>::new(), "{at} at {width} pixels");
    }
    page.browser.client.set_window_size(1280, 900).await.unwrap();
}

#[tokio::test]
async fn strange_names_are_text_cut_and_turn_nothing_around_them() {
    let Some(app) = App::start().await else { return };
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let names = strange();
    let bytes = picture(1, 7);
    execute(&page, GIVE, vec![json!("import-files"), json!(names), json!(bytes)]).await;
    page.wait("all but the text files", 60, |now| {
        now.engine_state() == "ready" && now.progress("done") == 2 * names.len() && now.notices.len() == 1
    })
    .await;
    look(&page, "files").await;

    // Classes of these names, with photos.
    for name in &names {
        page.run(ADD).await;
        let typed =
            "const [name] = arguments; const field = document.querySelector(\"[data-testid='add-class-name']\");
             field.value = name; field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));";
        page.until(5, "the field", "return document.querySelector(\"[data-testid='add-class-name']\") !== null").await;
        execute(&page, typed, vec![json!(name)]).await;
    }
    let now = page.wait("the classes", 10, |now| now.classes.len() == names.len()).await;
    let classes: Vec<&String> = now.classes.iter().map(|class| &class["class"]).collect();
    assert_eq!(classes[..4], names.iter().take(4).collect::<Vec<_>>()[..], "as they were typed");
    assert_eq!((&**classes[4], classes[6].len()), ("gnp.exe", 200), "without what turns, and cut");
    look(&page, "classes").await;

    let folder = tempfile::tempdir().unwrap();
    for class in 0..2 {
        let files: Vec<String> = (0..4)
            .map(|number| {
                let file = folder.path().join(format!("{class}-{number}.bmp"));
                fs::write(&file, picture(class, number)).unwrap();
                file.display().to_string()
            })
            .collect();
        let inputs =
            page.browser.client.find_all(fantoccini::Locator::Css("[data-testid='photo-input']")).await.unwrap();
        inputs[class].send_keys(&files.join("\n")).await.unwrap();
    }
    page.wait("photos of two classes", 60, |now| now.photos() == 8 && now.engine_state() == "ready").await;
    page.instant().await;
    execute(&page, GIVE, vec![json!("predict-input"), json!(names), json!(bytes)]).await;
    page.wait("answers", 60, |now| now.predictions == names.len() && now.engine_state() == "ready").await;
    look(&page, "answers").await;
    page.train().await;
    look(&page, "results").await;
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_hundred_thousand_files_at_once_leave_the_page_alive() {
    const FILES: usize = 100_000;
    let Some(app) = App::start().await else { return };
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let give = "
        const files = Array.from({ length: arguments[0] }, (_, at) => new File(['no picture'], `${at}.txt`));
        const input = document.querySelector(\"[data-testid='import-files']\");
        // A list of files cannot be made by a script in less than minutes; the page only asks it for its length and its files.
        Object.defineProperty(input, 'files', { value: files });
        input.dispatchEvent(new Event('change', { bubbles: true }));";
    let began = Instant::now();
    execute(&page, give, vec![json!(FILES)]).await;
    page.wait("the first thousand", 120, |now| now.progress("total") == FILES && now.progress("done") >= 1000).await;
    println!("a thousand were looked at after {:.1} s", began.elapsed().as_secs_f64());
    let from_ms = page.clock_ms().await;
    page.wait("some more", 60, |now| now.progress("done") >= 5000).await;
    let longest = page.long_tasks(from_ms).await.iter().map(|(_, ms)| *ms).fold(0.0, f64::max);
    println!("five thousand after {:.1} s; the longest task took {longest:.0} ms", began.elapsed().as_secs_f64());
    assert!(longest < 1000.0, "the page stood still for {longest:.0} ms");
    // A person can stop it.
    page.press_words("Cancel").await;
    let stopped = page.wait("the end", 30, |now| now.engine_state() == "ready").await;
    assert!(stopped.progress("done") < FILES, "all were read before it was stopped: the test showed nothing");
    assert_eq!(stopped.notices.len(), 1);
    assert_eq!(page.console_errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn a_folder_fifty_deep_is_read_to_its_bottom() {
    let Some(app) = App::start().await else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut at = folder.path().join("top");
    for level in 1..50 {
        at.push(format!("level {level}"));
    }
    fs::create_dir_all(&at).unwrap();
    fs::write(at.join("deep.bmp"), picture(2, 3)).unwrap();
    let top = folder.path().join("top");
    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    drop_on(&page, "main", &[&top]).await;
    let dropped = page.wait("the dropped photo", 30, |now| now.photos() == 1 && now.engine_state() == "ready").await;
    assert_eq!(dropped.counts().keys().collect::<Vec<_>>(), ["level 49"]);

    let page = Page::open(&app, "?device=cpu", &Profile::fresh(), Options::default()).await;
    let chosen = page.import(&top, 1).await;
    assert_eq!(chosen.counts(), dropped.counts());
}
