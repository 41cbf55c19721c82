//! The newest answer to the camera's picture, and how many there are a second.

use headstart::{protocol::Ranked, ui::state::Live};

fn ranking(name: &str) -> Vec<Ranked> {
    vec![Ranked { index: 0, name: name.to_owned(), probability: 0.9 }]
}

#[test]
fn one_frame_is_asked_about_at_a_time_and_a_lost_one_is_given_up() {
    let mut live = Live::default();
    let first = live.ask(0.0);
    assert!(live.is_asked(100.0) && live.is_asked(2_900.0));
    assert!(!live.is_asked(3_100.0), "its worker may be gone");
    let second = live.ask(3_100.0);
    live.answer(first, ranking("Oak"), false, 3_150.0);
    assert!(live.ranking.is_empty() && live.is_asked(3_160.0), "an answer that comes late is of another moment");
    live.answer(second, ranking("Birch"), true, 3_200.0);
    assert_eq!((live.ranking.as_slice(), live.unknown), (&ranking("Birch")[..], true));
    assert!(!live.is_asked(3_201.0));
}

#[test]
fn the_rate_is_that_of_the_last_two_seconds() {
    let mut live = Live::default();
    assert_eq!(live.per_second(), 0.0);
    let mut now_ms = 0.0;
    for gap_ms in [[500.0; 6], [100.0; 6]].concat() {
        now_ms += gap_ms;
        let frame = live.ask(now_ms);
        live.answer(frame, ranking("Oak"), false, now_ms);
    }
    // Since two seconds before the last answer: three of the slow ones, then six fast ones.
    assert!((live.per_second() - 8.0 / 1.6).abs() < 0.5, "{}", live.per_second());
    now_ms += 60_000.0;
    let frame = live.ask(now_ms);
    live.answer(frame, ranking("Oak"), false, now_ms);
    assert_eq!(live.per_second(), 0.0, "one answer alone has no rate");
}

#[test]
fn without_a_head_nothing_is_said_any_more() {
    let mut live = Live::default();
    let frame = live.ask(0.0);
    live.answer(frame, ranking("Oak"), false, 10.0);
    let frame = live.ask(20.0);
    live.answer(frame, Vec::new(), false, 30.0);
    assert_eq!((live.ranking.as_slice(), live.per_second()), (&[][..], 0.0));
    assert!(live.ask(40.0) > frame, "a number is never used again");
}
