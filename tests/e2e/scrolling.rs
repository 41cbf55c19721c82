//! Scrolling through the photos by the mouse's wheel, frame by frame.

use std::{collections::BTreeSet, time::Duration};

use serde::Deserialize;
use serde_json::json;

use crate::{cdp, page::Page};

/// One turn of the wheel, CSS pixels.
const TURN: u32 = 240;
/// Turns after which something that does not come to its end never will.
const MOST_TURNS: usize = 2_000;

/// Writes down the time between frames.
const WATCH_FRAMES: &str = r"
globalThis.frames_ms = [];
let before;
const frame = (now) => {
  if (before !== undefined) globalThis.frames_ms?.push(now - before);
  before = now;
  if (globalThis.frames_ms) requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
";

/// Waits until nothing moves, and looks at the tiles that are in sight.
const LOOK: &str = r"
const [selector, done] = arguments;
const box = selector === null ? document.scrollingElement : document.querySelector(selector);
const frame = () => new Promise(requestAnimationFrame);
const sight = (element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return [Math.max(top, 0), Math.min(bottom, innerHeight)];
};
(async () => {
  for (let still = 0, top = -1; still < 3; top = box.scrollTop) {
    await frame();
    still = box.scrollTop === top ? still + 1 : 0;
  }
  const seen = [];
  const blank = [];
  for (const viewport of selector === null ? document.querySelectorAll('.viewport') : [box]) {
    const [from, to] = sight(viewport);
    if (from >= to) continue;
    for (const tile of viewport.querySelectorAll('[id^=photo-]')) {
      const { top, bottom } = tile.getBoundingClientRect();
      if (top >= to || bottom <= from) continue;
      const picture = tile.querySelector('img');
      (picture?.complete && picture.naturalWidth > 0 ? seen : blank).push(Number(tile.id.slice(6)));
    }
  }
  const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
  done({ end, seen, blank, nodes: document.getElementsByTagName('*').length });
})();
";

#[derive(Debug, Deserialize)]
struct Look {
    end: bool,
    seen: Vec<u32>,
    blank: Vec<u32>,
    nodes: usize,
}

/// What scrolling showed.
#[derive(Debug, Default)]
pub(crate) struct Scrolled {
    /// The photos that were in sight, each with its picture.
    pub(crate) seen: BTreeSet<u32>,
    /// Turns of the wheel, and after how many of them a picture came later than the scrolling ended.
    pub(crate) turns: usize,
    pub(crate) late: usize,
    /// The most elements that the document had.
    pub(crate) most_nodes: usize,
}

/// Begins to write down the time between frames.
pub(crate) async fn watch_frames(page: &Page) {
    page.run(WATCH_FRAMES).await;
}

/// The times between frames since then, milliseconds, the shortest first.
pub(crate) async fn frames_ms(page: &Page) -> Vec<f64> {
    let told = page.run("const all = globalThis.frames_ms; globalThis.frames_ms = null; return all").await;
    let mut frames: Vec<f64> = serde_json::from_value(told).unwrap();
    frames.sort_by(f64::total_cmp);
    frames
}

/// Turns the wheel from the top of an element, or of the page, to its end. Every tile in sight has to get its picture.
pub(crate) async fn scroll_through(page: &Page, selector: Option<&str>) -> Scrolled {
    let mut all = Scrolled::default();
    // Over the page itself the pointer is at its edge, where nothing else scrolls.
    let place = selector.map_or("scrollTo(0, 0); return [4, innerHeight / 2]".to_owned(), |selector| {
        format!(
            "const box = document.querySelector(\"{selector}\");
             box.scrollIntoView({{ block: 'center' }}); box.scrollTop = 0;
             const at = box.getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2];"
        )
    });
    let at: (f64, f64) = serde_json::from_value(page.run(&place).await).unwrap();
    loop {
        let look = sharp(page, selector, &mut all).await;
        if look.end {
            return all;
        }
        all.turns += 1;
        assert!(all.turns < MOST_TURNS, "it does not come to its end");
        let turn = json!({ "type": "mouseWheel", "x": at.0, "y": at.1, "deltaX": 0, "deltaY": TURN });
        cdp::devtools(&page.browser.client, "Input.dispatchMouseEvent", turn).await;
    }
}

/// Looks until every tile in sight has its picture.
async fn sharp(page: &Page, selector: Option<&str>, all: &mut Scrolled) -> Look {
    for tries in 0..100 {
        let look = page.browser.client.execute_async(LOOK, vec![json!(selector)]).await.unwrap();
        let look: Look = serde_json::from_value(look).unwrap();
        all.most_nodes = all.most_nodes.max(look.nodes);
        if look.blank.is_empty() {
            all.seen.extend(&look.seen);
            all.late += usize::from(tries > 0);
            return look;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("tiles stay without their picture");
}
