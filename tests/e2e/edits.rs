//! Edits of many photos at once, as a person makes them, each with what it takes.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use crate::{made_photos, page::Page, steps::Steps};

/// The page's thread is never so long away while a person edits and scrolls, milliseconds. On a quiet machine it is a tenth.
pub(crate) const STANDSTILL_MS: f64 = 1_000.0;

/// Chooses so many photos of a class that is shown whole, a few a frame, scrolling on to them.
const CHOOSE: &str = r"
const [name, wanted, done] = arguments;
const card = document.querySelector(`[data-testid='class-card'][data-class='${name}']`);
const box = card.querySelector('.viewport');
const frame = () => new Promise(requestAnimationFrame);
(async () => {
  const chosen = new Set();
  box.scrollTop = 0;
  for (let tries = 0; chosen.size < wanted && tries < 1000; tries += 1) {
    await frame();
    for (const tile of box.querySelectorAll('[id^=photo-]')) {
      if (chosen.size === wanted || chosen.has(tile.id)) continue;
      chosen.add(tile.id);
      tile.click();
      if (chosen.size % 5 === 0) await frame();
    }
    box.scrollTop += box.clientHeight / 2;
  }
  await frame();
  done(chosen.size);
})();
";

/// Puts the chosen photos of a class into another.
const MOVE: &str = r"
const [from, to] = arguments;
const pick = document.querySelector(`[data-testid='class-card'][data-class='${from}'] .chosen select.pick`);
pick.value = [...pick.options].find((option) => option.textContent === to).value;
pick.dispatchEvent(new Event('change', { bubbles: true }));
";

/// Removes the chosen photos of a class.
const REMOVE: &str = r"
const [name] = arguments;
const acts = document.querySelectorAll(`[data-testid='class-card'][data-class='${name}'] .chosen button`);
[...acts].find((button) => button.textContent.includes('Remove')).click();
";

/// Gives a class another name.
const RENAME: &str = r"
const [from, to, done] = arguments;
const card = document.querySelector(`[data-testid='class-card'][data-class='${from}']`);
card.querySelector('.name-button').click();
requestAnimationFrame(() => {
  const field = card.querySelector('.edit-name');
  field.value = to;
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
  done(null);
});
";

async fn run(page: &Page, script: &str, arguments: Vec<Value>) -> Value {
    page.browser.client.execute_async(script, arguments).await.unwrap()
}

/// Shows all photos of every class, and waits until that is done.
pub(crate) async fn show_all(page: &Page) {
    let open = "for (const b of document.querySelectorAll(\".class-row .more-line button[aria-expanded='false']\")) if (b.checkVisibility()) b.click()";
    page.run(open).await;
    let heights = "return [...document.querySelectorAll('.viewport')].reduce((sum, box) => sum + box.scrollHeight, 0)";
    let mut before = Value::Null;
    loop {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let now = page.run(heights).await;
        if now == before {
            return;
        }
        before = now;
    }
}

/// Moves a fiftieth of the photos, removes a hundredth and takes that back, and names a class.
pub(crate) async fn edit(page: &Page, photos: usize, counts: &mut BTreeMap<String, String>, steps: &mut Steps) {
    let (from, to) = (made_photos::name(0), made_photos::name(1));
    let (moved, removed) = (photos / 50, photos / 100);
    let change = |counts: &mut BTreeMap<String, String>, class: &str, by: isize| {
        let count = counts.get_mut(class).unwrap();
        *count = (count.parse::<isize>().unwrap() + by).to_string();
    };
    let by = isize::try_from(moved).unwrap();
    steps.next(page).await;
    assert_eq!(run(page, CHOOSE, vec![json!(from), json!(moved)]).await, moved);
    assert!(steps.row(page, &format!("choose {moved} photos")).await < STANDSTILL_MS);
    steps.next(page).await;
    page.browser.client.execute(MOVE, vec![json!(from), json!(to)]).await.unwrap();
    change(counts, &from, -by);
    change(counts, &to, by);
    page.wait("the moved photos", 60, |now| now.counts() == *counts).await;
    assert!(steps.row(page, "move them to another class").await < STANDSTILL_MS);
    steps.next(page).await;
    assert_eq!(run(page, CHOOSE, vec![json!(to), json!(removed)]).await, removed);
    page.browser.client.execute(REMOVE, vec![json!(to)]).await.unwrap();
    page.wait("the removed photos", 60, |now| now.photos() == photos - removed).await;
    page.undo().await;
    page.wait("the photos back", 60, |now| now.counts() == *counts).await;
    assert!(steps.row(page, &format!("remove {removed}, and undo")).await < STANDSTILL_MS);
    steps.next(page).await;
    run(page, RENAME, vec![json!(from), json!("another name")]).await;
    let count = counts.remove(&from).unwrap();
    counts.insert("another name".to_owned(), count);
    page.wait("the other name", 60, |now| now.counts() == *counts).await;
    assert!(steps.row(page, "rename a class").await < STANDSTILL_MS);
}
