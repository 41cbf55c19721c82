//! Random numbers that are the same everywhere.

/// The generator of Steele, Lea and Flood (2014): small, and the same everywhere.
pub(crate) struct SplitMix64(pub(crate) u64);

impl SplitMix64 {
    /// A number below `bound`; the bias of the remainder is under 2⁻³² for any number of photos.
    #[allow(clippy::cast_possible_truncation, reason = "the remainder is below `bound`, a usize")]
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Puts items into another order (Fisher and Yates 1938, as Durstenfeld wrote it for a computer in 1964).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
