//! `headstart precache`: tells a built bundle's service worker what to keep, and under which version.
//!
//! Into `sw.js` go the headers of `_headers` and every file with its SHA-256, `index.html` last; into `index.html` goes the
//! version, by which a page knows its service worker; into `_headers`, that names with a hash in them never change. Running it
//! twice changes nothing.

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::serve::{HEADERS_FILE, INDEX_FILE, header_lines};

/// The service worker in the bundle.
const SERVICE_WORKER: &str = "sw.js";
/// The line of it that takes the list, and what ends the list.
const PLACE: (&str, &str) = ("const BUNDLE = ", ";\n");
/// The attribute of `<html>` that holds the version.
const VERSION_ATTRIBUTE: &str = " data-version=\"";
/// Begins what is added to the headers file.
const ADDED_HEADERS: &str = "# Added by `headstart precache`: these names have a hash of what is in the file.\n";
/// For names that never stand for anything else.
const NEVER_CHANGES: &str = "public, max-age=31536000, immutable";
/// Hexadecimal digits that a name has to have to count as hashed; Trunk's have up to 16, without leading zeros.
const HASH_DIGITS: std::ops::RangeInclusive<usize> = 12..=16;
/// Hexadecimal digits of a version.
const VERSION_DIGITS: usize = 16;

/// Why the list could not be written. The command line prints these sentences.
#[derive(Debug, thiserror::Error)]
pub enum PrecacheError {
    /// A file of the bundle cannot be read or written.
    #[error("{}: {source}. Build the bundle again, with ./run.", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file has no place for what belongs into it.
    #[error("{} has no `{place}`. Build the bundle again, with ./run.", path.display())]
    NoPlace {
        /// The file.
        path: PathBuf,
        /// What was looked for.
        place: &'static str,
    },
    /// The headers file has no headers for all files, so no policy that the service worker could keep.
    #[error("{} has no headers for `/*`, and so no policy. Build the bundle again, with ./run.", .0.display())]
    NoPolicy(PathBuf),
}

/// What the service worker keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Names the list: a hash of it.
    pub version: String,
    /// Name below the bundle, `/` between the parts, and SHA-256 in hexadecimal digits; `index.html` last.
    pub files: Vec<(String, String)>,
    /// Bytes of all files.
    pub bytes: u64,
}

/// Writes the list of the bundle in `dir`.
///
/// # Errors
/// No bundle there, or one that lacks a place for the list or the version.
pub fn write(dir: &Path) -> Result<Listed, PrecacheError> {
    let headers = text(&dir.join(HEADERS_FILE))?;
    let headers = headers.split(ADDED_HEADERS).next().unwrap_or_default();
    let policy: Vec<(String, String)> = header_lines(headers, "/*").unwrap_or_default();
    if policy.is_empty() {
        return Err(PrecacheError::NoPolicy(dir.join(HEADERS_FILE)));
    }
    let mut files = Vec::new();
    let mut bytes = 0;
    for name in names(dir)? {
        let content = read(&dir.join(&name))?;
        bytes += content.len() as u64;
        files.push((name, sha256(&content)));
    }

    // The version is in the page, so the page's own hash in the list is another one than the version is made from.
    let index = dir.join(INDEX_FILE);
    let plain = without_version(&text(&index)?);
    files.push((INDEX_FILE.to_owned(), sha256(plain.as_bytes())));
    let mut version = sha256(format!("{policy:?}{files:?}").as_bytes());
    version.truncate(VERSION_DIGITS);
    let page = with_version(&plain, &version).ok_or(PrecacheError::NoPlace { path: index.clone(), place: "<html" })?;
    bytes += page.len() as u64;
    if let Some((_, sha)) = files.last_mut() {
        *sha = sha256(page.as_bytes());
    }

    let script = dir.join(SERVICE_WORKER);
    let filled = filled(&text(&script)?, &list(&version, &policy, &files))
        .ok_or(PrecacheError::NoPlace { path: script.clone(), place: PLACE.0 })?;
    save(&script, &filled)?;
    save(&index, &page)?;
    let hashed = files.iter().filter(|(name, _)| is_hashed(name)).fold(String::new(), |mut lines, (name, _)| {
        let _ = writeln!(lines, "/{name}\n  Cache-Control: {NEVER_CHANGES}"); // a string takes everything
        lines
    });
    save(&dir.join(HEADERS_FILE), &format!("{headers}{ADDED_HEADERS}{hashed}"))?;
    Ok(Listed { version, files, bytes })
}

/// The files to keep but `index.html`, sorted: all that a page can ask for.
fn names(dir: &Path) -> Result<Vec<String>, PrecacheError> {
    let failed = |path: &Path, source| PrecacheError::File { path: path.to_owned(), source };
    let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
    while let Some(folder) = folders.pop() {
        let path = dir.join(&folder);
        for entry in fs::read_dir(&path).map_err(|source| failed(&path, source))? {
            let entry = entry.map_err(|source| failed(&path, source))?;
            let name = format!("{folder}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                folders.push(format!("{name}/"));
            } else if ![HEADERS_FILE, INDEX_FILE, SERVICE_WORKER].contains(&name.as_str()) && !is_for_readers(&name) {
                found.push(name);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Model cards, type definitions and hidden files: no page asks for them.
fn is_for_readers(name: &str) -> bool {
    name.ends_with(".md")
        || name.ends_with(".d.ts")
        || name.rsplit('/').next().is_some_and(|base| base.starts_with('.'))
}

/// Whether Trunk put a hash into the name: `NAME-HASH.EXTENSION`, or `NAME-HASH_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    let hash = stem.trim_end_matches("_bg").rsplit_once('-').map_or("", |(_, hash)| hash);
    HASH_DIGITS.contains(&hash.len()) && hash.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The list as the service worker reads it, a file a line.
fn list(version: &str, headers: &[(String, String)], files: &[(String, String)]) -> String {
    let json = |text: &str| Value::from(text).to_string();
    let lines = |pairs: &[(String, String)], [open, between, close]: [&str; 3]| {
        let lines = pairs.iter().map(|(a, b)| format!("\n    {open}{}{between}{}{close}", json(a), json(b)));
        lines.collect::<Vec<_>>().join(",")
    };
    let headers = lines(headers, ["", ": ", ""]);
    let files = lines(files, ["[", ", ", "]"]);
    format!("{{\n  version: {},\n  headers: {{{headers}\n  }},\n  files: [{files}\n  ],\n}}", json(version))
}

/// The service worker with the list in it, in the place of the one that it has.
fn filled(script: &str, list: &str) -> Option<String> {
    let start = script.find(PLACE.0)? + PLACE.0.len();
    let end = start + script[start..].find(PLACE.1)?;
    Some(format!("{}{list}{}", &script[..start], &script[end..]))
}

fn without_version(page: &str) -> String {
    let without = page.split_once(VERSION_ATTRIBUTE).and_then(|(before, rest)| {
        let (_, after) = rest.split_once('"')?;
        Some(format!("{before}{after}"))
    });
    without.unwrap_or_else(|| page.to_owned())
}

fn with_version(page: &str, version: &str) -> Option<String> {
    let at = page.find("<html")? + "<html".len();
    Some(format!("{}{VERSION_ATTRIBUTE}{version}\"{}", &page[..at], &page[at..]))
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}"); // a string takes everything
        digits
    })
}

fn read(path: &Path) -> Result<Vec<u8>, PrecacheError> {
    fs::read(path).map_err(|source| PrecacheError::File { path: path.to_owned(), source })
}

fn text(path: &Path) -> Result<String, PrecacheError> {
    fs::read_to_string(path).map_err(|source| PrecacheError::File { path: path.to_owned(), source })
}

fn save(path: &Path, text: &str) -> Result<(), PrecacheError> {
    fs::write(path, text).map_err(|source| PrecacheError::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_in_a_name_is_told_from_other_names() {
        for name in ["app-1f2e3d4c5b6a7988.js", "app-1f2e3d4c5b6a7988_bg.wasm", "tokens-f2e3d4c5b6a798.css"] {
            assert!(is_hashed(name), "{name}");
        }
        for name in ["worker-gpu-boot.js", "worker_gpu_bg.wasm", "icons/icon-512.png", "drawings/oak-01.svg", "boot.js"]
        {
            assert!(!is_hashed(name), "{name}");
        }
    }

    #[test]
    fn a_page_takes_a_version_once() {
        let page = "<!DOCTYPE html><html lang=\"en\"><head>";
        let one = with_version(page, "1").unwrap();
        assert_eq!(one, "<!DOCTYPE html><html data-version=\"1\" lang=\"en\"><head>");
        assert_eq!(without_version(&one), page);
        assert_eq!(with_version("no page", "1"), None);
    }

    #[test]
    fn a_list_takes_the_place_of_the_one_before() {
        let script = "a\nconst BUNDLE = null;\nb;\n";
        let pair = |a: &str, b: &str| vec![(a.to_owned(), b.to_owned())];
        let first = filled(script, &list("1", &pair("X-A", "b; 'c' \"d\""), &pair("boot.js", "00"))).unwrap();
        assert!(first.contains("\"X-A\": \"b; 'c' \\\"d\\\"\"") && first.contains("[\"boot.js\", \"00\"]"), "{first}");
        assert_eq!(filled(&first, "null").unwrap(), script);
        assert_eq!(filled("nothing", "null"), None);
    }
}
