//! How a photo came out.

use serde::{Deserialize, Serialize};

/// How a photo came out, as the network sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quality {
    /// How blurred it is, in percent: 30 to 55 for most photos, 100 for one without any edge.
    pub blur_percent: u8,
    /// The grey level, 0..=255, that a twentieth of its pixels is above.
    pub light: u8,
}
