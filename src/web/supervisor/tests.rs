//! The supervisor's turns, told as a page would tell them.

use super::*;
use crate::{
    dataset::ProjectId,
    protocol::{Destination, FileRef, Heads, Incoming, Outcome, ProjectView},
};

const CPU: WorkerId = WorkerId(1);
const GPU: WorkerId = WorkerId(2);

fn ready(device: DeviceKind) -> Event {
    Event::Ready { protocol: PROTOCOL_VERSION, device, backbone: "lite0".to_owned() }
}

fn opened() -> Event {
    let project = ProjectView { id: ProjectId(1), name: String::new(), classes: Vec::new(), photos: Vec::new() };
    Event::Opened { project, heads: Heads::default(), unread: 0, run: RunId(1), durable: true, others: Vec::new() }
}

fn finished(run: RunId) -> Event {
    Event::Finished { run, outcome: Outcome::Done }
}

fn measured(photo_ms: f64, correct: bool) -> Event {
    Event::Measured { photo_ms, correct }
}

fn posts(effects: &[Effect]) -> Vec<(WorkerId, &Request)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Post(id, request) => Some((*id, request)),
            _ => None,
        })
        .collect()
}

/// The run of the last `Open`.
fn open_run(supervisor: &Supervisor) -> RunId {
    *supervisor.runs.all().last().expect("opened")
}

/// Lets a worker that was asked to open the project do so, and finish what was left to read.
fn let_open(supervisor: &mut Supervisor, worker: WorkerId) -> Vec<Effect> {
    let mut effects = supervisor.event(worker, &opened());
    effects.extend(supervisor.event(worker, &finished(open_run(supervisor))));
    effects
}

/// A page whose processor worker has the project and is idle.
fn working(choice: DeviceChoice) -> Supervisor {
    let mut supervisor = Supervisor::new(choice, GpuNote::Unknown);
    supervisor.start();
    supervisor.event(CPU, &ready(DeviceKind::Cpu));
    let_open(&mut supervisor, CPU);
    supervisor
}

/// The same, with the other worker loaded behind it.
fn with_candidate() -> Supervisor {
    let mut supervisor = working(DeviceChoice::Auto);
    assert!(supervisor.adapter(true).contains(&Effect::Spawn(GPU, DeviceKind::WebGpu)));
    assert_eq!(posts(&supervisor.event(GPU, &ready(DeviceKind::WebGpu))), [(GPU, &Request::Measure)]);
    supervisor
}

#[test]
fn requests_wait_until_the_project_is_open_and_keep_their_order() {
    let mut supervisor = Supervisor::new(DeviceChoice::Cpu, GpuNote::Unknown);
    assert!(supervisor.start().contains(&Effect::Spawn(CPU, DeviceKind::Cpu)));
    let train = Request::Train { run: supervisor.next_run() };
    assert_eq!(supervisor.send(train.clone()), []);
    assert_eq!(supervisor.send(Request::ExportHead), []);

    let effects = supervisor.event(CPU, &ready(DeviceKind::Cpu));
    assert_eq!(posts(&effects), [(CPU, &Request::Open { run: open_run(&supervisor) })]);
    assert_eq!(supervisor.state().phase, Phase::Ready);

    let effects = supervisor.event(CPU, &opened());
    assert_eq!(
        effects,
        [Effect::PassOn, Effect::Post(CPU, train), Effect::Post(CPU, Request::ExportHead)],
        "the page knows the project before anything happens in it"
    );
    assert_eq!(posts(&supervisor.send(Request::ExportHead)), [(CPU, &Request::ExportHead)]);
}

#[test]
fn events_of_runs_that_are_over_are_dropped() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    assert_eq!(supervisor.event(CPU, &finished(run)), [Effect::PassOn]);
    assert_eq!(supervisor.event(CPU, &finished(run)), []);
    assert_eq!(supervisor.event(CPU, &Event::Failed { run: None, failure: Failure::NoHead }), [Effect::PassOn]);
}

#[test]
fn a_worker_of_another_version_asks_for_a_reload() {
    let mut supervisor = Supervisor::new(DeviceChoice::Auto, GpuNote::Unknown);
    supervisor.start();
    let ready = Event::Ready { protocol: PROTOCOL_VERSION + 1, device: DeviceKind::Cpu, backbone: String::new() };
    assert!(supervisor.event(CPU, &ready).contains(&Effect::Terminate(CPU)));
    assert_eq!(supervisor.state().phase, Phase::Reload);
}

#[test]
fn the_adapter_is_asked_for_behind_the_first_worker_and_only_where_it_matters() {
    let mut supervisor = Supervisor::new(DeviceChoice::Auto, GpuNote::Unknown);
    assert!(!supervisor.start().contains(&Effect::AskAdapter));
    assert!(supervisor.event(CPU, &ready(DeviceKind::Cpu)).contains(&Effect::AskAdapter));
    supervisor.adapter(false);
    assert_eq!(supervisor.state().gpu, GpuNote::None);

    let mut supervisor = Supervisor::new(DeviceChoice::Cpu, GpuNote::Unknown);
    supervisor.start();
    assert!(!supervisor.event(CPU, &ready(DeviceKind::Cpu)).contains(&Effect::AskAdapter));
}

#[test]
fn a_faster_chip_takes_over_once_the_other_worker_has_let_go() {
    let mut supervisor = with_candidate();
    assert_eq!(posts(&supervisor.event(GPU, &measured(5.0, true))), [(CPU, &Request::Measure)]);
    assert_eq!(posts(&supervisor.event(CPU, &measured(50.0, true))), [(CPU, &Request::Release)]);
    assert_eq!(supervisor.send(Request::ExportHead), [], "nobody has the project now");

    let effects = supervisor.event(CPU, &Event::Released);
    assert!(effects.contains(&Effect::Terminate(CPU)));
    assert_eq!(posts(&effects), [(GPU, &Request::Open { run: open_run(&supervisor) })]);
    assert_eq!((supervisor.state().device, &supervisor.state().gpu), (DeviceKind::WebGpu, &GpuNote::InUse));
    assert_eq!(posts(&let_open(&mut supervisor, GPU)), [(GPU, &Request::ExportHead)]);
}

#[test]
fn a_takeover_waits_for_an_idle_moment() {
    let mut supervisor = with_candidate();
    supervisor.event(GPU, &measured(5.0, true));
    let run = supervisor.next_run();
    supervisor.send(Request::Import { run, files: Vec::new(), into: Destination::Unsorted });
    assert_eq!(posts(&supervisor.event(CPU, &measured(50.0, true))), []);
    assert_eq!(posts(&supervisor.event(CPU, &finished(run))), [(CPU, &Request::Release)]);
}

#[test]
fn a_slower_or_wrong_chip_is_let_go_of() {
    let mut supervisor = with_candidate();
    supervisor.event(GPU, &measured(50.0, true));
    assert!(supervisor.event(CPU, &measured(5.0, true)).contains(&Effect::Terminate(GPU)));
    assert_eq!(supervisor.state().gpu, GpuNote::Slower);

    let mut supervisor = with_candidate();
    assert!(supervisor.event(GPU, &measured(5.0, false)).contains(&Effect::Terminate(GPU)));
    assert_eq!(supervisor.state().gpu, GpuNote::Wrong);
    assert_eq!(supervisor.state().device, DeviceKind::Cpu);
}

#[test]
fn a_chip_that_fails_behind_a_working_engine_only_leaves_a_note() {
    let mut supervisor = with_candidate();
    let effects = supervisor.died(GPU, "device lost", 0.0);
    assert_eq!(effects[1..], [Effect::Terminate(GPU)]);
    assert_eq!(supervisor.state().gpu, GpuNote::Failed { detail: "device lost".to_owned() });
    assert_eq!(supervisor.state().phase, Phase::Ready);
}

/// Lets the next worker start and open the project; what it is asked to do.
fn next_worker(supervisor: &mut Supervisor, worker: WorkerId) -> Vec<Request> {
    supervisor.event(worker, &ready(DeviceKind::Cpu));
    let effects = let_open(supervisor, worker);
    posts(&effects).into_iter().map(|(_, request)| request.clone()).collect()
}

#[test]
fn what_a_dead_worker_had_is_done_by_the_next_one_in_its_order() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let requests = [Request::Train { run: supervisor.next_run() }, Request::TestBorder { run: supervisor.next_run() }];
    for request in &requests {
        supervisor.send(request.clone());
    }

    let effects = supervisor.died(CPU, "unreachable", 0.0);

    assert!(matches!(&effects[0], Effect::State(EngineState { phase: Phase::Restarting { .. }, .. })));
    assert_eq!(effects[1..], [Effect::Terminate(CPU), Effect::Spawn(WorkerId(2), DeviceKind::Cpu)], "nothing failed");
    let Request::Train { run } = requests[0] else { unreachable!() };
    assert_eq!(supervisor.event(CPU, &finished(run)), [], "the dead do not speak");
    supervisor.send(Request::ExportHead);
    assert_eq!(next_worker(&mut supervisor, WorkerId(2)), [&requests[..], &[Request::ExportHead]].concat());
}

#[test]
fn files_that_were_answered_are_not_asked_about_again() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let run = supervisor.next_run();
    let files: Vec<Incoming> = (0..4).map(|at| Incoming { file: FileRef(at), path: format!("{at}.jpg") }).collect();
    supervisor.send(Request::Predict { run, files: files.clone() });
    let (name, ranking) = (String::new(), Vec::new());
    supervisor.event(CPU, &Event::Predicted { run, file: FileRef(0), name, label: None, ranking, unknown: false });
    supervisor.event(CPU, &Event::LeftOut { run, path: "2.jpg".to_owned(), failure: Failure::UnreadableFile });
    supervisor.died(CPU, "unreachable", 0.0);
    let left = vec![files[1].clone(), files[3].clone()];
    assert_eq!(next_worker(&mut supervisor, WorkerId(2)), [Request::Predict { run, files: left }]);
}

#[test]
fn a_run_that_every_worker_dies_of_fails_and_one_that_was_cancelled_ends() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let (run, cancelled) = (supervisor.next_run(), supervisor.next_run());
    supervisor.send(Request::Train { run });
    supervisor.send(Request::TestBorder { run: cancelled });
    supervisor.send(Request::Cancel { run: cancelled });
    let effects = supervisor.died(CPU, "unreachable", 0.0);
    assert!(effects.contains(&Effect::Tell(Event::Finished { run: cancelled, outcome: Outcome::Cancelled })));
    for death in [2, 3] {
        assert_eq!(next_worker(&mut supervisor, WorkerId(death)), [Request::Train { run }]);
        let effects = supervisor.died(WorkerId(death), "unreachable", 100_000.0 * f64::from(death));
        let failed = Effect::Tell(Event::Finished { run, outcome: Outcome::Failed });
        assert_eq!(effects.contains(&failed), death == 3, "{effects:?}");
    }
    assert_eq!(next_worker(&mut supervisor, WorkerId(4)), []);
}

#[test]
fn edits_that_the_dead_worker_had_not_served_are_made_by_the_next_one_in_their_order() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let train = Request::Train { run: supervisor.next_run() };
    let edits = ["a", "b", "c"].map(|name| Request::AddClass { name: name.to_owned() });
    supervisor.send(train.clone());
    for edit in &edits {
        supervisor.send(edit.clone());
    }
    assert_eq!(supervisor.event(CPU, &Event::Served), []);

    supervisor.died(CPU, "unreachable", 0.0);
    supervisor.send(Request::ExportHead);

    let second = WorkerId(2);
    let asked = next_worker(&mut supervisor, second);
    assert_eq!(asked, [edits[1].clone(), edits[2].clone(), train, Request::ExportHead]);
    assert_eq!(posts(&supervisor.event(second, &opened())), [], "a project file was opened: nothing is asked twice");
    for _ in 0..3 {
        supervisor.event(second, &Event::Served);
    }
    supervisor.died(second, "unreachable", 1.0);
    assert!(!next_worker(&mut supervisor, WorkerId(3)).iter().any(Request::is_served), "each is made once");
}

#[test]
fn an_edit_that_every_worker_dies_of_is_given_up_and_told() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let edits = ["a", "b"].map(|name| Request::AddClass { name: name.to_owned() });
    for edit in &edits {
        supervisor.send(edit.clone());
    }
    for death in 1..=3 {
        let told = supervisor.died(WorkerId(death), "unreachable", 100_000.0 * f64::from(death));
        let failed = told.iter().any(|effect| matches!(effect, Effect::Tell(Event::Failed { run: None, .. })));
        assert_eq!(failed, death == 3, "{told:?}");
        let asked = next_worker(&mut supervisor, WorkerId(death + 1));
        assert_eq!(asked, edits[usize::from(death == 3)..]);
    }
}

#[test]
fn what_was_asked_but_not_given_to_the_dead_worker_is_done_by_the_next() {
    let mut supervisor = Supervisor::new(DeviceChoice::Cpu, GpuNote::Unknown);
    supervisor.start();
    let train = Request::Train { run: supervisor.next_run() };
    supervisor.send(train.clone());
    supervisor.died(CPU, "unreachable", 0.0);
    supervisor.event(WorkerId(2), &ready(DeviceKind::Cpu));
    assert_eq!(posts(&supervisor.event(WorkerId(2), &opened())), [(WorkerId(2), &train)]);
}

#[test]
fn a_dead_chip_is_not_tried_again_until_it_is_asked_for() {
    let mut supervisor = with_candidate();
    supervisor.event(GPU, &measured(5.0, true));
    supervisor.event(CPU, &measured(50.0, true));
    supervisor.event(CPU, &Event::Released);
    let_open(&mut supervisor, GPU);

    let cpu = WorkerId(3);
    assert!(supervisor.died(GPU, "device lost", 0.0).contains(&Effect::Spawn(cpu, DeviceKind::Cpu)));
    supervisor.event(cpu, &ready(DeviceKind::Cpu));
    let effects = let_open(&mut supervisor, cpu);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Spawn(..) | Effect::AskAdapter)));
    assert_eq!(supervisor.state().gpu, GpuNote::Failed { detail: "device lost".to_owned() });

    let effects = supervisor.choose(DeviceChoice::WebGpu);
    assert!(effects.contains(&Effect::Spawn(WorkerId(4), DeviceKind::WebGpu)));
}

#[test]
fn a_chip_that_failed_before_is_not_tried_when_the_page_starts() {
    let failed = GpuNote::Failed { detail: "device lost".to_owned() };
    for choice in [DeviceChoice::Auto, DeviceChoice::WebGpu] {
        let mut supervisor = Supervisor::new(choice, failed.clone());
        assert!(supervisor.start().contains(&Effect::Spawn(CPU, DeviceKind::Cpu)));
        let mut effects = supervisor.event(CPU, &ready(DeviceKind::Cpu));
        effects.extend(let_open(&mut supervisor, CPU));
        assert!(!effects.iter().any(|effect| matches!(effect, Effect::Spawn(..) | Effect::AskAdapter)), "{effects:?}");
        assert!(supervisor.choose(DeviceChoice::WebGpu).contains(&Effect::Spawn(GPU, DeviceKind::WebGpu)));
    }
}

#[test]
fn a_worker_whose_chip_is_lost_is_replaced_though_it_lives_and_its_work_goes_on() {
    let mut supervisor = Supervisor::new(DeviceChoice::WebGpu, GpuNote::Unknown);
    supervisor.start();
    supervisor.event(WorkerId(1), &ready(DeviceKind::WebGpu));
    let_open(&mut supervisor, WorkerId(1));
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    let failure = Failure::DeviceFailed { detail: "device lost".to_owned() };
    let effects = supervisor.event(WorkerId(1), &Event::Failed { run: Some(run), failure: failure.clone() });
    assert!(effects.contains(&Effect::Spawn(WorkerId(2), DeviceKind::Cpu)));
    assert!(!effects.contains(&Effect::PassOn), "nothing has failed for good");
    assert_eq!(supervisor.state().gpu, GpuNote::Failed { detail: "device lost".to_owned() });
    assert_eq!(next_worker(&mut supervisor, WorkerId(2)), [Request::Train { run }]);
    // On the processor the same is told.
    let effects = supervisor.event(WorkerId(2), &Event::Failed { run: Some(run), failure });
    assert_eq!(effects, [Effect::PassOn]);
}

/// Ticks until a worker is given up, each answered with a step; how many it took.
fn ticks(supervisor: &mut Supervisor, answer: impl Fn(u32) -> Option<Option<u32>>) -> Option<u32> {
    (1..=100).find(|at| {
        let effects = supervisor.tick(0.0);
        if effects.contains(&Effect::Terminate(CPU)) {
            return true;
        }
        assert!(effects.contains(&Effect::Ping(CPU)));
        if let Some(step) = answer(*at) {
            supervisor.alive(CPU, step);
        }
        false
    })
}

#[test]
fn a_worker_that_does_not_answer_is_given_up_and_its_work_goes_on() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    assert_eq!(ticks(&mut supervisor, |_| None), Some(7), "silent for more than 30 seconds");
    let restarting = Phase::Restarting { detail: "no answer for 30 seconds".to_owned() };
    assert_eq!(supervisor.state().phase, restarting);
    assert_eq!(next_worker(&mut supervisor, WorkerId(2)), [Request::Train { run }]);
}

#[test]
fn a_worker_that_answers_but_never_ends_its_step_is_given_up_later() {
    let mut supervisor = working(DeviceChoice::Cpu);
    assert_eq!(ticks(&mut supervisor, |_| Some(Some(3))), Some(26), "in one step for more than two minutes");
    // One that waits for something to do, or gets on, never is.
    for answer in [|_| Some(None), |at| Some(Some(at / 20))] {
        assert_eq!(ticks(&mut working(DeviceChoice::Cpu), answer), None);
    }
}

#[test]
fn an_engine_that_keeps_dying_is_given_up_and_says_so_to_everything_asked() {
    let mut supervisor = working(DeviceChoice::Cpu);
    for death in 1..=4 {
        supervisor.died(WorkerId(death), "unreachable", 1000.0 * f64::from(death));
    }
    let failure = Failure::DeviceFailed { detail: "unreachable".to_owned() };
    assert_eq!(supervisor.state().phase, Phase::Failed(failure.clone()));

    let run = supervisor.next_run();
    let effects = supervisor.send(Request::Train { run });
    assert_eq!(effects[0], Effect::Tell(Event::Failed { run: Some(run), failure }));
}

#[test]
fn deaths_that_lie_far_apart_are_survived() {
    let mut supervisor = working(DeviceChoice::Cpu);
    for death in 1..=10 {
        supervisor.died(WorkerId(death), "unreachable", 30_000.0 * f64::from(death));
    }
    assert!(matches!(supervisor.state().phase, Phase::Restarting { .. }));
}

#[test]
fn without_weights_nothing_is_tried_again() {
    let mut supervisor = Supervisor::new(DeviceChoice::Auto, GpuNote::Unknown);
    supervisor.start();
    let failure = Failure::WeightsMissing { detail: "HTTP status 404".to_owned() };
    supervisor.event(CPU, &Event::Failed { run: None, failure: failure.clone() });
    assert_eq!(supervisor.state().phase, Phase::Failed(failure));
}

#[test]
fn a_forced_chip_that_is_missing_leaves_the_work_to_the_processor() {
    let mut supervisor = Supervisor::new(DeviceChoice::WebGpu, GpuNote::Unknown);
    assert!(supervisor.start().contains(&Effect::Spawn(WorkerId(1), DeviceKind::WebGpu)));
    let failure = Failure::DeviceUnavailable { detail: "no adapter".to_owned() };
    let effects = supervisor.event(WorkerId(1), &Event::Failed { run: None, failure });
    assert!(effects.contains(&Effect::Spawn(WorkerId(2), DeviceKind::Cpu)));
    assert!(matches!(supervisor.state().gpu, GpuNote::Failed { .. }));

    supervisor.event(WorkerId(2), &ready(DeviceKind::Cpu));
    let effects = let_open(&mut supervisor, WorkerId(2));
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Spawn(..))), "it is not tried for ever");
}

#[test]
fn a_forced_chip_that_is_wrong_is_replaced() {
    let mut supervisor = Supervisor::new(DeviceChoice::WebGpu, GpuNote::Unknown);
    supervisor.start();
    let effects = supervisor.event(WorkerId(1), &ready(DeviceKind::WebGpu));
    assert_eq!(posts(&effects)[1], (WorkerId(1), &Request::Measure));
    let_open(&mut supervisor, WorkerId(1));
    assert!(
        supervisor.event(WorkerId(1), &measured(5.0, false)).contains(&Effect::Spawn(WorkerId(2), DeviceKind::Cpu))
    );
    assert_eq!(supervisor.state().gpu, GpuNote::Wrong);
}

#[test]
fn the_person_can_go_back_to_the_processor() {
    let mut supervisor = with_candidate();
    supervisor.event(GPU, &measured(5.0, true));
    supervisor.event(CPU, &measured(50.0, true));
    supervisor.event(CPU, &Event::Released);
    let_open(&mut supervisor, GPU);

    let cpu = WorkerId(3);
    assert!(supervisor.choose(DeviceChoice::Cpu).contains(&Effect::Spawn(cpu, DeviceKind::Cpu)));
    assert_eq!(posts(&supervisor.event(cpu, &ready(DeviceKind::Cpu))), [(GPU, &Request::Release)]);
    supervisor.event(GPU, &Event::Released);
    let_open(&mut supervisor, cpu);
    assert_eq!((supervisor.state().device, supervisor.state().choice), (DeviceKind::Cpu, DeviceChoice::Cpu));
}

#[test]
fn choosing_the_processor_ends_the_trial_of_the_chip() {
    let mut supervisor = with_candidate();
    assert!(supervisor.choose(DeviceChoice::Cpu).contains(&Effect::Terminate(GPU)));
    assert_eq!(supervisor.state().gpu, GpuNote::Unknown);
}

#[test]
fn a_chip_that_is_asked_for_takes_over_even_if_it_is_slower() {
    let mut supervisor = with_candidate();
    supervisor.event(GPU, &measured(500.0, true));
    assert_eq!(posts(&supervisor.choose(DeviceChoice::WebGpu)), [(CPU, &Request::Release)]);
}

#[test]
fn a_project_that_cannot_be_opened_answers_what_waits_for_it() {
    let mut supervisor = Supervisor::new(DeviceChoice::Cpu, GpuNote::Unknown);
    supervisor.start();
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    supervisor.event(CPU, &ready(DeviceKind::Cpu));
    let effects = supervisor.event(CPU, &Event::Failed { run: None, failure: Failure::StorageNewer });
    let told = Effect::Tell(Event::Failed { run: Some(run), failure: Failure::StorageNewer });
    assert!(effects.contains(&told) && effects.contains(&Effect::PassOn));
    assert_eq!(supervisor.state().phase, Phase::Failed(Failure::StorageNewer));
}

#[test]
fn a_closed_engine_ends_all_workers_starts_none_and_fails_nothing_aloud() {
    let mut supervisor = with_candidate();
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    let effects = supervisor.close();
    assert!(effects.contains(&Effect::Terminate(CPU)) && effects.contains(&Effect::Terminate(GPU)), "{effects:?}");
    assert_eq!(supervisor.state().phase, Phase::Closed);
    assert_eq!(supervisor.died(CPU, "late word", 1.0), []);
    let run = supervisor.next_run();
    assert_eq!(supervisor.send(Request::Train { run }), []);
    assert_eq!(supervisor.choose(DeviceChoice::WebGpu).iter().filter(|it| matches!(it, Effect::Spawn(..))).count(), 0);
}

#[test]
fn another_tab_gets_the_project_when_nothing_is_running_and_gives_it_back() {
    let mut supervisor = working(DeviceChoice::Cpu);
    let run = supervisor.next_run();
    supervisor.send(Request::Train { run });
    assert_eq!(supervisor.give(), [], "a training is not ended for it");

    let effects = supervisor.event(CPU, &finished(run));
    let given = [Effect::PassOn, Effect::Post(CPU, Request::Release), Effect::Tell(Event::OpenElsewhere)];
    assert_eq!(effects, given, "at the first idle moment, and the page is told at once");
    assert_eq!(supervisor.give(), [], "it is given already");

    let effects = supervisor.event(CPU, &Event::Released);
    assert_eq!(
        posts(&effects),
        [(CPU, &Request::Open { run: open_run(&supervisor) })],
        "it waits behind the other tab"
    );
    assert_eq!(supervisor.give(), [], "who waits has nothing to give");
    let effects = supervisor.event(CPU, &opened());
    assert_eq!(effects, [Effect::PassOn], "what was asked of who waited does not take it away again");
}

#[test]
fn a_worker_that_dies_while_it_gives_the_project_away_waits_for_it_again() {
    let mut supervisor = working(DeviceChoice::Cpu);
    supervisor.give();
    let effects = supervisor.died(CPU, "a trap", 1.0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Spawn(..))), "{effects:?}");
    let second = WorkerId(2);
    let effects = supervisor.event(second, &ready(DeviceKind::Cpu));
    assert_eq!(posts(&effects), [(second, &Request::Open { run: open_run(&supervisor) })]);
}
