//! Which photos of a large grid are drawn.

use headstart::ui::in_sight::{Lying, Part, covered};

/// Ten photos a row, of which 640 pixels are in sight.
fn scrolled_to(from_px: f64) -> Lying {
    Lying { columns: 10, pitch_px: 80.0, from_px, to_px: from_px + 640.0 }
}

#[test]
fn all_that_is_in_sight_is_drawn_with_rows_around_and_room_for_the_rest() {
    for photos in [1_usize, 9, 10, 101, 5_003] {
        let height_px = photos.div_ceil(10) as f64 * 80.0;
        for from_px in (0..).map(|step| f64::from(step) * 37.0).take_while(|px| *px < height_px) {
            let Part { photos: drawn, above_px, below_px } = scrolled_to(from_px).part(photos);
            let rows = drawn.len().div_ceil(10) as f64;
            assert!((above_px + rows * 80.0 + below_px - height_px).abs() < 1e-6, "the grid is as high as it was");
            assert_eq!(above_px, (drawn.start / 10) as f64 * 80.0);
            assert!(above_px <= (from_px - 320.0).max(0.0) || drawn.start == 0, "rows above are ready");
            assert!(height_px - below_px >= (from_px + 640.0 + 320.0).min(height_px), "rows below are ready");
            assert!(drawn.len() <= 10 * 24, "{} are drawn", drawn.len());
        }
    }
}

#[test]
fn what_is_drawn_stays_the_same_while_little_is_scrolled() {
    let drawn: Vec<Part> = (0..1_280).map(|px| scrolled_to(f64::from(px)).part(5_000)).collect();
    let changes = drawn.windows(2).filter(|two| two[0] != two[1]).count();
    assert!(changes <= 8, "{changes} changes within 16 rows");
}

#[test]
fn a_grid_that_is_out_of_sight_draws_little() {
    let below = Lying { columns: 10, pitch_px: 80.0, from_px: -2_000.0, to_px: -2_000.0 };
    assert_eq!(below.part(5_000).photos, 0..80);
    let above = Lying { columns: 10, pitch_px: 80.0, from_px: 90_000.0, to_px: 90_000.0 };
    assert_eq!(above.part(5_000).photos, 4_960..5_000);
    assert_eq!(scrolled_to(0.0).part(0), Part::first(0));
}

#[test]
fn a_rectangle_chooses_what_it_lies_over() {
    let over = |from, to| covered(4, 10.0, from, to, 10).collect::<Vec<_>>();
    assert_eq!(over((12.0, 2.0), (31.0, 14.0)), [1, 2, 3, 5, 6, 7]);
    assert_eq!(over((31.0, 14.0), (12.0, 2.0)), [1, 2, 3, 5, 6, 7], "drawn the other way");
    assert_eq!(over((25.0, 25.0), (500.0, 500.0)), [0_usize; 0], "the last row has two");
    assert_eq!(over((-20.0, 15.0), (5.0, 500.0)), [4, 8]);
    assert_eq!(over((-20.0, -20.0), (-5.0, -5.0)), [0_usize; 0], "beside it");
    assert_eq!(over((5.0, 5.0), (5.0, 5.0)), [0]);
}
