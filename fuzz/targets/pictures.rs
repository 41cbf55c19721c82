//! A photo from anybody, all the way that it goes in the app: decoded, turned upright, kept as a copy and a thumbnail, and
//! read from the copy again.
#![no_main]

use headstart::image;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if image::check_file_size(bytes.len() as u64).is_err() {
        return;
    }
    if let Ok(upright) = image::read(bytes) {
        let copy = image::store_copy(&upright).expect("a picture that was read has a copy");
        image::prepare(&copy.jpeg).expect("a copy has pixels");
    }
});
