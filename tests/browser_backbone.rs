//! The backbone in a real browser, in a worker as the engine runs it: on the CPU backend, and on WebGPU when built with the
//! feature `gpu`.
#![cfg(target_arch = "wasm32")]

#[path = "support/pools.rs"]
mod pools;

use headstart::{
    backbone::{Backbone, known_answer, registry::LITE0},
    engine::device,
    protocol::{DeviceKind, Failure},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

const WEIGHTS: &[u8] = include_bytes!("../static/models/efficientnet-lite0.safetensors");
const DEVICE: DeviceKind = if cfg!(feature = "gpu") { DeviceKind::WebGpu } else { DeviceKind::Cpu };

/// Timed runs: a browser optimises the code while it runs. One on WebGPU, whose software adapter takes seconds.
const RUNS: usize = if cfg!(feature = "gpu") { 1 } else { 10 };

fn now_ms() -> f64 {
    let scope: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.performance().expect("a clock").now()
}

#[wasm_bindgen_test]
async fn a_device_gives_the_pools_that_are_known_natively() {
    let device = device::open(DEVICE).await.expect("a device");
    let start = now_ms();
    let backbone = device::load(&LITE0, WEIGHTS, &device, DEVICE).expect("our own weights");
    console_log!("{DEVICE:?}: weights loaded in {:.0} ms", now_ms() - start);

    assert!(known_answer::check(&backbone).await.expect("an answer"));

    let picture = known_answer::picture(LITE0.input.size_px);
    let (mut row, mut times_ms) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let start = now_ms();
        row = backbone.pools(std::slice::from_ref(&picture)).await.expect("an answer").remove(0);
        times_ms.push((now_ms() - start).round());
    }
    console_log!("{DEVICE:?}: milliseconds a photo, run after run: {times_ms:?}");
    for distance in pools::distances(&row, &pools::known_row()) {
        let pools::Distance { pool, cosine, error } = distance;
        console_log!("{DEVICE:?} {pool}: cosine {cosine:.7}, relative error {error:.5}");
        assert!(distance.is_small(), "{pool}: cosine {cosine}, relative error {error}");
    }
}

#[wasm_bindgen_test]
async fn damaged_weights_are_refused() {
    let mut bytes = WEIGHTS.to_vec();
    bytes[1_000_000] ^= 1;
    assert_eq!(Backbone::on_processor(&LITE0, &bytes).map(|_| ()), Err(Failure::WeightsDamaged));
}
