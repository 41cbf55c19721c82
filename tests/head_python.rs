//! The head file opens in the published Python package `safetensors`, and says the same there.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "says why a test is skipped")]

#[path = "support/heads.rs"]
mod heads;

use headstart::{backbone::registry::LITE0, head::file::write, predict::rank};
use serde_json::{Value, json};
use std::process::Command;

/// A Python that has the packages, or a printed reason why the test does not run.
fn python() -> Option<String> {
    let python = std::env::var("HEADSTART_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let found = Command::new(&python).args(["-c", "import numpy, safetensors"]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    println!("skipped: {python} has no numpy and safetensors (set HEADSTART_PYTHON to one that has)");
    None
}

#[test]
fn python_reads_the_file_and_gives_the_same_probabilities() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (file, row) = (folder.path().join("a.head.safetensors"), folder.path().join("pools.json"));
    let pools: Vec<f32> = (0..LITE0.dim()).map(|at| (at * at % 97) as f32 / 32.0).collect();
    std::fs::write(&row, json!(pools).to_string()).expect("room on the disk");
    for head in [heads::wide(3), heads::narrow(4, 7)] {
        std::fs::write(&file, write(&head)).expect("room on the disk");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/read_head.py");
        let output = Command::new(&python).arg(script).args([&file, &row]).output().expect("python starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told: Value = serde_json::from_slice(&output.stdout).expect("one JSON object");

        let (classes, dim) = (head.classes.len(), head.transform.dim());
        // What tells strangers looks at the wide feature, whatever the head looks at.
        let wide = LITE0.dim();
        let expected = json!({
            "weight": [classes, dim], "bias": [classes], "mean": [dim],
            "unknown.mean": [wide], "unknown.offsets": [classes], "unknown.centres": [classes, classes],
            "unknown.discriminants": [classes, wide], "unknown.axes": [2, wide],
        });
        assert_eq!(told["shapes"], expected);
        let types = told["types"].as_object().expect("a type for each tensor");
        for (name, dtype) in types {
            let halves = ["unknown.discriminants", "unknown.axes"].contains(&name.as_str());
            assert_eq!(dtype, if halves { "float16" } else { "float32" }, "{name}");
        }
        let names: Vec<&str> = head.classes.iter().map(|class| class.name.as_str()).collect();
        assert_eq!(told["classes"], json!(names));
        for ranked in rank(&head, &pools, classes) {
            let theirs = told["probabilities"][ranked.index as usize].as_f64().expect("a number");
            assert!((theirs - f64::from(ranked.probability)).abs() < 1e-5, "{theirs} {ranked:?}");
        }
    }
}
