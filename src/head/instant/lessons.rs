//! The instant head fitted to growing parts of the photos: what it would have been with fewer.
//!
//! Every part gets a head in the same way as all photos do, chosen among the four candidates by its own leave-one-out loss,
//! with its own temperature. Nothing is computed from pixels or features: the products of a part's photos are some of those
//! of all photos.

use super::{Decomposition, Feature, Gram, InstantError, InstantHead, Labels, Reduction};
use crate::dataset::{Draw, round};
use std::time::Duration;

/// Rounds of draws, by their seeds. Each judges every photo once at every size.
const ROUNDS: [u64; 3] = [1, 2, 3];
/// Photos of each class in the smallest part.
const SMALLEST: usize = 2;
/// A part has at least so many times the photos of the one before it.
const GROWTH: f64 = 1.25;
/// Most photos of a part: a fit costs the cube of their number.
const MOST_PHOTOS: usize = 1000;

/// What a head says of a photo that it did not learn from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Answer {
    /// The class.
    pub class: usize,
    /// Its calibrated probability, 0..1.
    pub probability: f64,
    /// The same of the class that the photo is in.
    pub own: f64,
}

/// What came of parts of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Lesson {
    /// Photos learned from, a class, on average.
    pub photos: f64,
    /// For each photo the share of rounds in which it was answered right, 0..1.
    pub right: Vec<f64>,
    /// For each photo the answer of the first round.
    pub answers: Vec<Answer>,
}

/// Heads of parts under way, a bounded step at a time.
pub struct Lessons {
    labels: Vec<usize>,
    /// How many classes there are.
    classes: usize,
    draws: Vec<Draw>,
    /// Photos of each class at most, by size.
    sizes: Vec<usize>,
    lessons: Vec<Lesson>,
    /// Fits that are done; sizes within draws.
    done: usize,
    fitting: Option<Fitting>,
}

/// One fit.
struct Fitting {
    members: Vec<usize>,
    labels: Labels,
    /// The classes that the part has.
    classes: Vec<usize>,
    reduction: Reduction,
    narrow: Option<Decomposition>,
}

impl Lessons {
    /// Begins; none where there is nothing to learn from parts. `labels[i]` is the class of photo `i`, `bursts[i]` its burst.
    pub fn new(labels: &[usize], bursts: &[u32]) -> Option<Self> {
        let draws: Vec<Draw> = ROUNDS.iter().flat_map(|&seed| round(labels, bursts, seed)).collect();
        let sizes = sizes(&draws);
        if sizes.is_empty() || draws.iter().any(|draw| draw.classes() < 2) {
            return None;
        }
        let empty =
            Lesson { photos: 0.0, right: vec![0.0; labels.len()], answers: vec![Answer::default(); labels.len()] };
        let lessons = vec![empty; sizes.len()];
        let classes = labels.iter().max().map_or(0, |most| most + 1);
        Some(Self { labels: labels.to_vec(), classes, draws, sizes, lessons, done: 0, fitting: None })
    }

    /// Works for about as long as told, by a clock in milliseconds, and says whether all is done. `narrow` and `wide` have the
    /// photos' products. The last part of a fit is one step, of the square of its photos.
    ///
    /// # Errors
    /// [`InstantError::Shape`] where the products are of other photos.
    pub fn step(
        &mut self,
        [narrow, wide]: [&Gram; 2],
        budget: Duration,
        clock: impl Fn() -> f64 + Copy,
    ) -> Result<bool, InstantError> {
        if [narrow, wide].iter().any(|gram| gram.len() != self.labels.len()) {
            return Err(InstantError::Shape);
        }
        let end = clock() + budget.as_secs_f64() * 1000.0;
        while self.done < self.draws.len() * self.sizes.len() {
            let left = Duration::try_from_secs_f64((end - clock()).max(0.0) / 1000.0).unwrap_or(budget);
            match self.fitting.take() {
                None => self.fitting = Some(self.begin(narrow)?),
                Some(mut fitting) => {
                    let reduced = fitting.reduction.step(left, clock);
                    match (reduced, fitting.narrow.is_some()) {
                        (false, _) => self.fitting = Some(fitting),
                        (true, false) => {
                            let next = Reduction::subset(wide, &fitting.members)?;
                            fitting.narrow = std::mem::replace(&mut fitting.reduction, next).finish();
                            self.fitting = Some(fitting);
                        }
                        (true, true) => self.judge(fitting, narrow, wide)?,
                    }
                }
            }
            if clock() >= end {
                break;
            }
        }
        Ok(self.done == self.draws.len() * self.sizes.len())
    }

    /// What came of each size, the smallest first; fits that were not reached are missing in it.
    pub fn finish(self) -> Vec<Lesson> {
        let (rounds, draws) = (ROUNDS.len() as f64, self.draws.len() as f64);
        let mut lessons = self.lessons;
        for lesson in &mut lessons {
            lesson.photos /= draws;
            lesson.right.iter_mut().for_each(|right| *right /= rounds);
        }
        lessons
    }

    fn begin(&self, narrow: &Gram) -> Result<Fitting, InstantError> {
        let (draw, size) = (self.done / self.sizes.len(), self.done % self.sizes.len());
        let members = self.draws[draw].part(self.sizes[size]);
        let mut classes: Vec<usize> = members.iter().map(|&photo| self.labels[photo]).collect();
        classes.dedup(); // a part comes class by class
        let place = |photo: &usize| classes.iter().position(|&class| class == self.labels[*photo]);
        let labels = Labels::new(members.iter().filter_map(place).collect())?;
        let reduction = Reduction::subset(narrow, &members)?;
        Ok(Fitting { members, labels, classes, reduction, narrow: None })
    }

    /// Fits the candidates to a part, and asks the one that is chosen.
    fn judge(&mut self, fitting: Fitting, narrow: &Gram, wide: &Gram) -> Result<(), InstantError> {
        let Fitting { members, labels, classes, reduction, narrow: as_narrow } = fitting;
        let (Some(as_narrow), Some(as_wide)) = (as_narrow, reduction.finish()) else {
            return Err(InstantError::NoPhotos);
        };
        let head = InstantHead::fit(&as_narrow, &as_wide, &labels)?;
        let gram = if head.fit.feature == Feature::Narrow { narrow } else { wide };
        let (draw, size) = (self.done / self.sizes.len(), self.done % self.sizes.len());
        let judge = &self.draws[draw].judge;
        let scores = head.fit.scores(gram, &members, judge);
        let lesson = &mut self.lessons[size];
        lesson.photos += members.len() as f64 / self.classes as f64;
        let (said, probabilities) = (scores.answers(), scores.probabilities(head.temperature));
        for (row, &photo) in judge.iter().enumerate() {
            let own = classes.iter().position(|&class| class == self.labels[photo]);
            let answer = Answer {
                class: classes[said[row]],
                probability: probabilities[(row, said[row])],
                own: own.map_or(0.0, |own| probabilities[(row, own)]),
            };
            lesson.right[photo] += f64::from(u8::from(answer.class == self.labels[photo]));
            // The first round's draws come first.
            if draw < self.draws.len() / ROUNDS.len() {
                lesson.answers[photo] = answer;
            }
        }
        self.done += 1;
        Ok(())
    }
}

/// Photos of each class at most: 2, 4, 8, … and all that every draw may learn from.
fn sizes(draws: &[Draw]) -> Vec<usize> {
    let largest = draws.iter().map(Draw::largest).max().unwrap_or(0);
    let photos = |each: usize| draws.iter().map(|draw| draw.part(each).len()).max().unwrap_or(0);
    let doubled = std::iter::successors(Some(SMALLEST), |each| Some(each * 2)).take_while(|each| *each < largest);
    let mut sizes: Vec<usize> = Vec::new();
    for each in doubled.chain([largest]).filter(|each| *each >= SMALLEST) {
        let grown = sizes.last().is_none_or(|before| photos(each) as f64 >= GROWTH * photos(*before) as f64);
        if grown && photos(each) <= MOST_PHOTOS {
            sizes.push(each);
        }
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIM: usize = 12;

    /// Photos of three classes, each in bursts of two, around centres that lie apart: features, labels and bursts.
    fn photos(each: usize) -> (Vec<f32>, Vec<usize>, Vec<u32>) {
        let labels: Vec<usize> = (0..3 * each).map(|photo| photo / each).collect();
        let noise = |at: usize| ((at * 7919 + at / DIM * 104_729) % 1009) as f32 / 1009.0 - 0.5;
        let number = |photo: usize, at: usize| if at == labels[photo] { 0.5 } else { 0.0 } + noise(photo * DIM + at);
        let features = (0..labels.len()).flat_map(|photo| (0..DIM).map(move |at| (photo, at)));
        let features = features.map(|(photo, at)| number(photo, at)).collect();
        let bursts = (0u32..).take(labels.len()).map(|photo| photo / 2).collect();
        (features, labels, bursts)
    }

    fn gram(features: &[f32]) -> Gram {
        let mut gram = Gram::new(DIM);
        gram.push(features).unwrap();
        gram
    }

    #[test]
    fn a_part_gets_the_head_that_its_photos_alone_would_get() {
        let (features, labels, _) = photos(20);
        let all = gram(&features);
        let members: Vec<usize> = (0..60).filter(|photo| photo % 3 != 1).collect();
        let others: Vec<usize> = (0..60).filter(|photo| photo % 3 == 1).collect();
        let part: Vec<f32> = members.iter().flat_map(|&photo| all.feature(photo)).copied().collect();
        let (part, of) = (gram(&part), Labels::new(members.iter().map(|&photo| labels[photo]).collect()).unwrap());
        let alone = Decomposition::new(&part).unwrap();
        let wanted = InstantHead::fit(&alone, &alone, &of).unwrap();
        let layer = wanted.layer(&part).unwrap();
        let mut reduction = Reduction::subset(&all, &members).unwrap();
        reduction.step(Duration::MAX, || 0.0);
        let of_all = reduction.finish().unwrap();
        let found = InstantHead::fit(&of_all, &of_all, &of).unwrap();
        assert_eq!((found.fit.feature, found.fit.method), (wanted.fit.feature, wanted.fit.method));
        let scores = found.fit.scores(&all, &members, &others);
        for (row, &other) in others.iter().enumerate() {
            for class in 0..3 {
                let weights = &layer.weight[class * DIM..(class + 1) * DIM];
                let score: f32 = weights.iter().zip(all.feature(other)).map(|(w, x)| w * x).sum();
                let wanted = f64::from(score + layer.bias[class]);
                assert!((scores[(row, class)] - wanted).abs() < 1e-4, "{} for {wanted}", scores[(row, class)]);
            }
        }
    }

    #[test]
    fn more_photos_make_better_heads_and_steps_change_nothing() {
        let (features, labels, bursts) = photos(40);
        let gram = gram(&features);
        let lessons = |budget: Duration| {
            let mut lessons = Lessons::new(&labels, &bursts).unwrap();
            let mut steps = 1;
            while !lessons.step([&gram, &gram], budget, || 0.0).unwrap() {
                steps += 1;
            }
            (lessons.finish(), steps)
        };
        let (found, steps) = lessons(Duration::MAX);
        assert_eq!(steps, 1);
        let (in_steps, steps) = lessons(Duration::ZERO);
        assert!(in_steps == found && steps > 200, "{steps}");
        let sizes: Vec<f64> = found.iter().map(|lesson| lesson.photos).collect();
        assert_eq!(sizes, [2.0, 4.0, 8.0, 16.0, 32.0]);
        let accuracy = |lesson: &Lesson| lesson.right.iter().sum::<f64>() / lesson.right.len() as f64;
        assert!(accuracy(&found[4]) > accuracy(&found[0]) + 0.1 && accuracy(&found[4]) > 0.8);
        for lesson in &found {
            for (photo, answer) in lesson.answers.iter().enumerate() {
                assert!((0.0..=1.0).contains(&answer.own) && answer.own <= answer.probability);
                // The first round is one of three.
                assert!(answer.class != labels[photo] || lesson.right[photo] > 0.3);
            }
        }
    }

    #[test]
    fn a_handful_of_photos_has_no_parts() {
        assert!(Lessons::new(&[], &[]).is_none());
        assert!(Lessons::new(&[0, 1], &[0, 1]).is_none());
        // Of one class alone nothing can be told apart.
        assert!(Lessons::new(&[0; 30], &(0..30).collect::<Vec<u32>>()).is_none());
        let mut lessons = Lessons::new(&[0, 0, 0, 1, 1, 1], &[0, 1, 2, 3, 4, 5]).unwrap();
        let other = gram(&photos(20).0);
        assert_eq!(lessons.step([&other, &other], Duration::MAX, || 0.0), Err(InstantError::Shape));
    }
}
