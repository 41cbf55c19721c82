//! Training, on features whose truth is known.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/heads.rs"]
mod heads;

use burn::tensor::Device;
use heads::noise;
use headstart::{
    head::train::{MOST_PHOTOS, TrainConfig, TrainStep, TrainedHead, Trainer, check},
    protocol::{Failure, HeadClass},
};

/// Photos whose features are the middle of their class plus noise: `spread` under 1 is easy, over 2 is hard.
struct Task {
    rows: Vec<Vec<f32>>,
    labels: Vec<usize>,
    classes: Vec<HeadClass>,
}

const DIM: usize = 48;

fn task(counts: &[u32], spread: f32, seed: u64) -> Task {
    let mut task = Task { rows: Vec::new(), labels: Vec::new(), classes: Vec::new() };
    for (class, &count) in counts.iter().enumerate() {
        let middle = noise(1000 + class as u64, DIM);
        for photo in 0..count {
            let away = noise(seed * 100_000 + class as u64 * 1000 + u64::from(photo), DIM);
            let row: Vec<f32> = middle.iter().zip(away).map(|(middle, away)| middle + spread * away).collect();
            let length = row.iter().map(|value| value * value).sum::<f32>().sqrt();
            task.rows.push(row.iter().map(|value| value / length).collect());
            task.labels.push(class);
        }
        task.classes.push(HeadClass { name: format!("class {class}"), count });
    }
    task
}

fn trainer(task: &Task, config: TrainConfig) -> Trainer {
    let alone: Vec<u32> = (0..).take(task.rows.len()).collect();
    Trainer::new(task.rows.clone(), task.labels.clone(), &alone, &task.classes, config, &Device::flex())
        .expect("enough photos")
}

/// Trains to the end, or until `stop` says so; the points of all slices come with the head.
async fn run(mut trainer: Trainer, stop: impl Fn(u32) -> bool) -> (Option<TrainedHead>, Vec<(u32, u32)>) {
    let mut progress = Vec::new();
    while let TrainStep::More(slice) = trainer.step().await.expect("flex works") {
        assert!(slice.point.train_loss.is_finite() && slice.point.valid_loss.is_finite());
        progress.push((slice.done_steps, slice.of_steps));
        if stop(slice.done_steps) {
            trainer.stop();
        }
        assert!(progress.len() < 10_000, "it ends");
    }
    (trainer.finish(), progress)
}

async fn train(task: &Task, config: TrainConfig) -> TrainedHead {
    run(trainer(task, config), |_| false).await.0.expect("a head")
}

fn accuracy(head: &TrainedHead, task: &Task) -> f64 {
    let answer = |row: &Vec<f32>| {
        let logits = head.weight.chunks_exact(row.len()).zip(&head.bias);
        let logits = logits.map(|(weight, bias)| weight.iter().zip(row).map(|(a, b)| a * b).sum::<f32>() + bias);
        logits.enumerate().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(class, _)| class)
    };
    let right = task.rows.iter().zip(&task.labels).filter(|(row, label)| answer(row) == Some(**label)).count();
    right as f64 / task.rows.len() as f64
}

#[tokio::test]
async fn classes_that_lie_apart_are_told_apart() {
    let counts = [30, 12, 20];
    let head = train(&task(&counts, 0.5, 1), TrainConfig::default()).await;
    assert_eq!(head.score.accuracy, 1.0);
    assert_eq!((head.score.photos, head.score.per_class.len()), (6 + 2 + 4, 3));
    assert_eq!(accuracy(&head, &task(&counts, 0.5, 2)), 1.0);
    assert!(head.temperature.is_finite() && head.temperature > 0.0);
    assert_eq!((head.weight.len(), head.bias.len()), (3 * DIM, 3));
}

#[tokio::test]
async fn the_score_is_honest_where_classes_overlap() {
    let (seen, new) = (task(&[100, 100, 100], 2.5, 1), task(&[200, 200, 200], 2.5, 2));
    let head = train(&seen, TrainConfig::default()).await;
    let on_new = accuracy(&head, &new);
    assert!(on_new > 0.7 && on_new < 0.99, "hard but not hopeless: {on_new}");
    let interval = head.score.interval;
    assert!(interval.low <= on_new && on_new <= interval.high, "{on_new} {interval:?}");
}

#[tokio::test]
async fn the_same_seed_gives_the_same_head() {
    let task = task(&[20, 25, 30, 15], 2.0, 1);
    let first = train(&task, TrainConfig::default()).await;
    assert_eq!(first, train(&task, TrainConfig::default()).await);
    let other = train(&task, TrainConfig { seed: 2, ..TrainConfig::default() }).await;
    assert_ne!(first.curve, other.curve);
}

#[tokio::test]
async fn curves_are_finite_fall_and_end_in_time() {
    let task = task(&[100, 100, 100], 2.5, 1);
    let config = TrainConfig::default();
    let (head, progress) = run(trainer(&task, config.clone()), |_| false).await;
    let head = head.expect("a head");
    let steps: Vec<u32> = head.curve.iter().map(|point| point.step).collect();
    assert!(steps.iter().zip(1..).all(|(&step, at)| step == at * config.measure_every), "{steps:?}");
    assert!(steps.contains(&head.kept_step));
    for point in &head.curve {
        let numbers = [point.train_loss, point.valid_loss, point.train_accuracy, point.valid_accuracy];
        assert!(numbers.iter().all(|number| number.is_finite() && *number >= 0.0), "{point:?}");
        assert!(point.train_accuracy <= 1.0 && point.valid_accuracy <= 1.0, "{point:?}");
    }
    assert!(head.curve.last().expect("points").train_loss < head.curve[0].train_loss);
    assert!(progress.iter().all(|(done, of)| done <= of && *of <= 2 * config.most_steps));
    assert!(progress.is_sorted_by_key(|&(done, _)| done));
}

#[tokio::test]
async fn a_stopped_training_keeps_the_best_head_so_far() {
    let task = task(&[30, 30], 1.0, 1);
    let config = TrainConfig { measure_every: 1, first_step: 3, ..TrainConfig::default() };
    let (head, progress) = run(trainer(&task, config), |done| done >= 10).await;
    let head = head.expect("a head");
    assert!(head.kept_step <= 10 && progress.last().expect("slices").0 < 20, "{progress:?}");
    assert_eq!(head.hyperparameters["refitted"], false);
    assert!(accuracy(&head, &task) > 0.9);
}

#[tokio::test]
async fn a_training_that_was_stopped_at_once_has_no_head() {
    let mut trainer = trainer(&task(&[30, 30], 1.0, 1), TrainConfig::default());
    trainer.stop();
    while trainer.step().await.expect("flex works") != TrainStep::Done {}
    assert_eq!(trainer.finish(), None);
}

#[tokio::test]
async fn two_photos_of_each_class_are_enough() {
    let head = train(&task(&[2, 2], 0.3, 1), TrainConfig::default()).await;
    assert_eq!(head.score.photos, 2);
    assert_eq!(accuracy(&head, &task(&[5, 5], 0.3, 2)), 1.0);
}

#[tokio::test]
async fn photos_that_are_all_the_same_do_no_harm() {
    let mut same = task(&[10, 10], 1.0, 1);
    let row = same.rows[0].clone();
    same.rows.fill(row);
    let head = train(&same, TrainConfig::default()).await;
    assert!(head.weight.iter().chain(&head.bias).all(|number| number.is_finite()));
}

#[tokio::test]
async fn more_photos_than_fit_are_trained_in_part() {
    let mut many = task(&[3000, 3000], 0.5, 1);
    for row in &mut many.rows {
        row.truncate(4);
    }
    assert!(many.rows.len() > MOST_PHOTOS);
    let config = TrainConfig { most_steps: 2, first_step: 1, weight_decays: vec![1e-5], ..TrainConfig::default() };
    let head = train(&many, config).await;
    assert!(head.score.photos as usize <= MOST_PHOTOS / 5);
}

#[test]
fn too_few_classes_or_photos_are_refused() {
    let class = |name: &str, count| HeadClass { name: name.to_owned(), count };
    assert_eq!(check(&[]), Err(Failure::TooFewClasses));
    assert_eq!(check(&[class("a", 9)]), Err(Failure::TooFewClasses));
    let few = Failure::TooFewPhotos { class: "b".to_owned(), needed: 2 };
    assert_eq!(check(&[class("a", 9), class("b", 1)]), Err(few));
    assert_eq!(check(&[class("a", 2), class("b", 2)]), Ok(()));
}
