//! Dot products of many rows with many rows: the loop in which a fit spends its time.
//!
//! Sums run in single precision for [`RUN`] numbers and go on in double precision, so that a product of two features is
//! right to a few parts in ten million whatever their length.

use crate::unroll::unroll;
use fearless_simd::{Level, Simd, SimdBase, SimdFloat, dispatch, f32x4};

/// Numbers that are summed in single precision.
const RUN: usize = 256;
/// Rows and columns of which all products are taken at once: 8 sums and 6 operands fit 16 registers.
const TILE: (usize, usize) = (4, 2);
/// Numbers that are multiplied at once.
const LANES: usize = 4;

/// Hands the dot product of every row of `a` with every row of `b` to `put`, as (row of `a`, row of `b`, product).
/// `a` and `b` are rows of `dim` numbers; `a` is read from memory once, so it is the longer one.
pub(super) fn dots(a: &[f32], b: &[f32], dim: usize, mut put: impl FnMut(usize, usize, f64)) {
    if dim > 0 {
        dispatch!(Level::new(), simd => all(simd, a, b, dim, &mut put));
    }
}

#[inline(always)]
fn all<S: Simd>(simd: S, a: &[f32], b: &[f32], dim: usize, put: &mut impl FnMut(usize, usize, f64)) {
    let mut row = 0;
    for rows in a.chunks(TILE.0 * dim) {
        if let Some(rows) = split::<{ TILE.0 }>(rows, dim) {
            strip(simd, rows, row, b, dim, put);
            row += TILE.0;
        } else {
            for rows in rows.chunks_exact(dim) {
                strip(simd, [rows], row, b, dim, put);
                row += 1;
            }
        }
    }
}

/// The products of `R` rows, the first of which is row `row`, with every row of `b`.
#[inline(always)]
fn strip<S: Simd, const R: usize>(
    simd: S,
    rows: [&[f32]; R],
    row: usize,
    b: &[f32],
    dim: usize,
    put: &mut impl FnMut(usize, usize, f64),
) {
    let mut column = 0;
    for columns in b.chunks(TILE.1 * dim) {
        if let Some(columns) = split::<{ TILE.1 }>(columns, dim) {
            give(tile(simd, rows, columns), row, column, put);
            column += TILE.1;
        } else {
            give(tile(simd, rows, [columns]), row, column, put);
            column += 1;
        }
    }
}

fn give<const R: usize, const C: usize>(
    products: [[f64; C]; R],
    row: usize,
    column: usize,
    put: &mut impl FnMut(usize, usize, f64),
) {
    for (r, products) in products.into_iter().enumerate() {
        for (c, product) in products.into_iter().enumerate() {
            put(row + r, column + c, product);
        }
    }
}

/// `N` rows of `dim` numbers, or none where there are fewer.
fn split<const N: usize>(rows: &[f32], dim: usize) -> Option<[&[f32]; N]> {
    (rows.len() == N * dim).then(|| std::array::from_fn(|at| &rows[at * dim..(at + 1) * dim]))
}

/// All products of `R` rows with `C` columns of one length.
#[inline(always)]
fn tile<S: Simd, const R: usize, const C: usize>(simd: S, rows: [&[f32]; R], columns: [&[f32]; C]) -> [[f64; C]; R] {
    let mut sums = [[0f64; C]; R];
    let dim = rows[0].len();
    for start in (0..dim).step_by(RUN) {
        let end = dim.min(start + RUN);
        let (a, b) = (rows.map(|row| &row[start..end]), columns.map(|column| &column[start..end]));
        let partial = simd.vectorize(
            #[inline(always)]
            || run(simd, a, b),
        );
        for (sums, partial) in sums.iter_mut().zip(partial) {
            for (sum, partial) in sums.iter_mut().zip(partial) {
                *sum += f64::from(partial);
            }
        }
    }
    sums
}

/// The products of short rows, in single precision.
#[inline(always)]
fn run<S: Simd, const R: usize, const C: usize>(simd: S, rows: [&[f32]; R], columns: [&[f32]; C]) -> [[f32; C]; R] {
    let vectors = rows[0].len() / LANES;
    let a = rows.map(|row| &row.as_chunks::<LANES>().0[..vectors]);
    let b = columns.map(|column| &column.as_chunks::<LANES>().0[..vectors]);
    let mut sums = [[f32x4::splat(simd, 0.0); C]; R];
    for at in 0..vectors {
        unroll!(R, |r| {
            let a = f32x4::load_array_ref(simd, &a[r][at]);
            unroll!(C, |c| sums[r][c] = a.mul_add(f32x4::load_array_ref(simd, &b[c][at]), sums[r][c]));
        });
    }
    std::array::from_fn(|r| {
        std::array::from_fn(|c| {
            let rest = rows[r][vectors * LANES..].iter().zip(&columns[c][vectors * LANES..]);
            sums[r][c].to_array().iter().sum::<f32>() + rest.map(|(x, y)| x * y).sum::<f32>()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_is_multiplied_once_whatever_the_shape() {
        for (m, n, dim) in [(1, 1, 1), (4, 2, 4), (5, 3, 7), (9, 5, 300), (2, 1, 1280), (0, 3, 5), (3, 0, 5), (3, 3, 0)]
        {
            let number = |at: usize| (at % 13) as f32 - 6.0;
            let a: Vec<f32> = (0..m * dim).map(number).collect();
            let b: Vec<f32> = (0..n * dim).map(|at| number(at + 5)).collect();
            let mut found = vec![f64::NAN; m * n];
            dots(&a, &b, dim, |row, column, product| {
                assert!(found[row * n + column].is_nan(), "twice");
                found[row * n + column] = product;
            });
            for (at, &found) in found.iter().enumerate().filter(|_| dim > 0) {
                let (a, b) = (&a[at / n * dim..][..dim], &b[at % n * dim..][..dim]);
                let wanted: f64 = a.iter().zip(b).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
                assert_eq!(found, wanted, "small whole numbers are exact");
            }
        }
    }
}
