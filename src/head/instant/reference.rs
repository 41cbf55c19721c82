//! The closed forms against numpy: `tests/fixtures/instant.py` made the numbers.

use super::*;
use serde::Deserialize;
use std::collections::HashMap;

/// Largest error, as a share of the largest number: features and basis are in single precision.
const TOLERANCE: f64 = 1e-6;
/// The same for the layer, whose weights are in single precision and cancel each other.
const LAYER_TOLERANCE: f64 = 3e-6;

#[derive(Deserialize)]
struct Case {
    features: Vec<Vec<f32>>,
    labels: Vec<usize>,
    groups: Vec<u32>,
    others: Vec<Vec<f32>>,
    lambda: f64,
    ridge: Vec<Vec<f64>>,
    ridge_leave_one_out: Vec<Vec<f64>>,
    ridge_leave_group_out: Vec<Vec<f64>>,
    lda: Vec<Vec<f64>>,
    lda_leave_one_out: Vec<Vec<f64>>,
    lda_leave_group_out: Vec<Vec<f64>>,
}

/// A case with everything that is made of its features.
struct Fitted {
    case: Case,
    gram: Gram,
    decomposition: Decomposition,
    labels: Labels,
}

fn cases() -> Vec<Fitted> {
    let text = include_str!("../../../tests/fixtures/instant.json");
    let cases: HashMap<String, Case> = serde_json::from_str(text).unwrap();
    let fitted = |case: Case| {
        let mut gram = Gram::new(case.features[0].len());
        gram.push(&case.features.concat()).unwrap();
        let decomposition = Decomposition::new(&gram).unwrap();
        let labels = Labels::new(case.labels.clone()).unwrap();
        Fitted { case, gram, decomposition, labels }
    };
    cases.into_values().map(fitted).collect()
}

/// The same numbers; `shifted` where each row may have a constant of its own, which no answer depends on.
fn assert_near(found: &Matrix, wanted: &[Vec<f64>], tolerance: f64, shifted: bool) {
    let largest = wanted.iter().flatten().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    assert_eq!(found.rows(), wanted.len());
    for (row, wanted) in wanted.iter().enumerate() {
        let shift = if shifted { found[(row, 0)] - wanted[0] } else { 0.0 };
        for (column, wanted) in wanted.iter().enumerate() {
            let error = (found[(row, column)] - shift - wanted).abs() / largest;
            assert!(error < tolerance, "row {row} column {column}: {error:e} of {largest}");
        }
    }
}

fn scores(layer: &Layer, features: &[Vec<f32>]) -> Matrix {
    Matrix::from_fn(features.len(), layer.bias.len(), |row, class| {
        let weight = &layer.weight[class * features[row].len()..][..features[row].len()];
        let sum: f64 = weight.iter().zip(&features[row]).map(|(&w, &x)| f64::from(w) * f64::from(x)).sum();
        sum + f64::from(layer.bias[class])
    })
}

/// The head of one candidate alone, with the scores of photos whose group was left out.
fn head(fitted: &Fitted, candidate: Candidate) -> (InstantHead, Matrix) {
    let head = InstantHead::choose(vec![candidate], &fitted.labels).unwrap();
    let left_out = LeaveOut::new(&head, &fitted.decomposition, &fitted.labels, &fitted.case.groups).unwrap();
    (head, left_out.finish())
}

#[test]
fn ridge_regression_is_that_of_the_reference() {
    for fitted in cases() {
        let candidate = Candidate::ridge(Feature::Wide, &fitted.decomposition, &fitted.labels).unwrap();
        assert_eq!(candidate.method, Method::Ridge { lambda: fitted.case.lambda });
        let (head, left_out) = head(&fitted, candidate);
        assert_near(&head.fit.leave_one_out, &fitted.case.ridge_leave_one_out, TOLERANCE, false);
        assert_near(&left_out, &fitted.case.ridge_leave_group_out, TOLERANCE, false);
        assert_near(
            &scores(&head.layer(&fitted.gram).unwrap(), &fitted.case.others),
            &fitted.case.ridge,
            LAYER_TOLERANCE,
            false,
        );
    }
}

#[test]
fn discriminant_analysis_is_that_of_the_reference() {
    for fitted in cases() {
        let candidate = Candidate::lda(Feature::Narrow, &fitted.decomposition, &fitted.labels).unwrap().unwrap();
        let (head, left_out) = head(&fitted, candidate);
        assert_near(&head.fit.leave_one_out, &fitted.case.lda_leave_one_out, TOLERANCE, false);
        assert_near(&left_out, &fitted.case.lda_leave_group_out, TOLERANCE, false);
        assert_near(
            &scores(&head.layer(&fitted.gram).unwrap(), &fitted.case.others),
            &fitted.case.lda,
            LAYER_TOLERANCE,
            true,
        );
    }
}

#[test]
fn groups_of_one_are_leave_one_out() {
    for mut fitted in cases() {
        fitted.case.groups = (0..60).collect();
        for candidate in [
            Candidate::ridge(Feature::Wide, &fitted.decomposition, &fitted.labels).unwrap(),
            Candidate::lda(Feature::Wide, &fitted.decomposition, &fitted.labels).unwrap().unwrap(),
        ] {
            let (head, left_out) = head(&fitted, candidate);
            let wanted: Vec<Vec<f64>> = (0..60).map(|row| head.fit.leave_one_out.row(row).to_vec()).collect();
            assert_near(&left_out, &wanted, TOLERANCE, false);
        }
    }
}

#[test]
fn a_class_that_is_left_out_whole_is_never_the_answer() {
    for mut fitted in cases() {
        fitted.case.groups = fitted.case.labels.iter().map(|&class| u32::from(class == 3)).collect();
        for candidate in [
            Candidate::ridge(Feature::Wide, &fitted.decomposition, &fitted.labels).unwrap(),
            Candidate::lda(Feature::Wide, &fitted.decomposition, &fitted.labels).unwrap().unwrap(),
        ] {
            let (_, left_out) = head(&fitted, candidate);
            assert!(left_out.values().iter().all(|value| value.is_finite()));
            for (photo, answer) in left_out.answers().into_iter().enumerate() {
                assert!(fitted.case.labels[photo] != 3 || answer != 3);
            }
        }
    }
}

#[test]
fn a_class_of_one_photo_leaves_ridge_regression_alone() {
    let mut gram = Gram::new(3);
    gram.push(&[1.0, 0.0, 0.0, 0.9, 0.1, 0.0, 0.0, 1.0, 0.2]).unwrap();
    let decomposition = Decomposition::new(&gram).unwrap();
    let labels = Labels::new(vec![0, 0, 1]).unwrap();
    let head = InstantHead::fit(&decomposition, &decomposition, &labels).unwrap();
    assert_eq!(head.compared.len(), 2);
    let found = scores(&head.layer(&gram).unwrap(), &[vec![1.0, 0.0, 0.0], vec![0.0, 1.0, 0.2]]);
    assert_eq!(found.answers(), [0, 1]);
}

#[test]
fn two_photos_and_copies_of_one_photo_give_finite_heads() {
    for (rows, labels) in [
        (vec![1.0, 0.0, 0.0, 1.0], vec![0, 1]),
        (vec![0.5; 12], vec![0, 1, 0, 1, 0, 1]),
        (vec![0.0; 8], vec![0, 0, 1, 1]),
    ] {
        let mut gram = Gram::new(2);
        gram.push(&rows).unwrap();
        let decomposition = Decomposition::new(&gram).unwrap();
        let labels = Labels::new(labels).unwrap();
        let head = InstantHead::fit(&decomposition, &decomposition, &labels).unwrap();
        let layer = head.layer(&gram).unwrap();
        assert!(layer.weight.iter().chain(&layer.bias).all(|number| number.is_finite()));
        assert!(head.temperature.is_finite() && head.temperature > 0.0);
        let groups: Vec<u32> = vec![0; labels.photos()];
        let left_out = LeaveOut::new(&head, &decomposition, &labels, &groups).unwrap().finish();
        assert!(left_out.values().iter().all(|value| value.is_finite()));
    }
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let mut fitted = cases().remove(0);
    let short = Labels::new(vec![0, 1]).unwrap();
    let shape = Some(InstantError::Shape);
    assert_eq!(Candidate::ridge(Feature::Wide, &fitted.decomposition, &short).err(), shape);
    assert_eq!(Candidate::lda(Feature::Wide, &fitted.decomposition, &short).err(), shape);
    let head = InstantHead::fit(&fitted.decomposition, &fitted.decomposition, &fitted.labels).unwrap();
    assert_eq!(LeaveOut::new(&head, &fitted.decomposition, &fitted.labels, &[0]).err(), shape);
    fitted.gram.retain(|photo| photo > 0);
    assert_eq!(head.layer(&fitted.gram).err(), shape);
}
