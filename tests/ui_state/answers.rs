//! What the head answered.

use crate::support::{RUN, finished, ready};
use headstart::{
    protocol::{Event, FileRef, Outcome, Ranked},
    ui::state::{AnswerTable, Column, JobKind, Only, Prediction, Sure, agreement, sure},
};

#[test]
fn answers_are_appended_until_cleared_and_their_pictures_let_go_of() {
    let mut state = ready();
    let ranking = vec![Ranked { index: 0, name: "Oak".to_owned(), probability: 0.9 }];
    state.jobs.begin(RUN, JobKind::Predict, 3, 0.0);
    for file in [2, 1] {
        let name = format!("{file}.jpg");
        state.apply(
            Event::Predicted {
                run: RUN,
                file: FileRef(file),
                name,
                label: None,
                ranking: ranking.clone(),
                unknown: false,
            },
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
        let label = (file == 1).then(|| "birch".to_owned());
        state.apply(Event::Predicted { run: RUN, file: FileRef(file), name, label, ranking, unknown }, 0.0);
    };
    answer(1, "a, \"b\".jpg", vec![ranked("oak", 0.9), ranked("birch", 0.1)], false);
    answer(2, "=1+2.jpg", vec![ranked("only", 1.0)], true);
    let lines = [
        "file,answer,probability,unknown,second,second_probability,folder,agrees",
        "\"a, \"\"b\"\".jpg\",oak,0.9000,false,birch,0.1000,birch,false",
        "'=1+2.jpg,only,1.0000,true,,,,",
        "",
    ];
    assert_eq!(state.predictions.csv(), lines.join("\r\n"));
}

fn answer(file: u32, name: &str, said: &str, probability: f32, unknown: bool, label: Option<&str>) -> Prediction {
    let ranking = vec![Ranked { index: 0, name: said.to_owned(), probability }];
    Prediction {
        file: FileRef(file),
        name: name.to_owned(),
        label: label.map(str::to_owned),
        picture: None,
        ranking,
        unknown,
    }
}

fn some() -> Vec<Prediction> {
    vec![
        answer(1, "walk-10.jpg", "oak", 0.97, false, Some("oak")),
        answer(2, "walk-2.jpg", "birch", 0.55, false, Some("oak")),
        answer(3, "Key.JPG", "oak", 0.80, true, None),
        answer(4, "walk-1.jpg", "birch", 0.99, false, Some("birch")),
    ]
}

/// The rows as file numbers.
fn rows(table: &AnswerTable) -> Vec<u32> {
    let answers = some();
    table.rows(&answers).into_iter().map(|at| answers[at].file.0).collect()
}

#[test]
fn a_table_of_answers_is_sorted_both_ways() {
    let mut table = AnswerTable::default();
    assert_eq!(rows(&table), [1, 2, 3, 4], "as they came");
    table.sort_by(Column::Name);
    assert_eq!(rows(&table), [3, 4, 2, 1], "digits are numbers");
    table.sort_by(Column::Name);
    assert_eq!(rows(&table), [1, 2, 4, 3]);
    table.sort_by(Column::Probability);
    assert_eq!(rows(&table), [2, 3, 1, 4], "the least sure first");
    table.sort_by(Column::Answer);
    assert_eq!(rows(&table), [3, 4, 2, 1], "unknown ones, then by class, the surest first");
}

#[test]
fn a_table_of_answers_is_searched_and_grouped() {
    let mut table = AnswerTable { search: " KEY".to_owned(), ..AnswerTable::default() };
    assert_eq!(rows(&table), [3]);
    table = AnswerTable { class: Some("oak".to_owned()), ..AnswerTable::default() };
    assert_eq!(rows(&table), [1], "an unknown photo is answered with no class");
    for (only, wanted) in
        [(Only::NotSure, vec![2]), (Only::Unknown, vec![3]), (Only::Disagree, vec![2]), (Only::All, vec![1, 2, 3, 4])]
    {
        assert_eq!(rows(&AnswerTable { only, ..AnswerTable::default() }), wanted, "{only:?}");
    }
    let answers = some();
    table = AnswerTable { grouped: true, ..AnswerTable::default() };
    let shown = table.rows(&answers);
    assert_eq!(shown, [2, 1, 3, 0], "unknown ones first, then class by class, in the order in which they came");
    assert_eq!(table.groups(&answers, &shown), [(2, 1), (1, 2), (0, 1)]);
    table.grouped = false;
    assert_eq!(table.groups(&answers, &shown), []);
}

#[test]
fn answers_are_compared_with_what_their_folders_say() {
    assert_eq!(agreement(&some()), (2, 3));
    let strange = answer(5, "x.jpg", "oak", 0.9, true, Some("oak"));
    assert_eq!(strange.agrees(), Some(false), "called unknown, it is not what its folder says");
}
