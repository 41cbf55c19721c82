//! From a photo's pools to the numbers that a linear head looks at.

use crate::backbone::registry::{LITE0, Spec};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Keeps a pool without any activity from a division by zero, as in the reference.
const SMALLEST_NORM: f32 = 1e-9;

/// What a head does with the pools before its linear layer; written out in the head file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transform {
    /// Names of the pools that are used, in this order.
    pub pools: Vec<String>,
    /// Every number is raised to this power; under 1 it keeps a few strong channels from drowning the rest.
    pub power: f32,
    /// Whether each pool is then scaled to length 1.
    pub l2_per_pool: bool,
    /// Factor of every number after that.
    pub scale: f32,
}

impl Transform {
    /// The square root of each of the six pools, each scaled to length 1, times 1/√6: 6,560 numbers of length 1.
    pub fn wide() -> Self {
        let pools: Vec<String> = LITE0.pools.iter().map(|pool| pool.name.to_owned()).collect();
        let scale = (1.0 / pools.len() as f64).sqrt();
        #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
        let scale = scale as f32;
        Self { pools, power: 0.5, l2_per_pool: true, scale }
    }

    /// `head^0.75` scaled to length 1: 1,280 numbers.
    pub fn narrow() -> Self {
        Self { pools: vec!["head".to_owned()], power: 0.75, l2_per_pool: true, scale: 1.0 }
    }

    /// Numbers that it gives.
    pub fn dim(&self) -> usize {
        self.ranges(&LITE0).map_or(0, |ranges| ranges.iter().map(Range::len).sum())
    }

    /// The feature of a photo. `pools` is [6560], in the order of the registry.
    pub fn apply(&self, pools: &[f32]) -> Vec<f32> {
        let mut feature = Vec::with_capacity(self.dim());
        for range in self.ranges(&LITE0).unwrap_or_default() {
            let start = feature.len();
            feature.extend(pools[range].iter().map(|&value| self.raise(value.max(0.0))));
            let pool = &mut feature[start..];
            let factor = if self.l2_per_pool { self.scale / norm(pool).max(SMALLEST_NORM) } else { self.scale };
            for value in pool {
                *value *= factor;
            }
        }
        feature
    }

    /// Where the pools lie in a photo's row; none where the backbone lacks one of them.
    pub(super) fn ranges(&self, spec: &Spec) -> Option<Vec<Range<usize>>> {
        let place = |name: &String| {
            let mut start = 0;
            for pool in spec.pools {
                if pool.name == name {
                    return Some(start..start + pool.channels);
                }
                start += pool.channels;
            }
            None
        };
        self.pools.iter().map(place).collect()
    }

    fn raise(&self, value: f32) -> f32 {
        // The square root is the same to the last bit on every machine, a general power is not.
        if self.power == 0.5 { value.sqrt() } else { value.powf(self.power) }
    }
}

/// Length of a vector, summed in double precision.
fn norm(values: &[f32]) -> f32 {
    let square: f64 = values.iter().map(|&value| f64::from(value) * f64::from(value)).sum();
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32 is meant")]
    let norm = square.sqrt() as f32;
    norm
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pools() -> Vec<f32> {
        (0..LITE0.dim()).map(|at| (at % 7) as f32 * 0.5).collect()
    }

    #[test]
    fn the_wide_feature_has_every_pool_at_length_one_over_root_six() {
        let feature = Transform::wide().apply(&pools());
        assert_eq!(feature.len(), 6560);
        let mut start = 0;
        for pool in LITE0.pools {
            let length = norm(&feature[start..start + pool.channels]);
            assert!((length - 1.0 / 6f32.sqrt()).abs() < 1e-6, "{} {length}", pool.name);
            start += pool.channels;
        }
        // Within a pool the order of the numbers stays: values 0.5 and 2.0 stand as their roots, 1 to 2.
        assert!((feature[4] / feature[1] - 2.0).abs() < 1e-6);
    }

    #[test]
    fn the_narrow_feature_is_the_head_pool_alone() {
        let feature = Transform::narrow().apply(&pools());
        assert_eq!(feature.len(), 1280);
        assert!((norm(&feature) - 1.0).abs() < 1e-6);
        assert!((feature[4] / feature[1] - 4f32.powf(0.75)).abs() < 1e-5);
    }

    #[test]
    fn a_photo_without_any_activity_has_a_feature_of_zeros() {
        assert!(Transform::wide().apply(&vec![0.0; LITE0.dim()]).iter().all(|&value| value == 0.0));
    }
}
