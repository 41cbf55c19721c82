//! The head file: what is written comes back, and no bytes at all can do harm.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::cast_possible_truncation, reason = "places in a small file")]

#[path = "support/heads.rs"]
mod heads;

use heads::Parts;
use headstart::{
    backbone::registry::LITE0,
    head::{
        Head,
        file::{LIMIT_BYTES, read, write},
    },
    metrics::Interval,
    protocol::Failure,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Equal to the last bit, but for the double-precision numbers of the score: the reader of JSON may miss their last digit.
fn assert_same(back: &Head, head: &Head) {
    let shares = |head: &Head| {
        let score = head.score.as_ref().expect("it has a score");
        let ends = |interval: &Interval| [interval.low, interval.high];
        let classes = score.per_class.iter().flat_map(|class| ends(&class.interval));
        [score.accuracy, score.baseline].into_iter().chain(ends(&score.interval)).chain(classes).collect::<Vec<f64>>()
    };
    assert_eq!(shares(back).len(), shares(head).len());
    for (a, b) in shares(back).iter().zip(shares(head)) {
        assert!((a - b).abs() < 1e-15, "{a} {b}");
    }
    assert_eq!(Head { score: None, ..back.clone() }, Head { score: None, ..head.clone() });
}

#[test]
fn a_head_comes_back_as_it_was() {
    for seed in 0..4 {
        let head = heads::wide(seed);
        assert_same(&read(&write(&head), &LITE0).expect("a good file"), &head);
    }
    let narrow = heads::narrow(5, 3);
    assert_same(&read(&write(&narrow), &LITE0).expect("a good file"), &narrow);
}

#[test]
fn the_text_has_every_field_of_the_format() {
    let parts = Parts::of(&write(&heads::wide(1)));
    let text = parts.text();
    for path in [
        "/backbone/id",
        "/backbone/version",
        "/backbone/sha256",
        "/backbone/taps",
        "/backbone/dim",
        "/backbone/licence",
        "/preprocess/size",
        "/preprocess/resize",
        "/preprocess/crop",
        "/preprocess/filter",
        "/preprocess/scale",
        "/preprocess/offset",
        "/transform/pools",
        "/transform/power",
        "/transform/l2_per_pool",
        "/transform/scale",
        "/classes/0/name",
        "/classes/0/count",
        "/method/kind",
        "/method/hyperparameters",
        "/method/seed",
        "/method/device",
        "/metrics/protocol",
        "/metrics/accuracy",
        "/metrics/interval",
        "/metrics/per_class",
        "/temperature",
        "/unknown/kind",
        "/unknown/threshold",
        "/tests/0/input",
        "/tests/0/logits",
        "/tests/0/tolerance",
        "/created",
        "/app/name",
        "/app/version",
    ] {
        assert!(text.pointer(path).is_some(), "{path}");
    }
    assert_eq!(parts.header["__metadata__"]["format"], "headstart.head");
    assert_eq!(parts.header["__metadata__"]["format_version"], "1");
}

#[test]
fn a_class_of_few_photos_has_no_result_of_its_own() {
    let mut head = heads::wide(1);
    head.classes[0].count = 4;
    let back = read(&write(&head), &LITE0).expect("a good file").score.expect("it has a score");
    assert_eq!((back.per_class[0].photos, back.per_class[0].right), (0, 0));
    assert_eq!(back.per_class[1], head.score.expect("it has a score").per_class[1]);
}

#[test]
fn a_name_that_is_too_long_is_cut_instead_of_making_a_file_that_nobody_can_read() {
    let mut head = heads::narrow(1, 2);
    head.classes[0].name = "ä".repeat(5000);
    let back = read(&write(&head), &LITE0).expect("a good file");
    assert_eq!(back.classes[0].name, "ä".repeat(200));
}

#[test]
fn later_tensors_and_fields_are_ignored() {
    let head = heads::narrow(1, 3);
    let mut parts = Parts::of(&write(&head));
    parts.change("/later", json!({"a": [1, 2]}));
    parts.change("/backbone/later", json!("x"));
    parts.change("/tests/1", json!({"input": "pattern:9", "logits": [1.0], "tolerance": 0.0}));
    parts.add_tensor("unknown.covariance", &[0u8; 16]);
    parts.header["__metadata__"]["format_version"] = json!("1.7");
    let back = read(&parts.bytes(), &LITE0).expect("a later minor version is readable");
    assert_eq!((back.weight, back.bias, back.classes), (head.weight, head.bias, head.classes));
}

#[test]
fn other_files_are_no_heads() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".repeat(10);
    let huge_header = [&(LIMIT_BYTES as u64).to_le_bytes()[..], b"{}"].concat();
    let endless_header = [&u64::MAX.to_le_bytes()[..], b"{}"].concat();
    let no_json = [&4u64.to_le_bytes()[..], b"abcd"].concat();
    let deep = {
        let text = "[".repeat(100_000);
        [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
    };
    for bytes in [Vec::new(), vec![0; 7], png, huge_header, endless_header, no_json, deep, vec![0; LIMIT_BYTES + 1]] {
        let start = &bytes[..bytes.len().min(8)];
        assert!(matches!(read(&bytes, &LITE0), Err(Failure::NotAHead { .. })), "{start:?}");
    }
    for (field, value) in [("format", Value::Null), ("format", json!("other"))] {
        let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
        match value {
            Value::Null => drop(parts.header["__metadata__"].as_object_mut().expect("an object").remove(field)),
            value => parts.header["__metadata__"][field] = value,
        }
        assert!(matches!(read(&parts.bytes(), &LITE0), Err(Failure::NotAHead { .. })), "{field}");
    }
}

#[test]
fn a_later_version_asks_for_a_newer_page() {
    for version in ["2", "2.0", "999"] {
        let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
        // The text of a later version need not be readable.
        parts.header["__metadata__"] = json!({"format": "headstart.head", "format_version": version, "head": "?"});
        assert_eq!(read(&parts.bytes(), &LITE0), Err(Failure::NewerHead { version: version.to_owned() }));
    }
}

#[test]
fn a_head_of_another_backbone_is_refused_by_name() {
    let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
    parts.change("/backbone/sha256", json!("ab".repeat(32)));
    parts.change("/backbone/id", json!("efficientnet-lite2"));
    match read(&parts.bytes(), &LITE0) {
        Err(Failure::OtherBackbone { needs, has }) => {
            assert!(needs.starts_with("efficientnet-lite2") && has.starts_with(LITE0.id), "{needs} {has}");
        }
        other => panic!("{other:?}"),
    }
    let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
    parts.change("/preprocess/resize", json!(224));
    assert!(matches!(read(&parts.bytes(), &LITE0), Err(Failure::OtherBackbone { .. })));
}

#[test]
fn what_does_not_fit_together_is_damage() {
    let changes = [
        ("/classes", json!([])),
        ("/classes/2", json!({"name": "one too many", "count": 1})),
        ("/classes/0/name", json!("n".repeat(201))),
        ("/classes", json!(vec![json!({"name": "c", "count": 1}); 1001])),
        ("/transform/pools", json!(["head", "head"])),
        ("/transform/pools", json!(["b11_dw"])),
        ("/transform/pools", json!(["nowhere"])),
        ("/transform/pools", json!([])),
        ("/transform/power", json!(0.0)),
        ("/transform/scale", json!(-1.0)),
        ("/transform/scale", json!(1e39)),
        ("/temperature", json!(0.0)),
        ("/temperature", json!(null)),
        ("/backbone/dim", json!(6561)),
        ("/metrics/accuracy", json!(1.5)),
        ("/metrics/per_class", json!([])),
        ("/created", json!("x".repeat(1000))),
        ("/tests", json!(vec![json!({"input": "pattern:9", "logits": [], "tolerance": 1.0}); 17])),
    ];
    for (path, value) in changes {
        let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
        parts.change(path, value.clone());
        let result = read(&parts.bytes(), &LITE0);
        assert!(matches!(result, Err(Failure::DamagedHead { .. })), "{path} {result:?}");
    }
    for shape in [json!([2, 1279]), json!([1280, 2]), json!([2560]), json!([u64::MAX, u64::MAX]), json!([-1, 2])] {
        let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
        parts.header["weight"]["shape"] = shape.clone();
        let result = read(&parts.bytes(), &LITE0);
        assert!(matches!(result, Err(Failure::DamagedHead { .. } | Failure::NotAHead { .. })), "{shape} {result:?}");
    }
    let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
    parts.header["weight"]["dtype"] = json!("I32");
    assert!(matches!(read(&parts.bytes(), &LITE0), Err(Failure::DamagedHead { .. })));
}

#[test]
fn a_number_that_is_none_is_damage() {
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30] {
        for tensor in ["weight", "bias", "mean"] {
            let mut parts = Parts::of(&write(&heads::narrow(1, 2)));
            parts.set_number(tensor, 1, bad);
            let result = read(&parts.bytes(), &LITE0);
            assert!(matches!(result, Err(Failure::DamagedHead { .. })), "{tensor} {bad} {result:?}");
        }
    }
}

#[test]
fn a_head_that_answers_otherwise_than_it_says_fails_its_test() {
    let mut head = heads::wide(1);
    for weight in &mut head.weight {
        *weight = -*weight;
    }
    assert_eq!(read(&write(&head), &LITE0), Err(Failure::HeadSelfTest));
    let mut parts = Parts::of(&write(&heads::wide(1)));
    parts.change("/tests/0/logits", json!([0.0]));
    assert_eq!(read(&parts.bytes(), &LITE0), Err(Failure::HeadSelfTest));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_head_comes_back(seed: u64, classes in 1usize..12, name in "\\PC{0,40}", temperature in 1e-3f32..1e3) {
        let mut head = heads::narrow(seed, classes);
        head.classes[0].name = name;
        head.temperature = temperature;
        assert_same(&read(&write(&head), &LITE0).expect("a good file"), &head);
    }

    #[test]
    fn a_file_that_is_cut_off_or_goes_on_is_refused(share in 0.0f64..1.0, more in prop::collection::vec(any::<u8>(), 1..40)) {
        let bytes = write(&heads::narrow(1, 3));
        let end = (bytes.len() as f64 * share) as usize;
        let cut = read(&bytes[..end], &LITE0);
        prop_assert!(matches!(cut, Err(Failure::DamagedHead { .. } | Failure::NotAHead { .. })), "{:?}", cut);
        if end >= 8 {
            let is_damage = matches!(cut, Err(Failure::DamagedHead { .. }));
            prop_assert!(is_damage, "{:?}", cut);
        }
        prop_assert!(read(&[bytes, more].concat(), &LITE0).is_err());
    }

    #[test]
    fn a_flipped_bit_is_an_error_or_nearly_the_same_head(at in 0.0f64..1.0, bit in 0u8..8) {
        let head = heads::narrow(1, 3);
        let mut bytes = write(&head);
        let place = (bytes.len() as f64 * at) as usize;
        bytes[place] ^= 1 << bit;
        if let Ok(back) = read(&bytes, &LITE0) {
            let pools: Vec<f32> = (0..LITE0.dim()).map(|i| (i % 13) as f32 * 0.25).collect();
            let near = back.logits(&pools).iter().zip(head.logits(&pools)).all(|(a, b)| (a - b).abs() < 2.0);
            prop_assert!(back.classes.len() == 3 && near);
        }
    }

    #[test]
    fn a_flipped_bit_of_the_header_never_panics(at in 0usize..4000, bit in 0u8..8) {
        let mut bytes = write(&heads::narrow(1, 3));
        bytes[at] ^= 1 << bit;
        let _ = read(&bytes, &LITE0);
    }

    #[test]
    fn random_bytes_are_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..300), header in 0u64..400) {
        prop_assert!(read(&bytes, &LITE0).is_err());
        bytes.splice(0..0, header.to_le_bytes());
        prop_assert!(read(&bytes, &LITE0).is_err());
    }
}
