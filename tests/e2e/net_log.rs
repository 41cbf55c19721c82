//! Chromium's own record of the network: every request of the page, its workers included, as the network stack saw it.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

/// What went out of a browser.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    /// Origins that pages and workers asked for, with how many requests.
    pub(crate) by_pages: BTreeSet<String>,
    /// Names that were looked up, whoever asked.
    pub(crate) lookups: BTreeSet<String>,
    /// Addresses that were connected to, whoever asked.
    pub(crate) connections: BTreeSet<String>,
    /// Requests read from the log, to show that there was something to check.
    pub(crate) requests: usize,
}

impl Traffic {
    /// Reads the net log of a closed browser.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap();
        // A browser that was killed leaves the list open.
        let log: Value = serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(&format!("{}]}}", text.trim_end().trim_end_matches(','))))
            .unwrap();
        let kind = |name: &str| log["constants"]["logEventTypes"][name].clone();
        let (start, resolve, connect) =
            (kind("URL_REQUEST_START_JOB"), kind("HOST_RESOLVER_MANAGER_REQUEST"), kind("TCP_CONNECT_ATTEMPT"));
        assert!(start.is_number() && resolve.is_number() && connect.is_number(), "the net log has other names now");

        let mut traffic = Self::default();
        for event in log["events"].as_array().unwrap() {
            let text = |name: &str| event["params"][name].as_str().unwrap_or_default();
            if event["type"] == start && !text("url").is_empty() {
                traffic.requests += 1;
                // What the browser itself wants has no page as its initiator.
                if text("initiator") != "not an origin" {
                    traffic.by_pages.insert(origin(text("url")));
                }
            } else if event["type"] == resolve && !text("host").is_empty() {
                traffic.lookups.insert(text("host").to_owned());
            } else if event["type"] == connect && !text("address").is_empty() {
                traffic.connections.insert(text("address").to_owned());
            }
        }
        traffic
    }

    /// What is not the app's own.
    pub(crate) fn strangers(&self, own_origin: &str) -> Vec<String> {
        let own_host = own_origin.trim_start_matches("http://");
        let foreign = |said: &'static str, all: &BTreeSet<String>, own: &str| {
            all.iter()
                .filter(|it| *it != own && !it.ends_with(own))
                .map(|it| format!("{said} {it}"))
                .collect::<Vec<_>>()
        };
        let mut strangers = foreign("request to", &self.by_pages, own_origin);
        strangers.extend(foreign("look-up of", &self.lookups, own_origin));
        strangers.extend(foreign("connection to", &self.connections, own_host));
        strangers
    }
}

/// `http://host:port` of an address.
fn origin(address: &str) -> String {
    url::Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.origin().ascii_serialization())
}
