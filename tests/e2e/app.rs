//! The bundle under test, served on a free port.

use std::{
    env, fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    thread,
};

use headstart::{
    precache,
    serve::{self, RequestLog, Server},
};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// A running copy of the app.
pub(crate) struct App {
    addr: SocketAddr,
    requests: RequestLog,
    // Stops when it is dropped.
    _server: Server,
    /// What a host runs on that can be stopped with all its connections.
    host: Option<Runtime>,
}

impl App {
    /// Serves the bundle, or says why it cannot be tested here.
    pub(crate) async fn start() -> Option<Self> {
        let dir = bundle()?;
        let server = serve::start(&dir, 0, true).await;
        given(server.map_err(|error| error.to_string())).map(|server| Self::of(server, None))
    }

    /// Serves a copy of the bundle that is listed for its service worker and that a test may change, without headers if `bare`.
    pub(crate) async fn of_copy(bare: bool) -> Option<(Self, TempDir)> {
        let dir = bundle()?;
        let copy = tempfile::tempdir().unwrap();
        let listed = copy_files(&dir, copy.path())
            .map_err(|error| error.to_string())
            .and_then(|()| precache::write(copy.path()).map_err(|error| error.to_string()));
        given(listed)?;
        let served = copy.path().to_owned();
        // A runtime cannot wait within another one.
        let (server, host) = thread::spawn(move || {
            let host = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let server = host.block_on(async {
                if bare { serve::start_bare(&served, 0, true).await } else { serve::start(&served, 0, true).await }
            });
            (server, host)
        })
        .join()
        .unwrap();
        match server {
            Ok(server) => Some((Self::of(server, Some(host)), copy)),
            Err(error) => panic!("the copy cannot be served: {error}"),
        }
    }

    fn of(server: Server, host: Option<Runtime>) -> Self {
        Self { addr: server.addr, requests: server.requests.clone().unwrap_or_default(), _server: server, host }
    }

    /// Ends the host of a copy with all its connections, as if the network were gone.
    pub(crate) fn stop(&mut self) {
        self.host.take().expect("a host of its own").shutdown_background();
    }

    /// The address of the page, with a query such as `?device=cpu`.
    pub(crate) fn url(&self, query: &str) -> String {
        format!("{}/{query}", self.origin())
    }

    /// Scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// What the page has asked of the server so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.paths()
    }

    /// What of that was sent: the rest, the browser had at hand and only asked whether it is still the same.
    pub(crate) fn downloads(&self) -> Vec<String> {
        self.requests.downloads()
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // Dropped in a test's own runtime, it would wait, which is forbidden there.
        if let Some(host) = self.host.take() {
            host.shutdown_background();
        }
    }
}

/// The folder of the bundle, unless the tests are switched off.
fn bundle() -> Option<PathBuf> {
    let switched_off = env::var("HEADSTART_E2E").is_ok_and(|value| value == "0");
    given(if switched_off { Err("HEADSTART_E2E is 0".to_owned()) } else { Ok(()) })?;
    Some(
        env::var_os("HEADSTART_DIST")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("dist"), PathBuf::from),
    )
}

/// What is needed for a test, or a printed reason why it is skipped.
fn given<T>(needed: Result<T, String>) -> Option<T> {
    match needed {
        Ok(needed) => Some(needed),
        Err(why) => {
            let asked_for = env::var("HEADSTART_E2E").is_ok_and(|value| value == "1");
            assert!(!asked_for, "the end-to-end tests cannot run: {why}");
            println!("skipped: {why}");
            None
        }
    }
}

fn copy_files(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir(&target)?;
            copy_files(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
