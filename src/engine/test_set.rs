//! The test set: photos that judge the head that answers and never teach one. They are judged anew, a bounded step at a
//! time, whenever the head or they themselves change.

use super::{
    Background, Engine, PhotoSource,
    session::{Session, hash_of},
};
use crate::{
    dataset::{BurstId, ClassId, HeadId, Photo, PhotoId, Shot, bursts},
    features::PhotoHash,
    head::{Head, Transform, instant::Gram},
    metrics::test_score,
    predict,
    protocol::{Event, Failure, HeadOrigin, TestJudged, TestReport},
    store::Store,
};

/// Photos that are compared or judged in one step.
const BATCH: usize = 32;

/// Scenes are looked for among so many photos; comparing all of more takes too much memory. Those beyond stand alone.
const MOST_COMPARED: usize = 2000;

/// The test set, and how far judging it has come.
#[derive(Default)]
pub(super) struct TestSet {
    /// The session's revision and that of its heads when the judging that is known, or under way, began.
    begun: (u64, u64),
    /// The photos whose scenes are known,
    members: Vec<Member>,
    /// and the number of each one's burst.
    bursts: Vec<u32>,
    stage: Stage,
    /// Whether the page knows of any.
    told: bool,
}

/// A photo of the test set that can be judged.
#[derive(Clone, Copy, PartialEq)]
struct Member {
    photo: PhotoId,
    class: ClassId,
    hash: PhotoHash,
    burst: Option<BurstId>,
}

#[derive(Default)]
enum Stage {
    #[default]
    Resting,
    /// The photos, and the narrow features of the first of them.
    Comparing(Vec<Member>, Box<Gram>),
    Judging(Judging),
    /// The report, and how many photos have been compared with those that teach.
    Matching(TestReport, usize),
}

/// What the head has said so far.
#[derive(Default)]
struct Judging {
    /// Members that were looked at.
    done: usize,
    judged: Vec<TestJudged>,
    /// Of each judged one: its class and the answer, as places in the head, and its burst.
    truth: Vec<usize>,
    answers: Vec<usize>,
    bursts: Vec<u32>,
    not_known: u32,
}

impl<S: Store, P: PhotoSource> Engine<S, P> {
    /// Whether the test set has to be judged. While photos are being read it waits for the last of them, unless the head
    /// has changed.
    pub(super) fn test_set_is_due(&self) -> bool {
        let Some(session) = &self.session else { return false };
        let TestSet { begun, stage, .. } = &session.test_set;
        let reading = self.background.iter().any(|job| matches!(job, Background::Import(_)));
        !matches!(stage, Stage::Resting)
            || begun.1 != session.heads_revision
            || (begun.0 != session.revision && !reading)
    }

    /// One step towards it.
    pub(super) fn step_test_set(&mut self) {
        let Some(session) = &mut self.session else { return };
        match session.step_test_set() {
            Ok(Some(report)) => self.emit(Event::Tested(report)),
            Ok(None) => {}
            Err(failure) => self.emit(Event::Failed { run: None, failure }),
        }
    }
}

impl Session {
    /// One step; the report once it is through.
    fn step_test_set(&mut self) -> Result<Option<TestReport>, Failure> {
        let now = (self.revision, self.heads_revision);
        match std::mem::take(&mut self.test_set.stage) {
            // The first step, and again when anything has changed meanwhile.
            _ if self.test_set.begun != now => {
                self.test_set.begun = now;
                Ok(self.begin_testing())
            }
            Stage::Resting => Ok(None),
            Stage::Comparing(members, gram) => self.compare(members, gram).map(|()| None),
            Stage::Judging(judging) => Ok(self.judge(judging)),
            Stage::Matching(report, done) => Ok(self.find_copies(report, done)),
        }
    }

    /// Looks which photos there are now.
    fn begin_testing(&mut self) -> Option<TestReport> {
        let member = |photo: &Photo| {
            let hash = hash_of(photo).filter(|hash| self.features.has(*hash))?;
            let class = photo.tests()?;
            Some(Member { photo: photo.id, class, hash, burst: photo.burst })
        };
        let members: Vec<Member> = self.photos.values().filter_map(member).collect();
        let TestSet { members: known, bursts, stage, told, .. } = &mut self.test_set;
        if members.is_empty() {
            known.clear();
            bursts.clear();
            return std::mem::take(told).then(TestReport::default);
        }
        *stage = if *known == members {
            Stage::Judging(Judging::default())
        } else {
            Stage::Comparing(members, Box::new(Gram::new(Transform::narrow().dim())))
        };
        None
    }

    /// Compares some photos with those before them; which of them show one scene, once all are compared.
    fn compare(&mut self, members: Vec<Member>, mut gram: Box<Gram>) -> Result<(), Failure> {
        let compared = members.len().min(MOST_COMPARED);
        let batch = &members[gram.len()..(gram.len() + BATCH).min(compared)];
        let narrow = Transform::narrow();
        // Pools never leave the cache while a project is open.
        let features = batch.iter().filter_map(|member| self.features.pools(member.hash));
        let features: Vec<f32> = features.flat_map(|pools| narrow.apply(&pools)).collect();
        gram.push(&features)?;
        if gram.len() < compared {
            self.test_set.stage = Stage::Comparing(members, gram);
            return Ok(());
        }
        let place = |class| self.project.classes.iter().position(|other| other.id == class).unwrap_or(0);
        let shot = |member: &Member| {
            let captured = self.photos.get(&member.photo).and_then(|photo| photo.captured.as_deref());
            Shot { class: place(member.class), captured, burst: member.burst }
        };
        let shots: Vec<Shot<'_>> = members[..compared].iter().map(shot).collect();
        let mut found = bursts(&shots, |one, other| gram.product(one, other));
        let alone = found.iter().max().map_or(0, |last| last + 1);
        found.extend((alone..).take(members.len() - compared));
        (self.test_set.bursts, self.test_set.members) = (found, members);
        self.test_set.stage = Stage::Judging(Judging::default());
        Ok(())
    }

    /// Asks the head about some photos.
    fn judge(&mut self, mut judging: Judging) -> Option<TestReport> {
        let members = &self.test_set.members;
        let report = match self.active() {
            Some(active) => {
                let from = judging.done;
                judging.done = (from + BATCH).min(members.len());
                for (member, burst) in members.iter().zip(&self.test_set.bursts).take(judging.done).skip(from) {
                    self.ask(&active.head, *member, *burst, &mut judging);
                }
                if judging.done < members.len() {
                    self.test_set.stage = Stage::Judging(judging);
                    return None;
                }
                let report = judging.report(active.view.id, active.head.classes.len());
                // A head from a file was taught elsewhere.
                if active.view.origin != HeadOrigin::Opened {
                    self.test_set.stage = Stage::Matching(report, 0);
                    return None;
                }
                report
            }
            None => TestReport::default(),
        };
        self.test_set.told = true;
        Some(report)
    }

    /// Looks whether some photos are nearly the same as ones that teach: a smaller copy has other bytes.
    fn find_copies(&mut self, mut report: TestReport, done: usize) -> Option<TestReport> {
        let narrow = Transform::narrow();
        let members = &self.test_set.members;
        let end = (done + BATCH).min(members.len());
        let is_copy = |member: &&Member| {
            let pools = self.features.pools(member.hash);
            pools.is_some_and(|pools| self.instant.has_copy_of(&narrow.apply(&pools)))
        };
        report.copies.extend(members[done..end].iter().filter(is_copy).map(|member| member.photo));
        if end < members.len() {
            self.test_set.stage = Stage::Matching(report, end);
            return None;
        }
        self.test_set.told = true;
        Some(report)
    }

    fn ask(&self, head: &Head, member: Member, burst: u32, judging: &mut Judging) {
        let name = self.project.class(member.class).map(|class| &class.name);
        let Some(truth) = head.classes.iter().position(|class| Some(&class.name) == name) else {
            judging.not_known += 1;
            return;
        };
        let Some(pools) = self.features.pools(member.hash) else { return };
        let Some(best) = predict::rank(head, &pools, 1).pop() else { return };
        let answer = usize::try_from(best.index).expect("a head has few classes");
        judging.truth.push(truth);
        judging.answers.push(answer);
        judging.bursts.push(burst);
        judging.judged.push(TestJudged {
            photo: member.photo,
            class: member.class,
            answer: best.name,
            right: answer == truth,
            probability: best.probability,
        });
    }
}

impl Judging {
    fn report(self, head: HeadId, classes: usize) -> TestReport {
        let Self { judged, truth, answers, bursts, not_known, .. } = self;
        let score = (!judged.is_empty()).then(|| test_score(&truth, &answers, &bursts, classes));
        TestReport { head: Some(head), score, judged, not_known, copies: Vec::new() }
    }
}
