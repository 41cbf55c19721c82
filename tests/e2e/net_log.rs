//! Chromium's own record of the network: every request of the page, its workers included, as the network stack saw it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

/// What the pages and workers of a browser asked of the network. The browser's own wishes (updates, its start page) are left
/// out: they have no page as their initiator, and happen without any page.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Origins that were asked for.
    pub(crate) origins: BTreeSet<String>,
    /// Names that were looked up, ahead of a request too.
    pub(crate) lookups: BTreeSet<String>,
    /// Requests read from the log, to show that there was something to check.
    pub(crate) requests: usize,
}

impl Traffic {
    /// Reads the net log of a closed browser, for a page on 127.0.0.1.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        // A browser that was killed leaves the list open.
        let log: Value = serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(&format!("{}]}}", text.trim_end().trim_end_matches(','))))
            .unwrap();
        let kind = |name: &str| log["constants"]["logEventTypes"][name].clone();
        let (start, resolve) = (kind("URL_REQUEST_START_JOB"), kind("HOST_RESOLVER_MANAGER_REQUEST"));
        assert!(start.is_number() && resolve.is_number(), "the net log has other names now");

        let mut traffic = Self::default();
        for event in log["events"].as_array().unwrap() {
            let text = |name: &str| event["params"][name].as_str().unwrap_or_default();
            if event["type"] == start && !text("url").is_empty() && text("initiator") != "not an origin" {
                traffic.requests += 1;
                traffic.origins.insert(origin(text("url")));
            } else if event["type"] == resolve && text("network_anonymization_key").contains("127.0.0.1") {
                traffic.lookups.insert(text("host").to_owned());
            }
        }
        traffic
    }

    /// What is not the app's own.
    pub(crate) fn strangers(&self, own_origin: &str) -> Vec<String> {
        let foreign = |said: &'static str, all: &BTreeSet<String>| {
            all.iter().filter(|it| *it != own_origin).map(|it| format!("{said} {it}")).collect::<Vec<_>>()
        };
        let mut strangers = foreign("request to", &self.origins);
        strangers.extend(foreign("look-up of", &self.lookups));
        strangers
    }
}

/// `http://host:port` of an address.
fn origin(address: &str) -> String {
    url::Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.origin().ascii_serialization())
}
