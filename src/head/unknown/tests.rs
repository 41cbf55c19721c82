//! The distance on made-up photos.

use super::*;
use crate::head::instant::{Decomposition, Gram, Labels};
use std::time::Duration;

/// Photos of classes along the first axes of a space, with some noise everywhere.
fn photos(classes: usize, each: usize, dim: usize, seed: u64) -> (Vec<f32>, Vec<usize>) {
    let mut state = seed;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / 16_777_216.0 - 0.5
    };
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for photo in 0..classes * each {
        let class = photo % classes;
        rows.extend((0..dim).map(|at| noise() * 0.3 + f32::from(u8::from(at == class))));
        labels.push(class);
    }
    (rows, labels)
}

fn fit(rows: &[f32], dim: usize, labels: &Labels, false_unknown: f64) -> Option<(Unknown, Vec<f64>)> {
    let mut gram = Gram::new(dim);
    gram.push(rows).unwrap();
    let decomposition = Decomposition::new(&gram).unwrap();
    let groups: Vec<u32> = (0..).take(labels.photos()).collect();
    let fit = UnknownFit::new(&decomposition, labels, &groups).unwrap()?;
    Some(fit.finish(&gram, &decomposition, false_unknown))
}

#[test]
fn new_photos_of_the_classes_are_known_as_often_as_promised_and_strangers_are_not() {
    let dim = 60;
    let (rows, labels) = photos(4, 30, dim, 1);
    let (unknown, _) = fit(&rows, dim, &Labels::new(labels).unwrap(), 0.05).unwrap();
    let (new, _) = photos(4, 100, dim, 2);
    let called = new.chunks_exact(dim).filter(|feature| unknown.is_unknown(feature)).count();
    assert!(called < 40, "{called} of 400");
    // Strangers lie along axes that no class has.
    let strangers = photos(1, 50, dim, 3).0;
    let strangers = strangers.chunks_exact(dim).map(|row| {
        let mut row = row.to_vec();
        row.swap(0, 20);
        row
    });
    let called = strangers.filter(|feature| unknown.is_unknown(feature)).count();
    assert!(called > 45, "{called} of 50");
}

#[test]
fn steps_make_the_same_distance() {
    let (rows, labels) = photos(3, 12, 20, 4);
    let labels = Labels::new(labels).unwrap();
    let mut gram = Gram::new(20);
    gram.push(&rows).unwrap();
    let decomposition = Decomposition::new(&gram).unwrap();
    let groups: Vec<u32> = (0..36).map(|photo| photo / 2).collect();
    let begin = || UnknownFit::new(&decomposition, &labels, &groups).unwrap().unwrap();
    let mut stepped = begin();
    let ticks = std::cell::Cell::new(0.0);
    let clock = || {
        ticks.set(ticks.get() + 1.0);
        ticks.get()
    };
    let mut steps = 0;
    while !stepped.step(&gram, Duration::from_millis(5), clock) {
        steps += 1;
    }
    assert!(steps > 10);
    assert_eq!(stepped.finish(&gram, &decomposition, 0.1), begin().finish(&gram, &decomposition, 0.1));
}

#[test]
fn a_class_of_few_photos_tells_nothing() {
    let (rows, mut labels) = photos(2, 6, 8, 5);
    labels[0] = 1;
    labels[2] = 1;
    assert!(fit(&rows, 8, &Labels::new(labels).unwrap(), 0.05).is_none());
}

#[test]
fn a_threshold_lies_between_the_distances() {
    let distances = [3.0, 1.0, 2.0, 5.0, 4.0];
    assert_eq!(UnknownFit::threshold(&distances, 0.0), 5.0);
    assert_eq!(UnknownFit::threshold(&distances, 1.0), 1.0);
    assert!((UnknownFit::threshold(&distances, 0.125) - 4.5).abs() < 1e-12);
    assert_eq!(UnknownFit::threshold(&[], 0.05), f64::INFINITY);
}
