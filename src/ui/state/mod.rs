//! What the page knows, and the one place where events change it. Plain structs without a view, tested natively.

mod answer_table;
mod block;
mod bursts;
mod compared;
mod csv;
mod engine;
mod examined;
mod gaze;
mod heads;
mod history;
mod jobs;
mod keys;
mod learning;
mod live;
mod notices;
mod offline;
mod photos;
mod predictions;
mod projects;
mod requests;
mod samples;
mod shortage;
mod speaker;
mod tested;
mod training;
mod waiting;

pub use answer_table::{AnswerTable, Column, Only, agreement};
pub use block::TrainBlock;
pub use bursts::Scene;
pub use compared::{Comparison, Rights, agree, is_right};
pub use engine::Badge;
pub use examined::{Examined, MOST_CLASSES, SURE_FROM, Settled, finding_id, kind_code};
pub use gaze::{Gaze, Looked, Spot, bmp, spot};
pub use heads::{HeadName, Rival, Verdict};
pub use history::History;
pub use jobs::{Job, JobKind, Jobs, TimeLeft};
pub use keys::{Command, Keys};
pub use learning::{HeadStart, Learning, Network};
pub use live::Live;
pub use notices::{LeftOut, Notice, NoticeKind, Notices, Toast, Told};
pub use offline::Offline;
pub use photos::{BIT_FEW_BELOW, Enough, GOOD_FROM, NEEDED, Photos, Supply};
pub use predictions::{Prediction, Predictions, Sure, sure};
pub use projects::Projects;
pub use requests::Requests;
pub use samples::SAMPLE_PREFIX;
pub use shortage::ShortClass;
pub use speaker::Speaker;
pub use tested::Promise;
pub use training::{Training, TrainingState};
pub use waiting::Waiting;

use crate::{
    dataset::plain,
    protocol::{
        BorderTest, DeviceKind, Event, Failure, HeadView, Heads, InstantState, Outcome, ProjectView, RunId, TagReport,
        TestReport,
    },
    web::{EngineState, Phase},
};
use heads::made;

/// Which of the three layouts the page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Nothing is there yet.
    Empty,
    /// Photos have the room.
    Gathering,
    /// Results have the room.
    Trained,
}

/// Everything the page shows of the project and of the engine.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct State {
    /// The engine, once it has said anything.
    pub engine: Option<EngineState>,
    /// Whether the project is open.
    pub opened: bool,
    /// Whether another tab holds the project.
    pub open_elsewhere: bool,
    /// Whether that tab was asked to let go of it.
    pub asked_to_give: bool,
    /// Whether the project is kept on this device.
    pub durable: bool,
    /// Photos that the project had when it was last open, as this browser remembers.
    pub remembered: u32,
    /// The project's name, empty while it has none.
    pub name: String,
    /// Classes and photos.
    pub photos: Photos,
    /// What is going on.
    pub jobs: Jobs,
    /// Where the files go that are still to be read.
    pub waiting: Waiting,
    /// The training that runs, or the last one.
    pub training: Training,
    /// All heads.
    pub heads: Heads,
    /// The one that answers.
    pub head: Option<HeadView>,
    /// How the head stands that is fitted as photos arrive.
    pub instant: InstantState,
    /// What the engine found out about the photos.
    pub examined: Examined,
    /// How the instant head does on the photos of each tag.
    pub by_tag: TagReport,
    /// How the head that answers does on the test set.
    pub tested: TestReport,
    /// How the instant head grows with the photos.
    pub learning: Learning,
    /// What it answered.
    pub predictions: Predictions,
    /// Two heads beside each other.
    pub compared: Option<Comparison>,
    /// Where it looked.
    pub gaze: Gaze,
    /// What the test for background shortcuts found in the photos that are there.
    pub border: Option<BorderTest>,
    /// What a person has to know, and what they can take back.
    pub notices: Notices,
    /// What can be taken back.
    pub history: History,
    /// The projects beside this one.
    pub projects: Projects,
    /// Whether the person looks at the results.
    pub at_results: bool,
    /// How often one project took the place of another.
    pub changes: u32,
    /// How it stands without a network.
    pub offline: Offline,
    /// What was asked of the network.
    pub requests: Requests,
}

impl State {
    /// Takes in what the engine tells. `now_ms` is any clock that only goes forward, in milliseconds.
    pub fn apply(&mut self, event: Event, now_ms: f64) {
        match event {
            // The client turns these three into its engine state.
            Event::Loading { .. } | Event::Ready { .. } | Event::Measured { .. } | Event::Served | Event::Released => {}
            Event::OpenElsewhere => self.hand_over(),
            Event::Seen { project, heads } => {
                let first = !self.opened && self.photos.project().is_none();
                self.remembered = u32::try_from(project.photos.len()).unwrap_or(u32::MAX);
                self.show_project(project, heads);
                self.at_results |= first && made(&self.heads).is_some();
            }
            Event::Opened { project, heads, unread, run, durable, others } => {
                self.open_elsewhere = false;
                self.asked_to_give = false;
                self.notices.drop_kind(&NoticeKind::Elsewhere);
                self.durable = durable;
                if let Some(kind) = self.loss(&project, durable) {
                    self.notices.say(kind);
                }
                let fresh = !self.opened || self.photos.project() != Some(project.id);
                self.opened = true;
                self.show_project(project, heads);
                self.take_projects(others);
                self.training = Training::of(made(&self.heads));
                if fresh {
                    self.at_results = made(&self.heads).is_some();
                }
                // The run that opened a project file goes on with reading.
                self.jobs.end(run);
                if unread > 0 {
                    self.jobs.begin(run, JobKind::Read, unread, now_ms);
                }
            }
            Event::Classes { classes } => {
                self.photos.set_classes(classes);
                self.examined.changed();
            }
            Event::ProjectRenamed { name } => self.name = name,
            Event::History { undo, redo, trashed, news } => self.take_history(History { undo, redo, trashed }, news),
            Event::Projects { others } => self.take_projects(others),
            Event::PhotoKept { run, photo } => {
                if self.jobs.is_current(run) {
                    self.waiting.kept(run, photo.class.and_then(|id| self.photos.class(id)));
                    self.photos.place(photo);
                }
            }
            Event::PhotosPlaced { photos } => {
                self.examined.acted(photos.iter().map(|photo| photo.id));
                photos.into_iter().for_each(|photo| self.photos.place(photo));
            }
            Event::PhotosGone { photos } => {
                photos.iter().for_each(|photo| self.photos.remove(*photo));
                self.examined.acted(photos);
            }
            Event::LeftOut { run, path, failure } => {
                if self.jobs.is_current(run) {
                    self.waiting.left_out(run, &path);
                    self.notices.left_out(run, LeftOut { path: plain(&path), failure });
                }
            }
            Event::Known { run, path } => self.waiting.left_out(run, &path),
            Event::Unfinished { all } => self.notices.unfinished(all),
            Event::Progressed { run, progress } => self.jobs.progress(run, progress, now_ms),
            Event::TrainingStep { run, point, of_steps, done_steps } => {
                self.training.step(run, point, of_steps, done_steps, now_ms);
            }
            Event::Heads(heads) => {
                if self.take_heads(heads) {
                    self.at_results = true;
                    made(&self.heads).into_iter().for_each(|head| self.training.head_changed(head));
                }
            }
            Event::Instant { state } => {
                self.instant = state;
                // What is measured on the photos follows the head.
                if state == InstantState::Fitting {
                    self.border = None;
                    self.learning.current = false;
                }
            }
            Event::BorderTested { found, .. } => self.border = Some(found),
            Event::Compared { heads, photos, .. } => {
                self.compared = Some(Comparison::new(heads, photos));
                self.check_comparison();
            }
            Event::Learning { curve } => {
                self.learning.ready = curve;
                self.learning.current = true;
                self.examined.changed();
            }
            Event::HeadStart { curve } => {
                self.learning.random = Some(curve);
                self.examined.changed();
            }
            Event::Examined { judged, findings } => {
                let looked_at = self.layout() == Layout::Trained;
                self.examined.take(judged, findings, looked_at);
            }
            Event::ByTag(report) => self.by_tag = report,
            Event::Tested(report) => {
                self.tested = report;
                self.examined.changed();
            }
            Event::Predicted { run, file, name, label, ranking, unknown } => {
                if self.jobs.is_current(run) {
                    self.predictions.answer(Prediction { file, name, label, picture: None, ranking, unknown });
                }
            }
            // Many a second: kept beside the state, which much of the page follows.
            Event::Live { .. } => {}
            Event::Explained { run, heat } => self.gaze.explained(run, heat),
            Event::Finished { run, outcome } => {
                self.gaze.finished(run);
                self.training.finished(run, outcome, made(&self.heads));
                self.jobs.end(run);
                self.waiting.end(run);
            }
            // The bytes beside them are the page's to save; there is nothing to show.
            Event::HeadFile { .. } | Event::ProjectPart { .. } | Event::ProjectFile { .. } => {}
            Event::Failed { run, failure } => self.failed(run, failure),
        }
    }

    fn show_project(&mut self, project: ProjectView, heads: Heads) {
        if self.photos.project().is_some_and(|before| before != project.id) {
            self.leave_project();
        }
        self.name = project.name.clone();
        self.photos = Photos::new(project);
        self.examined.changed();
        self.take_heads(heads);
    }

    /// Another project takes the place of this one: what was found out about its photos and said of it is over.
    fn leave_project(&mut self) {
        self.changes += 1;
        self.forget_measured();
        self.predictions.clear();
        self.compared = None;
        self.gaze.clear();
        self.notices.leave_project();
        self.at_results = false;
    }

    /// Another tab has the project: nothing can be taken back here, and what was measured will not be true for long.
    fn hand_over(&mut self) {
        self.open_elsewhere = true;
        self.notices.leave_project();
        self.history = History::default();
        self.forget_measured();
    }

    /// Forgets what the engine found out about the photos; it tells it anew when it has the project.
    fn forget_measured(&mut self) {
        self.instant = InstantState::default();
        self.examined.leave_project();
        self.by_tag = TagReport::default();
        self.tested = TestReport::default();
        self.learning = Learning::default();
        self.border = None;
    }

    /// What is wrong with a project that was just opened: it is not what it was, or it is not kept.
    fn loss(&self, project: &ProjectView, durable: bool) -> Option<NoticeKind> {
        let was_there = !self.opened && self.remembered > 0 && project.photos.is_empty() && project.classes.is_empty();
        match (durable, was_there) {
            (true, true) => Some(NoticeKind::Evicted { photos: self.remembered }),
            (false, true) => Some(NoticeKind::OutOfReach { photos: self.remembered }),
            (true, false) => None,
            (false, false) => Some(NoticeKind::NotKept),
        }
    }

    /// How many photos are to be remembered; none where what is remembered says more than what is there.
    pub fn to_remember(&self) -> Option<u32> {
        let evicted = self.notices.all().iter().any(|notice| matches!(notice.kind, NoticeKind::Evicted { .. }));
        let photos = self.photos.total() + self.photos.test().len();
        (self.opened && self.durable && !(evicted && photos == 0)).then(|| u32::try_from(photos).unwrap_or(u32::MAX))
    }

    /// Something was asked while nothing may be changed: a run that was begun for it is over, and files are told of.
    pub fn refuse(&mut self, run: Option<RunId>) {
        let Some(run) = run else { return };
        if self.jobs.of(JobKind::Read).chain(self.jobs.of(JobKind::Predict)).any(|job| job.run == run) {
            self.refuse_files();
        }
        self.apply(Event::Finished { run, outcome: Outcome::Cancelled }, 0.0);
    }

    /// Files were handed over while nothing may be changed.
    pub fn refuse_files(&mut self) {
        self.notices.say(if self.open_elsewhere { NoticeKind::Elsewhere } else { NoticeKind::Changing });
    }

    /// Takes in how the engine is.
    pub fn engine_changed(&mut self, engine: EngineState) {
        match &engine.phase {
            Phase::Failed(failure) => self.failed(None, failure.clone()),
            Phase::Reload => self.notices.say(NoticeKind::Reload),
            Phase::Restarting { detail } => {
                let on_gpu = self.engine.as_ref().is_some_and(|before| before.device == DeviceKind::WebGpu);
                self.notices.say(NoticeKind::Restarted { detail: detail.clone(), on_gpu });
            }
            Phase::Loading { .. } | Phase::Ready | Phase::Closed => {}
        }
        self.engine = Some(engine);
    }

    fn failed(&mut self, run: Option<RunId>, failure: Failure) {
        // A restart says it once; a training that it ended needs no second notice.
        if run.is_some_and(|run| !self.jobs.is_current(run)) {
            return;
        }
        if let Some(run) = run {
            self.training.failed(run);
        }
        self.notices.say(NoticeKind::Failed(failure));
    }

    /// The page asked for a training.
    pub fn train_started(&mut self, run: RunId, now_ms: f64) {
        self.jobs.begin(run, JobKind::Train, 0, now_ms);
        self.training.start(run, now_ms);
        self.at_results = true;
    }

    /// The engine as the badge in the top bar says it.
    pub fn badge(&self) -> Badge {
        Badge::of(self.engine.as_ref(), self.opened, self.open_elsewhere, &self.jobs)
    }

    /// Whether photos can be answered: by any head that is there, or by one that is on its way.
    pub fn can_predict(&self) -> bool {
        self.head.is_some() || !self.opened || self.jobs.has(JobKind::OpenHead) || self.jobs.has(JobKind::Train)
    }

    /// Whether nothing may be changed here: another tab has the project, or another project is about to take its place.
    pub fn is_held(&self) -> bool {
        self.open_elsewhere || self.jobs.has(JobKind::Change)
    }

    /// Which layout fits.
    pub fn layout(&self) -> Layout {
        let has_results = self.head.is_some() || self.jobs.has(JobKind::Train);
        if self.at_results && has_results {
            Layout::Trained
        } else if self.photos.is_empty() && !has_results && !self.jobs.has(JobKind::Read) {
            Layout::Empty
        } else {
            Layout::Gathering
        }
    }

    /// The place of the class of that name among the project's classes: the number on its key.
    pub fn key_of(&self, name: &str) -> Option<usize> {
        self.photos.classes().iter().position(|class| class.name == name)
    }

    /// Whether all classes of the head are classes of the project, so that their keys can be the same.
    pub fn head_fits(&self) -> bool {
        self.head.as_ref().is_some_and(|head| head.classes.iter().all(|class| self.key_of(&class.name).is_some()))
    }
}
