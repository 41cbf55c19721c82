//! A picture whose pools are known: the engine's self-test before it trusts a device. A broken driver, or a browser that
//! disturbs what a page reads back, gives other numbers without any error.

use super::{Backbone, registry::PoolSpec};
use crate::{image::Pixels, protocol::Failure};

/// How far a mean may lie from the known one, as a share of it. Half-precision devices keep within it; a kernel that
/// computes something else does not.
const TOLERANCE: f32 = 0.02;

/// The channels of a pool are averaged in so many interleaved groups, so that exchanged channels are noticed too.
const GROUPS: usize = 4;

/// The means of the groups, pool after pool, as computed natively in single precision.
const KNOWN: [[f32; GROUPS]; 6] = [
    [0.195_97, 0.233_39, 0.160_70, 0.228_30], // head
    [0.699_74, 0.675_77, 0.663_74, 0.905_31], // b11_dw
    [0.235_38, 0.240_15, 0.205_25, 0.183_92], // b12_dw
    [0.161_96, 0.173_67, 0.184_23, 0.173_43], // b13_dw
    [0.197_79, 0.171_97, 0.185_11, 0.171_32], // b14_dw
    [0.619_45, 0.547_68, 0.584_20, 0.521_40], // b15_dw
];

/// The picture: slanted stripes, rings and a grain over slow changes of colour. Whole numbers alone make it, so that it
/// is the same everywhere.
pub fn picture(side_px: u32) -> Pixels {
    let mut rgb = Vec::with_capacity((side_px * side_px * 3) as usize);
    for y in 0..side_px {
        for x in 0..side_px {
            let stripes = triangle(3 * x + 2 * y, 96);
            let (dx, dy) = (x.abs_diff(side_px / 3), y.abs_diff(side_px / 2));
            let rings = triangle((dx * dx + dy * dy) / 24, 64);
            let inside = dx * dx + 2 * dy * dy < side_px * side_px / 9;
            for channel in 0..3 {
                let slope = [x, y, side_px - x][channel as usize] * 120 / side_px;
                let shape = if inside { rings * (4 - channel) / 3 } else { stripes * (channel + 1) / 2 };
                rgb.push(level(slope + shape + grain(x, y, channel)));
            }
        }
    }
    Pixels(rgb)
}

/// Rises and falls between 0 and `period / 2`.
fn triangle(at: u32, period: u32) -> u32 {
    let at = at % period;
    at.min(period - at)
}

/// Noise of 0..32, by the integer hash of Wellons (2018, "lowbias32").
fn grain(x: u32, y: u32, channel: u32) -> u32 {
    let mut hash = x | y << 10 | channel << 20;
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x7feb_352d);
    hash = (hash ^ (hash >> 15)).wrapping_mul(0x846c_a68b);
    (hash ^ (hash >> 16)) % 32
}

fn level(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// Whether a device gives the known pools.
///
/// # Errors
/// [`Failure::DeviceFailed`] where it gives none.
pub async fn check(backbone: &Backbone) -> Result<bool, Failure> {
    let picture = picture(backbone.spec().input.size_px);
    let rows = backbone.pools(std::slice::from_ref(&picture)).await?;
    Ok(rows.iter().all(|row| is_known(backbone.spec().pools, row)))
}

/// Whether pools are the known ones.
fn is_known(pools: &[PoolSpec], row: &[f32]) -> bool {
    let found = group_means(pools, row);
    let near = |(found, known): (&f32, &f32)| (found - known).abs() <= TOLERANCE * known;
    found.len() == KNOWN.len() && found.as_flattened().iter().zip(KNOWN.as_flattened()).all(near)
}

/// The means of the interleaved groups of each pool.
#[allow(clippy::cast_precision_loss, reason = "channels count to a few thousand")]
fn group_means(pools: &[PoolSpec], row: &[f32]) -> Vec<[f32; GROUPS]> {
    let mut rest = row;
    let mut means = Vec::new();
    for pool in pools {
        let (values, tail) = rest.split_at(pool.channels);
        rest = tail;
        means.push(std::array::from_fn(|group| {
            let sum: f32 = values.iter().skip(group).step_by(GROUPS).sum();
            sum / (pool.channels / GROUPS) as f32
        }));
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backbone::registry::LITE0;

    /// A row whose groups have the known means.
    fn known_row() -> Vec<f32> {
        let pools = LITE0.pools.iter().zip(&KNOWN);
        pools.flat_map(|(pool, means)| means.iter().copied().cycle().take(pool.channels)).collect()
    }

    #[test]
    fn the_known_answer_is_recognised() {
        assert!(is_known(LITE0.pools, &known_row()));
    }

    #[test]
    fn one_group_that_is_off_is_noticed() {
        let mut row = known_row();
        row.iter_mut().skip(1280 + 1).step_by(GROUPS).take(672 / GROUPS).for_each(|value| *value *= 1.05);
        assert!(!is_known(LITE0.pools, &row));
    }

    #[test]
    fn zeros_and_what_is_no_number_are_not_the_answer() {
        assert!(!is_known(LITE0.pools, &vec![0.0; LITE0.dim()]));
        assert!(!is_known(LITE0.pools, &vec![f32::NAN; LITE0.dim()]));
    }

    #[test]
    fn the_picture_stays_the_same() {
        use sha2::{Digest, Sha256};
        let hash = crate::backbone::hex(&Sha256::digest(picture(224).0));
        assert_eq!(hash, "11b20726853d18f7d6e3af725f7f9eed614fd474ea0186e9a8a98f5659a24a11");
    }
}
