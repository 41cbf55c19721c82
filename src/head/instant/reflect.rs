//! Householder reflections: the inner loops of a [`Reduction`](super::Reduction), over vectors of double precision.

use super::matrix::dot;
use crate::unroll::unroll;
use fearless_simd::{Simd, SimdBase, SimdFloat, f64x4};

/// Columns that are reflected at once, so that every reflector is read once for all of them.
pub(super) const COLUMNS: usize = 4;
/// Numbers that are worked on at once.
const LANES: usize = 4;

#[inline(always)]
fn load<S: Simd>(simd: S, values: &[f64; LANES]) -> f64x4<S> {
    f64x4::load_array_ref(simd, values)
}

/// Turns a row into the reflector that leaves only its last number; tells that number and half the reflector's square,
/// which is 0 where there is nothing to reflect.
pub(super) fn reflect(row: &mut [f64]) -> (f64, f64) {
    let last = row.len() - 1;
    let others = dot(&row[..last], &row[..last]);
    let value = row[last];
    if others <= f64::EPSILON * f64::EPSILON * value * value {
        row.fill(0.0);
        return (value, 0.0);
    }
    let length = (others + value * value).sqrt();
    let left = if value > 0.0 { -length } else { length };
    row[last] = value - left;
    (left, length * (length + value.abs()))
}

/// `line -= u_own q + q_own u`
pub(super) fn subtract(line: &mut [f64], u: &[f64], u_own: f64, q: &[f64], q_own: f64) {
    for ((value, u), q) in line.iter_mut().zip(u).zip(q) {
        *value -= u_own * q + q_own * u;
    }
}

/// `line -= u_own q + q_own u`, then adds `v_own line` to `product` and tells `line · v`. `u`, `q` and `v` may be longer.
#[inline(always)]
pub(super) fn update<S: Simd>(
    simd: S,
    line: &mut [f64],
    [u, q, v]: [&[f64]; 3],
    [u_own, q_own, v_own]: [f64; 3],
    product: &mut [f64],
) -> f64 {
    let whole = line.len() / LANES * LANES;
    let mut sum = 0.0;
    for at in whole..line.len() {
        line[at] -= u_own * q[at] + q_own * u[at];
        sum += line[at] * v[at];
        product[at] += v_own * line[at];
    }
    let (line, product) = (line[..whole].as_chunks_mut::<LANES>().0, product[..whole].as_chunks_mut::<LANES>().0);
    let [u, q, v] = [u, q, v].map(|values| values[..whole].as_chunks::<LANES>().0);
    simd.vectorize(
        #[inline(always)]
        || {
            let [u_own, q_own, v_own] = [-u_own, -q_own, v_own].map(|value| f64x4::splat(simd, value));
            let mut sums = f64x4::splat(simd, 0.0);
            for ((((line, product), u), q), v) in line.iter_mut().zip(product).zip(u).zip(q).zip(v) {
                let value = q_own.mul_add(load(simd, u), load(simd, line));
                let value = u_own.mul_add(load(simd, q), value);
                value.store_array(line);
                sums = value.mul_add(load(simd, v), sums);
                value.mul_add(v_own, load(simd, product)).store_array(product);
            }
            sum + sums.to_array().iter().sum::<f64>()
        },
    )
}

/// Reflects some columns, as long as the reflector each: `column -= (column · u) / half · u`.
#[inline(always)]
pub(super) fn reflect_columns<S: Simd>(simd: S, mut columns: [&mut [f64]; COLUMNS], u: &[f64], half: f64) {
    let whole = u.len() / LANES * LANES;
    let rest: [f64; COLUMNS] = std::array::from_fn(|at| dot(&columns[at][whole..], &u[whole..]));
    let factors = simd.vectorize(
        #[inline(always)]
        || {
            let parts = columns.each_ref().map(|column| column[..whole].as_chunks::<LANES>().0);
            let mut sums = [f64x4::splat(simd, 0.0); COLUMNS];
            for (at, u) in u[..whole].as_chunks::<LANES>().0.iter().enumerate() {
                let u = load(simd, u);
                unroll!(COLUMNS, |c| sums[c] = u.mul_add(load(simd, &parts[c][at]), sums[c]));
            }
            std::array::from_fn::<f64, COLUMNS, _>(|c| -(sums[c].to_array().iter().sum::<f64>() + rest[c]) / half)
        },
    );
    for (column, factor) in columns.iter_mut().zip(factors) {
        for (value, u) in column[whole..].iter_mut().zip(&u[whole..]) {
            *value += factor * u;
        }
    }
    simd.vectorize(
        #[inline(always)]
        || {
            let factors = factors.map(|factor| f64x4::splat(simd, factor));
            let [a, b, c, d] = columns.map(|column| column[..whole].as_chunks_mut::<LANES>().0);
            let u = u[..whole].as_chunks::<LANES>().0;
            for ((((u, a), b), c), d) in u.iter().zip(a).zip(b).zip(c).zip(d) {
                let u = load(simd, u);
                let add = |factor: f64x4<S>, to: &mut [f64; LANES]| {
                    factor.mul_add(u, load(simd, to)).store_array(to);
                };
                add(factors[0], a);
                add(factors[1], b);
                add(factors[2], c);
                add(factors[3], d);
            }
        },
    );
}
