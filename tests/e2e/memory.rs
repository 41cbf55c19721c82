//! How much memory the browser's processes hold, as Linux counts it: watched all the time, told as the most since the last
//! look. Only what is a process's own counts, not the program that all of them share.

use std::{
    fs,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crate::browser::{Browser, family};

/// Between two looks.
const EVERY: Duration = Duration::from_millis(500);

/// Kilobytes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Held {
    /// The page with its workers.
    pub(crate) page: u64,
    /// The browser itself, its storage and its network.
    pub(crate) rest: u64,
}

/// A watch on one browser, until it is dropped.
pub(crate) struct Memory {
    browser: Option<u64>,
    most: Arc<Mutex<Held>>,
    over: Arc<AtomicBool>,
}

impl Memory {
    pub(crate) fn of(browser: &Browser) -> Self {
        let process = browser.process.filter(|_| Path::new("/proc/self/status").exists());
        let (most, over) = (Arc::new(Mutex::new(Held::default())), Arc::new(AtomicBool::new(false)));
        if let Some(process) = process {
            let (most, over) = (most.clone(), over.clone());
            thread::spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    let now = held(process);
                    most.lock().unwrap().take_in(now);
                    thread::sleep(EVERY);
                }
            });
        } else {
            println!("memory is not told: this system has no /proc");
        }
        Self { browser: process, most, over }
    }

    /// The most since the last look.
    pub(crate) fn most(&self) -> Held {
        let now = self.browser.map(held).unwrap_or_default();
        let mut most = self.most.lock().unwrap();
        most.take_in(now);
        std::mem::take(&mut *most)
    }
}

impl Held {
    fn take_in(&mut self, other: Self) {
        *self = Self { page: self.page.max(other.page), rest: self.rest.max(other.rest) };
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}

/// What all processes of a browser hold now. One that ends meanwhile holds nothing.
fn held(browser: u64) -> Held {
    let mut held = Held::default();
    for process in family(browser) {
        let read = |name: &str| fs::read(format!("/proc/{process}/{name}")).unwrap_or_default();
        let (command, status) = (read("cmdline"), read("status"));
        let status = String::from_utf8_lossy(&status).into_owned();
        let number = |line: &str| line.split_whitespace().nth(1)?.parse::<u64>().ok();
        let own = status.lines().find(|line| line.starts_with("RssAnon:")).and_then(number).unwrap_or(0);
        // A helper's arguments stand in one text.
        let is_page = String::from_utf8_lossy(&command).contains("--type=renderer");
        *(if is_page { &mut held.page } else { &mut held.rest }) += own;
    }
    held
}
