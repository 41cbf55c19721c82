//! How near pools are to those they should be.
#![allow(dead_code, unreachable_pub, reason = "each test uses its own part")]

use headstart::backbone::registry::LITE0;

/// The picture of the known answer as its 6,560 pools, half precision, little-endian; `tests/backbone.rs` writes it.
pub const KNOWN_POOLS: &[u8] = include_bytes!("../fixtures/known_answer.f16");

/// The least cosine similarity of each pool with its reference, and the largest relative L2 error.
const LEAST_COSINE: f64 = 0.9999;
const MOST_ERROR: f64 = 0.01;

/// One pool's distance from its reference.
pub struct Distance {
    /// Name of the pool.
    pub pool: &'static str,
    /// Cosine similarity.
    pub cosine: f64,
    /// L2 norm of the difference, as a share of the reference's.
    pub error: f64,
}

impl Distance {
    /// Whether it is within what the project promises.
    pub fn is_small(&self) -> bool {
        self.cosine >= LEAST_COSINE && self.error <= MOST_ERROR
    }
}

/// Compares a row of pools, pool by pool.
pub fn distances(row: &[f32], reference: &[f32]) -> Vec<Distance> {
    assert_eq!((row.len(), reference.len()), (LITE0.dim(), LITE0.dim()));
    let mut start = 0;
    let distance = |pool: &headstart::backbone::registry::PoolSpec| {
        let span = start..start + pool.channels;
        start = span.end;
        let (mut dot, mut own, mut other, mut apart) = (0.0, 0.0, 0.0, 0.0);
        for (&a, &b) in row[span.clone()].iter().zip(&reference[span]) {
            let (a, b) = (f64::from(a), f64::from(b));
            dot += a * b;
            own += a * a;
            other += b * b;
            apart += (a - b) * (a - b);
        }
        Distance { pool: pool.name, cosine: dot / (own * other).sqrt(), error: (apart / other).sqrt() }
    };
    LITE0.pools.iter().map(distance).collect()
}

/// The known pools as numbers.
pub fn known_row() -> Vec<f32> {
    KNOWN_POOLS.chunks_exact(2).map(|pair| half::f16::from_le_bytes([pair[0], pair[1]]).to_f32()).collect()
}
