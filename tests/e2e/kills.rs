//! A browser that is killed in the middle of work, again and again on one profile. After every kill the database is looked
//! at before the app opens it and once more when the app is at rest: what the page had acknowledged is there, nothing
//! dangles, nothing is doubled.
//!
//! `HEADSTART_KILLS` says how often, 10 where it is not set; `HEADSTART_KILL_SEED` repeats a run's choices.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use headstart::dataset::HeadId;
use tempfile::TempDir;

use crate::{
    app::App,
    browser::{Browser, Options, Profile},
    files::{CLASSES, files_in, write_classes},
    page::Page,
    shelves::{Moment, Shelves},
    snapshot::Snapshot,
};

/// Photos of each class in a folder that is handed over.
const EACH: u32 = 10;

/// What is going on when the browser is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Work {
    Import,
    /// The pools of photos that are kept, when a project is opened again.
    Extraction,
    Training,
    /// Photos and classes removed, photos put into other classes.
    Deletion,
}

const TURNS: [Work; 4] = [Work::Import, Work::Extraction, Work::Training, Work::Deletion];

/// The latest moment of a kill after the work began, milliseconds: about what the work takes.
fn longest_ms(work: Work) -> u64 {
    match work {
        Work::Import => 2_500,
        Work::Extraction => 1_500,
        Work::Training => 2_000,
        Work::Deletion => 500,
    }
}

/// Numbers that look random, the same for the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// What must be there because the page had said so, and what must not.
#[derive(Debug, Default)]
struct Said {
    /// Photos by their base name, and the class of each.
    photos: BTreeMap<String, String>,
    /// Photos that were removed.
    gone: BTreeSet<String>,
    /// Photos that were asked to be put into another class, or to be removed: this may or may not have been done.
    asked: BTreeMap<String, Option<String>>,
    /// The head that was made last, and whether a newer one was told.
    head: Option<HeadId>,
    newer_head: bool,
}

impl Said {
    fn check(&self, found: &Shelves) {
        let labels = found.labels();
        for (photo, class) in &self.photos {
            let found = labels.get(photo);
            let may_be = self.asked.get(photo).is_some_and(|asked| asked.as_ref() == found);
            assert!(may_be || found == Some(class), "{photo} was acknowledged in {class}, and is in {found:?}");
        }
        for photo in &self.gone {
            assert!(!labels.contains_key(photo), "{photo} was removed");
        }
        let head = found.made_head();
        assert!(head >= self.head, "the head {:?} was acknowledged, {head:?} is there", self.head);
        assert!(!self.newer_head || head > self.head, "a head was told to be trained, {head:?} is the one from before");
    }
}

/// How many photos of a class the page says.
fn count(now: &Snapshot, class: &str) -> usize {
    now.counts().get(class).map_or(0, |count| count.parse().unwrap())
}

/// Looks at the page again and again until a time is over.
async fn look_until(page: &Page, end: Instant, mut seen: impl FnMut(&Snapshot)) {
    loop {
        seen(&page.now().await);
        if Instant::now() >= end {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10).min(end.saturating_duration_since(Instant::now()))).await;
    }
}

struct Run {
    app: App,
    profile: Profile,
    dice: Dice,
    folders: Vec<TempDir>,
    /// The folder that was handed over last, unless photos of it were removed since.
    last: Option<PathBuf>,
    said: Said,
}

impl Run {
    /// A folder of photos that were never handed over.
    fn new_folder(&mut self, each: u32) -> PathBuf {
        let folder = tempfile::tempdir().unwrap();
        write_classes(folder.path(), each, u32::try_from(self.folders.len()).unwrap() * EACH);
        self.folders.push(folder);
        self.folders.last().unwrap().path().to_owned()
    }

    /// What is in the database is what is known from now on.
    fn believe(&mut self, found: &Shelves) {
        self.said = Said { photos: found.labels(), head: found.made_head(), ..Said::default() };
    }

    /// Starts the browser, works, and kills it at some moment; how long it worked.
    async fn kill_during(&mut self, work: Work) -> Duration {
        let browser = Browser::start(&self.profile, Options::default()).await;
        let found = Shelves::look(&self.app, &browser).await;
        assert_eq!(found.troubles(Moment::AfterKill), Vec::<String>::new());
        self.said.check(&found);
        self.believe(&found);
        let alive = Duration::from_millis(self.dice.below(longest_ms(work)));
        let page = Page { browser };
        page.browser.client.goto(&self.app.url("?device=cpu")).await.unwrap();
        let mut began = Instant::now();
        if work == Work::Extraction {
            look_until(&page, began + alive, |_| {}).await;
        } else {
            page.ready().await;
            page.instant_or_none().await;
            let found = Shelves::look_here(&page.browser).await;
            assert_eq!(found.troubles(Moment::AtRest), Vec::<String>::new());
            self.said.check(&found);
            self.believe(&found);
            began = match work {
                Work::Import => self.import(&page, alive).await,
                Work::Training => self.train(&page, alive).await,
                Work::Deletion | Work::Extraction => self.delete(&page, alive).await,
            };
        }
        let lasted = began.elapsed();
        page.browser.kill();
        lasted
    }

    /// Photos are kept in the order of their paths, so their number tells which they are.
    async fn import(&mut self, page: &Page, alive: Duration) -> Instant {
        // Every other time what an interrupted import had left, if it left anything.
        let folder = match self.last.take() {
            Some(last) if self.dice.below(2) == 0 => last,
            _ => self.new_folder(EACH),
        };
        self.last = Some(folder.clone());
        let before = page.now().await;
        let began = Instant::now();
        page.start_import(&folder).await;
        let said = &mut self.said;
        let there = said.photos.clone();
        look_until(page, began + alive, |now| {
            for class in CLASSES {
                let missing = names_in(&folder.join(class)).into_iter().filter(|name| !there.contains_key(name));
                let new = count(now, class).saturating_sub(count(&before, class));
                said.photos.extend(missing.take(new).map(|name| (name, class.to_owned())));
            }
        })
        .await;
        began
    }

    async fn train(&mut self, page: &Page, alive: Duration) -> Instant {
        if CLASSES.iter().filter(|class| self.said.photos.values().filter(|of| of == *class).count() >= 2).count() < 3 {
            let folder = self.new_folder(3);
            page.import(&folder, 9).await;
            let found = Shelves::look_here(&page.browser).await;
            self.believe(&found);
        }
        let began = Instant::now();
        page.run("document.querySelector(\"[data-testid='train']\").click()").await;
        let mut training = false;
        look_until(page, began + alive, |now| {
            training |= now.train_state() == "training";
            self.said.newer_head |= training && now.train_state() == "trained";
        })
        .await;
        began
    }

    async fn delete(&mut self, page: &Page, alive: Duration) -> Instant {
        page.run("[...document.querySelectorAll('#photos button')].find((b) => b.textContent === 'Open')?.click()")
            .await;
        let class = CLASSES[usize::try_from(self.dice.below(3)).unwrap()];
        let other = *CLASSES.iter().find(|other| **other != class).unwrap();
        let card = format!("document.querySelector(\"[data-testid='class-card'][data-class='{class}']\")");
        if count(&page.now().await, class) < 2 || count(&page.now().await, other) == 0 {
            return Instant::now(); // killed at rest
        }
        page.until(20, "its photos", &format!("return {card}?.querySelectorAll('[id^=photo-]').length > 1")).await;
        let before = page.now().await;
        let turn = self.dice.below(3);
        // One after the other, a little apart, as a person would with the keys; the names in this order.
        let one = match turn {
            0 => "tile.dispatchEvent(new KeyboardEvent('keydown', { key: 'Delete', bubbles: true }));".to_owned(),
            1 => format!(
                "tile.click();
                 await new Promise((seen) => requestAnimationFrame(() => setTimeout(seen)));
                 const pick = card.querySelector('.chosen select.pick');
                 pick.value = [...pick.options].find((o) => o.textContent === '{other}').value;
                 pick.dispatchEvent(new Event('change', {{ bubbles: true }}));"
            ),
            _ => "remove.click(); break;".to_owned(),
        };
        let script = format!(
            "const card = {card};
             const remove = card.querySelector(\"[aria-label^='Remove'][aria-label*='{class}'][aria-label$='photos']\");
             if (!remove) throw new Error('there is no button that removes {class}');
             const tiles = [...card.querySelectorAll('[id^=photo-]')].slice(0, 8);
             (async () => {{
               for (const tile of tiles) {{
                 {one}
                 await new Promise((next) => setTimeout(next, 30));
               }}
             }})();
             return tiles.map((tile) => tile.ariaLabel.split(': ').at(-1).replace(/[\\u2068\\u2069]/g, ''));"
        );
        let began = Instant::now();
        let tiles: Vec<String> = serde_json::from_value(page.run(&script).await).unwrap();
        if turn == 2
            || turn == 0
                && self.last.as_ref().is_some_and(|last| tiles.iter().any(|tile| last.join(class).join(tile).exists()))
        {
            self.last = None;
        }
        let said = &mut self.said;
        let removed = said.photos.iter().filter(|(_, of)| *of == class).map(|(name, _)| (name.clone(), None));
        said.asked = match turn {
            0 => tiles.iter().map(|name| (name.clone(), None)).collect(),
            1 => tiles.iter().map(|name| (name.clone(), Some(other.to_owned()))).collect(),
            _ => removed.collect(),
        };
        look_until(page, began + alive, |now| {
            let left = count(&before, class) - count(now, class);
            for name in tiles.iter().take(if turn == 2 { 0 } else { left }) {
                said.asked.remove(name);
                match turn {
                    0 => drop((said.photos.remove(name), said.gone.insert(name.clone()))),
                    _ => drop(said.photos.insert(name.clone(), other.to_owned())),
                }
            }
            if turn == 2 && !now.counts().contains_key(class) {
                let gone = said.photos.iter().filter(|(_, of)| *of == class).map(|(name, _)| name.clone());
                said.gone.extend(gone.collect::<Vec<_>>());
                said.photos.retain(|_, of| of != class);
            }
        })
        .await;
        began
    }
}

fn names_in(folder: &Path) -> Vec<String> {
    files_in(folder).iter().map(|file| crate::browser::base_name(file)).collect()
}

#[tokio::test]
async fn a_browser_killed_at_any_moment_keeps_what_was_acknowledged_and_leaves_nothing_half_done() {
    let number = |name: &str| env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let Some(app) = App::start().await else { return };
    let kills = number("HEADSTART_KILLS").unwrap_or(10);
    let seed = number("HEADSTART_KILL_SEED")
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs());
    println!("kills: {kills}, seed {seed}");
    let began = Instant::now();
    let mut run = Run {
        app,
        profile: Profile::fresh(),
        dice: Dice(seed),
        folders: Vec::new(),
        last: None,
        said: Said::default(),
    };
    let mut done: BTreeMap<Work, u64> = BTreeMap::new();
    for kill in 0..kills {
        let work = TURNS[usize::try_from(kill).unwrap() % TURNS.len()];
        let lasted = run.kill_during(work).await;
        *done.entry(work).or_default() += 1;
        let said = &run.said;
        println!(
            "  {kill}: {work:?}, killed after {} ms: {} photos acknowledged, {} removed, head {:?}{}",
            lasted.as_millis(),
            said.photos.len(),
            said.gone.len(),
            said.head.map(|head| head.0),
            if said.newer_head { " and a newer one" } else { "" }
        );
    }
    // The last one is looked at as all the others were.
    let browser = Browser::start(&run.profile, Options::default()).await;
    let found = Shelves::look(&run.app, &browser).await;
    assert_eq!(found.troubles(Moment::AfterKill), Vec::<String>::new());
    run.said.check(&found);
    println!(
        "kills: {done:?}; nothing acknowledged was lost, nothing dangled, nothing was doubled; {} s",
        began.elapsed().as_secs()
    );
}
