//! The bundle under test, served on a free port.

use std::{env, path::PathBuf};

use headstart::serve::{self, Server};

/// A running copy of the app.
pub(crate) struct App {
    server: Server,
}

impl App {
    /// Serves the bundle, or says why it cannot be tested here.
    pub(crate) async fn start() -> Option<Self> {
        let asked_for = env::var("HEADSTART_E2E").ok();
        let dir = env::var_os("HEADSTART_DIST")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from);
        let server = if asked_for.as_deref() == Some("0") {
            Err("HEADSTART_E2E is 0".to_owned())
        } else {
            serve::start(&dir, 0, true).await.map_err(|error| error.to_string())
        };
        match server {
            Ok(server) => Some(Self { server }),
            Err(why) => {
                assert!(asked_for.as_deref() != Some("1"), "the end-to-end tests cannot run: {why}");
                println!("skipped: {why}");
                None
            }
        }
    }

    /// The address of the page, with a query such as `?device=cpu`.
    pub(crate) fn url(&self, query: &str) -> String {
        format!("{}/{query}", self.origin())
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.server.addr)
    }

    /// What the page has asked of the server so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.server.requests.as_ref().map(serve::RequestLog::paths).unwrap_or_default()
    }
}
