//! Chromium under chromedriver, with a profile folder of its own.

use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    time::Duration,
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;
use tokio::process::{Child, Command as AsyncCommand};

/// What a person's computer keeps of a browser: its profile and its downloads.
pub(crate) struct Profile {
    folder: Arc<TempDir>,
}

impl Profile {
    pub(crate) fn fresh() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("downloads")).unwrap();
        Self { folder: Arc::new(folder) }
    }

    /// The finished downloads.
    pub(crate) fn downloads(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.folder.path().join("downloads")).unwrap().map(|entry| entry.unwrap().path());
        // Chromium writes to NAME.crdownload, or a hidden file, and renames it when it is complete; an empty file holds the name.
        let is_ours = |file: &PathBuf| {
            [".safetensors", ".zip", ".csv"].iter().any(|end| file.to_string_lossy().ends_with(end))
                && fs::metadata(file).is_ok_and(|about| about.len() > 0)
        };
        files.filter(is_ours).collect()
    }

    /// Files below a folder of the browser's own, such as `IndexedDB`, over all its addresses.
    pub(crate) fn kept(&self, folder: &str) -> Vec<PathBuf> {
        let mut left = vec![self.folder.path().join("profile/Default").join(folder)];
        let mut files = Vec::new();
        while let Some(folder) = left.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { left.push(path) } else { files.push(path) }
            }
        }
        files
    }

    /// What a camera that shows a film shows, a file of raw frames (y4m).
    pub(crate) fn film(&self) -> PathBuf {
        self.folder.path().join("film.y4m")
    }

    /// Where this profile's browsers write what they did on the network.
    pub(crate) fn net_log(&self) -> PathBuf {
        self.folder.path().join("net-log.json")
    }
}

/// What a test asks of its browser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Give it a graphics chip, in software.
    pub(crate) webgpu: bool,
    /// Width and height of the window, CSS pixels.
    pub(crate) window: (u32, u32),
    /// Let it install the page as an app. That writes to the home folder, so it gets one of its own; and it is asked for
    /// over a pipe, as not everybody who can connect to a port may do so.
    pub(crate) installs: bool,
    /// The languages that the person has set, the dearest first. English, whatever the machine's, as tests read sentences.
    pub(crate) languages: &'static str,
    /// Its camera.
    pub(crate) camera: Camera,
}

/// The camera of a browser. Chromium makes up the picture of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Camera {
    /// There is none.
    #[default]
    None,
    /// So many, with Chromium's moving picture.
    Made(u32),
    /// One that shows the profile's film.
    Film,
    /// One that the person does not allow.
    Denied,
}

impl Default for Options {
    fn default() -> Self {
        Self { webgpu: false, window: (1280, 900), installs: false, languages: "en-US,en", camera: Camera::None }
    }
}

/// A running browser. It is killed, not closed, when it is dropped.
pub(crate) struct Browser {
    pub(crate) client: Client,
    driver: Child,
    /// The browser's own process; its helpers are below it.
    pub(crate) process: Option<u64>,
    /// Its profile lies there as long as it runs.
    _folder: Arc<TempDir>,
}

impl Browser {
    /// Starts chromedriver and a browser on the profile.
    pub(crate) async fn start(profile: &Profile, options: Options) -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let folder = profile.folder.path();
        let mut driver = AsyncCommand::new("chromedriver");
        if options.installs {
            driver.env("HOME", folder);
        }
        let driver = driver
            .arg(format!("--port={port}"))
            .arg("--log-level=OFF")
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver is installed");

        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            // The browser's own traffic, which is not the page's.
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-default-apps".to_owned(),
            "--disable-domain-reliability".to_owned(),
            "--disable-features=AutofillServerCommunication".to_owned(),
            format!("--window-size={},{}", options.window.0, options.window.1),
            format!("--user-data-dir={}", folder.join("profile").display()),
            format!("--log-net-log={}", profile.net_log().display()),
        ];
        if options.installs {
            arguments.push("--remote-debugging-pipe".to_owned());
        }
        if options.webgpu {
            arguments.push("--enable-unsafe-webgpu".to_owned());
            arguments.push("--use-webgpu-adapter=swiftshader".to_owned());
        }
        let cameras =
            if let Camera::Made(count) = options.camera { count } else { u32::from(options.camera != Camera::None) };
        arguments.push(format!("--use-fake-device-for-media-stream=device-count={cameras}"));
        if options.camera == Camera::Film {
            arguments.push(format!("--use-file-for-fake-video-capture={}", profile.film().display()));
        }
        let camera_allowed = if options.camera == Camera::Denied { 2 } else { 1 };
        let capabilities = json!({
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "args": arguments,
                "prefs": {
                    "intl.accept_languages": options.languages,
                    "intl.selected_languages": options.languages,
                    "download.default_directory": folder.join("downloads"),
                    "download.prompt_for_download": false,
                    // Many downloads in a row are no attack here.
                    "profile.default_content_setting_values.automatic_downloads": 1,
                    "profile.default_content_setting_values.media_stream_camera": camera_allowed,
                },
            },
        });
        let capabilities = capabilities.as_object().unwrap().clone();
        let address = format!("http://127.0.0.1:{port}");
        let mut tries = 0;
        let client = loop {
            let builder = &mut ClientBuilder::new(HttpConnector::new());
            match builder.capabilities(capabilities.clone()).connect(&address).await {
                Ok(client) => break client,
                // chromedriver takes a moment to listen.
                Err(error) => {
                    tries += 1;
                    assert!(tries < 50, "no browser: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        let process = client.capabilities().and_then(|all| all.get("goog:processID")?.as_u64());
        Self { client, driver, process, _folder: profile.folder.clone() }
    }

    /// Closes the browser in an orderly way, so that its net log is complete.
    pub(crate) async fn close(mut self) {
        self.client.clone().close().await.unwrap();
        self.process = None;
        let _ = self.driver.kill().await;
    }

    /// Ends the browser as a power cut would.
    pub(crate) fn kill(self) {
        drop(self);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(process) = self.process {
            end_at_once(process);
        }
        let _ = self.driver.start_kill();
    }
}

/// A process and all that it started, and they.
pub(crate) fn family(process: u64) -> Vec<u64> {
    let mut all = vec![process];
    let listed = Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output().expect("ps is installed").stdout;
    let pairs: Vec<(u64, u64)> = String::from_utf8_lossy(&listed)
        .lines()
        .filter_map(|line| {
            let mut numbers = line.split_whitespace().filter_map(|number| number.parse().ok());
            numbers.next().zip(numbers.next())
        })
        .collect();
    let mut at = 0;
    while let Some(parent) = all.get(at).copied() {
        all.extend(pairs.iter().filter(|(_, of)| *of == parent).map(|(process, _)| *process));
        at += 1;
    }
    all
}

/// Ends a browser with all its helpers at once, and waits until it has let go of its profile.
fn end_at_once(process: u64) {
    let _ = Command::new("kill").arg("-KILL").args(family(process).iter().map(u64::to_string)).status();
    for _ in 0..100 {
        let state = Command::new("ps").args(["-o", "stat=", "-p", &process.to_string()]).output();
        // A zombie holds nothing any more.
        if state.is_ok_and(|state| state.stdout.is_empty() || state.stdout.starts_with(b"Z")) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until the profile has a download that it did not have before.
pub(crate) async fn new_download(profile: &Profile, before: &[PathBuf]) -> PathBuf {
    new_download_within(10, profile, before).await
}

/// The same for a file that takes longer.
pub(crate) async fn new_download_within(seconds: u64, profile: &Profile, before: &[PathBuf]) -> PathBuf {
    for _ in 0..10 * seconds {
        if let Some(file) = profile.downloads().into_iter().find(|file| !before.contains(file)) {
            return file;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no download came within {seconds} s");
}

/// The base name of a file, as the page shows it.
pub(crate) fn base_name(file: &Path) -> String {
    file.file_name().unwrap().to_string_lossy().into_owned()
}
