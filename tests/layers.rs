//! Who may import whom: arrows only go down. Plain text over the sources, nothing but std, so that `./test` can compile
//! this file alone and run it in a second, before anything else is built.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Each module with the modules of this crate that it may name. A module may always name itself.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("dataset", &[]),
    // One layer with the protocol, whose score it fills in.
    ("metrics", &["dataset", "protocol"]),
    ("protocol", &["dataset", "metrics"]),
    ("store", BASE),
    ("image", BASE),
    ("unroll", &[]),
    ("backbone", &["unroll", "dataset", "metrics", "protocol", "store", "image"]),
    ("features", &["dataset", "metrics", "protocol", "store", "image", "backbone"]),
    ("head", &["unroll", "dataset", "metrics", "protocol", "store", "image", "backbone", "features"]),
    ("predict", &["dataset", "metrics", "protocol", "store", "image", "backbone", "features", "head"]),
    ("doctor", &["dataset", "metrics", "protocol", "head"]),
    ("archive", BASE),
    (
        "engine",
        &[
            "dataset", "metrics", "protocol", "store", "image", "backbone", "features", "head", "predict", "doctor",
            "archive",
        ],
    ),
    // The page is built without the engine: it talks to it through the client alone.
    ("ui", &["dataset", "metrics", "protocol", "store", "web"]),
    // The worker's side of it runs the engine and hands it the weights that the backbone's registry names.
    ("web", &["dataset", "metrics", "protocol", "store", "backbone", "engine"]),
    ("serve", &[]),
    ("precache", &["serve"]),
    ("bin", &["protocol", "backbone", "head", "engine", "ui", "web", "serve", "precache"]),
];

const BASE: &[&str] = &["dataset", "metrics", "protocol", "store"];

/// Outside crates that only some paths may name; a path may be a folder or a file.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("burn", &["backbone/", "head/", "engine/device.rs"]),
    ("burn_wgpu", &["engine/device.rs"]),
    ("leptos", &["ui/", "bin/"]),
    ("web_sys", &["web/", "ui/", "store/", "bin/"]),
    ("js_sys", &["web/", "ui/", "store/", "bin/"]),
    ("wasm_bindgen", &["web/", "ui/", "store/", "bin/"]),
];

/// Where a condition of compilation may stand: where a module or a device is there in one build only. Tests may be left out
/// of a build anywhere.
const CONDITIONS: &[&str] =
    &["lib.rs", "backbone/mod.rs", "engine/device.rs", "store/mod.rs", "ui/mod.rs", "web/mod.rs", "bin/"];

/// What `source`, at `path` below src/, names that it may not.
fn violations(path: &str, source: &str) -> Vec<String> {
    if path == "lib.rs" {
        return Vec::new();
    }
    let code = without_comments_and_strings(source);
    let module = path.split('/').next().unwrap().trim_end_matches(".rs");
    let Some((_, allowed)) = MAY_NAME.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{path}: no rule for the module {module}; add one to tests/layers.rs")];
    };
    let mut found = BTreeSet::new();
    for name in named_modules(path, &code) {
        let known = MAY_NAME.iter().any(|(module, _)| *module == name);
        if known && name != module && !allowed.contains(&name.as_str()) {
            found.insert(format!("{path}: {module} may not name {name}"));
        }
    }
    for (outside, homes) in OUTSIDE {
        if !is_at(path, homes) && names_crate(&code, outside) {
            found.insert(format!("{path}: {outside} may be named in {} only", homes.join(", ")));
        }
    }
    if !is_at(path, CONDITIONS) && code.replace("cfg(test)", "").contains("cfg(") {
        found.insert(format!("{path}: cfg stands in {} only", CONDITIONS.join(", ")));
    }
    found.into_iter().collect()
}

fn is_at(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| if place.ends_with('/') { path.starts_with(place) } else { path == *place })
}

/// The first names after `crate::`, after `headstart::` in the binaries, and after as many `super::` as lead to the root.
fn named_modules(path: &str, code: &str) -> Vec<String> {
    // src/a/b.rs is a::b, two `super` away from the root; mod.rs is its folder.
    let depth = path.trim_end_matches("/mod.rs").split('/').count();
    let to_root = "super::".repeat(depth);
    let mut names = Vec::new();
    for root in ["crate::", "headstart::", to_root.as_str()] {
        for (start, _) in code.match_indices(root) {
            let part_of_a_name = code[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if !part_of_a_name {
                names.extend(first_names(&code[start + root.len()..]));
            }
        }
    }
    names
}

/// `a::b` gives a; `{a::{b, c}, d}` gives a and d.
fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| {
        let text = text.trim_start();
        text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = vec![name(group)];
    let mut depth = 1;
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// Whether the code has `name::` or `use name;`, not as the end of a longer path or name.
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(start, _)| {
        let before = code[..start].chars().next_back().unwrap_or(' ');
        let after = &code[start + name.len()..];
        let begins = !(before.is_alphanumeric() || before == '_' || before == ':' || before == '.');
        begins && (after.starts_with("::") || (code[..start].ends_with("use ") && !after.starts_with('_')))
    })
}

/// The code with comments and the insides of strings taken out: they may name anything.
fn without_comments_and_strings(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if c == '"' {
            end_of_string(rest)
        } else if rest.starts_with("'\"'") || rest.starts_with("b'\"'") {
            rest.find("\"'").map_or(rest.len(), |end| end + 2)
        } else {
            code.push(c);
            c.len_utf8()
        };
        rest = &rest[skipped..];
    }
    code
}

/// The length of the string literal that `text` begins with.
fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_source_file_names_only_what_lies_below_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "only {} files found", files.len());
    let found: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            violations(&path, &fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn an_arrow_that_goes_up_is_found_however_it_is_written() {
    for (path, source) in [
        ("ui/mod.rs", "use crate::engine::Desk;"),
        ("ui/panels/photos.rs", "use crate::{dataset::ClassId, head::{Head, file}};"),
        ("ui/panels/photos.rs", "fn f() { super::super::super::engine::run() }"),
        ("image/mod.rs", "use super::backbone;"),
        ("engine/mod.rs", "use crate::{\n    dataset,\n    web,\n};"),
        ("engine/import.rs", "fn now() -> f64 { js_sys::Date::now() }"),
        ("engine/import.rs", "use leptos::prelude::*;"),
        ("features/cache.rs", "let x: burn::tensor::Tensor<2> = y;"),
        ("features/cache.rs", "use burn;"),
        ("head/train.rs", "#[cfg(target_arch = \"wasm32\")]\nfn f() {}"),
        ("bin/app.rs", "use headstart::store::AnyStore;"),
        ("novel.rs", ""),
    ] {
        assert_eq!(violations(path, source).len(), 1, "{path}: {source}");
    }
}

#[test]
fn what_is_allowed_or_only_talked_about_is_no_violation() {
    for (path, source) in [
        ("engine/mod.rs", "use crate::{dataset::{ClassId, PhotoId}, head, protocol::Event};"),
        ("engine/device.rs", "use burn::tensor::Device;"),
        ("ui/mod.rs", "// crate::engine is another thread\nlet s = \"burn::x \\\" leptos::y crate::head\";"),
        ("store/memory.rs", "#[cfg(test)]\nmod tests { use super::*; }"),
        ("image/mod.rs", "use super::image::decode; let my_crate::engine = 1;"),
        ("features/cache.rs", "let burned = afterburn::x;"),
    ] {
        assert_eq!(violations(path, source), Vec::<String>::new(), "{path}: {source}");
    }
}
