//! All pools of a project in memory, and their blocks in the store.

use super::{
    FeatureSpace, PhotoHash, ROWS_PER_BLOCK,
    block::{Block, BlockError},
};
use crate::{
    dataset::ProjectId,
    store::{Store, StoreError, Table, Write, keys},
};
use half::f16;
use std::collections::HashMap;

/// The pools of every photo that was ever read in a project, by the hash of its bytes.
///
/// In memory they take 13 KB a photo, as in the store. The last block grows until it is full; [`Self::unsaved`] hands it
/// over for writing together with whatever else belongs in the same commit.
pub struct FeatureCache {
    project: ProjectId,
    space: FeatureSpace,
    dim: usize,
    blocks: Vec<Block>,
    places: HashMap<PhotoHash, (usize, usize)>,
    /// The blocks before this one are in the store as they are here.
    saved_blocks: usize,
    /// Rows of the last block that are in the store.
    saved_rows: usize,
}

impl FeatureCache {
    /// Reads what the store has. Damaged blocks count as empty: their photos will be computed again.
    ///
    /// # Errors
    /// When the store has stopped working.
    pub async fn load(store: &impl Store, project: ProjectId, space: FeatureSpace) -> Result<Self, StoreError> {
        let dim = space.dim();
        let mut cache =
            Self { project, space, dim, blocks: Vec::new(), places: HashMap::new(), saved_blocks: 0, saved_rows: 0 };
        for (key, bytes) in store.scan(Table::Features, &keys::feature_space(project, &cache.space.key())).await? {
            match Block::decode(&bytes, dim) {
                Ok(block) if key == cache.block_key(cache.blocks.len()) => cache.push(block),
                Ok(_) | Err(BlockError) => break,
            }
        }
        (cache.saved_blocks, cache.saved_rows) = cache.extent();
        Ok(cache)
    }

    /// Whether a photo's pools are known.
    pub fn has(&self, photo: PhotoHash) -> bool {
        self.places.contains_key(&photo)
    }

    /// A photo's pools, [6560].
    pub fn pools(&self, photo: PhotoHash) -> Option<Vec<f32>> {
        let &(block, row) = self.places.get(&photo)?;
        let values = &self.blocks[block].rows[row * self.dim..(row + 1) * self.dim];
        Some(values.iter().map(|value| value.to_f32()).collect())
    }

    /// Keeps a photo's pools, [6560], in memory; [`Self::unsaved`] brings them to the store.
    pub fn insert(&mut self, photo: PhotoHash, pools: &[f32]) {
        debug_assert_eq!(pools.len(), self.dim, "one row of this space");
        if self.has(photo) {
            return;
        }
        if self.blocks.last().is_none_or(|block| block.photos.len() == ROWS_PER_BLOCK) {
            self.blocks.push(Block { photos: Vec::new(), rows: Vec::new() });
        }
        let at = self.blocks.len() - 1;
        let block = &mut self.blocks[at];
        self.places.insert(photo, (at, block.photos.len()));
        block.photos.push(photo);
        block.rows.extend(pools.iter().map(|&value| f16::from_f32(value)));
    }

    /// Whether a whole block waits for writing.
    pub fn has_full_block(&self) -> bool {
        let (full, _) = self.extent();
        full > self.saved_blocks
    }

    /// The writes that bring the store up to date; call [`Self::mark_saved`] when they are committed.
    pub fn unsaved(&self) -> Vec<Write> {
        if self.extent() == (self.saved_blocks, self.saved_rows) {
            return Vec::new();
        }
        (self.saved_blocks..self.blocks.len())
            .map(|at| Write::Put(Table::Features, self.block_key(at), self.blocks[at].encode(self.dim)))
            .collect()
    }

    /// Notes that everything is in the store.
    pub fn mark_saved(&mut self) {
        (self.saved_blocks, self.saved_rows) = self.extent();
    }

    fn push(&mut self, block: Block) {
        for (row, &photo) in block.photos.iter().enumerate() {
            self.places.insert(photo, (self.blocks.len(), row));
        }
        self.blocks.push(block);
    }

    /// Full blocks, and rows of the block after them.
    fn extent(&self) -> (usize, usize) {
        let rows = self.blocks.iter().map(|block| block.photos.len()).sum::<usize>();
        (rows / ROWS_PER_BLOCK, rows % ROWS_PER_BLOCK)
    }

    fn block_key(&self, at: usize) -> String {
        keys::feature_block(self.project, &self.space.key(), u32::try_from(at).expect("fewer photos than u32"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::MemoryStore;

    fn space() -> FeatureSpace {
        FeatureSpace { backbone_sha256: "ab".into(), preprocessing: 1, view: "plain", pools: vec![("head".into(), 3)] }
    }

    fn photo(number: u32) -> PhotoHash {
        PhotoHash::of(&number.to_le_bytes())
    }

    #[tokio::test]
    async fn what_was_saved_is_there_again_and_the_open_block_grows() {
        let store = MemoryStore::default();
        let project = ProjectId(1);
        for (from, to) in [(0u8, 70u8), (70, 71), (71, 140)] {
            let mut cache = FeatureCache::load(&store, project, space()).await.expect("store");
            for number in 0..from {
                assert_eq!(cache.pools(photo(number.into())), Some(vec![f32::from(number), 0.5, 1.0]));
            }
            for number in from..to {
                assert!(!cache.has(photo(number.into())));
                cache.insert(photo(number.into()), &[f32::from(number), 0.5, 1.0]);
            }
            store.commit(cache.unsaved()).await.expect("store");
            cache.mark_saved();
            assert!(cache.unsaved().is_empty());
        }
        assert_eq!(store.scan(Table::Features, "").await.expect("store").len(), 3);
    }

    #[tokio::test]
    async fn a_damaged_block_costs_only_its_photos_and_those_after_it() {
        let store = MemoryStore::default();
        let mut cache = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
        for number in 0..100 {
            cache.insert(photo(number), &[1.0, 2.0, 3.0]);
        }
        store.commit(cache.unsaved()).await.expect("store");
        let key = keys::feature_block(ProjectId(1), &space().key(), 1);
        store.commit(vec![Write::Put(Table::Features, key, vec![1, 2, 3])]).await.expect("store");
        let cache = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
        assert!(cache.has(photo(63)) && !cache.has(photo(64)));
    }
}
