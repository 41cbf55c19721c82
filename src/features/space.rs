//! The key of a cached feature: everything that changes its numbers.

use crate::{backbone::registry::Spec, image::PREPROCESSING_VERSION};
use sha2::{Digest, Sha256};

/// SHA-256 of a photo's original bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhotoHash(pub [u8; 32]);

impl PhotoHash {
    /// Hashes a file.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// As 64 hexadecimal digits.
    pub fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// From 64 hexadecimal digits; none for anything else.
    pub fn parse(hex: &str) -> Option<Self> {
        let mut hash = [0; 32];
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&hex[at..at + 2], 16).ok()?;
        }
        Some(Self(hash))
    }
}

impl std::fmt::Debug for PhotoHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhotoHash({})", self.hex())
    }
}

/// Everything but the photo that a feature depends on. Features of different spaces never mix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeatureSpace {
    /// SHA-256 of the backbone's weights.
    pub backbone_sha256: String,
    /// Version of the way from bytes to pixels.
    pub preprocessing: u32,
    /// Which version of the photo: `plain`, or an augmented one.
    pub view: &'static str,
    /// The pools and their widths, in order.
    pub pools: Vec<(String, usize)>,
}

impl FeatureSpace {
    /// The space of plain photos under a backbone.
    pub fn plain(spec: &Spec) -> Self {
        Self {
            backbone_sha256: spec.sha256.to_owned(),
            preprocessing: PREPROCESSING_VERSION,
            view: "plain",
            pools: spec.pools.iter().map(|pool| (pool.name.to_owned(), pool.channels)).collect(),
        }
    }

    /// Numbers a photo.
    pub fn dim(&self) -> usize {
        self.pools.iter().map(|(_, channels)| channels).sum()
    }

    /// A short name for the store's keys: 16 hexadecimal digits that change whenever a part changes.
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(format!("{}\n{}\n{}\n", self.backbone_sha256, self.preprocessing, self.view));
        for (name, channels) in &self.pools {
            hash.update(format!("{name} {channels}\n"));
        }
        PhotoHash(hash.finalize().into()).hex()[..16].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn space() -> FeatureSpace {
        FeatureSpace {
            backbone_sha256: "ab".into(),
            preprocessing: 1,
            view: "plain",
            pools: vec![("head".into(), 1280)],
        }
    }

    #[test]
    fn every_part_changes_the_key() {
        let changed = [
            FeatureSpace { backbone_sha256: "cd".into(), ..space() },
            FeatureSpace { preprocessing: 2, ..space() },
            FeatureSpace { view: "mirrored", ..space() },
            FeatureSpace { pools: vec![("head".into(), 1281)], ..space() },
        ];
        for other in changed {
            assert_ne!(other.key(), space().key(), "{other:?}");
        }
        assert_eq!(space().key(), space().key());
    }

    #[test]
    fn hashes_survive_their_text() {
        let hash = PhotoHash::of(b"photo");
        assert_eq!(PhotoHash::parse(&hash.hex()), Some(hash));
        assert_eq!(PhotoHash::parse("zz"), None);
        assert_eq!(PhotoHash::parse(&"é".repeat(32)), None);
    }
}
