//! The whole app in real Chromium: the release bundle, served with its headers, driven over WebDriver.
//!
//! Needs a bundle (`HEADSTART_DIST` or dist/) and `chromedriver`. Where they are missing the tests skip and say why, unless
//! `HEADSTART_E2E=1` asks for them, as `./test` does. Run them one at a time: `-- --test-threads=1 --nocapture`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests may panic, and they report what they measured")]

mod app;
mod browser;
mod cdp;
mod deletion;
mod edits;
mod files;
mod made_photos;
mod memory;
mod net_log;
mod page;
mod scrolling;
mod shelves;
mod snapshot;
mod steps;

mod access;
mod answers;
mod camera;
mod choosing;
mod drops;
mod exclusion;
mod facts;
mod failing;
mod gaze;
mod heads;
mod history;
mod hooks;
mod keeping;
mod keyboard;
mod kills;
mod languages;
mod learning;
mod load;
mod meter;
mod names;
mod newcomer;
mod offline;
mod privacy;
mod project_file;
mod projects;
mod refusals;
mod samples;
mod startup;
mod storage;
mod tabs;
mod tasks;
mod trust;
mod ways;
mod webgpu;
