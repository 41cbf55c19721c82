//! How honest the instant head and the photo doctor are, on real photos: the bars that BENCHMARKS.md tells of.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

mod support;

use headstart::{
    dataset::round,
    doctor::suspects,
    head::{Transform, instant::Labels},
};
use std::collections::BTreeSet;
use support::tasks::{Fitted, PHOTOS, TASKS, share};

#[test]
fn the_shown_score_is_near_the_truth_though_photos_come_in_bursts() {
    let Some(tasks) = &*PHOTOS else { return };
    for ((task, [train, test]), bar) in TASKS.iter().zip(tasks).zip([0.86, 0.79, 0.98]) {
        let fitted = Fitted::new(train);
        let labels = Labels::new(train.labels.clone()).unwrap();
        let head = fitted.head(&labels);
        let plain = share(&train.labels, &head.fit.leave_one_out.answers());
        let shown = share(&train.labels, &fitted.honest_answers(&head, &labels));
        let truth = fitted.truth(test);
        println!("{task}: plain leave-one-out {plain:.3}, shown {shown:.3}, on the test folder {truth:.3}");
        assert!(truth >= bar, "{task}: {truth}");
        assert!((shown - truth).abs() <= 0.035, "{task}: shown {shown}, in truth {truth}");
    }
}

#[test]
fn labels_that_were_flipped_are_found() {
    let Some(tasks) = &*PHOTOS else { return };
    for ((task, [train, _]), bar) in TASKS.iter().zip(tasks).zip([0.95, 0.58, 0.9]) {
        let fitted = Fitted::new(train);
        let precision = |seed| {
            let (labels, flipped) = flip(&train.labels, seed);
            let labels = Labels::new(labels).unwrap();
            let head = fitted.head(&labels);
            let found = suspects(&head.fit.leave_one_out, head.temperature, labels.of());
            let hits = found.iter().take(flipped.len()).filter(|suspect| flipped.contains(&suspect.photo)).count();
            println!(
                "{task}, seed {seed}: {hits} of {} flipped labels are among as many first suspects",
                flipped.len()
            );
            hits as f64 / flipped.len() as f64
        };
        let mean = (1..=3).map(precision).sum::<f64>() / 3.0;
        assert!(mean >= bar, "{task}: {mean}");
    }
}

/// One label in twenty becomes another one.
fn flip(truth: &[usize], seed: u64) -> (Vec<usize>, BTreeSet<usize>) {
    let classes = truth.iter().max().unwrap() + 1;
    let mut state = seed;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % bound
    };
    let (mut labels, mut flipped) = (truth.to_vec(), BTreeSet::new());
    while flipped.len() < labels.len() / 20 {
        let photo = below(labels.len());
        if flipped.insert(photo) {
            labels[photo] = (labels[photo] + 1 + below(classes - 1)) % classes;
        }
    }
    (labels, flipped)
}

/// How often a stranger is farther away than a known photo (area under the receiver operating characteristic).
fn auroc(known: &[f64], strange: &[f64]) -> f64 {
    let nearer = |stranger: &f64| known.iter().filter(|known| *known < stranger).count() as f64;
    strange.iter().map(nearer).sum::<f64>() / (known.len() * strange.len()) as f64
}

#[test]
fn strangers_are_told_from_photos_of_the_classes() {
    let Some(tasks) = &*PHOTOS else { return };
    let wide = Transform::wide();
    let seen: Vec<Vec<Vec<f32>>> =
        tasks.iter().map(|[_, test]| test.pools.iter().map(|pools| wide.apply(pools)).collect()).collect();
    for (at, (task, [train, test])) in TASKS.iter().zip(tasks).enumerate() {
        let fitted = Fitted::new(train);
        let (unknown, _) = fitted.unknown();
        let distances = |of: usize| seen[of].iter().map(|x| unknown.distance(x)).collect::<Vec<f64>>();
        let own = distances(at);
        let others: Vec<f64> = (0..3).filter(|&of| of != at).map(|of| auroc(&own, &distances(of))).collect();
        let false_unknown = seen[at].iter().filter(|x| unknown.is_unknown(x)).count() as f64 / own.len() as f64;
        let classes = train.labels.iter().max().unwrap() + 1;
        let left_out = |class: usize| {
            let (unknown, _) = fitted.without(class).unknown();
            let of = |own: bool| -> Vec<f64> {
                let photos = seen[at].iter().zip(&test.labels).filter(|&(_, &label)| (label == class) == own);
                photos.map(|(x, _)| unknown.distance(x)).collect()
            };
            auroc(&of(false), &of(true))
        };
        let left_out = (0..classes).map(left_out).sum::<f64>() / classes as f64;
        println!(
            "{task}: strangers of other tasks {others:.4?}, of a left-out class {left_out:.3}; false unknown {false_unknown:.3}"
        );
        let (bar, off) = [(0.67, 0.08), (0.76, 0.05), (0.9, 0.05)][at];
        assert!(others.iter().all(|&other| other >= 0.99), "{task}: {others:?}");
        assert!(left_out >= bar, "{task}: {left_out}");
        assert!((false_unknown - 0.05).abs() <= off, "{task}: {false_unknown}");
    }
}

#[test]
fn half_of_the_photos_foretell_what_all_of_them_give() {
    let Some(tasks) = &*PHOTOS else { return };
    let (mut held, mut of) = (0, 0);
    for (task, [train, test]) in TASKS.iter().zip(tasks) {
        let all = Fitted::new(train);
        let truth = all.truth(test);
        for seed in 1..=3 {
            // Half of each class, scene by scene.
            let draw = &round(&all.labels, &all.bursts(), seed)[0];
            let most = all.labels.len() / (all.labels.iter().max().unwrap() + 1) / 2;
            let half = all.part(&draw.part(most).into_iter().collect());
            let curve = half.curve();
            let (now, then) = (curve.points.last().unwrap(), curve.line.last().unwrap());
            println!(
                "{task}: {:.1} photos give {:.3}, {:.1} are expected to give {:.3} ({:.3} to {:.3}); in truth {truth:.3}",
                now.photos, now.accuracy, then.photos, then.accuracy, then.interval.low, then.interval.high
            );
            assert!((then.accuracy - truth).abs() < 0.12, "{task}");
            held += usize::from(then.interval.holds(truth));
            of += 1;
        }
        let curve = all.curve();
        for point in &curve.points {
            println!("{task}: {:.1} photos of each class: {:.3}", point.photos, point.accuracy);
        }
        println!("{task}: {:?}", curve.outlook);
        assert!(curve.points.windows(2).all(|pair| pair[1].accuracy > pair[0].accuracy - 0.03), "{task} falls");
    }
    println!("{held} of {of} intervals hold the truth");
    assert!(3 * held >= 2 * of);
}
