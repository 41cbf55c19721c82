//! `headstart serve`: the bundle over HTTP on this machine alone, with the headers that the page needs.
//!
//! The headers are read from the bundle's own `_headers` file, the one that static hosts read: the policy stands in one
//! place. They go on every response, errors included, because a worker takes its policy from its own response.

use std::{
    io::{self, ErrorKind},
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, task::JoinHandle};
use tower_http::services::ServeDir;

/// Name of the file with the headers, in the bundle.
pub(crate) const HEADERS_FILE: &str = "_headers";
/// Name of the page, in the bundle.
pub(crate) const INDEX_FILE: &str = "index.html";

/// Why the bundle cannot be served. The command line prints these sentences.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The folder holds no bundle.
    #[error("There is no bundle in {}: build it first, with ./run.", .0.display())]
    NoBundle(PathBuf),
    /// The bundle has no headers, without which the page is not private.
    #[error("{} cannot be read: {source}. Build the bundle again.", path.display())]
    NoHeaders {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A line of the headers file is no header.
    #[error("{}, line {line}: this is no header. Write a path such as /*, then indented lines such as `Name: value`.", path.display())]
    BadHeader {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// Somebody else listens there.
    #[error("Port {0} is taken by another program. Choose another one, such as --port {next}.", next = .0.saturating_add(1))]
    PortTaken(u16),
    /// The system does not let us listen.
    #[error("Cannot listen on port {port}: {source}.")]
    Listen {
        /// The port.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
}

/// Which files get which headers: a block of the `_headers` file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    /// A path, or the beginning of paths where it ends in `*`.
    pattern: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Rule {
    fn fits(&self, path: &str) -> bool {
        match self.pattern.strip_suffix('*') {
            Some(beginning) => path.starts_with(beginning),
            None => path == self.pattern,
        }
    }
}

/// Reads the format of Netlify and Cloudflare Pages: a path a line, its headers indented below it, `#` for comments.
/// The error is the number of the first line that is neither.
fn parse_headers(text: &str) -> Result<Vec<Rule>, usize> {
    let mut rules: Vec<Rule> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        if !line.starts_with([' ', '\t']) {
            if !content.starts_with('/') {
                return Err(index + 1);
            }
            rules.push(Rule { pattern: content.to_owned(), headers: Vec::new() });
            continue;
        }
        let header = content.split_once(':').and_then(|(name, value)| {
            Some((name.trim().parse::<HeaderName>().ok()?, value.trim().parse::<HeaderValue>().ok()?))
        });
        match (rules.last_mut(), header) {
            (Some(rule), Some(header)) => rule.headers.push(header),
            _ => return Err(index + 1),
        }
    }
    Ok(rules)
}

/// The headers that a headers file has for one pattern, name and value; none where it cannot be read.
pub(crate) fn header_lines(text: &str, pattern: &str) -> Option<Vec<(String, String)>> {
    let rules = parse_headers(text).ok()?;
    let headers = rules.into_iter().filter(|rule| rule.pattern == pattern).flat_map(|rule| rule.headers);
    // Its own spelling is lost, in which letters are small and large: to browsers it is the same.
    headers.map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))).collect()
}

/// What was asked for, in order: each path with its query, and what became of it. For tests: what did the page load?
#[derive(Debug, Clone, Default)]
pub struct RequestLog(Arc<Mutex<Vec<Asked>>>);

/// A request, and the status of its answer as soon as there is one.
#[derive(Debug)]
struct Asked {
    path: String,
    status: Option<StatusCode>,
}

impl RequestLog {
    /// The paths so far.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        self.lock().iter().map(|asked| asked.path.clone()).collect()
    }

    /// The paths of what was sent, leaving out what the browser had at hand and only asked about, and errors.
    #[must_use]
    pub fn downloads(&self) -> Vec<String> {
        let sent = |asked: &&Asked| asked.status.is_some_and(|status| status.is_success());
        self.lock().iter().filter(sent).map(|asked| asked.path.clone()).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request; gives its place.
    fn push(&self, path: String) -> usize {
        let mut log = self.lock();
        log.push(Asked { path, status: None });
        log.len() - 1
    }

    fn answered(&self, place: usize, status: StatusCode) {
        if let Some(asked) = self.lock().get_mut(place) {
            asked.status = Some(status);
        }
    }
}

/// A running server; it stops when this is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What was asked of it, where it was started with a log.
    pub requests: Option<RequestLog>,
    task: JoinHandle<()>,
}

impl Server {
    /// Serves until the server fails or the program ends.
    pub async fn wait(mut self) {
        // The task ends with the listener; a panic in it is printed by the panic hook.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves the bundle in `dir` on 127.0.0.1 at `port` (0: any free one), keeping a log of what is asked for if `log`.
///
/// # Errors
/// No bundle there, no readable headers in it, or the port cannot be had.
pub async fn start(dir: &Path, port: u16, log: bool) -> Result<Server, ServeError> {
    is_bundle(dir)?;
    let path = dir.join(HEADERS_FILE);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(ServeError::NoHeaders { path, source }),
    };
    let rules = parse_headers(&text).map_err(|line| ServeError::BadHeader { path, line })?;
    listen(dir, port, log, Some(rules)).await
}

/// The same without any header of its own, as a host that cannot be told to send some. For tests.
///
/// # Errors
/// No bundle there, or the port cannot be had.
pub async fn start_bare(dir: &Path, port: u16, log: bool) -> Result<Server, ServeError> {
    is_bundle(dir)?;
    listen(dir, port, log, None).await
}

fn is_bundle(dir: &Path) -> Result<(), ServeError> {
    if dir.join(INDEX_FILE).is_file() { Ok(()) } else { Err(ServeError::NoBundle(dir.to_owned())) }
}

async fn listen(dir: &Path, port: u16, log: bool, rules: Option<Vec<Rule>>) -> Result<Server, ServeError> {
    let requests = log.then(RequestLog::default);
    let listener =
        TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map_err(|source| {
            match source.kind() {
                ErrorKind::AddrInUse => ServeError::PortTaken(port),
                _ => ServeError::Listen { port, source },
            }
        })?;
    let addr = listener.local_addr().map_err(|source| ServeError::Listen { port, source })?;

    let shared = Arc::new(Shared { rules, requests: requests.clone() });
    let app = Router::new().fallback_service(ServeDir::new(dir)).layer(middleware::from_fn_with_state(shared, answer));
    let task = tokio::spawn(async move {
        // `axum::serve` retries after errors of single connections and does not end by itself.
        let _ = axum::serve(listener, app).await;
    });
    Ok(Server { addr, requests, task })
}

struct Shared {
    /// None for a server without headers.
    rules: Option<Vec<Rule>>,
    requests: Option<RequestLog>,
}

/// Around every request: notes it, and puts the headers on whatever comes back.
async fn answer(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let place = shared.requests.as_ref().map(|log| log.push(request.uri().to_string()));
    let mut response = if path.trim_start_matches('/') == HEADERS_FILE {
        StatusCode::NOT_FOUND.into_response()
    } else {
        next.run(request).await
    };
    if let (Some(log), Some(place)) = (&shared.requests, place) {
        log.answered(place, response.status());
    }
    let Some(rules) = &shared.rules else { return response };
    let headers = response.headers_mut();
    // Asked again every time, answered with "not modified": a rebuilt worker has the same name.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    for (name, value) in rules.iter().filter(|rule| rule.fits(&path)).flat_map(|rule| &rule.headers) {
        headers.insert(name, value.clone());
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headers_file_gives_rules_in_order() {
        let rules = parse_headers("# policy\n/*\n  X-One: 1\n\tX-Two: a: b\n\n/assets/*\n  X-Three: 3\n").unwrap();
        assert_eq!(rules.len(), 2);
        assert_eq!(rules[0].headers[1], (HeaderName::from_static("x-two"), HeaderValue::from_static("a: b")));
        assert!(rules[0].fits("/any/thing") && rules[1].fits("/assets/a") && !rules[1].fits("/other"));
    }

    #[test]
    fn a_line_that_is_no_header_is_named() {
        assert_eq!(parse_headers("/*\n  X-One: 1\n  nonsense\n"), Err(3));
        assert_eq!(parse_headers("  X-One: 1\n"), Err(1));
        assert_eq!(parse_headers("no path\n"), Err(1));
    }
}
