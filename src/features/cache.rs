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
use std::collections::{BTreeSet, HashMap, HashSet};

/// The pools of every photo that was ever read in a project, by the hash of its bytes.
///
/// In memory they take 13 KB a photo, as in the store. The last block grows until it is full; [`Self::unsaved`] hands it
/// over for writing together with whatever else belongs in the same commit. Pools of photos that are gone stay until
/// [`Self::keep_only`], so that undo costs nothing.
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
    /// Blocks in the store that cannot be used: damaged ones, and those behind them.
    unused: Vec<String>,
}

impl FeatureCache {
    /// Reads what the store has. Damaged blocks count as empty: their photos will be computed again.
    ///
    /// # Errors
    /// When the store has stopped working.
    pub async fn load(store: &impl Store, project: ProjectId, space: FeatureSpace) -> Result<Self, StoreError> {
        let dim = space.dim();
        let mut cache = Self {
            project,
            space,
            dim,
            blocks: Vec::new(),
            places: HashMap::new(),
            saved_blocks: 0,
            saved_rows: 0,
            unused: Vec::new(),
        };
        for (key, bytes) in store.scan(Table::Features, &keys::feature_space(project, &cache.space.key())).await? {
            match Block::decode(&bytes, dim) {
                Ok(block) if cache.unused.is_empty() && key == cache.block_key(cache.blocks.len()) => cache.push(block),
                Ok(_) | Err(BlockError) => cache.unused.push(key),
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

    /// The write that gives a block to another project; none behind the last one.
    pub fn copy_block(&self, at: usize, project: ProjectId) -> Option<Write> {
        let block = self.blocks.get(at)?;
        Some(Write::Put(Table::Features, block_key(project, &self.space, at), block.encode(self.dim)))
    }

    /// Forgets the pools of all photos but these, when nothing is unsaved; the writes that bring the store there. The last
    /// rows take the places of those that go, so that only few blocks are written again.
    pub fn keep_only(&mut self, photos: &HashSet<PhotoHash>) -> Vec<Write> {
        let gone = self.places.iter().filter(|(photo, _)| !photos.contains(photo));
        let mut gone: Vec<((usize, usize), PhotoHash)> = gone.map(|(&photo, &place)| (place, photo)).collect();
        gone.sort_unstable_by_key(|(place, _)| *place);
        let mut changed = BTreeSet::new();
        // From behind: the last row is then never one that has to go as well.
        while let Some(((block, row), photo)) = gone.pop() {
            self.places.remove(&photo);
            let last = self.blocks.len() - 1;
            let (moved, values) = self.blocks[last].pop(self.dim).expect("blocks without rows are dropped below");
            if self.blocks[last].photos.is_empty() {
                self.blocks.pop();
            }
            if moved != photo {
                self.blocks[block].replace(row, moved, &values);
                self.places.insert(moved, (block, row));
            }
            changed.extend([block, last]);
        }
        (self.saved_blocks, self.saved_rows) = self.extent();
        let mut writes: Vec<Write> =
            std::mem::take(&mut self.unused).into_iter().map(|key| Write::Delete(Table::Features, key)).collect();
        writes.extend(changed.into_iter().map(|at| match self.blocks.get(at) {
            Some(block) => Write::Put(Table::Features, self.block_key(at), block.encode(self.dim)),
            None => Write::Delete(Table::Features, self.block_key(at)),
        }));
        writes
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
        block_key(self.project, &self.space, at)
    }
}

fn block_key(project: ProjectId, space: &FeatureSpace, at: usize) -> String {
    keys::feature_block(project, &space.key(), u32::try_from(at).expect("fewer photos than u32"))
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
    async fn pools_of_photos_that_are_gone_leave_the_store_and_the_others_stay() {
        for gone in [vec![0], vec![139], vec![3, 64, 70, 138], (0..140).collect(), (20..140).collect::<Vec<u8>>()] {
            let store = MemoryStore::default();
            let mut cache = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
            for number in 0..140_u8 {
                cache.insert(photo(number.into()), &[f32::from(number), 0.5, 1.0]);
            }
            store.commit(cache.unsaved()).await.expect("store");
            let mut cache = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
            let stay: HashSet<PhotoHash> =
                (0..140_u8).filter(|number| !gone.contains(number)).map(|number| photo(number.into())).collect();
            let writes = cache.keep_only(&stay);
            assert!(!writes.is_empty());
            store.commit(writes).await.expect("store");
            assert!(cache.keep_only(&stay).is_empty(), "the second time there is nothing to do");
            assert!(cache.unsaved().is_empty());
            let again = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
            for number in 0..140_u8 {
                let pools = (!gone.contains(&number)).then(|| vec![f32::from(number), 0.5, 1.0]);
                assert_eq!(again.pools(photo(number.into())), pools, "photo {number} without {gone:?}");
                assert_eq!(cache.pools(photo(number.into())), pools);
            }
            let blocks = store.scan(Table::Features, "").await.expect("store").len();
            assert_eq!(blocks, stay.len().div_ceil(ROWS_PER_BLOCK));
        }
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
        let mut cache = FeatureCache::load(&store, ProjectId(1), space()).await.expect("store");
        assert!(cache.has(photo(63)) && !cache.has(photo(64)));
        store.commit(cache.keep_only(&(0..100).map(photo).collect())).await.expect("store");
        assert_eq!(store.scan(Table::Features, "").await.expect("store").len(), 1, "and is not kept");
    }
}
