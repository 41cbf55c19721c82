//! Messages between page and worker, as `web/wire.rs` reads them: any bytes are a message or none, and a message that was
//! read says the same when it is written and read again.
#![no_main]

use headstart::{
    protocol::{Event, Request},
    web::Asked,
};
use libfuzzer_sys::fuzz_target;
use std::fmt::Debug;

fuzz_target!(|bytes: &[u8]| {
    again::<Request>(bytes);
    again::<Event>(bytes);
    again::<Vec<Asked>>(bytes);
});

fn again<T: serde::Serialize + serde::de::DeserializeOwned + Debug>(bytes: &[u8]) {
    let Ok(message) = postcard::from_bytes::<T>(bytes) else { return };
    let written = postcard::to_allocvec(&message).expect("plain data has bytes");
    let read: T = postcard::from_bytes(&written).expect("what was written can be read");
    // Compared as text: a number may be NaN, which is no equal of itself.
    assert_eq!(format!("{message:?}"), format!("{read:?}"));
}
