//! The three tasks of real photos, through the backbone and into the closed forms.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::{desk::weights, photos_below, shared_data};
use headstart::{
    backbone::{Backbone, registry::LITE0},
    dataset::{Shot, bursts},
    head::{
        Layer, Transform, Unknown,
        instant::{Decomposition, Feature, Gram, InstantHead, Labels, LeaveOut, Lessons},
        unknown::UnknownFit,
    },
    image,
    metrics::{Measured, learning_curve},
    protocol::LearningCurve,
};
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{LazyLock, Mutex},
    thread,
    time::Duration,
};

pub const TASKS: [&str; 3] = ["grocery10", "trash6", "pacs6"];
const THREADS: usize = 2;

/// The photos of one folder of a task: their pools and the index of their class.
pub struct Photos {
    pub pools: Vec<Vec<f32>>,
    pub labels: Vec<usize>,
}

/// Train and test photos of all tasks, computed once; none where the data is not here.
pub static PHOTOS: LazyLock<Option<Vec<[Photos; 2]>>> = LazyLock::new(|| {
    TASKS
        .iter()
        .map(|task| Some(["train", "test"].map(|part| read(&shared_data(task).unwrap_or_default().join(part)))))
        .map(|both| both.filter(|both| !both[0].labels.is_empty()))
        .collect()
});

/// Reads a folder as an import does.
fn read(folder: &Path) -> Photos {
    let files = photos_below(folder);
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
pub struct Fitted {
    pub labels: Vec<usize>,
    grams: [Gram; 2],
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
    /// The closed forms of these photos.
    pub fn new(photos: &Photos) -> Self {
        let grams = [Feature::Narrow, Feature::Wide].map(|feature| gram(&feature.transform(), &photos.pools));
        Self::of(grams, photos.labels.clone())
    }

    fn of(grams: [Gram; 2], labels: Vec<usize>) -> Self {
        let decompositions = [&grams[0], &grams[1]].map(|gram| Decomposition::new(gram).unwrap());
        Self { labels, grams, decompositions }
    }

    /// Some of the photos.
    pub fn part(&self, members: &BTreeSet<usize>) -> Self {
        let mut grams = self.grams.clone();
        for gram in &mut grams {
            gram.retain(|photo| members.contains(&photo));
        }
        Self::of(grams, members.iter().map(|&photo| self.labels[photo]).collect())
    }

    /// The same photos without a class.
    pub fn without(&self, class: usize) -> Self {
        let members = (0..self.labels.len()).filter(|&photo| self.labels[photo] != class).collect();
        let mut part = self.part(&members);
        for label in &mut part.labels {
            *label -= usize::from(*label > class);
        }
        part
    }

    /// The burst of each photo.
    pub fn bursts(&self) -> Vec<u32> {
        let shots: Vec<Shot<'_>> =
            self.labels.iter().map(|&class| Shot { class, captured: None, burst: None }).collect();
        bursts(&shots, |one, other| self.grams[0].product(one, other))
    }

    /// The head that these labels make.
    pub fn head(&self, labels: &Labels) -> InstantHead {
        InstantHead::fit(&self.decompositions[0], &self.decompositions[1], labels).unwrap()
    }

    /// What each photo is taken for by a head that has not seen its burst.
    pub fn honest_answers(&self, head: &InstantHead, labels: &Labels) -> Vec<usize> {
        let decomposition = &self.decompositions[usize::from(head.fit.feature == Feature::Wide)];
        LeaveOut::new(head, decomposition, labels, &self.bursts()).unwrap().finish().answers()
    }

    /// What tells strangers, and how far each photo lies from the rest.
    pub fn unknown(&self) -> (Unknown, Vec<f64>) {
        let labels = Labels::new(self.labels.clone()).unwrap();
        let wide = &self.decompositions[1];
        UnknownFit::new(wide, &labels, &self.bursts()).unwrap().unwrap().finish(&self.grams[1], wide, 0.05)
    }

    /// The share of a test folder that the head of these photos gets right.
    pub fn truth(&self, test: &Photos) -> f64 {
        let head = self.head(&Labels::new(self.labels.clone()).unwrap());
        let feature = head.fit.feature;
        let gram = &self.grams[usize::from(feature == Feature::Wide)];
        share(&test.labels, &answers(&head.layer(gram).unwrap(), &feature.transform(), test))
    }

    /// The learning curve, as the engine makes it.
    pub fn curve(&self) -> LearningCurve {
        let bursts = self.bursts();
        let mut lessons = Lessons::new(&self.labels, &bursts).unwrap();
        while !lessons.step([&self.grams[0], &self.grams[1]], Duration::MAX, || 0.0).unwrap() {}
        let measured = |photos, right| Measured { photos, right, missed: Vec::new() };
        let labels = Labels::new(self.labels.clone()).unwrap();
        let head = self.head(&labels);
        let answers = self.honest_answers(&head, &labels);
        let right = answers.iter().zip(&self.labels).map(|(a, b)| f64::from(u8::from(a == b))).collect();
        let last = measured(self.labels.len() as f64 / labels.classes() as f64, right);
        let sizes = lessons.finish().into_iter().map(|lesson| measured(lesson.photos, lesson.right));
        learning_curve(sizes.chain([last]).collect(), &bursts)
    }
}

/// The share of the photos whose answer is the truth.
pub fn share(truth: &[usize], answers: &[usize]) -> f64 {
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
