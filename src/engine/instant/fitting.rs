//! The four candidates one by one, the choice among them, and its honest score.

use super::{Instant, Stage, findings::findings};
use crate::{
    dataset::{Class, PhotoId, Shot, bursts},
    engine::{Engine, PhotoSource, heads::NewHead},
    head::{
        Head, Made, Method,
        instant::{self, Candidate, Feature, InstantHead, LeaveOut, Matrix},
        unknown::UnknownFit,
    },
    metrics::burst_score,
    protocol::{Event, Failure, Finding, HeadClass, HeadOrigin, InstantState, Judged},
    store::Store,
};
use serde_json::{Map, json};

/// A fit under way.
pub(super) struct Fitting {
    labels: instant::Labels,
    /// The classes that have photos, in the order of the labels.
    classes: Vec<Class>,
    candidates: Vec<Candidate>,
    left: Vec<(Feature, Form)>,
}

/// A head that is fitted, and what it says of the photos.
pub(super) struct Fitted {
    pub(super) head: Head,
    judged: Vec<Judged>,
    findings: Vec<Finding>,
}

/// A closed form.
#[derive(Clone, Copy)]
enum Form {
    Ridge,
    Lda,
}

/// All candidates, the last one first.
const CANDIDATES: [(Feature, Form); 4] = [
    (Feature::Wide, Form::Lda),
    (Feature::Wide, Form::Ridge),
    (Feature::Narrow, Form::Lda),
    (Feature::Narrow, Form::Ridge),
];

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Looks which class each photo is in now.
    pub(super) async fn begin_fitting_instant(&mut self, instant: &mut Instant) -> Result<(), Failure> {
        let session = self.session()?;
        let of = |id| session.photos.get(id).and_then(|photo| photo.class);
        let has_photos = |class: &&Class| instant.members.iter().any(|id| of(id) == Some(class.id));
        let classes: Vec<Class> = session.project.classes.iter().filter(has_photos).cloned().collect();
        let label = |id| classes.iter().position(|class| of(id) == Some(class.id));
        let labels: Option<Vec<usize>> = instant.members.iter().map(label).collect();
        // A photo that has left since has no label: the revision is another one, and it begins again.
        let Some(labels) = labels else { return Ok(()) };
        match instant::Labels::new(labels) {
            Ok(labels) => {
                let fitting = Fitting { labels, classes, candidates: Vec::new(), left: CANDIDATES.to_vec() };
                instant.stage = Stage::Fitting(fitting);
                Ok(())
            }
            Err(_) => self.no_instant().await,
        }
    }

    /// Fits one candidate, or keeps the best one.
    pub(super) async fn fit_instant(&mut self, instant: &mut Instant, mut fitting: Fitting) -> Result<(), Failure> {
        let Some([narrow, wide]) = &instant.decompositions else { return Ok(()) };
        let Some((feature, form)) = fitting.left.pop() else { return self.keep_instant(instant, fitting).await };
        let decomposition = if feature == Feature::Narrow { narrow } else { wide };
        let candidate = match form {
            Form::Ridge => Candidate::ridge(feature, decomposition, &fitting.labels).map(Some),
            Form::Lda => Candidate::lda(feature, decomposition, &fitting.labels),
        };
        fitting.candidates.extend(candidate?);
        instant.stage = Stage::Fitting(fitting);
        Ok(())
    }

    async fn keep_instant(&mut self, instant: &mut Instant, fitting: Fitting) -> Result<(), Failure> {
        let Fitting { labels, classes, candidates, .. } = fitting;
        let Some(chosen) = InstantHead::choose(candidates, &labels) else { return Ok(()) };
        let Some([narrow, wide]) = &instant.decompositions else { return Ok(()) };
        let feature = chosen.fit.feature;
        let decomposition = if feature == Feature::Narrow { narrow } else { wide };
        let session = self.session()?;
        let shots: Vec<Shot<'_>> = instant
            .members
            .iter()
            .zip(labels.of())
            .map(|(id, &class)| {
                let photo = session.photos.get(id);
                let captured = photo.and_then(|photo| photo.captured.as_deref());
                Shot { class, captured, burst: photo.and_then(|photo| photo.burst) }
            })
            .collect();
        let bursts = bursts(&shots, |one, other| instant.narrow.product(one, other));
        let scores = LeaveOut::new(&chosen, decomposition, &labels, &bursts)?.finish();
        let head = Head::new(
            self.backbone.spec(),
            feature.transform(),
            counted(&classes, &labels),
            chosen.layer(instant.gram(feature))?,
            Made {
                method: method(&chosen),
                score: burst_score(labels.of(), &scores.answers(), &bursts, classes.len()),
                temperature: temperature(&chosen),
                unknown: instant.unknown(classes.len()),
                created_ms: self.now_ms(),
            },
        );
        let judged = judge(instant, &classes, &labels, &scores, head.temperature, &bursts);
        instant.judged = judged.iter().map(|judged| (judged.photo, *judged)).collect();
        let findings = findings(
            &instant.members,
            &classes,
            &labels,
            &chosen.fit.leave_one_out,
            head.temperature,
            &instant.narrow,
            &self.session()?.photos,
        );
        let strangers = UnknownFit::new(wide, &labels, &bursts)?;
        let fitted = Fitted { head, judged, findings };
        self.begin_bounding(instant, fitted, strangers).await
    }

    /// Keeps the head and tells what it says of the photos.
    pub(super) async fn publish(&mut self, fitted: Fitted) -> Result<(), Failure> {
        let Fitted { head, judged, findings } = fitted;
        self.keep_head(NewHead::without_curve(head, HeadOrigin::Instant)).await?;
        self.emit(Event::Instant { state: InstantState::Ready });
        self.emit(Event::Examined { judged, findings });
        Ok(())
    }
}

fn counted(classes: &[Class], labels: &instant::Labels) -> Vec<HeadClass> {
    let count = |count: usize| u32::try_from(count).expect("fewer photos than u32");
    let counts = classes.iter().zip(labels.counts());
    counts.map(|(class, &photos)| HeadClass { name: class.name.clone(), count: count(photos) }).collect()
}

#[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
fn temperature(chosen: &InstantHead) -> f32 {
    chosen.temperature as f32
}

/// How the head was made: the form that was chosen, and how the others did.
fn method(chosen: &InstantHead) -> Method {
    let name = |feature, method| match (feature, method) {
        (Feature::Narrow, instant::Method::Ridge { .. }) => "narrow ridge",
        (Feature::Narrow, instant::Method::Lda { .. }) => "narrow lda",
        (Feature::Wide, instant::Method::Ridge { .. }) => "wide ridge",
        (Feature::Wide, instant::Method::Lda { .. }) => "wide lda",
    };
    let mut hyperparameters = Map::new();
    let kind = match chosen.fit.method {
        instant::Method::Ridge { lambda } => {
            hyperparameters.insert("lambda".to_owned(), json!(lambda));
            "ridge"
        }
        instant::Method::Lda { shrink } => {
            hyperparameters.insert("shrink".to_owned(), json!(shrink));
            "lda"
        }
    };
    let losses: Map<_, _> = chosen
        .compared
        .iter()
        .map(|&(feature, method, loss)| (name(feature, method).to_owned(), json!(loss)))
        .collect();
    hyperparameters.insert("leave_one_out_loss".to_owned(), losses.into());
    Method { kind: kind.to_owned(), hyperparameters, seed: 0, device: "cpu".to_owned() }
}

/// What the head says of each photo when it was fitted without the photo's burst.
fn judge(
    instant: &Instant,
    classes: &[Class],
    labels: &instant::Labels,
    scores: &Matrix,
    temperature: f32,
    bursts: &[u32],
) -> Vec<Judged> {
    let (answers, probabilities) = (scores.answers(), scores.probabilities(f64::from(temperature)));
    let before = scores.probabilities(1.0);
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let probability = |row: usize, class: usize| probabilities[(row, class)] as f32;
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let plain = |row: usize, class: usize| before[(row, class)] as f32;
    let judge = |(row, photo): (usize, PhotoId)| {
        let (own, answer) = (labels.of()[row], answers[row]);
        Judged {
            photo,
            class: classes[own].id,
            answer: classes[answer].id,
            probability: probability(row, answer),
            own: probability(row, own),
            plain: plain(row, answer),
            burst: bursts[row],
        }
    };
    instant.members.iter().copied().enumerate().map(judge).collect()
}
