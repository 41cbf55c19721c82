//! What the head answered.

use crate::support::{RUN, finished, ready};
use headstart::{
    protocol::{Event, FileRef, Outcome, Ranked},
    ui::state::{JobKind, Sure, sure},
};

#[test]
fn answers_are_appended_until_cleared_and_their_pictures_let_go_of() {
    let mut state = ready();
    let ranking = vec![Ranked { index: 0, name: "Oak".to_owned(), probability: 0.9 }];
    state.jobs.begin(RUN, JobKind::Predict, 3, 0.0);
    for file in [2, 1] {
        let name = format!("{file}.jpg");
        state.apply(
            Event::Predicted { run: RUN, file: FileRef(file), name, ranking: ranking.clone(), unknown: false },
            0.0,
        );
        state.predictions.picture(FileRef(file), format!("blob:{file}"));
    }
    // An answer that was dropped shows no picture.
    state.predictions.picture(FileRef(3), "blob:3".to_owned());
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
fn answers_are_a_table_that_scripts_and_spreadsheets_read() {
    let mut state = ready();
    state.jobs.begin(RUN, JobKind::Predict, 2, 0.0);
    let ranked = |name: &str, probability| Ranked { index: 0, name: name.to_owned(), probability };
    let mut answer = |file, name: &str, ranking, unknown| {
        let name = name.to_owned();
        state.apply(Event::Predicted { run: RUN, file: FileRef(file), name, ranking, unknown }, 0.0);
    };
    answer(1, "a, \"b\".jpg", vec![ranked("oak", 0.9), ranked("birch", 0.1)], false);
    answer(2, "=1+2.jpg", vec![ranked("only", 1.0)], true);
    let lines = [
        "file,answer,probability,unknown,second,second_probability",
        "\"a, \"\"b\"\".jpg\",oak,0.9000,false,birch,0.1000",
        "'=1+2.jpg,only,1.0000,true,,",
        "",
    ];
    assert_eq!(state.predictions.csv(), lines.join("\r\n"));
}
