//! Events and a state to begin with.

use headstart::{
    dataset::{Class, ClassId, HeadId, PhotoId, ProjectId, Role},
    metrics::Interval,
    protocol::{
        CurvePoint, DeviceKind, Event, HeadClass, HeadOrigin, HeadView, Heads, Outcome, PhotoView, Progress,
        ProjectView, RunId, Score, ScoreProtocol,
    },
    ui::state::State,
    web::{DeviceChoice, EngineState, GpuNote, Phase},
};

pub(crate) const RUN: RunId = RunId(7);

pub(crate) fn class(id: u32, name: &str) -> Class {
    Class { id: ClassId(id), name: name.to_owned() }
}

pub(crate) fn photo(id: u32, class: Option<u32>) -> PhotoView {
    PhotoView {
        id: PhotoId(id),
        class: class.map(ClassId),
        name: format!("{id}.jpg"),
        role: Role::Training,
        excluded: false,
        tags: Vec::new(),
        burst: None,
    }
}

pub(crate) fn test_photo(id: u32, class: u32) -> PhotoView {
    PhotoView { role: Role::Test, ..photo(id, Some(class)) }
}

pub(crate) fn ids(ids: &[u32]) -> Vec<PhotoId> {
    ids.iter().copied().map(PhotoId).collect()
}

pub(crate) fn engine(phase: Phase) -> EngineState {
    EngineState { phase, device: DeviceKind::Cpu, choice: DeviceChoice::Auto, gpu: GpuNote::Unknown }
}

pub(crate) fn opened_with(classes: Vec<Class>, photos: Vec<PhotoView>, head: Option<HeadView>) -> Event {
    let project = ProjectView { id: ProjectId(1), name: "Leaves".to_owned(), classes, photos };
    Event::Opened {
        project,
        heads: heads(head.into_iter().collect()),
        unread: 0,
        run: RunId(1),
        durable: true,
        others: Vec::new(),
    }
}

/// The heads, the last one active.
pub(crate) fn heads(all: Vec<HeadView>) -> Heads {
    let active = all.last().map(|head| head.id);
    Heads { all, active, chosen: false, false_unknown_percent: 5 }
}

/// Two classes with two photos each, and nothing going on.
pub(crate) fn ready() -> State {
    let mut state = State::default();
    state.engine_changed(engine(Phase::Ready));
    let photos = vec![photo(1, Some(1)), photo(2, Some(2)), photo(3, Some(1)), photo(4, Some(2))];
    state.apply(opened_with(vec![class(1, "Oak"), class(2, "Birch")], photos, None), 0.0);
    state
}

pub(crate) fn head(origin: HeadOrigin) -> HeadView {
    let interval = Interval { low: 0.5, high: 0.9 };
    HeadView {
        name: String::new(),
        id: HeadId(1),
        origin,
        classes: ["Oak", "Birch"].map(|name| HeadClass { name: name.to_owned(), count: 2 }).to_vec(),
        score: Some(Score {
            protocol: ScoreProtocol::HeldBack,
            accuracy: 0.75,
            interval,
            balanced_accuracy: None,
            photos: 4,
            bursts: None,
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
        unknown_bytes: 0,
        instant_accuracy: None,
    }
}

pub(crate) fn point(step: u32) -> CurvePoint {
    CurvePoint { step, train_loss: 0.5, train_accuracy: 0.8, valid_loss: 0.6, valid_accuracy: 0.7 }
}

pub(crate) fn progressed(done: u32, total: u32) -> Event {
    Event::Progressed { run: RUN, progress: Progress { done, total, failed: 0 } }
}

pub(crate) fn finished(outcome: Outcome) -> Event {
    Event::Finished { run: RUN, outcome }
}
