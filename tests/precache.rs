//! The list for the service worker: complete, last to first consistent, the same when it is written again.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeMap, fs, path::Path};

use headstart::precache::{self, PrecacheError};
use sha2::{Digest, Sha256};

const HEADERS: &str =
    "/*\n  Content-Security-Policy: default-src 'none'; connect-src 'self'\n/\n  Cache-Control: no-cache\n";

fn bundle() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("models")).unwrap();
    let service_worker = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/static/sw.js")).unwrap();
    for (name, text) in [
        ("index.html", "<!DOCTYPE html><html lang=\"en\"><head></head></html>"),
        ("sw.js", service_worker.as_str()),
        ("_headers", HEADERS),
        ("app-1f2e3d4c5b6a7988.js", "1"),
        ("app-1f2e3d4c5b6a7988_bg.wasm", "2"),
        ("worker.js", "3"),
        ("models/lite0.safetensors", "4"),
        ("models/lite0.md", "a card for people"),
        (".stage", "a hidden file"),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

/// Every file of the folder and what is in it.
fn contents(dir: &Path) -> BTreeMap<String, String> {
    let read = |name: &str| (name.to_owned(), fs::read_to_string(dir.join(name)).unwrap());
    ["index.html", "sw.js", "_headers"].map(read).into()
}

#[test]
fn everything_that_a_page_can_ask_for_is_listed_with_its_hash_and_the_page_last() {
    let dir = bundle();
    let listed = precache::write(dir.path()).unwrap();
    let names: Vec<&str> = listed.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "app-1f2e3d4c5b6a7988.js",
            "app-1f2e3d4c5b6a7988_bg.wasm",
            "models/lite0.safetensors",
            "worker.js",
            "index.html"
        ]
    );
    let script = fs::read_to_string(dir.path().join("sw.js")).unwrap();
    for (name, sha) in &listed.files {
        let digest = Sha256::digest(fs::read(dir.path().join(name)).unwrap());
        assert_eq!(*sha, digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), "{name}");
        assert!(script.contains(&format!("[\"{name}\", \"{sha}\"]")), "{name}");
    }
    assert!(script.contains("\"content-security-policy\": \"default-src 'none'; connect-src 'self'\""));
    assert!(script.contains(&format!("version: \"{}\"", listed.version)));
    let page = fs::read_to_string(dir.path().join("index.html")).unwrap();
    assert!(page.contains(&format!("<html data-version=\"{}\" lang=\"en\">", listed.version)), "{page}");
}

#[test]
fn only_names_with_a_hash_never_change() {
    let dir = bundle();
    precache::write(dir.path()).unwrap();
    let headers = fs::read_to_string(dir.path().join("_headers")).unwrap();
    let added = headers.strip_prefix(HEADERS).unwrap();
    let forever: Vec<&str> = added.lines().filter(|line| line.starts_with('/')).collect();
    assert_eq!(forever, ["/app-1f2e3d4c5b6a7988.js", "/app-1f2e3d4c5b6a7988_bg.wasm"]);
    assert_eq!(added.matches("Cache-Control: public, max-age=31536000, immutable").count(), 2);
}

#[test]
fn the_same_bundle_has_the_same_version_and_any_change_gives_another() {
    let dir = bundle();
    let first = precache::write(dir.path()).unwrap();
    let written = contents(dir.path());
    assert_eq!(precache::write(dir.path()).unwrap(), first);
    assert_eq!(contents(dir.path()), written, "writing it again changed something");

    let mut versions = vec![first.version];
    for (name, from, to) in [
        ("worker.js", "3", "3 "),
        ("index.html", "<head>", "<head><meta charset=utf-8>"),
        ("_headers", "connect-src 'self'", "connect-src 'none'"),
    ] {
        let file = dir.path().join(name);
        fs::write(&file, fs::read_to_string(&file).unwrap().replace(from, to)).unwrap();
        let version = precache::write(dir.path()).unwrap().version;
        assert!(!versions.contains(&version), "{name} made no other version");
        versions.push(version);
    }
}

#[test]
fn what_is_no_bundle_is_refused_and_left_as_it_is() {
    let dir = bundle();
    fs::write(dir.path().join("sw.js"), "// no list here\n").unwrap();
    let before = contents(dir.path());
    let error = precache::write(dir.path()).unwrap_err();
    assert!(matches!(error, PrecacheError::NoPlace { .. }), "{error}");
    assert_eq!(contents(dir.path()), before);

    let dir = bundle();
    fs::write(dir.path().join("_headers"), "/boot.js\n  X-One: 1\n").unwrap();
    let error = precache::write(dir.path()).unwrap_err();
    assert!(matches!(error, PrecacheError::NoPolicy(_)), "{error}");

    let empty = tempfile::tempdir().unwrap();
    let error = precache::write(empty.path()).unwrap_err();
    assert!(matches!(error, PrecacheError::File { .. }) && error.to_string().contains("./run"), "{error}");
}
