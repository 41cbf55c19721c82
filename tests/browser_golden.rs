//! The six pools of real pictures in a real browser, against the reference: on the CPU backend, and on WebGPU when built with
//! the feature `gpu`. The pictures are no part of the repository: `./test` serves them and names the address at build time.
#![cfg(target_arch = "wasm32")]

use headstart::{backbone::registry::LITE0, engine::device, image::Pixels, protocol::DeviceKind};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Response, WorkerGlobalScope};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const WEIGHTS: &[u8] = include_bytes!("../static/models/efficientnet-lite0.safetensors");
const DEVICE: DeviceKind = if cfg!(feature = "gpu") { DeviceKind::WebGpu } else { DeviceKind::Cpu };

async fn fetch(address: &str) -> Vec<u8> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let response: Response =
        JsFuture::from(scope.fetch_with_str(address)).await.expect("the pictures are served").unchecked_into();
    assert!(response.ok(), "{address}: {}", response.status());
    let buffer = JsFuture::from(response.array_buffer().expect("a body")).await.expect("a body");
    js_sys::Uint8Array::new(&buffer).to_vec()
}

#[wasm_bindgen_test]
async fn the_pools_of_real_pictures_equal_the_reference() {
    let Some(base) = option_env!("HEADSTART_GOLDEN_URL") else {
        console_log!("skipped: HEADSTART_GOLDEN_URL was not set when this test was built");
        return;
    };
    let device = device::open(DEVICE).await.expect("a device");
    let backbone = device::load(&LITE0, WEIGHTS, &device, DEVICE).expect("our own weights");
    let golden: serde_json::Value = serde_json::from_slice(&fetch(&format!("{base}/pools.json")).await).expect("json");
    let items = golden["items"].as_array().expect("a list");
    assert_eq!(items.len(), 4);
    for item in items {
        let file = item["file"].as_str().expect("a name");
        let picture = image::load_from_memory(&fetch(&format!("{base}/{file}")).await).expect("a PNG").into_rgb8();
        let row = backbone.pools(&[Pixels(picture.into_raw())]).await.expect("a forward pass").remove(0);
        let mut start = 0;
        for pool in LITE0.pools {
            let ours = &row[start..start + pool.channels];
            start += pool.channels;
            let reference: Vec<f32> =
                serde_json::from_value(item["pools"][pool.name].clone()).expect("a pool of the reference");
            let (cosine, error) = compare(ours, &reference);
            console_log!("{DEVICE:?} {file} {}: cosine {cosine:.7}, relative error {error:.5}", pool.name);
            assert!(cosine >= 0.9999 && error <= 0.01, "{file} {}: {cosine} {error}", pool.name);
        }
    }
}

/// Cosine similarity and relative L2 error.
fn compare(ours: &[f32], reference: &[f32]) -> (f64, f64) {
    assert_eq!(ours.len(), reference.len());
    let (mut dot, mut own, mut other, mut apart) = (0.0, 0.0, 0.0, 0.0);
    for (&a, &b) in ours.iter().zip(reference) {
        let (a, b) = (f64::from(a), f64::from(b));
        dot += a * b;
        own += a * a;
        other += b * b;
        apart += (a - b) * (a - b);
    }
    (dot / (own * other).sqrt(), (apart / other).sqrt())
}
