//! The page's state is fed events, as the engine would send them, and asked what the page would show.

use headstart::{
    dataset::{Class, ClassId, HeadId, PhotoId, ProjectId},
    metrics::Interval,
    protocol::{
        CurvePoint, DeviceKind, Event, Failure, FileRef, HeadClass, HeadOrigin, HeadView, Outcome, PhotoView, Progress,
        ProjectView, Ranked, RunId, Score, ScoreProtocol,
    },
    ui::state::{
        Badge, Deed, Enough, JobKind, Layout, NoticeKind, Speaker, State, Sure, TimeLeft, TrainBlock, TrainingState,
        sure,
    },
    web::{DeviceChoice, EngineState, GpuNote, Phase},
};

const RUN: RunId = RunId(7);

fn class(id: u32, name: &str) -> Class {
    Class { id: ClassId(id), name: name.to_owned() }
}

fn photo(id: u32, class: Option<u32>) -> PhotoView {
    PhotoView { id: PhotoId(id), class: class.map(ClassId), name: format!("{id}.jpg") }
}

fn ids(ids: &[u32]) -> Vec<PhotoId> {
    ids.iter().copied().map(PhotoId).collect()
}

fn engine(phase: Phase) -> EngineState {
    EngineState {
        phase,
        device: DeviceKind::Cpu,
        choice: DeviceChoice::Auto,
        gpu: GpuNote::Unknown,
        open_run: Some(RunId(1)),
    }
}

fn opened_with(classes: Vec<Class>, photos: Vec<PhotoView>, head: Option<HeadView>) -> Event {
    let project = ProjectView { id: ProjectId(1), name: "Leaves".to_owned(), classes, photos };
    Event::Opened { project, head, unread: 0, durable: true }
}

/// Two classes with two photos each, and nothing going on.
fn ready() -> State {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    let photos = vec![photo(1, Some(1)), photo(2, Some(2)), photo(3, Some(1)), photo(4, Some(2))];
    state.apply(opened_with(vec![class(1, "Oak"), class(2, "Birch")], photos, None), 0.0);
    state
}

fn head(origin: HeadOrigin) -> HeadView {
    let interval = Interval { low: 0.5, high: 0.9 };
    HeadView {
        id: HeadId(1),
        origin,
        classes: ["Oak", "Birch"].map(|name| HeadClass { name: name.to_owned(), count: 2 }).to_vec(),
        score: Some(Score {
            protocol: ScoreProtocol::HeldBack,
            accuracy: 0.75,
            interval,
            photos: 4,
            baseline: 0.5,
            per_class: Vec::new(),
        }),
        dim: 6560,
        file_bytes: 80_000,
        created: "2026-01-01T00:00:00Z".to_owned(),
        method: "softmax".to_owned(),
        curve: vec![point(0), point(10)],
        kept_step: 10,
        trained_ms: 1_500,
        cancelled: false,
    }
}

fn point(step: u32) -> CurvePoint {
    CurvePoint { step, train_loss: 0.5, train_accuracy: 0.8, valid_loss: 0.6, valid_accuracy: 0.7 }
}

fn progressed(done: u32, total: u32) -> Event {
    Event::Progressed { run: RUN, progress: Progress { done, total, failed: 0 } }
}

fn finished(outcome: Outcome) -> Event {
    Event::Finished { run: RUN, outcome }
}

#[test]
fn a_first_visit_is_empty_and_loads() {
    let state = State::default();
    assert_eq!(state.layout(), Layout::Empty);
    assert_eq!(state.badge(), Badge::Loading { done_bytes: 0, total_bytes: 0 });
    assert_eq!(state.badge().code(), "loading");
    assert_eq!(state.train_block(), Some(TrainBlock::Loading));
}

#[test]
fn the_badge_is_ready_when_the_project_is_open_and_not_before() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Loading { done_bytes: 4, total_bytes: 7 }));
    assert_eq!(state.badge(), Badge::Loading { done_bytes: 4, total_bytes: 7 });
    state.engine_changed(engine(Phase::Ready));
    assert_eq!(state.badge().code(), "loading");
    state.apply(opened_with(Vec::new(), Vec::new(), None), 0.0);
    assert_eq!(state.badge(), Badge::Ready);
    assert_eq!(state.layout(), Layout::Empty);
}

#[test]
fn accepted_files_make_it_busy_at_once_also_while_it_loads() {
    let mut state = State::default();
    state.jobs.begin(RUN, JobKind::Read, 3, 0.0);
    assert_eq!(state.badge().code(), "busy");
    assert_eq!(state.layout(), Layout::Gathering);
    state.engine_changed(engine(Phase::Ready));
    state.apply(opened_with(Vec::new(), Vec::new(), None), 0.0);
    assert_eq!(state.badge().code(), "busy");
    state.apply(finished(Outcome::Done), 1.0);
    assert_eq!(state.badge().code(), "ready");
}

#[test]
fn photos_stand_in_their_class_in_the_order_of_import() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 2, 0.0);
    state.apply(Event::PhotoKept { run: RUN, photo: photo(6, Some(1)) }, 0.0);
    state.apply(Event::PhotoKept { run: RUN, photo: photo(5, Some(1)) }, 0.0);
    assert_eq!(state.photos.of(Some(ClassId(1))), ids(&[1, 3, 5, 6]));
    state.apply(Event::PhotosPlaced { photos: vec![photo(3, Some(2)), photo(5, None)] }, 0.0);
    assert_eq!(state.photos.of(Some(ClassId(1))), ids(&[1, 6]));
    assert_eq!(state.photos.of(Some(ClassId(2))), ids(&[2, 3, 4]));
    assert_eq!(state.photos.of(None), ids(&[5]));
    assert_eq!(state.photos.total(), 6);
    assert_eq!(state.photos.name(PhotoId(5)), Some("5.jpg"));
}

#[test]
fn photos_of_a_run_that_is_over_are_not_taken_in() {
    let mut state = ready();
    state.apply(Event::PhotoKept { run: RUN, photo: photo(9, Some(1)) }, 0.0);
    assert_eq!(state.photos.total(), 4);
}

#[test]
fn files_left_out_of_one_run_share_a_notice_that_stays_until_closed() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 2, 0.0);
    for path in ["a/1.heic", "a/2.txt"] {
        state.apply(Event::LeftOut { run: RUN, path: path.to_owned(), failure: Failure::NotAPicture }, 0.0);
    }
    state.apply(finished(Outcome::Done), 0.0);
    let [notice] = state.notices.all() else { panic!("one notice, not {:?}", state.notices.all()) };
    let NoticeKind::LeftOut { files, .. } = &notice.kind else { panic!("{notice:?}") };
    assert_eq!(files.len(), 2);
    let id = notice.id;
    state.notices.close(id);
    assert!(state.notices.all().is_empty());
}

#[test]
fn time_left_is_smoothed_and_covers_what_waits_behind() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 100, 0.0);
    assert_eq!(state.jobs.time_left(JobKind::Read), None);
    // Ten photos a second.
    for done in 1..=20 {
        state.apply(progressed(done, 100), f64::from(done) * 100.0);
    }
    assert_eq!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Seconds(8)));
    // One slow photo changes the estimate, but does not throw it about: 2 s a photo would be 158 s.
    state.apply(progressed(21, 100), 4_000.0);
    let TimeLeft::Seconds(seconds) = state.jobs.time_left(JobKind::Read).expect("an estimate") else {
        panic!("seconds")
    };
    assert!((8..15).contains(&seconds), "{seconds}");
    state.jobs.begin(RunId(8), JobKind::Read, 1_000, 4_000.0);
    assert!(matches!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Minutes(2 | 3))));
}

#[test]
fn photos_of_one_batch_in_the_same_millisecond_are_measured_together() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 100, 0.0);
    for done in 1..=8 {
        state.apply(progressed(done, 100), 800.0);
    }
    for done in 9..=16 {
        state.apply(progressed(done, 100), 1_600.0);
    }
    assert!(matches!(state.jobs.time_left(JobKind::Read), Some(TimeLeft::Seconds(_) | TimeLeft::Minutes(_))));
}

#[test]
fn the_bar_does_not_jump_back_when_one_of_two_imports_ends() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Read, 10, 0.0);
    state.jobs.begin(RunId(8), JobKind::Read, 10, 0.0);
    state.apply(progressed(10, 10), 10.0);
    state.apply(finished(Outcome::Done), 11.0);
    let sum = state.jobs.sum(JobKind::Read);
    assert_eq!((sum.done, sum.total), (10, 20));
    state.apply(Event::Finished { run: RunId(8), outcome: Outcome::Cancelled }, 12.0);
    // The last count stays readable, and the next import counts from nothing.
    assert_eq!(state.jobs.sum(JobKind::Read).total, 20);
    state.jobs.begin(RunId(9), JobKind::Read, 5, 13.0);
    assert_eq!(state.jobs.sum(JobKind::Read).total, 5);
}

#[test]
fn what_a_reload_interrupted_goes_on_as_a_job() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    let project =
        ProjectView { id: ProjectId(1), name: String::new(), classes: vec![class(1, "Oak")], photos: Vec::new() };
    state.apply(Event::Opened { project, head: None, unread: 12, durable: true }, 0.0);
    assert_eq!(state.badge(), Badge::Reading);
    assert_eq!(state.jobs.sum(JobKind::Read).total, 12);
    state.apply(Event::Finished { run: RunId(1), outcome: Outcome::Done }, 1.0);
    assert_eq!(state.badge(), Badge::Ready);
}

#[test]
fn training_says_why_it_cannot_start() {
    let mut state = ready();
    assert_eq!(state.train_block(), None);
    state.jobs.begin(RUN, JobKind::Read, 1, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::Reading));
    state.apply(finished(Outcome::Done), 0.0);
    state.apply(Event::PhotosGone { photos: ids(&[1]) }, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::TooFewPhotos { class: "Oak".to_owned(), missing: 1 }));
    state.apply(Event::PhotosGone { photos: ids(&[3]) }, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::TooFewClasses));
    state.apply(Event::PhotosPlaced { photos: vec![photo(1, Some(1)), photo(3, Some(1))] }, 0.0);
    assert_eq!(state.train_block(), None);
    state.apply(Event::OpenElsewhere, 0.0);
    assert_eq!(state.train_block(), Some(TrainBlock::OpenElsewhere));
}

#[test]
fn a_training_draws_its_curve_and_ends_with_the_kept_step() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    assert_eq!(state.training.state.code(), "training");
    assert_eq!(state.layout(), Layout::Trained);
    assert_eq!(state.badge(), Badge::Training);
    for (at, step) in [(1_000.0, 10), (2_000.0, 20)] {
        state.apply(Event::TrainingStep { run: RUN, point: point(step), of_steps: 100, done_steps: step }, at);
    }
    // The refit goes on with the last point.
    state.apply(Event::TrainingStep { run: RUN, point: point(20), of_steps: 100, done_steps: 50 }, 5_000.0);
    assert_eq!(state.training.curve.len(), 2);
    assert_eq!(state.training.time_left(), Some(TimeLeft::Seconds(5)));
    // A point of another run is not drawn.
    state.apply(Event::TrainingStep { run: RunId(99), point: point(90), of_steps: 100, done_steps: 90 }, 6_000.0);
    assert_eq!(state.training.curve.len(), 2);
    state.apply(Event::HeadChanged { head: head(HeadOrigin::Trained) }, 7_000.0);
    state.apply(finished(Outcome::Done), 7_000.0);
    assert_eq!(state.training.state, TrainingState::Trained);
    assert_eq!(state.training.kept_step, Some(10));
    assert_eq!(state.training.took_ms, Some(1_500));
    assert!(!state.is_busy());
}

#[test]
fn a_training_stopped_before_anything_leaves_things_as_they_were() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    state.apply(finished(Outcome::Cancelled), 1.0);
    assert_eq!(state.training.state, TrainingState::Idle);
    assert_eq!(state.layout(), Layout::Gathering);

    state.apply(Event::HeadChanged { head: head(HeadOrigin::Trained) }, 2.0);
    let before = state.training.clone();
    state.train_started(RunId(8), 3.0);
    state.apply(Event::Finished { run: RunId(8), outcome: Outcome::Cancelled }, 4.0);
    assert_eq!(state.training, before);
}

#[test]
fn a_failed_training_says_so_once() {
    let mut state = ready();
    state.train_started(RUN, 0.0);
    let failure = Failure::DeviceFailed { detail: "lost".to_owned() };
    state.apply(Event::Failed { run: Some(RUN), failure: failure.clone() }, 1.0);
    state.apply(finished(Outcome::Failed), 1.0);
    state.apply(Event::Failed { run: Some(RUN), failure: failure.clone() }, 2.0);
    assert_eq!(state.training.state.code(), "failed");
    let kinds: Vec<&NoticeKind> = state.notices.all().iter().map(|notice| &notice.kind).collect();
    assert_eq!(kinds, [&NoticeKind::Failed(failure)]);
    assert_eq!(state.train_block(), None);
}

#[test]
fn an_opened_head_answers_and_is_no_training() {
    let mut state = ready();
    assert!(!state.can_predict());
    state.jobs.begin(RUN, JobKind::OpenHead, 1, 0.0);
    assert!(state.can_predict(), "photos dropped right after a head file are for that head");
    let mut opened = head(HeadOrigin::Opened);
    opened.classes[0].name = "Elm".to_owned();
    state.apply(Event::HeadChanged { head: opened }, 1.0);
    state.apply(finished(Outcome::Done), 1.0);
    assert_eq!(state.training.state.code(), "idle");
    assert_eq!(state.layout(), Layout::Trained);
    assert!(!state.head_fits());
    state.apply(Event::HeadChanged { head: head(HeadOrigin::Opened) }, 2.0);
    assert!(state.head_fits());
}

#[test]
fn a_project_with_a_head_opens_at_its_results() {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    state.apply(opened_with(vec![class(1, "Oak")], vec![photo(1, Some(1))], Some(head(HeadOrigin::Trained))), 0.0);
    assert_eq!(state.layout(), Layout::Trained);
    assert_eq!(state.training.state, TrainingState::Trained);
    // Opened again after the engine was restarted: the person stays where they are.
    state.at_results = false;
    state.apply(opened_with(vec![class(1, "Oak")], vec![photo(1, Some(1))], Some(head(HeadOrigin::Trained))), 1.0);
    assert_eq!(state.layout(), Layout::Gathering);
}

#[test]
fn answers_are_appended_until_cleared_and_their_pictures_let_go_of() {
    let mut state = ready();
    let ranking = vec![Ranked { index: 0, name: "Oak".to_owned(), probability: 0.9 }];
    let pictures = [1, 2, 3].map(|file| (FileRef(file), format!("blob:{file}")));
    state.predictions.wait_for(RUN, pictures);
    state.jobs.begin(RUN, JobKind::Predict, 3, 0.0);
    for file in [2, 1] {
        let name = format!("{file}.jpg");
        state.apply(Event::Predicted { run: RUN, file: FileRef(file), name, ranking: ranking.clone() }, 0.0);
    }
    // The third was left out.
    state.apply(finished(Outcome::Done), 1.0);
    let names: Vec<&str> = state.predictions.answers().iter().map(|answer| answer.name.as_str()).collect();
    assert_eq!(names, ["2.jpg", "1.jpg"]);
    assert_eq!(state.predictions.answers()[0].picture.as_deref(), Some("blob:2"));
    assert_eq!(state.predictions.take_unused(), ["blob:3"]);
    state.predictions.clear();
    assert!(state.predictions.answers().is_empty());
    assert_eq!(state.predictions.take_unused(), ["blob:2", "blob:1"]);
}

#[test]
fn words_for_confidence_go_with_the_percent_that_is_shown() {
    let words = [(1.0, Sure::Very), (0.95, Sure::Very), (0.946, Sure::Very), (0.944, Sure::Quite), (0.8, Sure::Quite)];
    for (probability, word) in words {
        assert_eq!(sure(probability), word, "{probability}");
    }
    assert_eq!(sure(0.794), Sure::Not);
}

#[test]
fn removed_things_can_be_taken_back_while_their_toast_is_there() {
    let mut state = ready();
    let (class, at, photos) = state.class_for_undo(ClassId(2)).expect("the class is there");
    assert_eq!((class.name.as_str(), at), ("Birch", 1));
    assert_eq!(photos, ids(&[2, 4]));
    state.notices.done(Deed::ClassRemoved { class, at, photos });
    state.apply(Event::PhotosGone { photos: ids(&[2, 4]) }, 0.0);
    state.apply(Event::Classes { classes: vec![self::class(1, "Oak")] }, 0.0);
    assert_eq!(state.photos.total(), 2);
    let toast = state.notices.toasts()[0].id;
    assert!(matches!(state.notices.take_toast(toast), Some(Deed::ClassRemoved { at: 1, .. })));
    assert_eq!(state.notices.take_toast(toast), None);
    state.apply(Event::Classes { classes: vec![self::class(1, "Oak"), self::class(2, "Birch")] }, 1.0);
    state.apply(Event::PhotosPlaced { photos: vec![photo(2, Some(2)), photo(4, Some(2))] }, 1.0);
    assert_eq!(state.photos.of(Some(ClassId(2))), ids(&[2, 4]));
}

#[test]
fn how_many_photos_are_enough_is_said_at_the_numbers_that_count() {
    let counts = [
        (0, Enough::None),
        (1, Enough::TooFew { missing: 1 }),
        (2, Enough::BitFew { missing: 18 }),
        (5, Enough::Some { missing: 15 }),
        (20, Enough::Good),
    ];
    for (count, enough) in counts {
        assert_eq!(Enough::of(count), enough, "{count}");
    }
}

#[test]
fn a_restart_and_a_project_open_elsewhere_are_told() {
    let mut state = ready();
    state.engine_changed(engine(Phase::Restarting { detail: "trap".to_owned() }));
    assert_eq!(state.badge().code(), "loading");
    assert!(matches!(state.notices.all()[0].kind, NoticeKind::Restarted { .. }));
    state.engine_changed(engine(Phase::Ready));
    state.apply(Event::OpenElsewhere, 0.0);
    assert_eq!(state.badge(), Badge::Elsewhere);
    state.apply(opened_with(Vec::new(), Vec::new(), None), 1.0);
    assert_eq!(state.badge(), Badge::Ready);
    state.engine_changed(engine(Phase::Failed(Failure::WeightsDamaged)));
    assert_eq!(state.badge().code(), "failed");
}

#[test]
fn a_project_that_is_not_kept_is_told() {
    let mut state = State::default();
    let project = ProjectView { id: ProjectId(1), name: String::new(), classes: Vec::new(), photos: Vec::new() };
    state.apply(Event::Opened { project, head: None, unread: 0, durable: false }, 0.0);
    assert_eq!(state.notices.all()[0].kind, NoticeKind::NotKept);
}

#[test]
fn progress_is_said_every_tenth_or_after_five_seconds() {
    let mut speaker = Speaker::default();
    let said: Vec<u32> =
        (0..=100).filter(|done| speaker.should_say(f64::from(*done) / 100.0, f64::from(*done))).collect();
    assert!((10..=11).contains(&said.len()), "{said:?}");
    let mut slow = Speaker::default();
    assert!(slow.should_say(0.0, 0.0));
    assert!(!slow.should_say(0.01, 4_000.0));
    assert!(slow.should_say(0.02, 5_000.0));
}

#[test]
fn names_change_when_the_engine_says_so() {
    let mut state = ready();
    state.apply(Event::ProjectRenamed { name: "Trees".to_owned() }, 0.0);
    state.apply(Event::Classes { classes: vec![class(1, "Oak"), class(2, "Beech")] }, 0.0);
    assert_eq!(state.name, "Trees");
    assert_eq!(state.key_of("Beech"), Some(1));
    assert_eq!(state.key_of("Birch"), None);
}
