//! Many photos' pools in one record: a header, the photos' hashes, then half-precision rows.

use super::PhotoHash;
use half::f16;

/// Photos in a full block: 64 rows of 6,560 halves are 840 KB, large enough to read fast, small enough to write again.
pub const ROWS_PER_BLOCK: usize = 64;

const MAGIC: [u8; 4] = *b"HSF1";
const HEADER_BYTES: usize = 12;

/// A block that cannot be read. Features are a cache: such a block is dropped and its photos are computed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("damaged feature block")]
pub struct BlockError;

/// One block as it lies in memory; row `i` belongs to `photos[i]`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) photos: Vec<PhotoHash>,
    /// [photos, dim]
    pub(super) rows: Vec<f16>,
}

impl Block {
    pub(super) fn encode(&self, dim: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER_BYTES + self.photos.len() * (32 + 2 * dim));
        bytes.extend(MAGIC);
        for number in [self.photos.len(), dim] {
            bytes.extend(u32::try_from(number).expect("a block has few rows").to_le_bytes());
        }
        for photo in &self.photos {
            bytes.extend(photo.0);
        }
        for value in &self.rows {
            bytes.extend(value.to_le_bytes());
        }
        bytes
    }

    /// Takes the last row out.
    pub(super) fn pop(&mut self, dim: usize) -> Option<(PhotoHash, Vec<f16>)> {
        let photo = self.photos.pop()?;
        Some((photo, self.rows.split_off(self.photos.len() * dim)))
    }

    /// Puts another photo's row in a place.
    pub(super) fn replace(&mut self, row: usize, photo: PhotoHash, values: &[f16]) {
        self.photos[row] = photo;
        self.rows[row * values.len()..(row + 1) * values.len()].copy_from_slice(values);
    }

    /// # Errors
    /// When the bytes are not exactly one block of that width.
    pub(super) fn decode(bytes: &[u8], dim: usize) -> Result<Self, BlockError> {
        let word = |at: usize| -> Option<usize> {
            let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
            usize::try_from(u32::from_le_bytes(bytes)).ok()
        };
        if !bytes.starts_with(&MAGIC) || word(8) != Some(dim) {
            return Err(BlockError);
        }
        let count = word(4).filter(|&count| count <= ROWS_PER_BLOCK).ok_or(BlockError)?;
        let body = &bytes[HEADER_BYTES..];
        if body.len() != count * (32 + 2 * dim) {
            return Err(BlockError);
        }
        let (hashes, rows) = body.split_at(count * 32);
        Ok(Self {
            photos: hashes.chunks_exact(32).map(|hash| PhotoHash(hash.try_into().expect("chunks of 32"))).collect(),
            rows: rows.chunks_exact(2).map(|pair| f16::from_le_bytes([pair[0], pair[1]])).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_block_survives_its_bytes(count in 0usize..5, dim in 1usize..9, value in -60000f32..60000f32) {
            let photos = (0..count).map(|i| PhotoHash::of(&[u8::try_from(i).expect("few")])).collect();
            let block = Block { photos, rows: vec![f16::from_f32(value); count * dim] };
            prop_assert_eq!(Block::decode(&block.encode(dim), dim), Ok(block));
        }

        #[test]
        fn damaged_bytes_are_refused_without_a_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), dim in 1usize..9) {
            let _ = Block::decode(&bytes, dim);
            bytes.splice(0..0, MAGIC);
            let _ = Block::decode(&bytes, dim);
        }
    }

    #[test]
    fn a_block_of_another_width_or_length_is_refused() {
        let block = Block { photos: vec![PhotoHash::of(b"a")], rows: vec![f16::ONE; 4] };
        let bytes = block.encode(4);
        assert_eq!(Block::decode(&bytes, 5), Err(BlockError));
        assert_eq!(Block::decode(&bytes[..bytes.len() - 1], 4), Err(BlockError));
    }
}
