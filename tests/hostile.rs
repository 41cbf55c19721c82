//! Whatever bytes arrive: a picture or a reason, never a panic, in bounded time.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/small_pictures.rs"]
mod small_pictures;

use headstart::image;
use proptest::{collection::vec, prelude::*, sample::Index, test_runner::RngSeed};
use small_pictures::{HEIGHT, SEEDS, WIDTH};

/// Reads, and goes on to the pixels where there is a picture.
fn go_all_the_way(bytes: &[u8]) {
    if let Ok(upright) = image::read(bytes) {
        let copy = image::store_copy(&upright).expect("a picture that was read has a copy");
        image::prepare(&copy.jpeg).expect("a copy has pixels");
    }
}

#[test]
fn every_seed_is_a_picture_turned_upright() {
    for (number, seed) in SEEDS.iter().enumerate() {
        let upright = image::read(seed).unwrap_or_else(|failure| panic!("seed {number}: {failure}"));
        let turned = number == 2 || number >= 7;
        let size = if turned { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) };
        assert_eq!((upright.width_px, upright.height_px), (size.0.into(), size.1.into()), "seed {number}");
    }
}

// The same cases each time; `PROPTEST_CASES` asks for more of them.
proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, rng_seed: RngSeed::Fixed(20), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..600)) {
        go_all_the_way(&bytes);
    }

    #[test]
    fn any_bytes_behind_a_known_beginning_are_answered(
        seed in any::<Index>(), kept in 0_usize..200, bytes in vec(any::<u8>(), 0..400),
    ) {
        let seed = seed.get(&SEEDS);
        go_all_the_way(&[&seed[..kept.min(seed.len())], &bytes].concat());
    }

    #[test]
    fn a_picture_with_flipped_bits_is_answered(
        seed in any::<Index>(), flips in vec((any::<Index>(), 0_u8..8), 1..12),
    ) {
        let mut bytes = seed.get(&SEEDS).clone();
        for (at, bit) in flips {
            *at.get_mut(&mut bytes) ^= 1 << bit;
        }
        go_all_the_way(&bytes);
    }

    #[test]
    fn a_picture_cut_short_is_answered(seed in any::<Index>(), end in any::<Index>()) {
        let seed = seed.get(&SEEDS);
        go_all_the_way(&seed[..end.index(seed.len())]);
    }
}
