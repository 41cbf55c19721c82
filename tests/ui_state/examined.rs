//! What the engine found out about the photos, and what the person says to it.

use crate::support::{class, ids, photo, ready};
use headstart::{
    dataset::{ClassId, PhotoId},
    protocol::{Event, Finding, FindingKind, Judged, PhotoView},
    ui::state::{Settled, State, finding_id, kind_code},
};

fn judged(photo: u32, class: u32, answer: u32, probability: f32) -> Judged {
    let own = if class == answer { probability } else { 1.0 - probability };
    let (photo, burst) = (PhotoId(photo), photo);
    Judged { photo, class: ClassId(class), answer: ClassId(answer), probability, own, plain: 0.5, burst }
}

fn finding(photo: u32, kind: FindingKind) -> Finding {
    Finding { photo: PhotoId(photo), kind }
}

fn looks_like(class: u32) -> FindingKind {
    FindingKind::LooksLike { class: ClassId(class), probability: 0.97 }
}

/// Photo 3 stands in Oak and looks like Birch; 1 and 2 are nearly the same; 4 is like nothing.
fn examined() -> State {
    let mut state = ready();
    tell(&mut state, vec![finding(3, looks_like(2)), finding(1, twin_elsewhere(2)), finding(4, FindingKind::Outlier)]);
    state
}

fn twin_elsewhere(other: u32) -> FindingKind {
    FindingKind::TwinElsewhere { other: PhotoId(other) }
}

fn tell(state: &mut State, findings: Vec<Finding>) {
    let judged = vec![judged(1, 1, 1, 0.95), judged(2, 2, 2, 0.85), judged(3, 1, 2, 0.97), judged(4, 2, 2, 0.55)];
    state.apply(Event::Examined { judged, findings }, 0.0);
}

fn found(state: &State) -> Vec<(u32, &'static str)> {
    state.findings().iter().map(|finding| (finding.photo.0, kind_code(&finding.kind))).collect()
}

fn placed(photos: Vec<PhotoView>) -> Event {
    Event::PhotosPlaced { photos }
}

#[test]
fn judgements_become_a_matrix_a_calibration_and_a_share_of_sure_answers() {
    let state = examined();
    let (classes, confusion) = state.mix_ups();
    assert_eq!(classes, [ClassId(1), ClassId(2)]);
    assert_eq!([confusion.at(0, 0), confusion.at(0, 1), confusion.at(1, 0), confusion.at(1, 1)], [1, 1, 0, 2]);
    assert_eq!(state.sure_answers(), (1, 2));
    let calibration = state.calibration();
    assert_eq!((calibration.photos(), calibration.steps[9].photos, calibration.steps[9].right), (4, 2, 1));
}

#[test]
fn a_photo_that_was_moved_is_out_of_the_count_until_it_is_judged_again() {
    let mut state = examined();
    let before = state.examined.revision();
    state.examined.act(&ids(&[3]));
    assert_ne!(state.examined.revision(), before);
    assert_eq!(state.mix_ups().1.photos(), 3);
    assert_eq!(found(&state), [(1, "twin-elsewhere"), (4, "outlier")]);
    state.apply(placed(vec![photo(3, Some(2))]), 0.0);
    assert_eq!(state.mix_ups().1.photos(), 3);
    assert_eq!(found(&state), [(1, "twin-elsewhere"), (4, "outlier")]);
    // Undone, it counts again as it was judged.
    state.apply(placed(vec![photo(3, Some(1))]), 0.0);
    assert_eq!(state.mix_ups().1.photos(), 4);
    assert_eq!(found(&state)[0], (3, "looks-like"));
}

#[test]
fn what_a_person_keeps_is_not_asked_again_and_can_be_taken_back() {
    let mut state = examined();
    let settled: Vec<Settled> = state.findings().iter().filter_map(|finding| state.settles(finding)).collect();
    assert_eq!(
        settled,
        [Settled::Right(PhotoId(3), ClassId(1)), Settled::Both(PhotoId(1), PhotoId(2)), Settled::Belongs(PhotoId(4))]
    );
    state.examined.settle(settled.clone());
    assert!(found(&state).is_empty());
    tell(&mut state, vec![finding(3, looks_like(2)), finding(2, twin_elsewhere(1)), finding(4, FindingKind::Outlier)]);
    assert!(found(&state).is_empty(), "told again, and from the other side");
    state.examined.unsettle(&settled[..1]);
    assert_eq!(found(&state), [(3, "looks-like")]);
}

#[test]
fn findings_that_are_no_longer_true_are_gone_before_the_engine_says_so() {
    let mut state = examined();
    state.apply(placed(vec![photo(1, Some(2))]), 0.0);
    assert_eq!(found(&state), [(3, "looks-like"), (4, "outlier")], "the twins are in one class now");
    state.apply(Event::PhotosGone { photos: ids(&[4]) }, 0.0);
    assert_eq!(found(&state), [(3, "looks-like")]);
    state.apply(Event::Classes { classes: vec![class(1, "Oak")] }, 0.0);
    assert!(found(&state).is_empty(), "the class that it looks like is gone");
}

#[test]
fn the_list_does_not_jump_while_it_is_looked_at() {
    let mut state = examined();
    state.train_started(crate::support::RUN, 0.0); // the results have the room
    let newest = vec![
        finding(4, FindingKind::Outlier),
        finding(2, FindingKind::Outlier),
        finding(3, looks_like(2)),
        finding(1, looks_like(2)),
    ];
    tell(&mut state, newest.clone());
    let order = [(3, "looks-like"), (1, "looks-like"), (4, "outlier"), (2, "outlier")];
    assert_eq!(found(&state), order, "what was there stays in its place, what is new follows what led it");
    state.at_results = false;
    tell(&mut state, newest.clone());
    assert_eq!(
        state.findings().iter().map(finding_id).collect::<Vec<_>>(),
        newest.iter().map(finding_id).collect::<Vec<_>>()
    );
}
