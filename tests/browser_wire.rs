//! Messages between page and worker survive the browser's copying.
#![cfg(target_arch = "wasm32")]

use headstart::{
    protocol::{Event, FileRef, Incoming, Request, RunId},
    web::wire::{FromPage, FromWorker},
};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::File;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// The request that arrives, and the names of its files.
fn posted(message: &FromPage) -> (Option<Request>, Vec<(FileRef, String)>) {
    match FromPage::from_message(&message.to_message().0) {
        Some(FromPage::Asked { request, files }) => {
            (request, files.into_iter().map(|(file, handle)| (file, handle.name())).collect())
        }
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
fn a_request_keeps_its_files() {
    let file = File::new_with_str_sequence(&Array::of1(&"bytes".into()), "a.jpg").expect("a file");
    let incoming = Incoming { file: FileRef(u32::MAX), path: "cats/a.jpg".to_owned() };
    let request = Request::Predict { run: RunId(1), files: vec![incoming] };

    let read = posted(&FromPage::Asked { request: Some(request.clone()), files: vec![(FileRef(u32::MAX), file)] });

    assert_eq!(read, (Some(request), vec![(FileRef(u32::MAX), "a.jpg".to_owned())]));
}

#[wasm_bindgen_test]
fn later_handles_come_without_a_request() {
    let file = File::new_with_str_sequence(&Array::of1(&"bytes".into()), "b.jpg").expect("a file");

    let read = posted(&FromPage::Asked { request: None, files: vec![(FileRef(7), file)] });

    assert_eq!(read, (None, vec![(FileRef(7), "b.jpg".to_owned())]));
}

#[wasm_bindgen_test]
fn an_event_keeps_its_bytes_and_hands_them_over() {
    let bytes = Uint8Array::from(&[1, 2, 3][..]);
    let event = Event::HeadFile { name: "cats.head.safetensors".to_owned() };

    let (message, handed_over) = FromWorker::Event(event.clone(), Some(bytes.clone())).to_message();

    assert_eq!(handed_over.get(0), JsValue::from(bytes.buffer()));
    match FromWorker::from_message(&message) {
        Some(FromWorker::Event(read, Some(payload))) => assert_eq!((read, payload.to_vec()), (event, vec![1, 2, 3])),
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
fn last_words_are_told_from_events() {
    let (message, _) = FromWorker::Died("unreachable".to_owned()).to_message();
    assert!(matches!(FromWorker::from_message(&message), Some(FromWorker::Died(detail)) if detail == "unreachable"));
}

#[wasm_bindgen_test]
fn a_ping_is_answered_with_the_step() {
    assert!(matches!(FromPage::from_message(&FromPage::Ping.to_message().0), Some(FromPage::Ping)));
    for step in [None, Some(0), Some(u32::MAX)] {
        let (message, _) = FromWorker::Alive(step).to_message();
        assert!(
            matches!(FromWorker::from_message(&message), Some(FromWorker::Alive(read)) if read == step),
            "{step:?}"
        );
    }
}

#[wasm_bindgen_test]
fn other_messages_are_refused() {
    // The number of a variant that there is not.
    let unknown = Array::of1(&Uint8Array::from(&[255, 255, 3][..]));
    for message in
        [JsValue::NULL, "text".into(), Array::new().into(), Array::of1(&"text".into()).into(), unknown.into()]
    {
        assert!(FromPage::from_message(&message).is_none());
        assert!(FromWorker::from_message(&message).is_none());
    }
}
