//! A head file from anybody. One that is accepted is written and read again, which must change nothing, and answers.
#![no_main]

use headstart::{backbone::registry::LITE0, head};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(head) = head::file::read(bytes, &LITE0) else { return };
    let written = head::file::write(&head);
    let read = head::file::read(&written, &LITE0).expect("what was written can be read");
    assert_eq!((&head.weight, &head.bias, &head.mean), (&read.weight, &read.bias, &read.mean));
    let logits = read.logits(&vec![0.5; LITE0.dim()]);
    assert_eq!(logits.len(), read.classes.len());
    assert!(logits.iter().all(|logit| logit.is_finite()), "{logits:?}");
});
