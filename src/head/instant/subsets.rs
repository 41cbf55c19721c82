//! Heads of fewer photos, for the learning curve.

use super::{
    Gram, InstantError, Labels, Matrix,
    matrix::{Cholesky, dot},
};
use std::collections::{BTreeMap, BTreeSet};

/// Nested choices of photos: for each of `sizes` (ascending) as many of every class, or all where it has fewer. Photos come
/// burst after burst, as a person brings them; `seed` shuffles the bursts.
pub fn nested(labels: &Labels, groups: &[u32], sizes: &[usize], seed: u64) -> Vec<Vec<usize>> {
    let mut bursts = vec![BTreeMap::<u32, Vec<usize>>::new(); labels.classes()];
    for (photo, (&class, &group)) in labels.of().iter().zip(groups).enumerate() {
        bursts[class].entry(group).or_default().push(photo);
    }
    let orders: Vec<Vec<usize>> = bursts
        .into_iter()
        .map(|bursts| {
            let mut bursts: Vec<(u64, Vec<usize>)> =
                bursts.into_iter().map(|(group, photos)| (mix(seed ^ mix(u64::from(group) + 1)), photos)).collect();
            bursts.sort();
            bursts.into_iter().flat_map(|(_, photos)| photos).collect()
        })
        .collect();
    let chosen = |&size: &usize| orders.iter().flat_map(|order| order.iter().take(size)).copied().collect();
    sizes.iter().map(chosen).collect()
}

/// The share of right answers of a ridge regression of the chosen photos, on the photos of bursts that none of them
/// belongs to, every class weighing alike; none where there are no such photos. It costs the cube of the chosen photos.
///
/// # Errors
/// [`InstantError::Shape`] where these are of different photos, [`InstantError::NoPhotos`] where none is chosen.
pub fn subset_accuracy(
    gram: &Gram,
    labels: &Labels,
    groups: &[u32],
    lambda: f64,
    chosen: &[usize],
) -> Result<Option<f64>, InstantError> {
    if gram.len() != labels.photos() || groups.len() != labels.photos() {
        return Err(InstantError::Shape);
    }
    if chosen.is_empty() {
        return Err(InstantError::NoPhotos);
    }
    let (count, classes) = (chosen.len(), labels.classes());
    let products = Matrix::from_fn(count, count, |i, j| gram.product(chosen[i], chosen[j]));
    let means: Vec<f64> = (0..count).map(|i| products.row(i).iter().sum::<f64>() / count as f64).collect();
    let mean = means.iter().sum::<f64>() / count as f64;
    let centred = Matrix::from_fn(count, count, |i, j| {
        products[(i, j)] - means[i] - means[j] + mean + if i == j { lambda } else { 0.0 }
    });
    let shares: Vec<f64> = (0..classes)
        .map(|class| chosen.iter().filter(|&&photo| labels.of()[photo] == class).count() as f64 / count as f64)
        .collect();
    // Targets of 0 and 1 give the same answers as -1 and 1.
    let targets = Matrix::from_fn(count, classes, |i, class| {
        f64::from(u8::from(labels.of()[chosen[i]] == class)) - shares[class]
    });
    let coefficients = Cholesky::new(centred, 1e-9 * lambda).solve_columns(&targets);
    let columns: Vec<Vec<f64>> =
        (0..classes).map(|class| (0..count).map(|i| coefficients[(i, class)]).collect()).collect();
    let seen: BTreeSet<u32> = chosen.iter().map(|&photo| groups[photo]).collect();
    let (mut right, mut judged) = (vec![0.0; classes], vec![0.0; classes]);
    for photo in (0..labels.photos()).filter(|&photo| !seen.contains(&groups[photo])) {
        let products: Vec<f64> = (0..count).map(|i| gram.product(photo, chosen[i]) - means[i]).collect();
        let score = |class: usize| dot(&products, &columns[class]) + shares[class];
        let scores: Vec<f64> = (0..classes).map(score).collect();
        let answer = (1..classes).fold(0, |best, class| if scores[class] > scores[best] { class } else { best });
        judged[labels.of()[photo]] += 1.0;
        right[labels.of()[photo]] += f64::from(u8::from(labels.of()[photo] == answer));
    }
    let shares: Vec<f64> = right.iter().zip(&judged).filter(|(_, all)| **all > 0.0).map(|(r, all)| r / all).collect();
    Ok((!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64))
}

/// The finaliser of `SplitMix64`: numbers in an order that looks like none.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::head::instant::{Candidate, Decomposition, Feature, InstantHead, LeaveOut, Method};

    /// 36 photos of three classes in bursts of two.
    fn photos() -> (Gram, Labels, Vec<u32>) {
        let labels: Vec<usize> = (0..36).map(|photo| photo / 2 % 3).collect();
        let number = |at: usize| ((at * at * 31 + at * 17) % 101) as f32 / 200.0;
        let features: Vec<f32> =
            (0..36 * 5).map(|at| number(at) + if at % 5 == labels[at / 5] { 0.3 } else { 0.0 }).collect();
        let mut gram = Gram::new(5);
        gram.push(&features).unwrap();
        (gram, Labels::new(labels).unwrap(), (0..36).map(|photo| photo / 2).collect())
    }

    #[test]
    fn choices_are_nested_and_take_whole_bursts() {
        let (_, labels, groups) = photos();
        let choices = nested(&labels, &groups, &[2, 4, 100], 7);
        assert_eq!(choices.iter().map(Vec::len).collect::<Vec<_>>(), [6, 12, 36]);
        assert!(choices[0].iter().all(|photo| choices[1].contains(photo)));
        assert!(choices[1].iter().all(|&photo| choices[1].contains(&(photo ^ 1))), "both photos of every burst");
        assert_ne!(choices[0], nested(&labels, &groups, &[2], 8)[0]);
    }

    #[test]
    fn all_but_one_burst_judge_it_as_leaving_it_out_does() {
        let (gram, labels, groups) = photos();
        let decomposition = Decomposition::new(&gram).unwrap();
        let candidate = Candidate::ridge(Feature::Wide, &decomposition, &labels).unwrap();
        let Method::Ridge { lambda } = candidate.method else { unreachable!("it is a ridge regression") };
        let head = InstantHead::choose(vec![candidate], &labels).unwrap();
        let answers = LeaveOut::new(&head, &decomposition, &labels, &groups).unwrap().finish().answers();
        for burst in 0..18 {
            let rest: Vec<usize> = (0..36).filter(|photo| photo / 2 != burst).collect();
            let right = (2 * burst..2 * burst + 2).filter(|&photo| answers[photo] == labels.of()[photo]).count();
            let found = subset_accuracy(&gram, &labels, &groups, lambda, &rest).unwrap();
            assert_eq!(found, Some(right as f64 / 2.0));
        }
    }

    #[test]
    fn where_nothing_is_left_to_judge_there_is_no_share() {
        let (gram, labels, groups) = photos();
        let all: Vec<usize> = (0..36).collect();
        assert_eq!(subset_accuracy(&gram, &labels, &groups, 0.1, &all), Ok(None));
        assert_eq!(subset_accuracy(&gram, &labels, &groups, 0.1, &[]), Err(InstantError::NoPhotos));
        assert_eq!(subset_accuracy(&gram, &labels, &groups[1..], 0.1, &all), Err(InstantError::Shape));
    }
}
