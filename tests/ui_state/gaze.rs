//! Where the head looks, answer by answer, and the test for background shortcuts.

use crate::support::{RUN, class, finished, head, opened_with, photo, ready};
use headstart::{
    metrics::Interval,
    protocol::{
        BorderTest, BorderVerdict, Event, FileRef, HeadOrigin, Heat, InstantState, Outcome, Ranked, RunId, Share,
    },
    ui::state::{JobKind, Looked, State},
};

fn heat() -> Heat {
    Heat { side: 1, values: vec![0.5] }
}

/// Three answers.
fn answered() -> State {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Predict, 3, 0.0);
    for file in 1..=3 {
        let ranking = vec![Ranked { index: 0, name: "Oak".to_owned(), probability: 0.9 }];
        let name = format!("{file}.jpg");
        state
            .apply(Event::Predicted { run: RUN, file: FileRef(file), name, label: None, ranking, unknown: false }, 0.0);
    }
    state.apply(finished(Outcome::Done), 0.0);
    state
}

#[test]
fn answers_are_asked_about_one_after_the_other_while_they_show_it() {
    let mut state = answered();
    assert_eq!(state.gaze.next(&state.predictions), None);
    state.gaze.turn_all();
    assert_eq!(state.gaze.of(FileRef(1)), Looked::Waiting);
    assert_eq!(state.gaze.next(&state.predictions), Some(FileRef(1)));
    state.gaze.ask(RunId(20), FileRef(1));
    assert_eq!(state.gaze.next(&state.predictions), None);
    state.apply(Event::Explained { run: RunId(20), heat: heat() }, 0.0);
    state.apply(Event::Finished { run: RunId(20), outcome: Outcome::Done }, 0.0);
    assert_eq!(state.gaze.of(FileRef(1)), Looked::At(heat()));
    assert_eq!(state.gaze.next(&state.predictions), Some(FileRef(2)));
    // Turned off meanwhile, the second is not asked about; the third, turned on alone, is.
    state.gaze.turn_all();
    state.gaze.turn(FileRef(3));
    assert_eq!(state.gaze.of(FileRef(1)), Looked::Hidden);
    assert_eq!(state.gaze.next(&state.predictions), Some(FileRef(3)));
}

#[test]
fn a_photo_that_cannot_be_read_again_is_said_so_and_asked_about_no_more() {
    let mut state = answered();
    state.gaze.turn(FileRef(2));
    state.gaze.ask(RunId(20), FileRef(2));
    let failure = headstart::protocol::Failure::UnreadableFile;
    state.apply(Event::Failed { run: Some(RunId(20)), failure }, 0.0);
    state.apply(Event::Finished { run: RunId(20), outcome: Outcome::Failed }, 0.0);
    assert_eq!(state.gaze.of(FileRef(2)), Looked::Failed);
    assert_eq!(state.gaze.next(&state.predictions), None);
    assert!(state.notices.all().is_empty(), "it is said at the photo");
}

#[test]
fn what_the_test_found_goes_when_the_photos_are_others() {
    let mut state = ready();
    assert!(!state.can_test_border());
    let photos = (0..10).map(|id| photo(id, Some(1 + id % 2))).collect();
    let classes = vec![class(1, "Oak"), class(2, "Birch")];
    state.apply(opened_with(classes, photos, Some(head(HeadOrigin::Instant))), 0.0);
    assert!(state.can_test_border());
    let share = Share { accuracy: 0.5, interval: Interval { low: 0.2, high: 0.8 } };
    let found = BorderTest {
        photos: 10,
        guessing: 0.5,
        whole: share,
        border_hidden: share,
        centre_hidden: share,
        verdict: BorderVerdict::KnowsLittle,
    };
    state.apply(Event::BorderTested { run: RUN, found }, 0.0);
    assert_eq!(state.border, Some(found));
    state.apply(Event::Instant { state: InstantState::Fitting }, 0.0);
    assert_eq!(state.border, None);
}
