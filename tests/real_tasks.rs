//! How honest the instant head and the photo doctor are, on real photos: the bars that BENCHMARKS.md tells of.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and says what it measured")]

mod support;

use headstart::{
    backbone::{Backbone, registry::LITE0},
    dataset::{Shot, bursts, round},
    doctor::suspects,
    head::{
        Layer, Transform,
        instant::{Decomposition, Feature, Gram, InstantHead, Labels, LeaveOut, Lessons},
        unknown::UnknownFit,
    },
    image,
    metrics::{Measured, learning_curve},
    protocol::LearningCurve,
};
use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{LazyLock, Mutex},
    thread,
    time::Duration,
};
use support::{desk::weights, shared_data};

const TASKS: [&str; 3] = ["grocery10", "trash6", "pacs6"];
const THREADS: usize = 2;

/// The photos of one folder of a task: their pools and the index of their class.
struct Photos {
    pools: Vec<Vec<f32>>,
    labels: Vec<usize>,
}

/// Train and test photos of all tasks, computed once; none where the data is not here.
static PHOTOS: LazyLock<Option<Vec<[Photos; 2]>>> = LazyLock::new(|| {
    TASKS
        .iter()
        .map(|task| Some(["train", "test"].map(|part| read(&shared_data(task).unwrap_or_default().join(part)))))
        .map(|both| both.filter(|both| !both[0].labels.is_empty()))
        .collect()
});

/// Reads a folder as an import does.
fn read(folder: &std::path::Path) -> Photos {
    let sorted = |folder: &std::path::Path| {
        let mut paths: Vec<PathBuf> =
            std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
        paths.sort();
        paths
    };
    let classes = sorted(folder).into_iter().enumerate();
    let files: Vec<(usize, PathBuf)> =
        classes.flat_map(|(class, folder)| sorted(&folder).into_iter().map(move |file| (class, file))).collect();
    let pools = Mutex::new(vec![Vec::new(); files.len()]);
    thread::scope(|scope| {
        for thread in 0..THREADS {
            let (files, pools) = (&files, &pools);
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                let backbone = Backbone::on_processor(&LITE0, &weights()).unwrap();
                for (at, (_, file)) in files.iter().enumerate().skip(thread).step_by(THREADS) {
                    let upright = image::read(&std::fs::read(file).unwrap()).unwrap();
                    let pixels = image::prepare(&image::store_copy(&upright).unwrap().jpeg).unwrap();
                    let row = runtime.block_on(backbone.pools(&[pixels])).unwrap().remove(0);
                    pools.lock().unwrap()[at] = row;
                }
            });
        }
    });
    Photos { pools: pools.into_inner().unwrap(), labels: files.into_iter().map(|(class, _)| class).collect() }
}

/// The photos of a task in the form that closed forms take.
struct Fitted {
    narrow: Gram,
    wide: Gram,
    labels: Vec<usize>,
    decompositions: [Decomposition; 2],
}

fn gram(transform: &Transform, pools: &[Vec<f32>]) -> Gram {
    let mut gram = Gram::new(transform.dim());
    for row in pools {
        gram.push(&transform.apply(row)).unwrap();
    }
    gram
}

impl Fitted {
    fn new(photos: &Photos) -> Self {
        Self::of(
            gram(&Transform::narrow(), &photos.pools),
            gram(&Transform::wide(), &photos.pools),
            photos.labels.clone(),
        )
    }

    fn of(narrow: Gram, wide: Gram, labels: Vec<usize>) -> Self {
        let decompositions = [&narrow, &wide].map(|gram| Decomposition::new(gram).unwrap());
        Self { narrow, wide, labels, decompositions }
    }

    /// The same photos without a class.
    fn without(&self, class: usize) -> Self {
        let (mut narrow, mut wide) = (self.narrow.clone(), self.wide.clone());
        narrow.retain(|photo| self.labels[photo] != class);
        wide.retain(|photo| self.labels[photo] != class);
        let left = self.labels.iter().filter(|&&label| label != class);
        Self::of(narrow, wide, left.map(|&label| label - usize::from(label > class)).collect())
    }

    fn bursts(&self) -> Vec<u32> {
        let shots: Vec<Shot<'_>> =
            self.labels.iter().map(|&class| Shot { class, captured: None, burst: None }).collect();
        bursts(&shots, |one, other| self.narrow.product(one, other))
    }

    fn head(&self, labels: &Labels) -> InstantHead {
        InstantHead::fit(&self.decompositions[0], &self.decompositions[1], labels).unwrap()
    }

    fn unknown(&self) -> (headstart::head::Unknown, Vec<f64>) {
        let labels = Labels::new(self.labels.clone()).unwrap();
        let wide = &self.decompositions[1];
        UnknownFit::new(wide, &labels, &self.bursts()).unwrap().unwrap().finish(&self.wide, wide, 0.05)
    }
}

fn share(truth: &[usize], answers: &[usize]) -> f64 {
    truth.iter().zip(answers).filter(|(truth, answer)| truth == answer).count() as f64 / truth.len() as f64
}

fn answers(layer: &Layer, transform: &Transform, photos: &Photos) -> Vec<usize> {
    let answer = |pools: &Vec<f32>| {
        let feature = transform.apply(pools);
        let scores: Vec<f32> = layer
            .weight
            .chunks_exact(feature.len())
            .zip(&layer.bias)
            .map(|(row, bias)| row.iter().zip(&feature).map(|(a, b)| a * b).sum::<f32>() + bias)
            .collect();
        (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap()
    };
    photos.pools.iter().map(answer).collect()
}

#[test]
fn the_shown_score_is_near_the_truth_though_photos_come_in_bursts() {
    let Some(tasks) = &*PHOTOS else { return };
    for ((task, [train, test]), bar) in TASKS.iter().zip(tasks).zip([0.86, 0.79, 0.98]) {
        let fitted = Fitted::new(train);
        let labels = Labels::new(train.labels.clone()).unwrap();
        let head = fitted.head(&labels);
        let (at, gram, transform) = match head.fit.feature {
            Feature::Narrow => (0, &fitted.narrow, Transform::narrow()),
            Feature::Wide => (1, &fitted.wide, Transform::wide()),
        };
        let decomposition = &fitted.decompositions[at];
        let shown = LeaveOut::new(&head, decomposition, &labels, &fitted.bursts()).unwrap().finish();
        let plain = share(&train.labels, &head.fit.leave_one_out.answers());
        let shown = share(&train.labels, &shown.answers());
        let truth = share(&test.labels, &answers(&head.layer(gram).unwrap(), &transform, test));
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
        let truth = truth(&all, test);
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

/// The share of the test folder that the head of these photos gets right.
fn truth(fitted: &Fitted, test: &Photos) -> f64 {
    let head = fitted.head(&Labels::new(fitted.labels.clone()).unwrap());
    let (gram, transform) = match head.fit.feature {
        Feature::Narrow => (&fitted.narrow, Transform::narrow()),
        Feature::Wide => (&fitted.wide, Transform::wide()),
    };
    share(&test.labels, &answers(&head.layer(gram).unwrap(), &transform, test))
}

impl Fitted {
    /// Some of the photos.
    fn part(&self, members: &BTreeSet<usize>) -> Self {
        let (mut narrow, mut wide) = (self.narrow.clone(), self.wide.clone());
        narrow.retain(|photo| members.contains(&photo));
        wide.retain(|photo| members.contains(&photo));
        Self::of(narrow, wide, members.iter().map(|&photo| self.labels[photo]).collect())
    }

    /// The learning curve, as the engine makes it.
    fn curve(&self) -> LearningCurve {
        let bursts = self.bursts();
        let mut lessons = Lessons::new(&self.labels, &bursts).unwrap();
        while !lessons.step([&self.narrow, &self.wide], Duration::MAX, || 0.0).unwrap() {}
        let measured = |photos, right| Measured { photos, right, missed: Vec::new() };
        let labels = Labels::new(self.labels.clone()).unwrap();
        let head = self.head(&labels);
        let decomposition = &self.decompositions[usize::from(head.fit.feature == Feature::Wide)];
        let answers = LeaveOut::new(&head, decomposition, &labels, &bursts).unwrap().finish().answers();
        let right = answers.iter().zip(&self.labels).map(|(a, b)| f64::from(u8::from(a == b))).collect();
        let last = measured(self.labels.len() as f64 / labels.classes() as f64, right);
        let sizes = lessons.finish().into_iter().map(|lesson| measured(lesson.photos, lesson.right));
        learning_curve(sizes.chain([last]).collect(), &bursts)
    }
}
