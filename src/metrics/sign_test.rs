//! Whether one of two heads is better on the same photos.

/// The probability, 0..1, that two heads which are equally good differ by as much as they do: the exact form of `McNemar`'s test
/// (`McNemar` 1947, Psychometrika 12). Only the photos count where one of them is right and the other wrong: so many for the one,
/// so many for the other.
pub fn sign_test(one: u32, other: u32) -> f64 {
    let (few, all) = (one.min(other), one + other);
    // C(all, k) / 2^all by logarithms: the numbers themselves are too large from a thousand photos on.
    let mut log_share = -f64::from(all) * std::f64::consts::LN_2;
    let mut tail = 0.0;
    for k in 0..=few {
        tail += log_share.exp();
        log_share += (f64::from(all - k) / f64::from(k + 1)).ln();
    }
    (2.0 * tail).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::sign_test;

    /// The sums of binomial coefficients, by exact fractions in Python.
    #[test]
    fn it_is_the_exact_binomial_test() {
        for (one, other, expected) in
            [(1, 9, 0.021_484_375), (0, 5, 0.0625), (12, 30, 0.007_915_897_3), (700, 800, 0.010_559_255_5)]
        {
            let found = sign_test(one, other);
            assert!((found - expected).abs() < 1e-9, "{one} {other}: {found}");
        }
        assert!((sign_test(0, 0) - 1.0).abs() < 1e-12);
        assert!((sign_test(4, 4) - 1.0).abs() < 1e-12);
    }
}
