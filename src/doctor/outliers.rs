//! Photos far from every other: often something that slipped into the folder.

/// Neighbours whose mean distance tells how far away a photo is.
const NEIGHBOURS: usize = 3;
/// Interquartile ranges above the upper quartile, from which on a photo is far out (Tukey, "Exploratory Data Analysis",
/// 1977).
const FENCE: f64 = 1.5;
/// Fewer photos have no quartiles worth the name.
const FEWEST_PHOTOS: usize = 8;

/// A photo far from every other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlier {
    /// Which photo.
    pub photo: usize,
    /// Mean distance of its three nearest neighbours, of any class: one minus the cosine of the features.
    pub distance: f64,
    /// From which distance on photos of its class are far out; under `distance`.
    pub fence: f64,
}

/// The photos that lie farther from their neighbours than the other photos of their class do, the farthest beyond its
/// fence first. `likeness(i, j)` is the cosine of the photos' narrow features. Takes the square of the number of photos.
pub fn outliers(labels: &[usize], likeness: impl Fn(usize, usize) -> f64) -> Vec<Outlier> {
    let photos = labels.len();
    let distance = |photo: usize| {
        let mut distances: Vec<f64> =
            (0..photos).filter(|&other| other != photo).map(|other| 1.0 - likeness(photo, other)).collect();
        if distances.len() > NEIGHBOURS {
            distances.select_nth_unstable_by(NEIGHBOURS, f64::total_cmp);
            distances.truncate(NEIGHBOURS);
        }
        distances.iter().sum::<f64>() / distances.len().max(1) as f64
    };
    let distances: Vec<f64> = (0..photos).map(distance).collect();
    let classes = labels.iter().max().map_or(0, |last| last + 1);
    let fences: Vec<Option<f64>> = (0..classes)
        .map(|class| {
            let own = labels.iter().zip(&distances).filter(|(label, _)| **label == class);
            fence(own.map(|(_, &distance)| distance).collect())
        })
        .collect();
    let outlier = |photo: usize| {
        let (distance, fence) = (distances[photo], fences[labels[photo]]?);
        (distance > fence).then_some(Outlier { photo, distance, fence })
    };
    let mut found: Vec<Outlier> = (0..photos).filter_map(outlier).collect();
    found.sort_by(|a, b| (b.distance - b.fence).total_cmp(&(a.distance - a.fence)));
    found
}

/// Tukey's upper fence.
fn fence(mut numbers: Vec<f64>) -> Option<f64> {
    if numbers.len() < FEWEST_PHOTOS {
        return None;
    }
    numbers.sort_by(f64::total_cmp);
    let (lower, upper) = (numbers[numbers.len() / 4], numbers[numbers.len() * 3 / 4]);
    Some(upper + FENCE * (upper - lower))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_photo_of_something_else_is_found() {
        let places = [0.0, 0.1, 0.21, 0.33, 0.4, 0.52, 0.6, 0.71, 0.8, 3.0];
        let found = outliers(&[0; 10], |i, j| 1.0 - f64::abs(places[i] - places[j]));
        assert_eq!(found.iter().map(|outlier| outlier.photo).collect::<Vec<_>>(), [9]);
        assert!(found[0].distance > found[0].fence);
    }

    #[test]
    fn a_few_photos_have_no_outliers() {
        assert!(outliers(&[0, 0, 0], |_, _| 0.0).is_empty());
        assert!(outliers(&[], |_, _| 0.0).is_empty());
    }
}
