//! The server of the bundle: headers on every response, the right kinds of files, nothing outside the folder.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, net::SocketAddr, path::Path};

use headstart::serve::{self, ServeError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const POLICY: &str = "default-src 'none'; connect-src 'self'";

fn bundle() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("models")).unwrap();
    for (name, text) in [
        ("index.html", "<p>page</p>"),
        ("worker.js", "1"),
        ("worker_bg.wasm", "2"),
        ("models/lite0.safetensors", "3"),
        ("manifest.webmanifest", "{}"),
        ("_headers", &format!("/*\n  Content-Security-Policy: {POLICY}\n")),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

/// The response to a GET, head and body, names of headers in small letters.
async fn get(addr: SocketAddr, target: &str) -> (String, String) {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn every_response_carries_the_headers_of_the_bundle() {
    let dir = bundle();
    let server = serve::start(dir.path(), 0, false).await.unwrap();
    for (target, status) in
        [("/", 200), ("/worker.js", 200), ("/worker_bg.wasm", 200), ("/missing", 404), ("/_headers", 404)]
    {
        let (head, _) = get(server.addr, target).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{target}: {head}");
        assert!(head.contains(&format!("content-security-policy: {POLICY}")), "{target}: {head}");
        assert!(head.contains("cache-control: no-cache"), "{target}: {head}");
    }
}

#[tokio::test]
async fn a_bare_server_sends_no_header_of_the_bundle() {
    let dir = bundle();
    fs::remove_file(dir.path().join("_headers")).unwrap();
    let server = serve::start_bare(dir.path(), 0, false).await.unwrap();
    let (head, body) = get(server.addr, "/").await;
    assert!(head.starts_with("HTTP/1.1 200") && body == "<p>page</p>", "{head}");
    assert!(!head.contains("content-security-policy") && !head.contains("cache-control"), "{head}");
}

#[tokio::test]
async fn a_rule_for_one_file_counts_more_than_the_ones_before() {
    let dir = bundle();
    let forever = "public, max-age=31536000, immutable";
    let headers = format!("/*\n  X-One: 1\n/app-1.js\n  Cache-Control: {forever}\n");
    fs::write(dir.path().join("_headers"), headers).unwrap();
    fs::write(dir.path().join("app-1.js"), "1").unwrap();
    let server = serve::start(dir.path(), 0, false).await.unwrap();
    let (head, _) = get(server.addr, "/app-1.js").await;
    assert!(head.contains(&format!("cache-control: {forever}")) && head.contains("x-one: 1"), "{head}");
    assert!(!head.contains("no-cache"), "{head}");
}

#[tokio::test]
async fn files_have_the_types_that_browsers_ask_for() {
    let dir = bundle();
    let server = serve::start(dir.path(), 0, false).await.unwrap();
    for (target, kind) in [
        ("/", "text/html"),
        ("/worker.js", "text/javascript"),
        ("/worker_bg.wasm", "application/wasm"),
        ("/models/lite0.safetensors", "application/octet-stream"),
        ("/manifest.webmanifest", "application/manifest+json"),
    ] {
        let (head, _) = get(server.addr, target).await;
        assert!(head.contains(&format!("content-type: {kind}")), "{target}: {head}");
    }
}

#[tokio::test]
async fn a_path_cannot_leave_the_folder() {
    let dir = bundle();
    let inner = dir.path().join("models");
    fs::copy(dir.path().join("index.html"), inner.join("index.html")).unwrap();
    fs::copy(dir.path().join("_headers"), inner.join("_headers")).unwrap();
    let server = serve::start(&inner, 0, false).await.unwrap();
    for target in ["/../worker.js", "/%2e%2e/worker.js", "/..%2fworker.js"] {
        let (head, _) = get(server.addr, target).await;
        assert!(!head.starts_with("HTTP/1.1 200"), "{target}: {head}");
    }
}

#[tokio::test]
async fn the_log_tells_what_was_asked_for_in_order() {
    let dir = bundle();
    let server = serve::start(dir.path(), 0, true).await.unwrap();
    get(server.addr, "/?device=cpu").await;
    get(server.addr, "/missing").await;
    let log = server.requests.as_ref().unwrap();
    assert_eq!(log.paths(), ["/?device=cpu", "/missing"]);
    assert_eq!(log.downloads(), ["/?device=cpu"]);
}

#[tokio::test]
async fn what_cannot_be_served_is_a_sentence() {
    let empty = tempfile::tempdir().unwrap();
    let error = serve::start(empty.path(), 0, false).await.unwrap_err();
    assert!(matches!(error, ServeError::NoBundle(_)), "{error}");

    let dir = bundle();
    let server = serve::start(dir.path(), 0, false).await.unwrap();
    let error = serve::start(dir.path(), server.addr.port(), false).await.unwrap_err();
    assert!(error.to_string().contains("taken by another program"), "{error}");

    fs::write(dir.path().join("_headers"), "/*\n  nonsense\n").unwrap();
    let error = serve::start(dir.path(), 0, false).await.unwrap_err();
    assert!(matches!(error, ServeError::BadHeader { line: 2, .. }), "{error}");
    fs::remove_file(Path::new(dir.path()).join("_headers")).unwrap();
    let error = serve::start(dir.path(), 0, false).await.unwrap_err();
    assert!(matches!(error, ServeError::NoHeaders { .. }), "{error}");
}
