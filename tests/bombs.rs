//! Files that claim far more than they hold are refused at once and without taking memory.
//!
//! A test of its own process: it reads how much memory that process ever asked for.
#![cfg(target_os = "linux")]

use headstart::{image, protocol::Failure};
use std::{fs, path::Path, time::Instant};

/// The most memory of this process so far, in MiB: `VmPeak` asked for, touched or not, `VmHWM` resident.
fn peak_mib(kind: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with(kind)).expect("the peak");
    line.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).expect("a number") / 1024
}

#[test]
fn memory_stays_bounded_for_bombs_and_for_the_largest_photos() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/hard"));
    if !folder.is_dir() {
        eprintln!("skipped: the folder shared/data/hard with difficult files is not here");
        return;
    }
    let before = peak_mib("VmPeak:");
    for (file, named) in [
        ("made/bomb_30000x30000.png", true),
        ("made/bomb_16000x16000.png", true),
        ("made/bomb_header_2000000000.png", true),
        ("made/bomb_header_65535.jpg", true),
        ("fetched/decompression_bomb.gif", true),
        ("fetched/decompression_bomb_extents.gif", true),
        ("fetched/decompression_bomb.ico", false),
        ("fetched/Bad_reallybig.bmp", false),
    ] {
        let bytes = fs::read(folder.join(file)).expect("a file of the test data");
        let start = Instant::now();
        let outcome = image::read(&bytes).map(|_| ());

        let (took_ms, grown) = (start.elapsed().as_millis(), peak_mib("VmPeak:") - before);
        let refused = matches!(outcome, Err(Failure::TooManyPixels { .. }));
        assert!(refused || !named && outcome == Err(Failure::DamagedPicture), "{file}: {outcome:?}");
        assert!(took_ms < 500, "{file} took {took_ms} ms");
        // The smallest of these bombs would take 1000 MiB; a thread's own arena is up to 128.
        assert!(grown < 200, "{file} took {grown} MiB");
    }

    let bytes = fs::read(folder.join("made/large_24mp_6000x4000.jpg")).expect("a file of the test data");
    let before = peak_mib("VmHWM:");
    image::read(&bytes).expect("24 megapixels are allowed");
    let grown = peak_mib("VmHWM:") - before;
    // Decoded in full, its pixels alone would take 69.
    assert!(grown < 40, "24 megapixels took {grown} MiB");
}
