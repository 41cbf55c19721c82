//! From what heads of parts said to the curve that the page shows.

use crate::{
    dataset::ClassId,
    head::instant::{Answer, Lesson},
    metrics::{Measured, learning_curve},
    protocol::{Judged, LearningCurve, Missed},
};

/// The curve of lessons, and of what came of all photos, where that is known.
pub(super) fn curve(
    lessons: Vec<Lesson>,
    last: Option<Measured>,
    classes: &[ClassId],
    judged: &[Judged],
) -> LearningCurve {
    let measured = |lesson: Lesson| {
        let missed = judged.iter().zip(&lesson.answers).filter_map(|(judged, answer)| missed(judged, answer, classes));
        Measured { photos: lesson.photos, missed: missed.collect(), right: lesson.right }
    };
    let sizes = lessons.into_iter().map(measured).chain(last).collect();
    let bursts: Vec<u32> = judged.iter().map(|judged| judged.burst).collect();
    learning_curve(sizes, &bursts)
}

/// What came of all photos: each judged by the head of all others but its burst.
pub(super) fn all_photos(judged: &[Judged], classes: usize) -> Measured {
    let right = |judged: &Judged| f64::from(u8::from(judged.answer == judged.class));
    let wrong = judged.iter().filter(|judged| judged.answer != judged.class);
    let missed =
        |&Judged { photo, class, answer, probability, .. }: &Judged| Missed { photo, class, answer, probability };
    Measured {
        photos: judged.len() as f64 / classes.max(1) as f64,
        right: judged.iter().map(right).collect(),
        missed: wrong.map(missed).collect(),
    }
}

fn missed(judged: &Judged, answer: &Answer, classes: &[ClassId]) -> Option<Missed> {
    let said = classes[answer.class];
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let probability = answer.probability as f32;
    (said != judged.class).then_some(Missed { photo: judged.photo, class: judged.class, answer: said, probability })
}
