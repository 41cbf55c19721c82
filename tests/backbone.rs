//! The backbone on the native CPU backend, with its committed weights.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "support/pools.rs"]
mod pools;

use burn::tensor::{Device, Tensor};
use headstart::{
    backbone::{
        Backbone, known_answer,
        plain::{PlainNetwork, Tap},
        registry::LITE0,
    },
    image::Pixels,
    protocol::Failure,
};
use std::path::Path;

const WEIGHTS: &[u8] = include_bytes!("../static/models/efficientnet-lite0.safetensors");

fn backbone() -> Backbone {
    Backbone::on_processor(&LITE0, WEIGHTS).unwrap()
}

fn plain() -> PlainNetwork {
    PlainNetwork::load(&LITE0, WEIGHTS, &Device::flex()).unwrap()
}

fn picture() -> Pixels {
    known_answer::picture(LITE0.input.size_px)
}

#[test]
fn the_registry_tells_the_size_of_the_committed_file() {
    assert_eq!(LITE0.bytes, WEIGHTS.len() as u64);
}

#[test]
fn other_bytes_than_the_committed_ones_are_refused() {
    let mut flipped = WEIGHTS.to_vec();
    flipped[WEIGHTS.len() / 2] ^= 1;
    let page = b"<!doctype html><title>404</title>".to_vec();
    for bytes in [flipped, WEIGHTS[..WEIGHTS.len() - 1].to_vec(), Vec::new(), page] {
        let refused = Backbone::on_processor(&LITE0, &bytes).map(|_| ());
        assert_eq!(refused, Err(Failure::WeightsDamaged));
    }
}

#[tokio::test]
async fn the_known_answer_holds() {
    assert!(known_answer::check(&backbone()).await.unwrap());
}

/// `HEADSTART_WRITE_FIXTURES=1 cargo test --test backbone` writes the pools that the browser is compared with.
#[tokio::test]
async fn the_known_pools_are_what_the_backbone_gives() {
    let row = backbone().pools(&[picture()]).await.unwrap().remove(0);
    if std::env::var_os("HEADSTART_WRITE_FIXTURES").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/known_answer.f16");
        let halves = row.iter().flat_map(|&value| half::f16::from_f32(value).to_le_bytes());
        std::fs::write(path, halves.collect::<Vec<u8>>()).unwrap();
        return;
    }
    for distance in pools::distances(&row, &pools::known_row()) {
        // The fixture is this backbone's own answer: half precision alone sets them apart.
        assert!(distance.error < 5e-4, "{}: {}", distance.pool, distance.error);
    }
}

#[tokio::test]
async fn photos_of_a_batch_do_not_touch_each_other() {
    let backbone = backbone();
    let dark = Pixels(picture().0.iter().map(|value| value / 3).collect());
    let first = backbone.pools(&[picture()]).await.unwrap().remove(0);
    let second = backbone.pools(std::slice::from_ref(&dark)).await.unwrap().remove(0);
    assert_ne!(first, second);

    let batch = backbone.pools(&[picture(), dark]).await.unwrap();

    assert_eq!(batch.len(), 2);
    for (row, alone) in batch.iter().zip([first, second]) {
        assert!(row.iter().zip(&alone).all(|(a, b)| (a - b).abs() < 1e-4));
    }
    assert!(backbone.pools(&[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_kernels_give_what_the_plain_path_gives() {
    let by_kernels = backbone().pools(&[picture()]).await.unwrap().remove(0);
    let plainly = plain().pools(&[picture()]).await.unwrap().remove(0);
    for distance in pools::distances(&by_kernels, &plainly) {
        assert!(distance.error < 1e-5, "{}: {}", distance.pool, distance.error);
    }
}

#[tokio::test]
async fn the_maps_of_both_paths_agree_and_average_to_the_pools() {
    let kernels = backbone();
    let device = Backbone::on_device(&LITE0, WEIGHTS, &Device::flex()).unwrap();
    let pools = kernels.pools(&[picture()]).await.unwrap().remove(0);
    let (by_kernels, plainly) = (kernels.maps(&picture()).await.unwrap(), device.maps(&picture()).await.unwrap());
    assert_eq!((by_kernels.side(), by_kernels.each().count()), (7, LITE0.dim()));
    for ((map, same), pool) in by_kernels.each().zip(plainly.each()).zip(&pools) {
        assert!(map.iter().zip(same).all(|(a, b)| (a - b).abs() < 1e-3), "{map:?} {same:?}");
        assert!((map.iter().sum::<f32>() / 49.0 - pool).abs() < 1e-4);
    }
}

#[tokio::test]
async fn a_network_cut_in_two_gives_what_the_whole_gives() {
    let backbone = plain();
    let whole = backbone.pools(&[picture()]).await.unwrap().remove(0);
    // The tap, the map there, and the pools that come after it.
    let cuts: [(Tap, [usize; 4], &[&str]); 5] = [
        (Tap::Input, [1, 3, 224, 224], &["head", "b11_dw", "b12_dw", "b13_dw", "b14_dw", "b15_dw"]),
        (Tap::Block(0), [1, 16, 112, 112], &["head", "b11_dw", "b12_dw", "b13_dw", "b14_dw", "b15_dw"]),
        (Tap::Block(12), [1, 192, 7, 7], &["head", "b13_dw", "b14_dw", "b15_dw"]),
        (Tap::Block(15), [1, 320, 7, 7], &["head"]),
        (Tap::Head, [1, 1280, 7, 7], &["head"]),
    ];
    for (tap, shape, names) in cuts {
        let map = backbone.forward_to(backbone.normalise(&[picture()]), tap);
        assert_eq!(map.dims(), shape, "{tap:?}");
        let data = backbone.forward_from(map, tap).into_data_async().await.unwrap();
        let row = data.as_slice::<f32>().unwrap();

        let expected: Vec<f32> = names.iter().flat_map(|name| pool(&whole, name)).collect();
        assert_eq!(row.len(), expected.len(), "{tap:?}");
        assert!(row.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-4), "{tap:?}");
    }
}

fn pool(row: &[f32], name: &str) -> Vec<f32> {
    let before = LITE0.pools.iter().take_while(|pool| pool.name != name).map(|pool| pool.channels).sum::<usize>();
    let channels = LITE0.pools.iter().find(|pool| pool.name == name).unwrap().channels;
    row[before..before + channels].to_vec()
}

#[tokio::test]
async fn the_plain_path_can_be_differentiated() {
    let device = Device::flex().autodiff();
    let backbone = PlainNetwork::load(&LITE0, WEIGHTS, &device).unwrap();
    let map = backbone.forward_to(backbone.normalise(&[picture()]), Tap::Block(12)).detach().require_grad();

    let pools: Tensor<2> = backbone.forward_from(map.clone(), Tap::Block(12));
    let gradient = map.grad(&pools.sum().backward()).unwrap();

    let values = gradient.into_data_async().await.unwrap();
    let values = values.as_slice::<f32>().unwrap();
    assert_eq!(values.len(), 192 * 7 * 7);
    assert!(values.iter().all(|value| value.is_finite()) && values.iter().any(|&value| value != 0.0));
}
