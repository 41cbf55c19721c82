//! Whether the heat-map shows what the head looks at, on real photos: hiding the warm places must cost more than hiding as
//! many others.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

mod support;

use headstart::{
    backbone::{Backbone, registry::LITE0},
    head::{
        Head, Made, Method,
        explain::explain,
        instant::{Candidate, Decomposition, Feature, Gram, InstantHead, Labels},
    },
    image::{Pixels, SIDE_PX, prepare, read, store_copy},
    metrics::held_back_score,
    protocol::HeadClass,
};
use std::{
    path::Path,
    time::{Duration, Instant},
};
use support::{desk::weights, photos_below, shared_data};

/// Places of the map that are hidden, of 49: a quarter of the picture.
const HIDDEN: usize = 12;
const PLACE_PX: usize = SIDE_PX / 7;

/// Every `step`th photo, as the network sees it, with its class.
fn photos(folder: &Path, step: usize) -> Vec<(Pixels, usize)> {
    let seen = |(class, file): (usize, std::path::PathBuf)| {
        let upright = read(&std::fs::read(file).unwrap()).unwrap();
        (prepare(&store_copy(&upright).unwrap().jpeg).unwrap(), class)
    };
    photos_below(folder).into_iter().step_by(step).map(seen).collect()
}

/// The instant head on one feature.
async fn head(backbone: &Backbone, photos: &[(Pixels, usize)], feature: Feature) -> Head {
    let transform = feature.transform();
    let mut gram = Gram::new(transform.dim());
    for (pixels, _) in photos {
        gram.push(&transform.apply(&backbone.pools(std::slice::from_ref(pixels)).await.unwrap()[0])).unwrap();
    }
    let labels = Labels::new(photos.iter().map(|photo| photo.1).collect()).unwrap();
    let decomposition = Decomposition::new(&gram).unwrap();
    let candidates = [
        Candidate::ridge(feature, &decomposition, &labels).unwrap(),
        Candidate::lda(feature, &decomposition, &labels).unwrap().unwrap(),
    ];
    let instant = InstantHead::choose(candidates.to_vec(), &labels).unwrap();
    let classes = (0..labels.classes()).map(|at| HeadClass { name: at.to_string(), count: 1 }).collect();
    let made = Made {
        method: Method {
            kind: "instant".to_owned(),
            hyperparameters: serde_json::Map::new(),
            seed: 0,
            device: "cpu".to_owned(),
        },
        score: held_back_score(&[], &[], labels.classes()),
        temperature: 1.0,
        unknown: None,
        created_ms: 0,
    };
    Head::new(&LITE0, transform, classes, instant.layer(&gram).unwrap(), made)
}

/// The logit of a class minus the mean of the others'.
async fn margin(backbone: &Backbone, head: &Head, picture: &Pixels, class: usize) -> f64 {
    let logits = head.logits(&backbone.pools(std::slice::from_ref(picture)).await.unwrap()[0]);
    let all: f64 = logits.iter().copied().map(f64::from).sum();
    let own = f64::from(logits[class]);
    own - (all - own) / (logits.len() - 1) as f64
}

/// The picture with some places in even grey.
fn without(picture: &Pixels, places: &[usize]) -> Pixels {
    let mut rgb = picture.0.clone();
    for (at, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        if places.contains(&(at / SIDE_PX / PLACE_PX * 7 + at % SIDE_PX / PLACE_PX)) {
            pixel.fill(127);
        }
    }
    Pixels(rgb)
}

/// Places from the warmest to the coldest.
fn warmest(map: &[f32]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..map.len()).collect();
    places.sort_by(|&a, &b| map[b].total_cmp(&map[a]));
    places
}

#[tokio::test]
async fn hiding_warm_places_costs_more_than_hiding_others() {
    let backbone = Backbone::on_processor(&LITE0, &weights()).unwrap();
    for task in ["grocery10", "trash6", "pacs6"] {
        let Some(folder) = shared_data(task) else { return };
        let train = photos(&folder.join("train"), 4);
        let test = photos(&folder.join("test"), 20);
        for feature in [Feature::Wide, Feature::Narrow] {
            let head = head(&backbone, &train, feature).await;
            let mut drops = [0.0; 3];
            let mut took = Duration::ZERO;
            for (picture, class) in &test {
                let began = Instant::now();
                let map = explain(&head, &backbone.maps(picture).await.unwrap(), *class).unwrap();
                took += began.elapsed();
                let whole = margin(&backbone, &head, picture, *class).await;
                let sum: f64 = map.iter().map(|&value| f64::from(value)).sum();
                assert!((sum - whole).abs() < 1e-3 * (1.0 + whole.abs()), "{sum} instead of {whole}");
                let order = warmest(&map);
                let spread: Vec<usize> = (0..HIDDEN).map(|at| at * 49 / HIDDEN).collect();
                let ways = [&order[..HIDDEN], &order[49 - HIDDEN..], &spread];
                for (drop, places) in drops.iter_mut().zip(ways) {
                    *drop += whole - margin(&backbone, &head, &without(picture, places), *class).await;
                }
            }
            let [warm, cold, spread] = drops.map(|drop| drop / test.len() as f64);
            println!(
                "{task}, {feature:?}: {} photos, {:.0} ms each; the margin falls by {warm:.2} without the warm quarter, by {cold:.2} \
                 without the cold one, by {spread:.2} without places from everywhere",
                test.len(),
                took.as_secs_f64() * 1000.0 / test.len() as f64,
            );
            assert!(warm > 1.2 * spread && warm > 2.0 * cold, "{task}, {feature:?}");
        }
    }
}
