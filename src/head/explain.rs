//! Where in a photo a head looks: what each place of the picture adds to its score for a class.
//!
//! The score that is explained is the *margin* of a class: its logit minus the mean logit of the other classes. The
//! runner-up alone would make another map of the same photo whenever two unlikely classes change places.
//!
//! A head is linear in its feature `f`, and each number of it comes from a pool, the average of a map `m` over `P` places.
//! Root and length are taken as they are for the whole photo, `f_i = s_i · pool_i`; then a place brings its share of the
//! pool, and with `v` the weights of the margin and `b` its bias,
//!
//! ```text
//! c(place) = Σ_i  v_i · s_i · m_i(place) / P  +  b / P
//! ```
//!
//! Above 0 a place speaks for the class, below 0 against it. (Class activation maps, Zhou et al. 2016,
//! <https://arxiv.org/abs/1512.04150>, are the case of one pool without root and length.)
//!
//! What is exact: the contributions of all places add up to the margin, for every transform. What is not: root and length are
//! curved, so taking a place away changes `s` too, and the margin by more or less than its contribution. And a place is not
//! only the 32 × 32 pixels below it: the network has looked at a neighbourhood of it, which is larger than that.
//!
//! On 93 photos of three tasks, hiding the warmest quarter of the places takes 1.4 to 2.7 times as much from the margin as
//! hiding as many from everywhere, and hiding the coldest quarter takes nothing (`tests/gaze.rs`). The derivative through root
//! and length, whose contributions can be made to add up as well, tells warm places from cold ones no better on grocery10
//! and pacs6, and worse on trash6.

use super::Head;
use crate::backbone::{Maps, registry::LITE0};

/// What each place adds to the margin of a class, [side, side]; none for a class that the head does not have. `maps` are those
/// of the photo.
pub fn explain(head: &Head, maps: &Maps, class: usize) -> Option<Vec<f32>> {
    let weights = margin(&head.weight, head.classes.len(), class)?; // [dim]
    let bias = margin(&head.bias, head.classes.len(), class)?.first().copied()?;
    let rows: Vec<&[f32]> = maps.each().collect();
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let pools: Vec<f32> = rows.iter().map(|row| mean(row) as f32).collect();
    let feature = head.transform.apply(&pools);
    let used = head.transform.ranges(&LITE0)?.into_iter().flatten();
    let places = (maps.side() * maps.side()) as f64;
    let shift: f64 = head.mean.iter().zip(&weights).map(|(&mean, weight)| f64::from(mean) * weight).sum();
    let mut sums = vec![(bias - shift) / places; maps.side() * maps.side()];
    for ((number, value), weight) in used.zip(feature).zip(weights) {
        let row = rows.get(number)?;
        let pool = mean(row);
        // A channel that is at rest everywhere has no place to speak from.
        if pool > 0.0 {
            let slope = weight * f64::from(value) / (pool * places);
            sums.iter_mut().zip(*row).for_each(|(sum, &value)| *sum += slope * f64::from(value));
        }
    }
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    Some(sums.into_iter().map(|sum| sum as f32).collect())
}

/// One class's row minus the mean of the others'. `rows` are [classes, anything].
fn margin(rows: &[f32], classes: usize, class: usize) -> Option<Vec<f64>> {
    let others = classes.checked_sub(1).filter(|&others| others > 0 && class < classes)?;
    let length = rows.len() / classes;
    let factor = |row: usize| if row == class { 1.0 } else { -1.0 / others as f64 };
    let number = |at: usize| (0..classes).map(|row| factor(row) * f64::from(rows[row * length + at])).sum();
    Some((0..length).map(number).collect())
}

fn mean(row: &[f32]) -> f64 {
    row.iter().map(|&value| f64::from(value)).sum::<f64>() / row.len() as f64
}

#[cfg(test)]
#[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
mod tests {
    use super::*;
    use crate::{
        head::{App, BackboneRef, Method, Preprocess, Transform},
        protocol::HeadClass,
    };

    /// Numbers of 0 to 1 that look random, others for each seed.
    fn numbers(seed: usize, count: usize) -> Vec<f32> {
        (1..=count).map(|at| ((at * at * 31 + at * seed * 7919) % 1009) as f32 / 1009.0).collect()
    }

    fn head(transform: Transform, classes: usize) -> Head {
        let dim = transform.dim();
        let class = |at| HeadClass { name: format!("class {at}"), count: 5 };
        Head {
            backbone: BackboneRef::of(&LITE0),
            preprocess: Preprocess::of(&LITE0),
            weight: numbers(1, classes * dim).into_iter().map(|number| number - 0.5).collect(),
            bias: numbers(2, classes),
            mean: numbers(3, dim).into_iter().map(|number| 1e-3 * number).collect(),
            transform,
            classes: (0..classes).map(class).collect(),
            temperature: 1.0,
            method: Method {
                kind: "ridge".into(),
                hyperparameters: serde_json::Map::new(),
                seed: 0,
                device: "cpu".into(),
            },
            score: None,
            unknown: None,
            tests: Vec::new(),
            created: String::new(),
            app: App::this(),
        }
    }

    /// The margin as the head itself answers.
    fn answered(head: &Head, pools: &[f32], class: usize) -> f64 {
        margin(&head.logits(pools), head.classes.len(), class).unwrap()[0]
    }

    fn pools(maps: &Maps) -> Vec<f32> {
        maps.each().map(|row| mean(row) as f32).collect()
    }

    fn maps(change: impl Fn(usize, usize, f32) -> f32) -> Maps {
        let values = numbers(4, 6560 * 49);
        let values = values.iter().enumerate().map(|(at, &value)| change(at / 49, at % 49, value));
        Maps::new(values.collect(), 6560)
    }

    #[test]
    fn the_contributions_of_all_places_add_up_to_the_margin() {
        let maps = maps(|_, _, value| value);
        for transform in [Transform::wide(), Transform::narrow(), Transform { l2_per_pool: false, ..Transform::wide() }]
        {
            let head = head(transform, 3);
            for class in 0..3 {
                let sum: f64 = explain(&head, &maps, class).unwrap().iter().map(|&c| f64::from(c)).sum();
                let margin = answered(&head, &pools(&maps), class);
                assert!((sum - margin).abs() < 1e-4 * (1.0 + margin.abs()), "{sum} instead of {margin}");
            }
        }
    }

    #[test]
    fn a_place_at_rest_brings_its_share_of_the_bias_alone() {
        let maps = maps(|_, place, value| if place == 12 { 0.0 } else { value });
        let head = head(Transform::wide(), 2);
        let shift: f32 = (0..6560).map(|at| head.mean[at] * (head.weight[6560 + at] - head.weight[at])).sum();
        let expected = (head.bias[1] - head.bias[0] - shift) / 49.0;
        assert!((explain(&head, &maps, 1).unwrap()[12] - expected).abs() < 1e-4);
    }

    #[test]
    fn a_channel_that_speaks_for_the_class_warms_its_place() {
        let mut head = head(Transform::narrow(), 2);
        head.weight.fill(0.0);
        head.weight[1280 + 5] = 1.0; // the second class, by one channel
        let maps = maps(|number, place, _| if number == 5 { f32::from(place == 30) } else { 0.1 });
        let warmth = explain(&head, &maps, 1).unwrap();
        let warmest = (0..49).max_by(|&a, &b| warmth[a].total_cmp(&warmth[b]));
        assert_eq!(warmest, Some(30));
        // Of two classes, what speaks for one speaks against the other.
        let other = explain(&head, &maps, 0).unwrap();
        assert!(other.iter().zip(&warmth).all(|(other, warmth)| (other + warmth).abs() < 1e-6));
    }

    #[test]
    fn without_the_class_or_without_activity_there_is_nothing_to_tell() {
        let head = head(Transform::wide(), 2);
        assert_eq!(explain(&head, &maps(|_, _, value| value), 2), None);
        let dark = explain(&head, &maps(|_, _, _| 0.0), 1).unwrap();
        assert!(dark.iter().all(|&value| value.is_finite() && value == dark[0]));
    }
}
